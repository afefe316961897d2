import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Client } from '@opensearch-project/opensearch';
import { afterEach, describe, expect, it } from 'vitest';
import { reasonOf, send } from './client.ts';
import { failureOf } from './failures.ts';

/** What no cluster answers, from a server that is none: the real ones are asked in the tests of `apply/`. */
describe('send', () => {
  let server: Server | undefined;
  let client: Client | undefined;

  afterEach(async () => {
    await client?.close();
    server?.closeAllConnections();
    await new Promise((resolve) => (server === undefined ? resolve(undefined) : server.close(resolve)));
  });

  async function from(answer: RequestListener): Promise<Client> {
    const started = createServer(answer);
    server = started;
    await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
    client = new Client({ node: `http://127.0.0.1:${(started.address() as AddressInfo).port}`, requestTimeout: 200 });
    return client;
  }
  const failing = async (asking: Promise<unknown>) => failureOf(await asking.then(() => new Error('it was answered'), (error: unknown) => error), 'INDEX_OBSERVE_FAILED', 'GET /');
  const page = (status: number): RequestListener => (_, out) => out.writeHead(status, { 'content-type': 'text/html' }).end('<html><style>p { x: y }</style><title>Sign\nin</title><p>please</html>');

  it('takes a page for no answer, and says what stands in it', async () => {
    const error = await failing(send(await from(page(200)), { method: 'GET', path: '/' }));
    expect(error.code).toBe('INDEX_OBSERVE_FAILED');
    expect(error.message).toBe('GET / got an answer that no cluster gives: the answer is no JSON object but "Sign in please".');
    expect(error.hint).toContain('Check the address');
  });

  it('takes a page that is not there for nothing that is known of a cluster', async () => {
    const error = await failing(send(await from(page(404)), { method: 'GET', path: '/_template', expected: [404] }));
    expect(error.message).toContain('status 404, "Sign in please"');
  });

  it.each([
    [502, 'INDEX_CLUSTER_BLOCKED', 'is held back by the state of the cluster: status 502, "Sign in please"'],
    [429, 'INDEX_CLUSTER_BLOCKED', 'was turned away by a cluster that has too much to do'],
    [401, 'INDEX_CREDENTIALS_REFUSED', 'was refused for its credentials'],
    [403, 'INDEX_FORBIDDEN', 'is not allowed to this user'],
  ])('names the matter behind a page with status %i', async (status, code, message) => {
    const error = await failing(send(await from(page(status)), { method: 'PUT', path: '/_template/a' }));
    expect(error.code).toBe(code);
    expect(error.message).toContain(message);
  });

  it('sends what changes something once, whatever becomes of the answer', async () => {
    let asked = 0;
    const silent = await from(() => (asked += 1));
    const error = await failing(send(silent, { method: 'POST', path: '/web/_rollover' }));
    expect(error.message).toContain('got no answer');
    expect(asked).toBe(1);
    await failing(send(silent, { method: 'GET', path: '/' }));
    expect(asked).toBeGreaterThan(2);
  });

  it('takes the errors that it was told of for answers', async () => {
    const answering = await from((_, out) => out.writeHead(400, { 'content-type': 'application/json' }).end('{"error":"no handler found for uri [/x]"}'));
    expect(await send(answering, { method: 'GET', path: '/x', expected: [400] })).toEqual({ status: 400, body: { error: 'no handler found for uri [/x]' }, reason: 'no handler found for uri [/x]' });
  });
});

describe('reasonOf', () => {
  const of = (error: object): string => reasonOf({ statusCode: 400, body: { error } });

  it('says the innermost reason that there is, and where a script is wrong', () => {
    expect(of({ reason: 'outer', caused_by: { reason: 'middle', caused_by: { reason: '' } } })).toBe('outer: middle');
    expect(of({ reason: 'compile error', script_stack: ['ctx.a = ;', '        ^---- HERE'], caused_by: { reason: 'unexpected token' } })).toBe('compile error: unexpected token: in "ctx.a = ;"');
  });
});
