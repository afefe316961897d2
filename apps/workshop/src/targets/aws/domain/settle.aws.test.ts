import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type StartedAws, startAws } from '../../../../../../tools/aws-test-env/start.ts';
import { quickUp } from '../testing/quickly.ts';
import { domainTags } from './observe.ts';
import { settleDomain } from './settle.ts';

let aws: StartedAws;
let runDir: string;
beforeAll(async () => {
  aws = await startAws();
  runDir = await mkdtemp(join(tmpdir(), 'podscope-settle-'));
});
afterAll(async () => {
  await aws?.stop();
  await rm(runDir, { recursive: true, force: true });
});

it('becomes what a later up wants: larger, after a dry run, and with the new end of the event in its tags', async () => {
  using clients = aws.clients();
  const size = { count: 4, diskGiB: 40, type: 'r6g.large.search' } as const;
  const changes = (from: number): readonly string[] => aws.calls().slice(from).filter(({ action }) => /Domain|^AddTags$/u.test(action) && !/^(?:Describe|List|Get)/u.test(action)).map(({ action }) => action);
  const small = await quickUp({ clients, runDir }, { event: 'grown' });
  expect(small.domain).toMatchObject({ count: 2, diskGiB: 20 });
  const began = aws.calls().length;
  const said: string[] = [];
  const { domain, settings } = await quickUp({ clients, runDir, onLine: (line) => said.push(line) }, { event: 'grown', domain: size });
  expect(domain).toMatchObject({ ...size, phase: 'active' });
  // The first one is the dry run.
  expect(changes(began)).toEqual(['UpdateDomainConfig', 'UpdateDomainConfig']);
  expect(said.join('\n')).toContain('4 nodes instead of 2');
  // What is so already is not asked for.
  const after = aws.calls().length;
  await quickUp({ clients, runDir }, { event: 'grown', domain: size });
  expect(changes(after)).toEqual([]);
  await expect(quickUp({ clients, runDir }, { event: 'grown', domain: { ...size, diskGiB: 10 } })).rejects.toMatchObject({ code: 'AWS_DOMAIN_INVALID' });

  const tags = { ...(await domainTags(clients, domain)), 'podscope:expires': '2026-12-02T00:00:00.000Z' };
  await settleDomain(clients, domain, { size: settings.domain, tags }, { onProgress: () => undefined });
  expect(await domainTags(clients, domain)).toEqual(tags);
});
