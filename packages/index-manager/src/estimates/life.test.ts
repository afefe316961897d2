import { describe, expect, it } from 'vitest';
import type { IlmPolicy } from '../lifecycle/ilm-types.ts';
import type { IsmPolicy, IsmState } from '../lifecycle/ism-types.ts';
import { type IndexFlow, lifeOf } from './life.ts';

const GIB = 1024 ** 3;
const flow: IndexFlow = { documentsPerDay: 1_000_000, storedPerDay: 10 * GIB, primaryShards: 2, replicas: 1, newIndexDays: undefined };
const ism = (...states: readonly IsmState[]): IsmPolicy => ({ description: '', default_state: states[0]?.name ?? '', states });
const gone: IsmState = { name: 'gone', actions: [{ delete: {} }] };

describe('the life of an index', () => {
  it('without a policy has no end', () => {
    expect(lifeOf(undefined, flow)).toEqual({
      writtenDays: null,
      writtenUntil: null,
      deletedAfterDays: null,
      stretches: [{ states: ['kept'], tier: 'hot', fromDay: 0, toDay: null, primaryShards: 2, replicas: 1 }],
      uncounted: [],
    });
  });

  it.each([
    [{ min_index_age: '1d', min_size: '50gb' }, 1, 'min_index_age 1d'],
    [{ min_index_age: '30d', min_size: '50gb' }, 5, 'min_size 50gb'],
    [{ min_primary_shard_size: '50gb' }, 10, 'min_primary_shard_size 50gb'],
    [{ min_doc_count: 500_000 }, 0.5, 'min_doc_count 500000'],
    // A group holds when all of it does.
    [{ any_of: [{ min_index_age: '30d' }, { min_size: '20gb', min_doc_count: 3_000_000 }] }, 3, 'min_doc_count 3000000'],
  ])('is written until the first condition of %j', (rollover, days, until) => {
    const life = lifeOf(ism({ name: 'hot', actions: [{ rollover }], transitions: [{ state_name: 'gone', conditions: { min_rollover_age: '7d' } }] }, gone), flow);
    expect(life).toMatchObject({ writtenDays: days, writtenUntil: until, deletedAfterDays: days + 7 });
  });

  it('counts min_index_age from the creation and leaves no state sooner than its rollover', () => {
    const policy = (age: string) => ism({ name: 'hot', actions: [{ rollover: { min_index_age: '10d' } }], transitions: [{ state_name: 'gone', conditions: { min_index_age: age } }] }, gone);
    expect(lifeOf(policy('30d'), flow).deletedAfterDays).toBe(30);
    expect(lifeOf(policy('2d'), flow).deletedAfterDays).toBe(10);
  });

  it('splits where replicas, shards or the nodes change', () => {
    const life = lifeOf(
      ism(
        { name: 'hot', actions: [{ rollover: { min_index_age: '1d' } }], transitions: [{ state_name: 'warm', conditions: { min_index_age: '7d' } }] },
        { name: 'warm', actions: [{ replica_count: { number_of_replicas: 0 } }, { allocation: { require: { temp: 'warm' } } }], transitions: [{ state_name: 'cold', conditions: { min_state_age: '3d' } }] },
        { name: 'cold', actions: [{ read_only: {} }], transitions: [{ state_name: 'gone', conditions: { min_index_age: '30d' } }] },
        gone,
      ),
      flow,
    );
    expect(life.stretches).toEqual([
      { states: ['hot'], tier: 'hot', fromDay: 0, toDay: 7, primaryShards: 2, replicas: 1 },
      { states: ['warm', 'cold'], tier: 'warm', fromDay: 7, toDay: 30, primaryShards: 2, replicas: 0 },
    ]);
  });

  it('follows ILM, whose shrink replaces the index', () => {
    const policy: IlmPolicy = {
      phases: {
        hot: { actions: { rollover: { max_primary_shard_size: '20gb' } } },
        warm: { min_age: '2d', actions: { shrink: { number_of_shards: 1 }, allocate: { number_of_replicas: 0 } } },
        delete: { min_age: '10d', actions: { delete: {} } },
      },
    };
    const life = lifeOf(policy, flow);
    expect(life).toMatchObject({ writtenDays: 4, deletedAfterDays: 14, uncounted: [] });
    expect(life.stretches.map(({ fromDay, toDay, primaryShards, replicas }) => [fromDay, toDay, primaryShards, replicas])).toEqual([[0, 6, 2, 1], [6, 14, 1, 0]]);
  });

  it('moves an index of ILM by its data tier where the policy says so, and names what it makes smaller', () => {
    const policy: IlmPolicy = {
      phases: {
        hot: { actions: { rollover: { max_age: '1d', min_docs: 1 } } },
        warm: { min_age: '2d', actions: { migrate: {} } },
        cold: { min_age: '9d', actions: { migrate: { enabled: false }, searchable_snapshot: { snapshot_repository: 'r' }, freeze: {} } },
      },
    };
    const life = lifeOf(policy, flow);
    expect(life.stretches.map(({ tier, fromDay }) => [tier, fromDay])).toEqual([['hot', 0], ['warm', 3]]);
    expect(life.uncounted).toEqual(['phases.hot.actions.rollover.min_docs: is not reckoned with', 'phases.cold.actions.searchable_snapshot: is not reckoned with']);
  });

  it('names what it does not count', () => {
    const cron = { cron: { expression: '0 5 * * *', timezone: 'UTC' } };
    const life = lifeOf(ism({ name: 'hot', actions: [{ shrink: { num_new_shards: 1 } }], transitions: [{ state_name: 'gone', conditions: { cron } }] }, gone), flow);
    expect(life.deletedAfterDays).toBeNull();
    expect(life.uncounted).toEqual([expect.stringContaining('shrink: ISM keeps the index'), expect.stringContaining('cron:')]);
  });

  it('comes to an end in a policy that goes round', () => {
    const life = lifeOf(ism({ name: 'a', transitions: [{ state_name: 'b' }] }, { name: 'b', transitions: [{ state_name: 'a' }] }), flow);
    expect(life.deletedAfterDays).toBeNull();
  });
});
