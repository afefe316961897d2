import { type IncomingMessage, request } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type SigningProxy, startSigningProxy } from './proxy.ts';
import { type DomainGateway, startDomainGateway } from './testing/domainGateway.ts';
import type { Keys } from './testing/signature.ts';
import { domainClient, wayAgent } from './way.ts';

const keys: Keys = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY', sessionToken: `IQoJb3JpZ2luX2VjE${'aB3/'.repeat(40)}==` };
const SECRETS = [keys.secretAccessKey, keys.sessionToken ?? '', keys.accessKeyId];
let gateway: DomainGateway;
let proxy: SigningProxy;
let credentials: () => Promise<Keys>;
const said: string[] = [];
const known = new WeakSet<Socket>();

beforeAll(async () => {
  gateway = await startDomainGateway({
    keys: [keys],
    answer({ target, body }, outgoing) {
      const host = 'vpc-podscope-abcdefghijklmnopqrstuvwxyz.eu-central-1.es.amazonaws.com';
      if (target === '/_dashboards') return void outgoing.writeHead(302, { location: `https://${host}/_dashboards/app/home?x=1`, 'strict-transport-security': 'max-age=63072000', 'set-cookie': ['security_authentication=abc; Path=/_dashboards; Secure; HttpOnly; SameSite=None', `other=1; Domain=${host}; secure`] }).end();
      if (target === '/cut') return void outgoing.destroy();
      // As a load balancer does that has forgotten a connection.
      const isKept = outgoing.socket !== null && known.has(outgoing.socket);
      if (outgoing.socket !== null) known.add(outgoing.socket);
      if (target === '/forgotten' && isKept) return void outgoing.destroy();
      outgoing.writeHead(200, { 'content-type': 'application/octet-stream' }).end(body);
    },
  });
  credentials = async () => keys;
  proxy = await startSigningProxy(gateway, { ...gateway, credentials: () => credentials() }, { onError: (line) => said.push(line) });
});

afterEach(() => {
  credentials = async () => keys;
  // Of what it says and sends back, nothing is of a credential.
  for (const secret of SECRETS) expect(said.join('\n')).not.toContain(secret);
});

afterAll(async () => {
  await proxy?.[Symbol.asyncDispose]();
  await gateway?.[Symbol.asyncDispose]();
});

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

function ask(path: string, { method = 'GET', headers = {}, body, to = proxy.port }: { readonly method?: string; readonly headers?: Readonly<Record<string, string>>; readonly body?: string | Buffer; readonly to?: number } = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port: to, path, method, headers }, (response) => {
      buffer(response).then((heard) => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: heard }), reject);
    });
    asked.once('error', reject);
    asked.end(body);
  });
}

describe('the signing proxy', () => {
  it('signs for the domain’s own host, and sends nothing of what a browser says of this address', async () => {
    const { status, body } = await ask('/apache-*/_search?q=a+b', { method: 'POST', body: '{"size":1}', headers: { 'content-type': 'application/json', origin: proxy.url, referer: `${proxy.url}/_dashboards`, authorization: 'Basic c3R1ZmY6c3R1ZmY=', 'x-amz-date': '20000101T000000Z', 'x-forwarded-for': '10.0.0.1', cookie: 'a=b', connection: 'x-hop', 'x-hop': '1', 'osd-xsrf': 'true' } });
    expect([status, body.toString()]).toEqual([200, '{"size":1}']);
    const { headers, target } = gateway.passed.at(-1) ?? expect.fail();
    expect(target).toBe('/apache-%2A/_search?q=a%20b');
    expect(headers).toMatchObject({ host: gateway.host, cookie: 'a=b', 'osd-xsrf': 'true', 'content-type': 'application/json' });
    for (const name of ['origin', 'referer', 'x-forwarded-for', 'x-hop']) expect(headers, name).not.toHaveProperty(name);
    expect(gateway.refused).toEqual([]);
  });

  it('leads a browser to Dashboards: places and cookies fit this address', async () => {
    const { status, headers } = await ask('/_dashboards');
    expect([status, headers['location']]).toEqual([302, '/_dashboards/app/home?x=1']);
    expect(headers['set-cookie']).toEqual(['security_authentication=abc; Path=/_dashboards; HttpOnly; SameSite=Lax', 'other=1']);
    expect(headers).not.toHaveProperty('strict-transport-security');
  });

  it('passes bodies of any bytes both ways, and many at once', async () => {
    const bodies = Array.from({ length: 30 }, (_, index) => Buffer.alloc(index * 20_000, index));
    const answers = await Promise.all(bodies.map((body) => ask('/echo', { method: 'PUT', body })));
    answers.forEach(({ status, body }, index) => expect([status, body.equals(bodies[index] ?? Buffer.from('x'))]).toEqual([200, true]));
  });

  it('lets no page of another site through', async () => {
    const before = gateway.passed.length;
    expect((await ask('/_search', { headers: { host: 'evil.example.com' } })).status).toBe(403);
    expect((await ask('/_search', { method: 'POST', headers: { origin: 'http://evil.example.com' } })).status).toBe(403);
    expect((await ask('/_search', { headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' } })).status).toBe(403);
    expect((await ask('/%zz')).status).toBe(400);
    expect(gateway.passed.length).toBe(before);
  });

  it('says what is wrong with credentials, and goes on with new ones', async () => {
    credentials = async () => Promise.reject(Object.assign(new Error(`The SSO session has expired: ${keys.secretAccessKey}`), { name: 'CredentialsProviderError' }));
    const refused = await ask('/_search');
    expect(refused.status).toBe(502);
    expect(refused.body.toString()).toMatch(/^AWS_SESSION_EXPIRED\n/u);
    for (const secret of SECRETS) expect(refused.body.toString()).not.toContain(secret);
    credentials = async () => keys;
    expect((await ask('/echo')).status).toBe(200);
  });

  it('survives a domain that hangs up', async () => {
    expect((await ask('/cut')).status).toBe(502);
    expect((await ask('/echo')).status).toBe(200);
  });

  it('asks anew where connections that it kept were forgotten, but only what may be asked twice', async () => {
    const keep = async (): Promise<void> => void (await Promise.all([1, 2, 3].map(() => ask('/echo'))));
    await keep();
    expect((await ask('/forgotten')).status).toBe(200);
    await keep();
    expect((await ask('/forgotten', { method: 'POST', body: '{}' })).status).toBe(502);
  });

  it('keeps no connection for as long as a load balancer forgets it in', async () => {
    await using silent = await startDomainGateway({ keys: [], answer: () => undefined });
    const agent = wayAgent(silent, 10);
    const answered = await new Promise<IncomingMessage>((resolve, reject) => httpsRequest({ agent, host: silent.host, path: '/echo' }, resolve).once('error', reject).end());
    await buffer(answered);
    await expect.poll(() => Object.keys(agent.freeSockets).length).toBe(0);
    agent.destroy();
  });

  it('trusts only who has the domain’s name, so that the relay can read nothing', async () => {
    await using stranger = await startDomainGateway({ keys: [keys], certifiedHost: 'elsewhere.example.com', answer: (_passed, outgoing) => void outgoing.end() });
    await using other = await startSigningProxy(stranger, { ...stranger, credentials: async () => keys });
    expect((await ask('/_search', { to: other.port })).body.toString()).toMatch(/^AWS_UNREACHABLE\n/u);
    expect(stranger.passed).toEqual([]);
    const client = await domainClient(stranger, { ...stranger, credentials: async () => keys });
    await expect(client.info()).rejects.toThrow(/altnames/iu);
    await client.close();
  });

  it('says whose port it is not', async () => {
    await expect(startSigningProxy(gateway, { ...gateway, credentials }, { port: proxy.port })).rejects.toMatchObject({ code: 'AWS_TUNNEL_FAILED' });
  });
});

describe('the official client through the way', () => {
  it('signs for the domain’s own host', async () => {
    const client = await domainClient(gateway, { ...gateway, credentials: async () => keys });
    const { body } = await client.transport.request({ method: 'POST', path: '/apache-*/_search', body: { size: 1 } });
    expect(String(body)).toBe('{"size":1}');
    expect(gateway.passed.at(-1)?.headers.host).toBe(gateway.host);
    expect(gateway.refused).toEqual([]);
    await client.close();
  });
});
