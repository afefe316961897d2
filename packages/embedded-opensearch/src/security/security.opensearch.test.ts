import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startOpenSearch } from '../start.ts';
import { ask } from './fixtures/ask.ts';
import type { SecurityOptions } from './options.ts';
import type { SecuredOpenSearch } from './secured.ts';

const where = { version: '2.19.4', cacheDir: join(homedir(), '.cache/podscope/opensearch'), sources: ['cache', 'maven'] } as const;
const PASSWORD = 'correct-horse-battery';
const security = {
  adminPassword: 'the-first-admin-password',
  users: [
    { name: 'reader', password: PASSWORD, roles: ['logs_reader'] },
    { name: 'nobody', roles: [] },
  ],
  roles: { logs_reader: { cluster_permissions: ['cluster_monitor'], index_permissions: [{ index_patterns: ['logs-*'], allowed_actions: ['read'] }] } },
} as const satisfies SecurityOptions;

let directory: string;
let server: SecuredOpenSearch<'reader' | 'nobody'>;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'podscope-secured-'));
  server = await startOpenSearch({ ...where, security, dataDir: join(directory, 'data'), logsDir: join(directory, 'logs') });
});
afterAll(async () => {
  await server?.stop();
  await rm(directory, { recursive: true, force: true });
});

it('answers over TLS, to nobody unknown', async () => {
  expect(server.url).toBe(`https://127.0.0.1:${server.port}`);
  await expect(fetch(server.url)).rejects.toThrow();
  await expect(fetch(server.url.replace('https', 'http'))).rejects.toThrow();
  const { auth, ...anonymous } = server.clientOptions();
  expect(await ask(anonymous, 'GET', '/')).toMatchObject({ status: 401 });
  expect(await ask({ ...anonymous, auth: { ...auth, password: 'wrong' } }, 'GET', '/')).toMatchObject({ status: 401 });
  expect((await ask(server.clientOptions(), 'GET', '/')).body).toContain('"number" : "2.19.4"');
});

it('lets each user do what the role says, and nothing else', async () => {
  const [admin, reader] = [server.clientOptions(), server.clientOptions('reader')];
  expect(reader.auth).toEqual({ username: 'reader', password: PASSWORD });
  for (const index of ['logs-1', 'others-1']) {
    // A replica would keep the one node from green.
    expect(await ask(admin, 'PUT', `/${index}`, { settings: { number_of_replicas: 0 } })).toMatchObject({ status: 200 });
    expect(await ask(admin, 'PUT', `/${index}/_doc/1?refresh=true`, { n: 1 })).toMatchObject({ status: 201 });
  }
  const found = await ask(reader, 'POST', '/logs-1/_search', {});
  expect(found.status).toBe(200);
  expect(JSON.parse(found.body)).toMatchObject({ hits: { total: { value: 1 } } });
  const refused = await ask(reader, 'PUT', '/logs-1/_doc/2', { n: 2 });
  expect(refused).toMatchObject({ status: 403, body: expect.stringContaining('indices:data/write/index') });
  expect(await ask(reader, 'POST', '/others-1/_search', {})).toMatchObject({ status: 403 });
  expect(await ask(server.clientOptions('nobody'), 'POST', '/logs-1/_search', {})).toMatchObject({ status: 403 });
});

it('keeps passwords and keys out of the command line and the log, and its files closed', async () => {
  const secrets = [PASSWORD, security.adminPassword, server.clientOptions('nobody').auth.password];
  const argv = await readFile(`/proc/${server.pid}/cmdline`, 'utf8');
  const environment = await readFile(`/proc/${server.pid}/environ`, 'utf8');
  const log = await readFile(server.logFile, 'utf8');
  for (const secret of secrets) for (const text of [argv, environment, log]) expect(text).not.toContain(secret);
  expect(log).not.toContain('PRIVATE KEY');
  const configDir = server.javaCommand.find((option) => option.startsWith('-Dopensearch.path.conf='))?.split('=')[1] ?? '';
  expect((await stat(configDir)).mode & 0o077).toBe(0);
  // The keystore is made by the server itself, and nothing is put into it.
  const names = (await readdir(configDir, { recursive: true })).filter((name) => name !== 'opensearch.keystore');
  expect(names).toEqual(expect.arrayContaining(['node-key.pem', 'opensearch.yml', 'opensearch-security/internal_users.yml']));
  for (const name of names) {
    const { mode } = await stat(join(configDir, name));
    expect(mode & 0o077, name).toBe(0);
  }
});

it('starts again on kept data: with new certificates, the new password, and the roles that were there', async () => {
  const first = server;
  await first.stop();
  server = await startOpenSearch({ ...where, dataDir: first.dataDir, logsDir: join(directory, 'logs'), ready: 'green', security: { users: security.users } });
  expect(server.ca).not.toBe(first.ca);
  expect(await ask(server.clientOptions('reader'), 'POST', '/logs-1/_search', {})).toMatchObject({ status: 200 });
  expect(await ask(server.clientOptions(), 'GET', '/logs-1/_doc/1')).toMatchObject({ status: 200 });
  const old = { ...server.clientOptions(), auth: first.clientOptions().auth };
  expect(await ask(old, 'GET', '/')).toMatchObject({ status: 401 });
});

it('says what the server refused, without what is secret, and ends it', async () => {
  const pids: number[] = [];
  const start = startOpenSearch({
    ...where,
    security: { users: [{ name: 'writer', password: PASSWORD, roles: ['no_such_role'] }] },
    onProgress: (event) => event.type === 'starting' && pids.push(event.pid),
  });
  const error: unknown = await start.then(() => undefined, (reason: unknown) => reason);
  expect(error).toMatchObject({ code: 'OPENSEARCH_SECURITY_REFUSED', message: expect.stringContaining('security.users') });
  const { details } = error as { details: string[] };
  expect(details.join()).toContain('no_such_role');
  expect(JSON.stringify(error)).not.toMatch(new RegExp(`${PASSWORD}|\\$3\\$`));
  expect(pids).toHaveLength(1);
  expect(() => process.kill(pids[0] ?? 0, 0)).toThrow('ESRCH');
});
