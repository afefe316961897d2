import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Probe, STAND_IN_RULES, type StandInRule } from './fixtures/rules.ts';
import { type StandIn, startStandIn } from './fixtures/standIn.ts';

const real = [process.env['OPENSEARCH_DASHBOARDS_URL'], process.env['KIBANA_URL']].filter((url): url is string => url !== undefined && url !== '');
const rules: readonly (readonly [string, StandInRule])[] = Object.entries(STAND_IN_RULES);

let standIn: StandIn;
beforeAll(async () => {
  standIn = await startStandIn({ tenants: ['podscope-team'], workspaces: ['podscope-workspace'] });
});
afterAll(() => standIn[Symbol.asyncDispose]());

async function ask(url: string, { method, path, withoutXsrf, tenant, json, file }: Pick<Probe, 'method' | 'path' | 'withoutXsrf' | 'tenant' | 'json' | 'file'>): Promise<Response> {
  const form = new FormData();
  if (file !== undefined) form.append('file', new Blob([file.objects().map((each) => JSON.stringify(each)).join('\n')]), file.name);
  return fetch(`${url}${path}`, {
    method,
    headers: { ...(withoutXsrf === true ? {} : { 'osd-xsrf': 'true', 'kbn-xsrf': 'true' }), ...(tenant === undefined ? {} : { securitytenant: tenant }), ...(json === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(file !== undefined ? { body: form } : json !== undefined ? { body: JSON.stringify(json) } : {}),
  });
}

/** Asks for what must be there, then the probe, then for what must not. */
async function replay(url: string, probe: Probe): Promise<string | null> {
  const { before, status, body, notThere = [] } = probe;
  if (before !== undefined) await ask(url, { method: 'POST', path: '/api/saved_objects/_import?overwrite=true', file: { name: 'a.ndjson', objects: () => before } });
  const answer = await ask(url, probe);
  const text = await answer.text();
  expect(answer.status, text.slice(0, 200)).toBe(status);
  if (body !== undefined) expect(JSON.parse(probe.path.endsWith('_export') ? (text.trimEnd().split('\n').at(-1) ?? '') : text)).toMatchObject(body);
  if (notThere.length > 0) {
    const after = (await (await ask(url, { method: 'POST', path: '/api/saved_objects/_bulk_get', json: notThere })).json()) as { readonly saved_objects: readonly { readonly error?: object }[] };
    expect(after.saved_objects.every(({ error }) => error !== undefined)).toBe(true);
  }
  return answer.headers.get('x-rule');
}

describe('every rule of the stand-in', () => {
  it('cites its product, its version and a source', () => {
    for (const [, { product, version, source, what, probes }] of rules) {
      expect([product, version, source, what].every((each) => each.length > 2)).toBe(true);
      expect(source).toMatch(/^(?:src|server)\/.+\.ts/u);
      expect(probes.length).toBeGreaterThan(0);
    }
  });

  it.each(rules)('%s', async (name, { probes, source }) => {
    for (const probe of probes) expect(await replay(standIn.url, probe)).toBe(`${name}, ${source}`);
  });
});

describe.runIf(real.length > 0)(real.length > 0 ? 'a real product' : 'a real product (not run: neither OPENSEARCH_DASHBOARDS_URL nor KIBANA_URL names one)', () => {
  const plain = rules.flatMap(([name, { probes }]) => real.flatMap((url) => probes.filter(({ needs }) => needs === undefined).map((probe) => ({ name, url, probe }))));
  it.each(plain)('$name at $url', async ({ url, probe }) => {
    await replay(url, probe);
  });
});
