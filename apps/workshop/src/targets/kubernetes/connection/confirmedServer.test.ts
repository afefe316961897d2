import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { TargetOpenSearch } from '../options.ts';
import { confirmServer } from './confirmedServer.ts';

const folder = mkdtempSync(join(tmpdir(), 'podscope-servers-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let runs = 0;
const opensearchUser = { username: 'admin', password: 'planted' };
const environment = () => ({ runDir: join(folder, `run-${(runs += 1)}`), opensearchUser });
const given: TargetOpenSearch = { how: 'url', url: 'https://search.example.com:9200', urlFromHere: undefined, engine: 'opensearch@2', secured: true, hasAuthority: false };

it('asks once whether credentials may go where a record of the cluster says, and again for another address', async () => {
  const here = environment();
  const asked: string[] = [];
  const answer = (yes: boolean) => async (question: string) => {
    asked.push(question);
    return yes;
  };
  const confirm = (opensearch: TargetOpenSearch, yes: boolean) => confirmServer(opensearch, { environment: here, named: undefined, ask: answer(yes) });
  await expect(confirm(given, false)).rejects.toMatchObject({ code: 'OPENSEARCH_UNCONFIRMED', message: expect.stringContaining('was not confirmed. No credentials were sent') });
  await confirm(given, true);
  await confirm(given, false);
  await expect(confirm({ ...given, url: 'https://search.example.net:9200' }, false)).rejects.toMatchObject({ code: 'OPENSEARCH_UNCONFIRMED' });
  await expect(confirm({ ...given, urlFromHere: 'https://127.0.0.1:9443' }, false)).rejects.toMatchObject({ message: expect.stringContaining('https://127.0.0.1:9443') });
  expect(asked).toHaveLength(4);
});

it('takes a flag for an answer where it names the same address, and remembers it', async () => {
  const here = environment();
  await expect(confirmServer(given, { environment: here, named: undefined })).rejects.toMatchObject({ code: 'OPENSEARCH_UNCONFIRMED', hint: expect.stringContaining('--opensearch-url https://search.example.com:9200') });
  await expect(confirmServer(given, { environment: here, named: 'https://search.example.com' })).rejects.toMatchObject({ message: expect.stringContaining('is not https://search.example.com.') });
  await confirmServer(given, { environment: here, named: 'https://SEARCH.example.com:9200/' });
  await confirmServer(given, { environment: here, named: undefined });
});

it.each<[string, TargetOpenSearch, typeof opensearchUser | undefined]>([
  ['nothing is sent', given, undefined],
  ['it is in the cluster', { how: 'built-in', nodes: 1, major: 2, storage: '10Gi' }, opensearchUser],
  ['requests are signed for its own name', { ...given, signed: { region: 'eu-central-1', shipperRole: 'arn:aws:iam::123456789012:role/podscope' } } as TargetOpenSearch, opensearchUser],
])('asks nothing where %s', async (_why, opensearch, user) => {
  await confirmServer(opensearch, { environment: { ...environment(), opensearchUser: user }, named: undefined });
});
