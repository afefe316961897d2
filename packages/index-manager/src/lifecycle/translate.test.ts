import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../model.ts';
import { checkLifecyclePolicy } from './check.ts';
import type { IlmPolicy } from './ilm-types.ts';
import { ilmFromIsm } from './ilm-from-ism.ts';
import { ismFromIlm } from './ism-from-ilm.ts';
import type { IsmPolicy } from './ism-types.ts';
import { normaliseIlmPolicy } from './normalise-ilm.ts';

const json = (policy: IlmPolicy): JsonObject => normaliseIlmPolicy(policy as unknown as JsonObject);

const both: IlmPolicy = {
  phases: {
    hot: { actions: { set_priority: { priority: 100 }, rollover: { max_age: '1d', max_docs: 5, max_size: '10gb', max_primary_shard_size: '5gb' }, readonly: {} } },
    warm: { min_age: '2d', actions: { allocate: { number_of_replicas: 0, require: { temp: 'warm' } }, forcemerge: { max_num_segments: 1 } } },
    cold: { actions: { unfollow: {}, set_priority: { priority: 0 } } },
    delete: { min_age: '30d', actions: { delete: {} } },
  },
  _meta: { description: 'kept thirty days' },
};

describe('ismFromIlm', () => {
  it('counts from the rollover after a rollover', () => {
    const { policy, untranslated } = ismFromIlm(both);
    expect(untranslated).toEqual([]);
    expect(checkLifecyclePolicy(policy)).toEqual([]);
    expect(policy.states.map(({ name, transitions }) => [name, transitions])).toEqual([
      ['hot', [{ state_name: 'warm', conditions: { min_rollover_age: '2d' } }]],
      ['warm', [{ state_name: 'cold' }]],
      ['cold', [{ state_name: 'delete', conditions: { min_rollover_age: '30d' } }]],
      ['delete', []],
    ]);
    expect(policy.states[1]?.actions).toEqual([{ replica_count: { number_of_replicas: 0 } }, { allocation: { require: { temp: 'warm' }, wait_for: true } }, { force_merge: { max_num_segments: 1 } }]);
  });

  it('counts from creation without one, and waits in a state of its own for a first phase', () => {
    const { policy } = ismFromIlm({ phases: { warm: { min_age: '1d', actions: {} }, delete: { min_age: '9d', actions: { delete: {} } } } });
    expect(policy.default_state).toBe('new');
    expect(policy.states.map(({ transitions }) => transitions?.[0]?.conditions)).toEqual([{ min_index_age: '1d' }, { min_index_age: '9d' }, undefined]);
  });

  it.each<[string, IlmPolicy['phases'], readonly string[]]>([
    ['searchable_snapshot', { cold: { actions: { searchable_snapshot: { snapshot_repository: 'r' } } } }, ['phases.cold.actions.searchable_snapshot']],
    ['wait_for_snapshot', { delete: { actions: { wait_for_snapshot: { policy: 'p' }, delete: {} } } }, ['phases.delete.actions.wait_for_snapshot']],
    ['freeze and migrate', { cold: { actions: { freeze: {}, migrate: {} } } }, ['phases.cold.actions.migrate', 'phases.cold.actions.freeze']],
    ['a codec', { warm: { actions: { forcemerge: { max_num_segments: 1, index_codec: 'best_compression' } } } }, ['phases.warm.actions.forcemerge.index_codec']],
    ['minimal conditions', { hot: { actions: { rollover: { max_age: '1d', min_docs: 1 } } } }, ['phases.hot.actions.rollover.min_docs']],
    ['a rollover that would always happen', { hot: { actions: { rollover: { max_primary_shard_docs: 1 } } } }, ['phases.hot.actions.rollover.max_primary_shard_docs', 'phases.hot.actions.rollover']],
    ['downsample', { warm: { actions: { downsample: { fixed_interval: '1h' } } } }, ['phases.warm.actions.downsample']],
    ['shrink, in part', { warm: { actions: { shrink: { number_of_shards: 1 } } } }, ['phases.warm.actions.shrink']],
  ])('names %s', (_what, phases, paths) => {
    const { policy, untranslated } = ismFromIlm({ phases });
    expect(untranslated.map(({ path }) => path)).toEqual(paths);
    expect(checkLifecyclePolicy(policy)).toEqual([]);
  });
});

const ism = (...states: IsmPolicy['states']): IsmPolicy => ({ description: '', default_state: states[0]?.name ?? '', states });

describe('ilmFromIsm', () => {
  it('is the way back', () => {
    const back = ilmFromIsm(ismFromIlm(both).policy);
    expect(back.untranslated).toEqual([]);
    expect(json(back.policy)).toEqual(json(both));
  });

  it('never deletes earlier than the policy says', () => {
    const gone = { name: 'gone', actions: [{ delete: {} }] };
    for (const conditions of [{ min_doc_count: 5 }, { min_size: '1gb' }, { no_alias: true }, { min_state_age: '1d' }, { min_rollover_age: '1d' }, {}]) {
      const { policy, untranslated } = ilmFromIsm(ism({ name: 'a', actions: [{ read_write: {} }], transitions: [{ state_name: 'gone', conditions }] }, gone));
      expect(policy.phases.delete, JSON.stringify(conditions)).toBeUndefined();
      expect(untranslated.map(({ path }) => path)).toContain('states.1');
    }
    const late = ism({ name: 'a', transitions: [{ state_name: 'b' }] }, { name: 'b', actions: [{ open: {} }], transitions: [{ state_name: 'c' }] }, { name: 'c', actions: [{ rollover: { min_doc_count: 1 } }], transitions: [{ state_name: 'gone' }] }, gone);
    expect(ilmFromIsm(late).policy.phases.delete).toBeUndefined();
    const grouped = ism({ name: 'a', actions: [{ rollover: { any_of: [{ min_doc_count: 1 }] } }], transitions: [{ state_name: 'gone', conditions: { min_index_age: '1d' } }] }, gone);
    expect(ilmFromIsm(grouped).policy.phases.delete).toBeUndefined();
  });

  it('names that an age from creation is one from the rollover in ILM', () => {
    const { policy, untranslated } = ilmFromIsm(ism({ name: 'a', actions: [{ rollover: { min_doc_count: 1 } }], transitions: [{ state_name: 'gone', conditions: { min_index_age: '9d' } }] }, { name: 'gone', actions: [{ delete: {} }] }));
    expect(policy.phases.delete?.min_age).toBe('9d');
    expect(untranslated).toEqual([{ path: 'states.0.transitions.0.conditions.min_index_age', why: expect.stringContaining('from the rollover') }]);
    expect(checkLifecyclePolicy(policy)).toEqual([]);
  });

  it.each<[string, IsmPolicy, readonly string[]]>([
    ['several ways', ism({ name: 'a', actions: [{ open: {} }], transitions: [{ state_name: 'a' }, { state_name: 'a' }] }), ['states.0.transitions.1', 'states.0.transitions.0', 'states.0.actions.0.open']],
    ['a way back', ism({ name: 'a', actions: [{ close: {} }], transitions: [{ state_name: 'a' }] }), ['states.0.transitions.0', 'states.0.actions.0.close']],
    ['a snapshot', ism({ name: 'delete', actions: [{ snapshot: { repository: 'r', snapshot: 's' } }, { delete: {} }] }), ['states.0.actions.0.snapshot']],
    ["what Amazon's service has alone", ism({ name: 'delete', actions: [{ warm_migration: {} }, { cold_migration: { timestamp_field: 't' } }, { cold_delete: {} }] }), ['states.0.actions.0.warm_migration', 'states.0.actions.1.cold_migration']],
    ['retries', ism({ name: 'delete', actions: [{ delete: {}, retry: { count: 9 }, timeout: '1h' }] }), ['states.0.actions.0.timeout', 'states.0.actions.0.retry']],
    ['another order', ism({ name: 'hot', actions: [{ rollover: { min_doc_count: 1 } }, { index_priority: { priority: 1 } }] }), ['states.0.actions.1']],
    ['a template', { ...ism({ name: 'hot', actions: [] }), ism_template: { index_patterns: ['a-*'] } }, ['ism_template']],
    ['what ILM has in no hot phase without a rollover', ism({ name: 'hot', actions: [{ read_only: {} }] }), ['states.0.actions']],
  ])('names %s', (_what, policy, paths) => {
    const { policy: translated, untranslated } = ilmFromIsm(policy);
    expect(untranslated.map(({ path }) => path)).toEqual(paths);
    expect(checkLifecyclePolicy(translated)).toEqual([]);
  });
});

describe('policies that both products can carry out', () => {
  const AGES = [undefined, '6h', '2d'] as const;
  const HOT = [{}, { rollover: { max_age: '1d' } }, { set_priority: { priority: 3 }, rollover: { max_docs: 7, max_size: '1kb' }, readonly: {}, forcemerge: { max_num_segments: 2 } }];
  const LATER = [{}, { readonly: {}, allocate: { number_of_replicas: 1 } }, { set_priority: { priority: 1 }, unfollow: {}, allocate: { number_of_replicas: 0, require: { a: 'b' }, exclude: { c: 'd' } } }];

  /** Every combination of these phases, ages and actions. */
  function* policies(): Generator<IlmPolicy> {
    const ways = (actions: readonly object[]) => [undefined, ...AGES.flatMap((age) => actions.map((each) => ({ ...(age === undefined ? {} : { min_age: age }), actions: each })))];
    const removal = [undefined, ...AGES.map((age) => ({ ...(age === undefined ? {} : { min_age: age }), actions: { delete: {} } }))];
    for (const hot of ways(HOT)) {
      for (const warm of ways(LATER)) {
        for (const cold of ways(LATER)) {
          for (const last of removal) {
            const phases = Object.entries({ hot, warm, cold, delete: last }).filter(([, phase]) => phase !== undefined);
            if (phases.length > 0) yield { phases: Object.fromEntries(phases) };
          }
        }
      }
    }
  }

  it('come back as they were, with nothing lost, and both are right', () => {
    let count = 0;
    for (const policy of policies()) {
      count += 1;
      const there = ismFromIlm(policy);
      const back = ilmFromIsm(there.policy);
      const text = JSON.stringify(policy);
      // A first phase without an age and actions is no more than the wait before the next one.
      const [, first] = Object.entries(policy.phases)[0] ?? [];
      const wait = Object.keys(first?.actions ?? {}).length === 0 && Object.keys(policy.phases).length > 1;
      expect(there.untranslated, text).toEqual([]);
      expect(back.untranslated, text).toEqual([]);
      if (count % 7 === 0) expect([...checkLifecyclePolicy(there.policy), ...checkLifecyclePolicy(back.policy)], text).toEqual([]);
      if (!wait) expect(json(back.policy), text).toEqual(json(policy));
    }
    expect(count).toBe(10 * 10 * 10 * 4 - 1);
  });
});
