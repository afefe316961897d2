import { describe, expect, it } from 'vitest';
import type { IndexClient } from '../client.ts';
import { defineIndexSetup } from '../define.ts';
import type { IndexSetup, JsonObject } from '../model.ts';
import { observeIndexSetup, type ObserveOptions } from './observe.ts';

const names = (stem: string, count: number): readonly string[] => Array.from({ length: count }, (_, at) => `${stem}-of-a-rather-long-name-${String(at).padStart(4, '0')}`);

/** Something of every kind, and many streams and aliases. */
function everything(count: number): IndexSetup {
  return defineIndexSetup({
    componentTemplates: { part: { template: {} } },
    indexTemplates: { web: { index_patterns: ['web-*'], data_stream: {} } },
    legacyTemplates: { old: { index_patterns: ['old-*'] } },
    ingestPipelines: { pipe: { processors: [] } },
    lifecyclePolicies: { keep: { description: '', default_state: 'a', states: [{ name: 'a', actions: [], transitions: [] }] } },
    dataStreams: names('web', count),
    rolloverAliases: Object.fromEntries(names('ring', count).map((name) => [name, {}])),
    aliases: Object.fromEntries(names('alias', count).map((name) => [name, { indices: { 'some-index': {} } }])),
    clusterSettings: { 'search.max_buckets': 1 },
  });
}

/**
 * Counts what it is asked, and answers as the products document it: no server that can be had here has a lifecycle plugin and
 * thousands of streams. What real ones answer, the tests of `apply/` see.
 */
function counting(product: 'opensearch' | 'opensearch with ISM' | 'elasticsearch with ILM', setup: IndexSetup) {
  const paths: string[] = [];
  const none = (statusCode: number, reason: string) => Promise.reject(Object.assign(new Error(reason), { statusCode, body: { error: { reason } } }));
  const answer = (path: string): JsonObject | undefined => {
    if (path === '/') return { version: product.startsWith('opensearch') ? { number: '2.19.6', distribution: 'opensearch' } : { number: '8.19.0' } };
    if (path.startsWith('/_data_stream/')) return { data_streams: setup.dataStreams.map((name) => ({ name, template: 'web', indices: [1, 2].map((at) => ({ index_name: `.ds-${name}-00000${at}`, index_uuid: `${name}${at}` })) })) };
    if (path.includes('/_ism/policies')) return product === 'opensearch with ISM' ? { policies: [], total_policies: 0 } : undefined;
    if (path.includes('/_ilm/')) return product === 'elasticsearch with ILM' ? {} : undefined;
    return {};
  };
  const transport = {
    request({ path }: { readonly path: string }) {
      paths.push(path);
      if (path.length > 3900) return none(400, 'An HTTP line is larger than 4096 bytes.');
      const body = answer(path);
      return body === undefined ? none(400, `no handler found for uri [${path}]`) : Promise.resolve({ statusCode: 200, body });
    },
  };
  return { paths, client: { transport } as unknown as IndexClient };
}

describe('the requests of an observation', () => {
  const products = ['opensearch', 'opensearch with ISM', 'elasticsearch with ILM'] as const;
  const ways: readonly ObserveOptions[] = [{}, { owned: true }, { history: true }, { owned: true, history: true }];

  const setups = new Map([1, 60, 1000].map((count) => [count, everything(count)]));

  it.each(products.flatMap((product) => ways.flatMap((options) => [...setups].map(([count, setup]) => [product, options, count, setup] as const))))('are twelve at most: %s, %j, %i of a kind', async (product, options, count, setup) => {
    const { client, paths } = counting(product, setup);
    const observed = await observeIndexSetup(client, setup, options);
    expect(paths.length).toBeLessThanOrEqual(12);
    expect(new Set(paths).size).toBe(paths.length);
    expect(Object.keys(observed.dataStreams)).toHaveLength(count);
    expect(observed.capabilities.modifyDataStream).toBe(options.history === true ? true : undefined);
  });

  it('are those that are needed, and read the names themselves', async () => {
    const setup = defineIndexSetup({ indexTemplates: { web: { index_patterns: ['web-*'], data_stream: {} } }, dataStreams: names('web', 200) });
    const { client, paths } = counting('opensearch', setup);
    await observeIndexSetup(client, setup);
    expect(paths.filter((path) => !path.includes('of-a-rather-long-name'))).toEqual(['/', '/podscope-index-manager/_doc/owned', '/_index_template']);
    const asked = paths.filter((path) => path.startsWith('/web-') || path.startsWith('/.ds-')).flatMap((path) => path.slice(1).split(/[/?]/u)[0]?.split(',') ?? []);
    expect(asked.sort()).toEqual([...setup.dataStreams, ...setup.dataStreams.map((name) => `.ds-${name}-000002`)].sort());
  });
});
