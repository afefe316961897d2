import { PodscopeError } from '@podscope/core';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { HuntView } from '../api/index.ts';
import type { ConsoleControl } from './control.ts';
import type { ConsoleSavedObject } from './savedObjects.ts';
import { type ConsoleServer, createConsoleServer } from './server.ts';

interface Got {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

const calls: unknown[][] = [];
const saved: ConsoleSavedObject[] = [];
const failed: unknown[] = [];
const pattern: ConsoleSavedObject = { id: 'apache', type: 'index-pattern', attributes: { title: 'apache-*' }, references: [] };
const hunt = { id: 'not-found-storm', title: 'Storm' } as HuntView;

/** Notes what it was asked, as the supervisor's end of the socket would be asked. */
const control: ConsoleControl = {
  state: async () => ({ target: 'embedded', nodes: [], deployments: [], pods: [], clients: [], pages: ['/'], events: [], urls: { console: '', opensearch: '', guestbook: '' } }),
  scale: async (...args) => void calls.push(['scale', ...args]),
  restart: async (...args) => void calls.push(['restart', ...args]),
  exec: async (pod, command) => ({ exitCode: 0, stdout: `${pod}: ${command.join(' ')}`, stderr: '' }),
  logs: async (pod, tail) => [`${pod} ${tail}`],
  stopClient: async (...args) => void calls.push(['stopClient', ...args]),
  publish: async () => Promise.reject(new TypeError('secret inside')),
  hunts: async () => [hunt],
  startHunt: async (id) => (calls.push(['start', id]), hunt),
  takeHint: async (id) => (calls.push(['hint', id]), hunt),
  answerHunt: async (id, answers) => (calls.push(['answer', id, answers]), hunt),
  submitHunt: async (id) => Promise.reject(new PodscopeError('HUNT_NOT_RUNNING', `${id} does not run.`)),
  stopHunt: async (id) => (calls.push(['stop', id]), hunt),
};

let folder: string;
let server: ConsoleServer;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'podscope-console-'));
  await mkdir(path.join(folder, 'page', 'assets'), { recursive: true });
  await writeFile(path.join(folder, 'page', 'index.html'), '<title>Podscope</title>');
  await writeFile(path.join(folder, 'page', 'assets', 'main-AbCd1234.js'), 'export {};');
  await writeFile(path.join(folder, 'secret.txt'), 'secret');
  await mkdir(path.join(folder, 'page-of-another'));
  await writeFile(path.join(folder, 'page-of-another', 'secret.txt'), 'secret');
  await symlink(path.join(folder, 'secret.txt'), path.join(folder, 'page', 'link.txt'));
  server = await createConsoleServer({
    assetsDir: path.join(folder, 'page'),
    // The discard port: nothing listens there.
    opensearchUrl: 'http://127.0.0.1:9',
    savedObjects: () => [pattern, ...saved],
    saveObject: async (object) => void saved.push(object),
    control,
    onError: (error) => failed.push(error),
  });
});

beforeEach(() => {
  calls.length = 0;
});

afterAll(async () => {
  await server?.close();
  await rm(folder, { recursive: true });
});

function ask(target: string, options: { method?: string; headers?: Record<string, string>; body?: string } = {}): Promise<Got> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port: server.port, path: target, method: options.method ?? 'GET', headers: options.headers ?? {} }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }));
    });
    sent.once('error', reject);
    sent.end(options.body);
  });
}

const OWN = { 'x-podscope-console': '1', 'content-type': 'application/json' };
const post = (target: string, body: unknown = {}, headers: Record<string, string> = OWN) => ask(target, { method: 'POST', headers, body: JSON.stringify(body) });
const codeOf = ({ text }: Got) => (JSON.parse(text) as { error?: { code?: string } }).error?.code;

describe('the gate', () => {
  it('listens on the loopback address only', async () => {
    expect(server.url).toBe(`http://127.0.0.1:${server.port}`);
    const outside = await new Promise((resolve) => {
      const socket = connect(server.port, '127.0.0.2');
      socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code));
      socket.once('connect', () => (socket.destroy(), resolve('connected')));
    });
    expect(outside).toBe('ECONNREFUSED');
  });

  it.each(['evil.example', '127.0.0.1', 'localhost:1', '127.0.0.1.evil.example', '0.0.0.0', 'user@127.0.0.1'])('refuses the host %j everywhere', async (host) => {
    for (const target of ['/', '/api/hunts', '/assets/main-AbCd1234.js']) {
      const got = await ask(target, { headers: { host } });
      expect([got.status, codeOf(got)]).toEqual([403, 'CONSOLE_HOST_REFUSED']);
    }
  });

  it.each(['127.0.0.1', 'localhost', 'LOCALHOST', '[::1]'])('takes the host %s with its port', async (host) => {
    expect((await ask('/api/hunts', { headers: { host: `${host}:${server.port}` } })).status).toBe(200);
  });

  it.each(['http://evil.example', 'null', 'https://127.0.0.1', 'http://127.0.0.1', ''])('refuses the origin %j', async (origin) => {
    for (const method of ['GET', 'POST', 'OPTIONS']) {
      const got = await ask('/api/hunts', { method, headers: { ...OWN, origin } });
      expect([got.status, codeOf(got)]).toEqual([403, 'CONSOLE_ORIGIN_REFUSED']);
      expect(got.headers['access-control-allow-origin']).toBeUndefined();
    }
  });

  it('takes its own origin', async () => {
    expect((await ask('/api/hunts', { headers: { origin: server.url } })).status).toBe(200);
  });

  it.each([
    {},
    { 'content-type': 'application/json' },
    { 'x-podscope-console': '1' },
    { 'x-podscope-console': '1', 'content-type': 'text/plain' },
    { 'x-podscope-console': '0', 'content-type': 'application/json' },
    { 'x-podscope-console': '1', 'content-type': 'application/x-www-form-urlencoded' },
  ])('refuses a POST that a form could send: %j', async (headers) => {
    const got = await post('/api/verbs/scale', { deployment: 'frontend', replicas: 0 }, headers as Record<string, string>);
    expect([got.status, codeOf(got)]).toEqual([403, 'CONSOLE_WRITE_REFUSED']);
    expect(calls).toEqual([]);
  });

  it.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE'])('refuses %s', async (method) => {
    const got = await ask('/api/hunts', { method, headers: OWN });
    expect([got.status, codeOf(got)]).toEqual([405, 'CONSOLE_METHOD_REFUSED']);
  });

  it('takes an upgrade for the request that it is: it passes the gate, and nothing is upgraded', async () => {
    const upgrade = { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13', 'sec-websocket-key': 'c2l4dGVlbiBieXRlcyEh' };
    expect(codeOf(await ask('/api/hunts', { headers: { ...upgrade, host: 'evil.example' } }))).toBe('CONSOLE_HOST_REFUSED');
    expect(codeOf(await ask('/api/hunts', { headers: { ...upgrade, origin: 'http://evil.example' } }))).toBe('CONSOLE_ORIGIN_REFUSED');
    expect((await ask('/api/hunts', { headers: { ...upgrade, origin: server.url } })).status).toBe(200);
  });

  it('is no proxy', async () => {
    const tunnel = await new Promise((resolve) => {
      const sent = request({ host: '127.0.0.1', port: server.port, method: 'CONNECT', path: 'evil.example:80' });
      sent.once('connect', (answer) => resolve(answer.statusCode));
      sent.once('error', () => resolve('ended'));
      sent.end();
    });
    expect(tunnel).toBe('ended');
    expect(codeOf(await ask('http://evil.example/'))).toBe('CONSOLE_NOT_FOUND');
  });

  it('changes nothing by GET', async () => {
    for (const target of ['/api/verbs/scale?deployment=a&replicas=0', '/api/hunts/not-found-storm/start', '/api/search', '/api/visualizations']) {
      expect((await ask(target)).status).toBe(404);
    }
    expect(calls).toEqual([]);
  });

  it('sends its security headers with everything', async () => {
    for (const target of ['/', '/api/hunts', '/api/none', '/none.js']) {
      const { headers } = await ask(target);
      expect(headers['content-security-policy']).toMatch(/^default-src 'self';/u);
      expect(headers['content-security-policy']).not.toMatch(/script-src|unsafe-eval/u);
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['access-control-allow-origin']).toBeUndefined();
    }
  });
});

describe('bodies', () => {
  it('refuses more than a mebibyte with an answer', async () => {
    const got = await post('/api/search', { searches: 'x'.repeat(1_100_000) });
    expect([got.status, codeOf(got)]).toEqual([413, 'CONSOLE_BODY_TOO_LARGE']);
  });

  it.each(['', '{', 'undefined', '[1,'])('refuses %j', async (body) => {
    const got = await ask('/api/search', { method: 'POST', headers: OWN, body });
    expect([got.status, codeOf(got)]).toEqual([400, 'CONSOLE_BODY_INVALID']);
  });

  it.each([5_000, 200_000])('refuses %i levels with a clear error, wherever they are sent', async (levels) => {
    for (const target of ['/api/search', '/api/visualizations', '/api/verbs/scale', '/api/hunts/not-found-storm/answer']) {
      for (const body of [`${'['.repeat(levels)}${']'.repeat(levels)}`, `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`.slice(0, 1_000_000)]) {
        const got = await ask(target, { method: 'POST', headers: OWN, body });
        expect([got.status, codeOf(got)]).toEqual([400, 'CONSOLE_BODY_INVALID']);
        expect(got.text).toContain('deeper than 64 levels');
      }
    }
    expect(calls).toEqual([]);
    expect((await ask('/api/hunts')).status).toBe(200);
  });
});

describe('the page', () => {
  it('is sent for every place inside it, anew each time', async () => {
    for (const target of ['/', '/hunts/not-found-storm', '/dashboards?x=1']) {
      const got = await ask(target);
      expect([got.status, got.text, got.headers['cache-control']]).toEqual([200, '<title>Podscope</title>', 'no-cache']);
    }
  });

  it('keeps files with a hash in their name', async () => {
    const got = await ask('/assets/main-AbCd1234.js');
    expect(got.headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(got.headers['cache-control']).toContain('immutable');
  });

  it.each(['/../secret.txt', '/%2e%2e/secret.txt', '/..%2fsecret.txt', '/assets/../../secret.txt', '/%2e%2e%2fpage-of-another/secret.txt', '/link.txt', '//etc/passwd.txt', '/%00.txt', '/%zz.txt', '/\\..\\secret.txt', '/none.js'])(
    'sends nothing from outside for %s',
    async (target) => {
      const got = await ask(target);
      expect(got.status).toBe(404);
      expect(got.text).not.toContain('"secret"');
    },
  );
});

describe('the interface', () => {
  it('passes the public verbs on', async () => {
    await post('/api/verbs/scale', { deployment: 'frontend', replicas: 3 });
    await post('/api/verbs/restart', { target: 'pod/redis-primary-0' });
    await post('/api/verbs/stop-client', { id: 'c1' });
    expect(calls).toEqual([
      ['scale', 'frontend', 3],
      ['restart', 'pod/redis-primary-0'],
      ['stopClient', 'c1'],
    ]);
    expect(JSON.parse((await post('/api/verbs/exec', { pod: 'redis-primary-0', command: ['redis-cli', 'PING'] })).text)).toEqual({
      exitCode: 0,
      stdout: 'redis-primary-0: redis-cli PING',
      stderr: '',
    });
    expect((await ask('/api/logs?pod=frontend-1&tail=7')).text).toBe('{"lines":["frontend-1 7"]}');
  });

  it('plays hunts', async () => {
    for (const step of ['start', 'hint', 'stop']) expect((await post(`/api/hunts/not-found-storm/${step}`)).status).toBe(200);
    await post('/api/hunts/not-found-storm/answer', { answers: { urls: '/a, /b' } });
    expect(calls).toEqual([['start', 'not-found-storm'], ['hint', 'not-found-storm'], ['stop', 'not-found-storm'], ['answer', 'not-found-storm', { urls: '/a, /b' }]]);
  });

  it.each([
    ['/api/verbs/scale', { deployment: 'frontend', replicas: '3' }],
    ['/api/verbs/scale', { deployment: 'frontend', replicas: -1 }],
    ['/api/verbs/scale', { replicas: 1 }],
    ['/api/verbs/exec', { pod: 'a', command: 'redis-cli' }],
    ['/api/verbs/exec', { pod: 'a', command: [{}] }],
    ['/api/hunts/a/answer', { answers: { a: 1 } }],
    ['/api/hunts/a/answer', { answers: [] }],
    ['/api/verbs/restart', null],
  ])('refuses %s %j', async (target, body) => {
    expect(codeOf(await post(target, body))).toBe('CONSOLE_BODY_INVALID');
    expect(calls).toEqual([]);
  });

  it.each(['/api/none', '/api/verbs/shutdown', '/api/verbs/constructor', '/api/hunts/a/none', '/api/hunts/../verbs', '/x'])('knows no %s', async (target) => {
    expect((await post(target)).status).toBe(404);
  });

  it('passes the supervisor\'s own errors on, and hides all others', async () => {
    expect(codeOf(await post('/api/hunts/a/submit'))).toBe('HUNT_NOT_RUNNING');
    const got = await post('/api/verbs/publish', { path: '/a' });
    expect([got.status, codeOf(got)]).toEqual([500, 'CONSOLE_FAILED']);
    expect(got.text).not.toContain('secret');
    expect(failed).toHaveLength(1);
  });

  it('says when OpenSearch is not there', async () => {
    const got = await post('/api/search', { searches: [{ index: 'apache-*', body: { size: 0 } }] });
    expect([got.status, codeOf(got)]).toEqual([503, 'CONSOLE_OPENSEARCH_UNREACHABLE']);
    const overview = JSON.parse((await ask('/api/overview')).text) as unknown;
    expect(overview).toMatchObject({ health: 'unreachable', shipping: [], state: { target: 'embedded' } });
  });
});

describe('visualizations', () => {
  const object = {
    id: 'own-errors',
    type: 'visualization',
    attributes: { title: 'My errors', visState: '{"type":"line"}', uiStateJSON: '{}', description: '', version: 1, kibanaSavedObjectMeta: { searchSourceJSON: '{}' } },
    references: [{ id: 'apache', name: 'kibanaSavedObjectMeta.searchSourceJSON.index', type: 'index-pattern' }],
    migrationVersion: { visualization: '7.10.0' },
  };

  it('are saved beside the installed objects', async () => {
    const got = await post('/api/visualizations', { object });
    expect([got.status, JSON.parse(got.text)]).toEqual([200, { object }]);
    expect(JSON.parse((await ask('/api/saved-objects')).text)).toEqual({ objects: [pattern, object] });
  });

  it('are built anew: members that a visualization does not have are left out', async () => {
    const before = saved.length;
    const more = { ...object, id: 'own-more', updated_at: 'x', attributes: { ...object.attributes, script: 'x', kibanaSavedObjectMeta: { searchSourceJSON: '{}', index: '.kibana' } }, migrationVersion: { visualization: '7.10.0', dashboard: {} } };
    const got = await post('/api/visualizations', { object: more });
    expect([got.status, JSON.parse(got.text)]).toEqual([200, { object: { ...object, id: 'own-more' } }]);
    saved.length = before;
  });

  it('end with 200', async () => {
    const before = saved.length;
    for (let each = saved.length; each < 200; each += 1) saved.push({ ...object, id: `own-${each}` });
    expect(codeOf(await post('/api/visualizations', { object: { ...object, id: 'own-one-more' } }))).toBe('CONSOLE_OBJECT_REFUSED');
    expect((await post('/api/visualizations', { object: { ...object, id: 'own-150' } })).status).toBe(200);
    saved.length = before;
  });

  it.each([
    { ...object, type: 'dashboard' },
    { ...object, id: 'a_b' },
    { ...object, id: 'installed-one' },
    { ...object, attributes: { ...object.attributes, visState: `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}` } },
    { ...object, attributes: { ...object.attributes, visState: `{"title":"${'x'.repeat(200_000)}"}` } },
    { ...object, references: Array.from({ length: 21 }, () => object.references[0]) },
    { ...object, id: '../x' },
    { ...object, id: 'apache' },
    { ...object, attributes: { ...object.attributes, title: ' ' } },
    { ...object, attributes: { ...object.attributes, visState: '{' } },
    { ...object, attributes: { title: 'x', visState: '{}' } },
    { ...object, references: [{ id: 'gone', name: 'x', type: 'index-pattern' }] },
    { ...object, references: {} },
    [],
    null,
  ])('are refused: %#', async (wrong) => {
    const before = saved.length;
    expect(codeOf(await post('/api/visualizations', { object: wrong }))).toBe('CONSOLE_OBJECT_REFUSED');
    expect(saved).toHaveLength(before);
  });
});

describe('the port', () => {
  it('is named when something else has it', async () => {
    const options = { port: server.port, assetsDir: folder, opensearchUrl: 'http://127.0.0.1:9', savedObjects: () => [], saveObject: async () => undefined, control };
    await expect(createConsoleServer(options)).rejects.toMatchObject({ code: 'CONSOLE_PORT_TAKEN' });
  });
});
