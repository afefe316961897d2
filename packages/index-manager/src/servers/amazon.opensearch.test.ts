import { Client } from '@opensearch-project/opensearch';
import { AwsSigv4Signer } from '@opensearch-project/opensearch/aws-v3';
import { startOpenSearch, type StartedOpenSearch } from '@podscope/embedded-opensearch';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defineIndexSetup } from '../define.ts';
import { runLifecycle } from '../lifecycle/run-lifecycle.ts';
import { planIndexSetup } from '../plan/plan.ts';
import { applyPlan } from '../apply/apply.ts';
import { type AmazonGateway, startAmazonGateway } from './fixtures/amazon-gateway.ts';
import { clear, DUTIES, edition, work } from './fixtures/duties.ts';
import { REQUESTS } from './requests.ts';

const signer = { region: 'eu-central-1', service: 'es', accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' } as const;

/** A real server behind a stand-in for Amazon's gateway; the official client signs, the stand-in works each signature out anew. */
describe('Amazon OpenSearch Service, by what its guide says of it', () => {
  let server: StartedOpenSearch | undefined;
  let gateway: AmazonGateway;
  let root: Client;
  let client: Client;
  let expiration: Date | undefined;
  let handed = 0;

  beforeAll(async () => {
    server = await startOpenSearch({ version: '2.19.6' });
    root = new Client({ node: server.url });
    gateway = await startAmazonGateway(server.url, signer);
    const getCredentials = async () => {
      handed += 1;
      gateway.token ??= 'token-1';
      return { ...signer, sessionToken: gateway.token, ...(expiration === undefined ? {} : { expiration }) };
    };
    client = new Client({ ...AwsSigv4Signer({ region: signer.region, service: 'es', getCredentials }), node: gateway.url });
  });

  afterAll(async () => {
    await Promise.all([client?.close(), root?.close()]);
    await gateway?.stop();
    await server?.stop();
  });

  const errorOf = (doing: Promise<unknown>) => doing.then(() => undefined, (error: unknown) => error as { readonly code: string; readonly message: string; readonly hint: string });

  it.each(Object.keys(DUTIES) as (keyof typeof DUTIES)[])('does all of "%s" with signed requests that the service has, and no others than are listed', async (name) => {
    await DUTIES[name].ready(root);
    gateway.requests.length = 0;
    const { error } = await work(DUTIES[name], client, root);
    const made = [...new Set(gateway.requests)].sort();
    await clear(root);
    expect(error).toBeUndefined();
    expect(gateway.refused).toEqual([]);
    expect(made).toEqual([...REQUESTS[name]].sort());
  });

  it('signs bodies, queries and names of any characters', async () => {
    const id = 'ä b/+&=?%25*~\'()';
    const lines = [{ index: { _id: id } }, { text: 'ünïcode & co' }, { index: { _id: '2' } }, { text: 'two' }];
    await client.transport.request({ method: 'POST', path: '/order-signed/_bulk', querystring: { refresh: 'true', filter_path: 'items.*.status,errors' }, bulkBody: lines });
    const found = await client.transport.request({ method: 'GET', path: `/order-signed/_doc/${encodeURIComponent(id)}?_source_includes=te*,text` });
    expect(found.body).toMatchObject({ _id: id, _source: { text: 'ünïcode & co' } });
    const named = await client.transport.request({ method: 'GET', path: '/%3Corder-%7Bnow%2Fd%7D%3E,order-s*/_count?ignore_unavailable=true&q=text:two AND _id:2'.replaceAll(' ', '%20') });
    expect(named.body).toMatchObject({ count: 1 });
    expect(gateway.refused).toEqual([]);
  });

  it('refuses a body and a query that are not those that were signed', async () => {
    const signed = AwsSigv4Signer({ region: signer.region, service: 'es', getCredentials: async () => signer }).buildSignedRequestObject;
    const { headers } = signed({ hostname: '127.0.0.1', method: 'POST', path: '/order-signed/_count?q=text:two', body: '{}', auth: { credentials: { ...signer, sessionToken: gateway.token }, region: signer.region, service: 'es' } });
    const status = async (path: string, body: string) => (await fetch(`${gateway.url}${path}`, { method: 'POST', body, headers: headers as Record<string, string> })).status;
    expect(await status('/order-signed/_count?q=text:one', '{}')).toBe(403);
    expect(await status('/order-signed/_count?q=text:two', '[]')).toBe(403);
    gateway.refused.length = 0;
  });

  it('asks for new credentials before the old ones expire, and says so when they have', async () => {
    const before = handed;
    expiration = new Date(Date.now() + 60_000);
    gateway.token = 'token-2';
    const expired = await errorOf(planIndexSetup(client, edition(1)));
    expect(expired).toMatchObject({ code: 'INDEX_CREDENTIALS_REFUSED', message: expect.stringContaining('security token included in the request is expired') as unknown });
    expect(handed).toBe(before);
    const other = new Client({ ...AwsSigv4Signer({ region: signer.region, getCredentials: async () => ((handed += 1), { ...signer, sessionToken: 'token-2', expiration: new Date(Date.now() + 10_000) }) }), node: gateway.url });
    await planIndexSetup(other, edition(1));
    await planIndexSetup(other, edition(1));
    await other.close();
    expect(handed).toBeGreaterThan(before + 1);
    gateway.token = 'token-1';
  });

  it('says what is missing of who does not sign, and of who signs wrongly', async () => {
    const unsigned = new Client({ node: gateway.url });
    expect(await errorOf(planIndexSetup(unsigned, edition(1)))).toMatchObject({ code: 'INDEX_CREDENTIALS_REFUSED', message: expect.stringContaining('User: anonymous') as unknown });
    const wrong = new Client({ ...AwsSigv4Signer({ region: signer.region, getCredentials: async () => ({ ...signer, secretAccessKey: 'another', sessionToken: 'token-1' }) }), node: gateway.url });
    expect(await errorOf(planIndexSetup(wrong, edition(1)))).toMatchObject({ code: 'INDEX_CREDENTIALS_REFUSED', message: expect.stringContaining('signature') as unknown });
    await Promise.all([unsigned.close(), wrong.close()]);
    gateway.refused.length = 0;
  });

  it('names a cluster setting that the service does not take, and a call that it has not got', async () => {
    const setup = defineIndexSetup({ owner: 'duties', clusterSettings: { 'search.max_buckets': 9000 } });
    const setting = await errorOf(applyPlan(client, await planIndexSetup(client, setup)));
    expect(setting).toMatchObject({ code: 'INDEX_SERVER_UNSUPPORTED', message: expect.stringContaining('cluster-setting search.max_buckets') as unknown, hint: expect.stringContaining('cluster.max_shards_per_node') as unknown });
    gateway.closed = ['/_component_template'];
    const call = await errorOf(planIndexSetup(client, edition(1)));
    expect(call).toMatchObject({ code: 'INDEX_SERVER_UNSUPPORTED', message: expect.stringContaining("'/_component_template'") as unknown });
    gateway.closed = [];
    gateway.refused.length = 0;
  });

  it('keeps retention where the cluster state and the nodes are closed', async () => {
    gateway.closed = ['/_cluster/state', '/_nodes'];
    await DUTIES.lifecycle.ready(root);
    expect((await work(DUTIES.lifecycle, client, root)).error).toBeUndefined();
    const { plan } = await runLifecycle(client, { policies: {}, targets: [] });
    expect(plan.steps).toEqual([]);
    gateway.closed = [];
    await clear(root);
  });
});
