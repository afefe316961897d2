import { pbkdf2Sync, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { Client } from '@opensearch-project/opensearch';
import { PodscopeError } from '@podscope/core';
import { startOpenSearch, type SecuredOpenSearch } from '@podscope/embedded-opensearch';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applyPlan } from '../apply/apply.ts';
import { readHistory } from '../apply/history.ts';
import { planIndexSetup } from '../plan/plan.ts';
import { runReindex } from '../reindex/reindex.ts';
import { clear, DUTIES, edition, PATTERNS, work } from './fixtures/duties.ts';
import { OPTIONAL_PERMISSIONS, REQUIRED_PERMISSIONS, type RequiredPermission, requiredRole, type RoleBody } from './permissions.ts';

type TriedDuty = keyof typeof DUTIES;
const TRIED = Object.keys(DUTIES) as TriedDuty[];
const PASSWORD = 'correct-horse-battery-9';

/** As the plugin keeps a password, with few iterations: each change of a role makes it work out every password anew. */
function hashOf(password: string): string {
  const salt = randomBytes(16);
  return `$3$${(1000n << 32n) | 256n}$${salt.toString('base64')}$${pbkdf2Sync(password, salt, 1000, 32, 'sha256').toString('base64')}`;
}

describe('the security plugin of OpenSearch 2.19.4, over TLS', () => {
  let server: SecuredOpenSearch;
  let root: Client;
  let ann: Client;
  const clientOf = (username: string, password: string) => new Client({ node: server.url, ssl: { ca: server.ca }, auth: { username, password }, maxRetries: 0 });
  const give = (username: string, password: string, role: string) =>
    root.transport.request({ method: 'PUT', path: `/_plugins/_security/api/internalusers/${username}`, body: { hash: hashOf(password), opendistro_security_roles: [role] } });
  const allow = async (body: RoleBody): Promise<void> => {
    await root.transport.request({ method: 'PUT', path: '/_plugins/_security/api/roles/manager', body: { ...body } });
  };

  beforeAll(async () => {
    server = await startOpenSearch({ version: '2.19.4', security: {}, settings: { 'plugins.security.restapi.roles_enabled': ['all_access'] } });
    root = new Client(server.clientOptions());
    await allow(requiredRole(['plan'], PATTERNS));
    await give('root', PASSWORD, 'all_access');
    await give('ann', PASSWORD, 'manager');
    await root.close();
    root = clientOf('root', PASSWORD);
    ann = clientOf('ann', PASSWORD);
  });

  afterAll(async () => {
    await Promise.all([root?.close(), ann?.close()]);
    await server?.stop();
  });

  it.each(TRIED)('needs what is listed for "%s"', async (name) => {
    await clear(root);
    await DUTIES[name].ready(root);
    await allow(requiredRole([name], PATTERNS));
    expect((await work(DUTIES[name], ann, root)).error).toBeUndefined();
  });

  // What several duties need is taken away in the first of them only. Each failure leaves a state from which the next goes on.
  it.each(TRIED)('needs for "%s" no less than what is listed, and names what is missing', async (name) => {
    await clear(root);
    await DUTIES[name].ready(root);
    const role = requiredRole([name], PATTERNS);
    let at = 0;
    for (const missing of REQUIRED_PERMISSIONS.filter(({ duties }) => TRIED.find((each) => duties.includes(each)) === name)) {
      await allow(without(role, missing));
      const { error, ...ended } = await work(DUTIES[name], ann, root, at);
      const { code, message, details } = error instanceof PodscopeError ? error : { code: `no error without ${missing.permission} on ${missing.on}`, message: '', details: [] };
      expect({ code, text: [message, ...details].join('\n') }).toEqual({ code: 'INDEX_FORBIDDEN', text: expect.stringContaining(`no permissions for [${missing.permission}]`) as unknown });
      at = ended.at;
    }
    await allow(role);
    expect((await work(DUTIES[name], ann, root, at)).error).toBeUndefined();
  });

  it('asks for what is optional with those permissions, and for nothing more than is allowed', async () => {
    const asking: Readonly<Record<string, readonly ['GET' | 'POST', string]>> = {
      'cluster:monitor/main': ['GET', '/'],
      'cluster:monitor/state': ['GET', '/_cluster/state/metadata'],
      'cluster:monitor/nodes/stats': ['GET', '/_nodes/_local/stats/os'],
      'indices:admin/index_template/simulate_index': ['POST', '/_index_template/_simulate_index/order-one'],
      'indices:admin/template/get': ['GET', '/_template'],
    };
    const statuses = async () => Promise.all(OPTIONAL_PERMISSIONS.map(async ({ permission }) => {
      const [method, path] = asking[permission] ?? ['GET', permission];
      return (await ann.transport.request({ method, path }, { ignore: [403] })).statusCode;
    }));
    await allow(requiredRole(['lifecycle', 'reindex'], PATTERNS));
    expect(await statuses()).toEqual([403, 403, 403, 403, 403]);
    await allow(requiredRole(['plan', 'lifecycle', 'reindex'], PATTERNS, { optional: true }));
    expect(await statuses()).toEqual([200, 200, 200, 200, 200]);
  });

  it('says when credentials end in the middle, and goes on with new ones', async () => {
    await clear(root);
    await allow(requiredRole(['apply'], PATTERNS));
    const plan = await planIndexSetup(ann, edition(1));
    let changed: Promise<unknown> | undefined;
    const ended = await failureOf(applyPlan(ann, plan, { lockTtl: 1000, concurrency: 1, onProgress: () => (changed ??= give('ann', 'another-horse-battery-7', 'manager')) }));
    await changed;
    expect(ended).toMatchObject({ code: 'INDEX_CREDENTIALS_REFUSED', message: expect.stringMatching(/^After \d+ of \d+ changes, /u) as unknown });
    const renewed = clientOf('ann', 'another-horse-battery-7');
    const rest = await planIndexSetup(renewed, edition(1));
    expect(rest.changes.filter(({ action }) => action !== 'none').length).toBeLessThan(plan.changes.length);
    await applyPlan(renewed, rest, { lockTtl: 1000 });
    const known = { history: await readHistory(root), store: (await root.search({ index: 'podscope-index-manager' })).body.hits };
    for (const secret of secretsOf('ann', PASSWORD)) {
      expect(inspect(ended, { depth: Infinity, showHidden: true })).not.toContain(secret);
      expect(JSON.stringify([plan, rest, known, ended])).not.toContain(secret);
    }
    await renewed.close();
    await give('ann', PASSWORD, 'manager');
  });

  it('says what to do about a certificate, at once, and shows no password', async () => {
    const node = new URL(server.url);
    const unknown = new Client({ node: server.url, auth: { username: 'ann', password: PASSWORD } });
    const errors = [await failureOf(planIndexSetup(unknown, edition(1))), await failureOf(runReindex(unknown, { source: 'order-one' }))];
    for (const error of errors) expect(error).toMatchObject({ code: 'INDEX_TLS_REFUSED', message: expect.stringContaining('certificate') as unknown, hint: expect.stringContaining('ssl: { ca }') as unknown });
    node.hostname = 'localhost.localdomain';
    const plain = createServer((_, response) => response.end()).listen(0, '127.0.0.1');
    await new Promise((resolve) => plain.once('listening', resolve));
    const wrong = new Client({ node: `https://127.0.0.1:${(plain.address() as AddressInfo).port}`, auth: { username: 'ann', password: PASSWORD } });
    const scheme = await failureOf(planIndexSetup(wrong, edition(1)));
    expect(scheme).toMatchObject({ code: 'INDEX_TLS_REFUSED', hint: expect.stringContaining('https://') as unknown });
    for (const secret of secretsOf('ann', PASSWORD)) for (const error of [...errors, scheme]) expect(inspect(error, { depth: Infinity, showHidden: true })).not.toContain(secret);
    await Promise.all([unknown.close(), wrong.close()]);
    plain.close();
  });
});

interface Failure {
  readonly code: string;
  readonly message: string;
  readonly details: readonly string[];
}

async function failureOf(doing: Promise<unknown>): Promise<Failure> {
  return doing.then(() => ({ code: 'no error', message: '', details: [] }), (error: unknown) => error as Failure);
}

function without(role: RoleBody, { on, permission }: RequiredPermission): RoleBody {
  const rest = (names: readonly string[]) => names.filter((name) => name !== permission);
  if (on === 'cluster') return { ...role, cluster_permissions: rest(role.cluster_permissions) };
  const pattern = { indices: PATTERNS[0], store: 'podscope-index-manager', all: '*' }[on];
  return { ...role, index_permissions: role.index_permissions.map((each) => (each.index_patterns.includes(pattern) ? { ...each, allowed_actions: rest(each.allowed_actions) } : each)) };
}

function secretsOf(name: string, password: string): readonly string[] {
  return [password, Buffer.from(`${name}:${password}`).toString('base64')];
}
