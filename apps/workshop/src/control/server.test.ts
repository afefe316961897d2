import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { PodscopeError } from '@podscope/core';
import { connectControl } from './client.ts';
import type { ControlHandlers } from './handlers.ts';
import { type ControlServer, startControlServer } from './server.ts';

let directory: string;
let server: ControlServer;
const onError = vi.fn();
const done: unknown[] = [];

/** Handlers that write down what they were asked. */
const handlers = new Proxy({}, {
  get: (_target, name) => (...args: unknown[]) => {
    if (name === 'exec') throw new PodscopeError('EXEC_REFUSED', 'no', { hint: 'hint' });
    if (name === 'restart') throw new PodscopeError('POD_NOT_FOUND', 'none');
    if (name === 'publish') throw new TypeError('defect');
    done.push([name, ...args]);
    return Promise.resolve(name === 'logs' ? ['a', 'b'] : undefined);
  },
}) as ControlHandlers;

function raw(method: string, path: string, body?: string): Promise<{ status: number; body: unknown }> {
  return new Promise((resolve, reject) => {
    const call = request({ socketPath: server.path, method, path }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk)).on('end', () => resolve({ status: response.statusCode ?? 0, body: JSON.parse(text) }));
    });
    call.once('error', reject);
    call.end(body);
  });
}

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'podscope-control-'));
  done.length = 0;
  onError.mockClear();
  server = await startControlServer(join(directory, 'control.sock'), handlers, onError);
});
afterEach(async () => {
  await server.close();
  rmSync(directory, { recursive: true });
});

it('carries the client’s verbs to the handlers', async () => {
  const control = connectControl(directory);
  await control.scale('frontend', 5);
  await control.stopClient('x');
  await control.answerHunt('h', { q: 'a' }).catch(() => undefined);
  expect(await control.logs('redis-primary-0', 7)).toEqual(['a', 'b']);
  expect(done).toEqual([['scale', 'frontend', 5], ['stopClient', 'x'], ['answerHunt', 'h', { q: 'a' }], ['logs', 'redis-primary-0', 7]]);
});

it('is for its user only', () => {
  expect(statSync(server.path).mode & 0o777).toBe(0o600);
});

it('carries errors with code and hint, and hides defects', async () => {
  const control = connectControl(directory);
  await expect(control.exec('p', ['redis-cli'])).rejects.toMatchObject({ code: 'EXEC_REFUSED', message: 'no', hint: 'hint' });
  expect((await raw('POST', '/v1/restart', '{"target":"pod/x"}')).status).toBe(404);
  await expect(control.publish('/x')).rejects.toMatchObject({ code: 'INTERNAL' });
  expect(onError).toHaveBeenCalledOnce();
});

it.each([
  ['POST', '/v1/scale', '{"deployment":"frontend","replicas":"5"}', 'BAD_REQUEST'],
  ['POST', '/v1/scale', '{"replicas":5}', 'BAD_REQUEST'],
  ['POST', '/v1/scale', '[1]', 'BAD_REQUEST'],
  ['POST', '/v1/scale', '{', 'BAD_REQUEST'],
  ['POST', '/v1/exec', '{"pod":"p","command":["a",1]}', 'BAD_REQUEST'],
  ['POST', '/v1/scale', `"${'x'.repeat(1_100_000)}"`, 'BAD_REQUEST'],
  ['GET', '/v1/scale', '', 'ROUTE_NOT_FOUND'],
  ['POST', '/v1/constructor', '{}', 'ROUTE_NOT_FOUND'],
  ['GET', '/v1/logs', '', 'BAD_REQUEST'],
])('refuses %s %s (case %#)', async (method, path, body, code) => {
  const answer = await raw(method, path, body);
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(answer.body).toMatchObject({ error: { code } });
  expect(done).toEqual([]);
});
