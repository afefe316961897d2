import { describe, expect, it } from 'vitest';
import { defineIndexSetup } from '../define.ts';
import type { IndexSetupInput, JsonObject } from '../model.ts';
import { anySetup, seeded } from './fixtures/arbitrary.ts';
import { runTypeScript } from './fixtures/run-typescript.ts';
import { indexSetupToTypeScript } from './typescript.ts';

/** What a server lists, with what it writes into policies. */
const policy = {
  policy_id: 'keep',
  description: 'keeps for a week',
  last_updated_time: 1_790_000_000_000,
  schema_version: 21,
  error_notification: null,
  default_state: 'kept',
  states: [
    { name: 'kept', actions: [{ retry: { count: 3, backoff: 'exponential', delay: '1m' }, rollover: { min_size: '50gb', copy_alias: false } }], transitions: [{ state_name: 'gone', conditions: { min_index_age: '7d' } }] },
    { name: 'gone', actions: [{ retry: { count: 3, backoff: 'exponential', delay: '1m' }, delete: {} }], transitions: [] },
  ],
  ism_template: [{ index_patterns: ['web-*'], priority: 5, last_updated_time: 1_790_000_000_000 }],
};

describe('indexSetupToTypeScript', () => {
  it('gives formatted code, in one order, and no section that has nothing', () => {
    const setup = defineIndexSetup({
      indexTemplates: { web: { data_stream: {}, composed_of: ['base'], index_patterns: ['web-*'] } },
      componentTemplates: { base: { template: { mappings: { properties: { message: { type: 'text', fields: { keyword: { ignore_above: 256, type: 'keyword' } } }, 'url.path': { type: 'keyword' } } } } } },
      dataStreams: ['web-shop'],
    });
    expect(indexSetupToTypeScript(setup, { name: 'shopSetup' })).toBe(`import { defineIndexSetup } from '@podscope/index-manager';

export const shopSetup = defineIndexSetup({
  owner: 'podscope',
  componentTemplates: {
    base: {
      template: {
        mappings: {
          properties: {
            message: { type: 'text', fields: { keyword: { type: 'keyword', ignore_above: 256 } } },
            'url.path': { type: 'keyword' },
          },
        },
      },
    },
  },
  indexTemplates: { web: { index_patterns: ['web-*'], composed_of: ['base'], data_stream: {} } },
  dataStreams: ['web-shop'],
});
`);
  });

  it.each(['', '1a', 'a-b', 'default', 'await', 'defineIndexSetup', 'a; process.exit()', 'ä'])('refuses the name %j', (name) => {
    expect(() => indexSetupToTypeScript(defineIndexSetup({}), { name })).toThrowError(expect.objectContaining({ code: 'INDEX_EXPORT_NAME' }) as Error);
  });

  it('compiles, and comes to the same setup when it runs, whatever the setup holds', { timeout: 120_000 }, async () => {
    // Actions are typed one by one, and any JSON is none of them.
    const setup = defineIndexSetup({ ...anySetup(seeded(11)), lifecyclePolicies: { keep: policy } as unknown as NonNullable<IndexSetupInput['lifecyclePolicies']> });
    const { complaints, exports } = await runTypeScript(indexSetupToTypeScript(setup));
    expect(complaints).toEqual([]);
    const { policy_id: _id, last_updated_time: _time, schema_version: _version, error_notification: _none, ...own } = policy;
    expect(exports['setup']).toEqual(JSON.parse(JSON.stringify({ ...setup, lifecyclePolicies: { keep: { ...own, ism_template: [{ index_patterns: ['web-*'], priority: 5 }] } } })));
  });

  it('keeps a member named __proto__, and escapes what would end a text', () => {
    const meta = JSON.parse(String.raw`{"__proto__": {"a": 1}, "b": "\u2028\u202e' \" \\ \n \ud800"}`) as JsonObject;
    const code = indexSetupToTypeScript(defineIndexSetup({ componentTemplates: { base: { template: {}, _meta: meta } } }));
    expect(code).toContain(String.raw`_meta: { ['__proto__']: { a: 1 }, b: '\u2028\u202e\' " \\ \n \ud800' }`);
    expect(code.split('\n')).toHaveLength(9);
  });
});
