import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { connectCluster } from './connect.ts';
import { confirmedContexts, isConfirmed, rememberContext, targetFolder } from './confirmed.ts';

const folder = mkdtempSync(join(tmpdir(), 'podscope-contexts-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const kubeconfig = join(folder, 'kubeconfig');
const SERVER = 'https://127.0.0.1:6443';
writeFileSync(kubeconfig, JSON.stringify({
  apiVersion: 'v1', kind: 'Config', 'current-context': 'staging', users: [{ name: 'me', user: { token: 'a-token' } }],
  clusters: [{ name: 'one', cluster: { server: SERVER } }], contexts: [{ name: 'staging', context: { cluster: 'one', user: 'me' } }],
}));

let runs = 0;
const runDir = (): string => join(folder, `run-${(runs += 1)}`);
const connecting = (dir: string, ask?: (question: string) => Promise<boolean>) => ({ environment: { runDir: dir, kubernetes: {} }, output: { json: false, note: () => undefined }, ...(ask === undefined ? {} : { ask }) });
const wanted = { kubeconfig, context: undefined };

it('remembers a context by its name and its server, for its owner only', () => {
  const dir = runDir();
  expect(confirmedContexts(dir)).toEqual([]);
  rememberContext(dir, { context: 'staging', server: SERVER });
  rememberContext(dir, { context: 'staging', server: SERVER });
  expect(confirmedContexts(dir)).toEqual([{ context: 'staging', server: SERVER }]);
  expect([isConfirmed(dir, { context: 'staging', server: SERVER }), isConfirmed(dir, { context: 'staging', server: 'https://10.0.0.1' }), isConfirmed(dir, { context: 'other', server: SERVER })]).toEqual([true, false, false]);
  expect(readdirSync(targetFolder(dir)).map((name) => [name, statSync(join(targetFolder(dir), name)).mode & 0o777])).toEqual([['contexts.json', 0o600]]);
});

it.each(['', '{', '{"context":"staging"}', '[{"context":"staging"}]', '[null]'])('confirms nothing by a file that says %j', (text) => {
  const dir = runDir();
  mkdirSync(targetFolder(dir), { recursive: true });
  writeFileSync(join(targetFolder(dir), 'contexts.json'), text);
  expect(confirmedContexts(dir)).toEqual([]);
});

it('asks once for a context that nobody named, and not again after a yes', async () => {
  const dir = runDir();
  const asked: string[] = [];
  const answer = (yes: boolean) => async (question: string) => {
    asked.push(question);
    return yes;
  };
  await expect(connectCluster(wanted, connecting(dir, answer(false)))).rejects.toMatchObject({ code: 'KUBE_CONTEXT_UNCONFIRMED', message: expect.stringContaining('was not confirmed') });
  (await connectCluster(wanted, connecting(dir, answer(true)))).close();
  (await connectCluster(wanted, connecting(dir, answer(false)))).close();
  expect(asked).toEqual([`Work on the context staging (${SERVER})?`, `Work on the context staging (${SERVER})?`]);
});

it('takes a name for an answer, and without either does nothing', async () => {
  const dir = runDir();
  const api = await connectCluster({ kubeconfig, context: 'staging' }, connecting(dir));
  expect([api.context, api.server]).toEqual(['staging', SERVER]);
  api.close();
  await expect(connectCluster(wanted, connecting(dir))).rejects.toMatchObject({ code: 'KUBE_CONTEXT_UNCONFIRMED', hint: expect.stringContaining('--context staging') });
  await expect(connectCluster({ kubeconfig, context: 'production' }, connecting(dir))).rejects.toMatchObject({ code: 'KUBE_CONFIG_INVALID' });
  expect(confirmedContexts(dir)).toEqual([]);
});
