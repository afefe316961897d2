import { describe, expect, it } from 'vitest';
import { checkLifecyclePolicy } from './check.ts';
import type { IlmPolicy } from './ilm-types.ts';
import { ISM_ACTION_SHAPES } from './ism-shape.ts';
import type { IsmPolicy } from './ism-types.ts';

const ism = (states: readonly unknown[], more: object = {}) => ({ description: 'x', default_state: 'hot', states, ...more });
const acting = (...actions: readonly unknown[]) => ism([{ name: 'hot', actions }]);
const lines = (value: unknown) => checkLifecyclePolicy(value).map(({ path, what, didYouMean }) => `${path}: ${what}${didYouMean === undefined ? '' : ` (${didYouMean}?)`}`);

const everything: IsmPolicy = {
  description: 'each action once',
  default_state: 'hot',
  states: [
    {
      name: 'hot',
      actions: [
        { alias: { actions: [{ add: { alias: 'a' } }, { remove: { aliases: ['b'] } }] } },
        { allocation: { require: { temp: 'warm' }, wait_for: true } },
        { close: {} },
        { cold_delete: {} },
        { cold_migration: { timestamp_field: '@timestamp', start_time: null, ignore: 'none' } },
        { convert_index_to_remote: { repository: 'r', snapshot: 's' } },
        { force_merge: { max_num_segments: 1 }, timeout: '1h', retry: { count: 0, backoff: 'linear', delay: '5s' } },
        { index_priority: { priority: 0 } },
        { notification: { channel: { id: 'c' }, message_template: { source: 'x' } } },
        { open: {} },
        { read_only: {} },
        { read_write: {} },
        { replica_count: { number_of_replicas: 0 } },
        { rollover: { any_of: [{ min_size: '1gb', min_doc_count: 1 }, { min_index_age: '1d' }] } },
        { rollup: { ism_rollup: {} } },
        { search_only: {} },
        { shrink: { num_new_shards: 1 } },
        { snapshot: { repository: 'r', snapshot: 's' } },
        { stop_replication: {} },
        { transform: { ism_transform: {} } },
        { warm_migration: {} },
        { delete: {} },
      ],
      transitions: [],
    },
  ],
  ism_template: { index_patterns: ['a-*'], priority: 5 },
};

const ilm: IlmPolicy = {
  phases: {
    hot: { min_age: '0ms', actions: { rollover: { max_age: '1d', min_docs: 1 }, set_priority: { priority: null }, forcemerge: { max_num_segments: 1 } } },
    warm: { min_age: '2d', actions: { allocate: { number_of_replicas: 1 }, migrate: {}, shrink: { max_primary_shard_size: '50gb' } } },
    frozen: { min_age: '9d', actions: { searchable_snapshot: { snapshot_repository: 'r' } } },
    delete: { min_age: '30d', actions: { wait_for_snapshot: { policy: 'p' }, delete: {} } },
  },
};

describe('checkLifecyclePolicy', () => {
  it('finds nothing wrong with what servers take', () => {
    expect(lines(everything)).toEqual([]);
    expect(lines({ policy: everything })).toEqual([]);
    expect(lines(ilm)).toEqual([]);
    expect((everything.states[0]?.actions ?? []).map((action) => Object.keys(action)[0]).sort()).toEqual(Object.keys(ISM_ACTION_SHAPES).sort());
  });

  it.each([
    ['an unknown action', acting({ force_marge: { max_num_segments: 1 } }), 'states.0.actions.0.force_marge: is no action (force_merge?)'],
    ["ILM's name of an action", acting({ forcemerge: { max_num_segments: 1 } }), 'states.0.actions.0.forcemerge: is no action (force_merge?)'],
    ['an unknown parameter', acting({ rollover: { min_docs_count: 1 } }), 'states.0.actions.0.rollover.min_docs_count: is not known (min_doc_count?)'],
    ['two actions in one', acting({ open: {}, close: {} }), 'states.0.actions.0: names 2 actions'],
    ['a time without a unit', acting({ rollover: { min_index_age: '30' } }), 'states.0.actions.0.rollover.min_index_age: is "30"'],
    ['months', acting({ rollover: { min_index_age: '1M' } }), 'states.0.actions.0.rollover.min_index_age: is "1M"'],
    ['a size of nothing', acting({ rollover: { min_size: '0b' } }), 'states.0.actions.0.rollover.min_size: is "0b"'],
    ['a missing parameter', acting({ force_merge: {} }), 'states.0.actions.0.force_merge.max_num_segments: is missing'],
    ['what follows delete', acting({ delete: {} }, { close: {} }), 'states.0.actions.1: follows delete'],
    ['both of channel and destination', acting({ notification: { channel: { id: 'a' }, destination: {}, message_template: 'x' } }), 'states.0.actions.0.notification: has channel and destination of channel, destination'],
    ['groups and conditions', acting({ rollover: { min_doc_count: 1, any_of: [{ min_doc_count: 2 }] } }), 'states.0.actions.0.rollover: has conditions beside any_of'],
    ['a backoff', acting({ open: {}, retry: { count: 1, backoff: 'exponentail' } }), 'states.0.actions.0.retry.backoff: "exponentail" is not allowed (exponential?)'],
    ['a way to nowhere', ism([{ name: 'hot', transitions: [{ state_name: 'wram' }] }, { name: 'warm' }]), 'states.0.transitions.0.state_name: names "wram", which is no state (warm?)'],
    ['two conditions', ism([{ name: 'hot', transitions: [{ state_name: 'hot', conditions: { min_size: '1gb', min_doc_count: 1 } }] }]), 'states.0.transitions.0.conditions: has min_size and min_doc_count'],
    ['a state twice', ism([{ name: 'hot' }, { name: 'hot' }]), 'states.1.name: "hot" is there twice'],
    ['no pattern', ism([{ name: 'hot' }], { ism_template: { index_patterns: [] } }), 'ism_template.index_patterns: is []'],
    ['an unknown member', ism([{ name: 'hot' }], { descripton: 'x' }), 'descripton: is not known (description?)'],
    ['no policy', 7, ': is no object'],
    ['what JSON can not hold', acting({ rollover: { min_doc_count: 5n } }), 'states.0.actions.0.rollover.min_doc_count: is a bigint'],
    ['neither product', {}, 'states: is missing, and so is phases'],
    ['an unknown phase', { phases: { wram: { actions: {} } } }, 'phases.wram: is not known (warm?)'],
    ['an action of another phase', { phases: { delete: { actions: { forcemerge: { max_num_segments: 1 } } } } }, 'phases.delete.actions.forcemerge: is not known'],
    ['merging what is still written', { phases: { hot: { actions: { forcemerge: { max_num_segments: 1 } } } } }, 'phases.hot.actions.forcemerge: needs a rollover in the same phase'],
    ['a rollover without a max', { phases: { hot: { actions: { rollover: { min_docs: 1 } } } } }, 'phases.hot.actions.rollover: has no max_ condition'],
    ['frozen without a snapshot', { phases: { frozen: { actions: {} } } }, 'phases.frozen: has no searchable_snapshot'],
  ])('names %s', (_what, value, line) => {
    expect(lines(value)).toEqual([line]);
  });

  it('says what is allowed', () => {
    expect(checkLifecyclePolicy(acting({ read_only: { now: true } }))).toEqual([{ path: 'states.0.actions.0.read_only.now', what: 'is not known', allowed: 'no member' }]);
  });
});
