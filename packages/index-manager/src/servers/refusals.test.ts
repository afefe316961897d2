import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { Client } from '@opensearch-project/opensearch';
import { PodscopeError } from '@podscope/core';
import { afterEach, describe, expect, it } from 'vitest';
import { defineIndexSetup } from '../define.ts';
import { failureOf } from '../failures.ts';
import { runLifecycle } from '../lifecycle/run-lifecycle.ts';
import { planIndexSetup } from '../plan/plan.ts';
import { runReindex } from '../reindex/reindex.ts';

const PASSWORD = 'correct-horse-battery-9';
const setup = defineIndexSetup({ ingestPipelines: { 'shop-levels': { processors: [] } } });
const ending: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ending.splice(0)) await end();
});

async function clientOf(answer: RequestListener): Promise<Client> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const client = new Client({ node: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, auth: { username: 'ann', password: PASSWORD } });
  ending.push(async () => {
    await client.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return client;
}

async function errorOf(doing: Promise<unknown>): Promise<PodscopeError> {
  const error = await doing.then(() => undefined, (reason: unknown) => reason);
  if (error instanceof PodscopeError) return error;
  throw new Error('no PodscopeError', { cause: error });
}

/** As it answered in opensearch-project/OpenSearch-Dashboards#5707: it has no `GET /`. */
it('says of Amazon OpenSearch Serverless that it is not managed', async () => {
  const client = await clientOf((_, response) => response.writeHead(404, { server: 'aoss-amazon', 'content-length': '0' }).end());
  const error = await errorOf(planIndexSetup(client, setup));
  expect(error).toMatchObject({ code: 'INDEX_SERVER_UNSUPPORTED', message: expect.stringContaining('Serverless') as unknown });
});

describe('an error of any function', () => {
  const refusal = JSON.stringify({ error: { type: 'security_exception', reason: 'no permissions for [x] and User [name=ann]' }, status: 403 });
  const forbidding: RequestListener = (_, response) => response.writeHead(403, { 'content-type': 'application/json' }).end(refusal);
  const policies = { keep: { description: '', default_state: 'a', states: [{ name: 'a' }] } };

  it.each([
    ['planIndexSetup', (client: Client) => planIndexSetup(client, setup)],
    ['runReindex', (client: Client) => runReindex(client, { source: 'orders' })],
    ['runLifecycle', (client: Client) => runLifecycle(client, { policies, targets: [{ name: 'orders', policy: 'keep' }] })],
  ] as const)('of %s names the missing permission and holds no password, in no cause', async (_, doing) => {
    const error = await errorOf(doing(await clientOf(forbidding)));
    expect(error).toMatchObject({ code: 'INDEX_FORBIDDEN', message: expect.stringContaining('no permissions for [x]') as unknown });
    const whole = inspect(error, { depth: Infinity, showHidden: true });
    expect(whole).toContain('security_exception');
    for (const secret of [PASSWORD, Buffer.from(`ann:${PASSWORD}`).toString('base64')]) expect(whole).not.toContain(secret);
  });
});

it.each([
  ["Hostname/IP does not match certificate's altnames: Host: shop.test. is not in the cert's altnames: DNS:other.test", 'a name that the certificate has'],
  ['certificate has expired', 'Renew'],
  ['unable to verify the first certificate', 'ssl: { ca }'],
  ['write EPROTO 00A0:error:0A00010B:SSL routines:tls_validate_record_header:wrong version number', 'https://'],
])('says what to do when Node.js says "%s"', (message, hint) => {
  const error = failureOf(Object.assign(new Error(message), { name: 'ConnectionError' }), 'INDEX_OBSERVE_FAILED', 'GET /');
  expect(error).toMatchObject({ code: 'INDEX_TLS_REFUSED', hint: expect.stringContaining(hint) as unknown });
});

it('takes no other broken connection for one of certificates', () => {
  for (const message of ['connect ECONNREFUSED 127.0.0.1:9200', 'socket hang up', 'getaddrinfo ENOTFOUND certificates.test']) {
    expect(failureOf(new Error(message), 'INDEX_OBSERVE_FAILED', 'GET /').code).toBe('INDEX_OBSERVE_FAILED');
  }
});

/** Bodies as Amazon's gateway, IAM and the security plugin give them. */
it.each([
  [403, { Message: 'User: arn:aws:iam::123456789012:user/credentials-signature is not authorized to perform: es:ESHttpPut because no identity-based policy allows it' }, 'INDEX_FORBIDDEN', 'es:ESHttpPut'],
  [403, { error: { type: 'security_exception', reason: 'no permissions for [x] and User [name=signature-credential]' } }, 'INDEX_FORBIDDEN', 'for [x]'],
  [403, { message: 'The security token included in the request is invalid.' }, 'INDEX_CREDENTIALS_REFUSED', 'token'],
  [403, { message: 'Signature expired: 20260301T000000Z is now earlier than 20260301T000500Z' }, 'INDEX_CREDENTIALS_REFUSED', 'expired'],
  [403, { Message: 'User: anonymous is not authorized to perform: es:ESHttpGet' }, 'INDEX_CREDENTIALS_REFUSED', 'anonymous'],
  [401, { Message: "Your request: '/_settings' is not allowed." }, 'INDEX_SERVER_UNSUPPORTED', '/_settings'],
  [401, undefined, 'INDEX_CREDENTIALS_REFUSED', 'GET /'],
] as const)('takes status %s with %j for %s', (statusCode, body, code, words) => {
  const error = failureOf(Object.assign(new Error('Response Error'), { statusCode, body }), 'INDEX_OBSERVE_FAILED', 'GET /');
  expect(error).toMatchObject({ code, message: expect.stringContaining(words) as unknown });
});
