import { describe, expect, it } from 'vitest';
import type { IlmPolicy } from './ilm-types.ts';
import type { IsmPolicy } from './ism-types.ts';
import type { ObservedGeneration, ObservedTarget } from './retention-model.ts';
import { formatRetentionPlan, planRetention } from './retention-plan.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = 1000 * DAY;

const generation = (index: string, created: number, rolledOver?: number): ObservedGeneration => ({ index, uuid: `${index}-id`, created, rolledOver, documents: 10, bytes: 1000, writesFor: [] });
const stream = (...generations: readonly ObservedGeneration[]): ObservedTarget => ({ name: 't', kind: 'data-stream', writeIndex: generations.at(-1)?.index, generations });
const plan = (policy: IsmPolicy | IlmPolicy, target: ObservedTarget) => planRetention({ now: NOW, targets: [target] }, { p: policy }, [{ name: 't', policy: 'p' }]);
const steps = (policy: IsmPolicy | IlmPolicy, target: ObservedTarget) => plan(policy, target).steps.map(({ action, index }) => `${action} ${index}`);

const ism = (states: IsmPolicy['states']): IsmPolicy => ({ description: '', default_state: states[0]?.name ?? '', states });
const days = (from: 'min_index_age' | 'min_rollover_age', count: number, then: NonNullable<NonNullable<IsmPolicy['states'][number]>['actions']> = []) =>
  ism([
    { name: 'hot', actions: [{ rollover: { min_doc_count: 100, min_size: '1gb' } }], transitions: [{ state_name: 'old', conditions: { [from]: `${count}d` } }] },
    { name: 'old', actions: [...then, { delete: {} }] },
  ]);

describe('planRetention', () => {
  const three = stream(generation('a', NOW - 10 * DAY, NOW - 2 * DAY), generation('b', NOW - 2 * DAY, NOW - DAY), generation('c', NOW - DAY));

  it('counts from rollover or from creation, as the policy says', () => {
    expect(steps(days('min_rollover_age', 3), three)).toEqual([]);
    expect(steps(days('min_index_age', 3), three)).toEqual(['delete a']);
    expect(steps(days('min_rollover_age', 2), three)).toEqual(['delete a']);
    expect(steps(days('min_rollover_age', 1), three)).toEqual(['delete a', 'delete b']);
  });

  it('carries out a policy of ILM, whose ages count from the rollover', () => {
    const policy = (age: string): IlmPolicy => ({ phases: { hot: { actions: { rollover: { max_docs: 100 } } }, delete: { min_age: age, actions: { delete: {} } } } });
    expect(steps(policy('3d'), three)).toEqual([]);
    expect(steps(policy('2d'), three)).toEqual(['delete a']);
  });

  it("deletes where a policy of Amazon's service does, though nothing was moved to its cold storage", () => {
    const policy = ism([
      { name: 'hot', transitions: [{ state_name: 'cold', conditions: { min_index_age: '1d' } }] },
      { name: 'cold', actions: [{ warm_migration: {} }, { cold_migration: { timestamp_field: '@timestamp' } }], transitions: [{ state_name: 'gone', conditions: { min_index_age: '3d' } }] },
      { name: 'gone', actions: [{ cold_delete: {} }] },
    ]);
    const { unsupported } = plan(policy, three);
    expect(steps(policy, three)).toEqual(['delete a']);
    expect(unsupported.map(({ path, effect }) => `${effect} ${path}`)).toEqual(['skipped states.1.actions.0.warm_migration', 'skipped states.1.actions.1.cold_migration']);
  });

  it('never deletes the write index, however old', () => {
    const { steps: made, kept } = plan(ism([{ name: 'gone', actions: [{ delete: {} }] }]), stream(generation('a', 0)));
    expect(made).toEqual([]);
    expect(kept[0]?.reason).toBe('is due for deletion, but is the write index');
    const nowhere = { ...three, kind: 'alias' as const, writeIndex: undefined };
    expect(steps(days('min_index_age', 1), nowhere)).toEqual([]);
  });

  it('rolls over when one condition holds', () => {
    expect(steps(ism([{ name: 'hot', actions: [{ rollover: { min_doc_count: 10 } }] }]), three)).toEqual(['rollover c']);
    expect(steps(ism([{ name: 'hot', actions: [{ rollover: { min_size: '1kb', min_index_age: '1d' } }] }]), three)).toEqual(['rollover c']);
    expect(steps(ism([{ name: 'hot', actions: [{ rollover: { min_size: '1kb', min_index_age: '2d' } }] }]), three)).toEqual([]);
  });

  it('never rolls over without a condition', () => {
    const { steps: made, unsupported } = plan(ism([{ name: 'hot', actions: [{ rollover: { min_primary_shard_size: '1b' } }] }]), three);
    expect(made).toEqual([]);
    expect(unsupported.map(({ path, effect }) => `${path} ${effect}`)).toEqual(['states.0.actions.0.rollover.min_primary_shard_size skipped', 'states.0.actions.0.rollover blocks']);
  });

  it('holds back a deletion behind what keeps data, and says so', () => {
    expect(steps(days('min_rollover_age', 1, [{ force_merge: { max_num_segments: 1 } }]), three)).toEqual(['delete a', 'delete b']);
    const guarded = plan(days('min_rollover_age', 1, [{ snapshot: { repository: 'r', snapshot: 's' } }]), three);
    expect(guarded.steps).toEqual([]);
    expect(guarded.kept.map(({ reason }) => reason)).toContain('snapshot is not carried out here');
    expect(guarded.unsupported).toEqual([expect.objectContaining({ path: 'states.1.actions.0.snapshot', effect: 'blocks' })]);
    const ilm: IlmPolicy = { phases: { hot: { actions: { rollover: { max_docs: 100 } } }, delete: { min_age: '1d', actions: { wait_for_snapshot: { policy: 's' }, delete: {} } } } };
    expect(steps(ilm, three)).toEqual([]);
  });

  it('takes of several ways the one whose time came first', () => {
    const policy = ism([
      { name: 'a', transitions: [{ state_name: 'kept', conditions: { min_index_age: '5d' } }, { state_name: 'gone', conditions: { min_index_age: '4d' } }] },
      { name: 'kept' },
      { name: 'gone', actions: [{ delete: {} }] },
    ]);
    expect(steps(policy, three)).toEqual(['delete a']);
  });

  it('goes no further than a condition that it can not judge, and not round in circles', () => {
    const counting = ism([{ name: 'a', transitions: [{ state_name: 'gone', conditions: { min_doc_count: 1 } }] }, { name: 'gone', actions: [{ delete: {} }] }]);
    expect(steps(counting, three)).toEqual([]);
    expect(plan(counting, three).unsupported).toHaveLength(1);
    const never = ism([{ name: 'a', transitions: [{ state_name: 'gone', conditions: {} }] }, { name: 'gone', actions: [{ delete: {} }] }]);
    expect(steps(never, three)).toEqual([]);
    const round = ism([{ name: 'a', transitions: [{ state_name: 'b' }] }, { name: 'b', transitions: [{ state_name: 'a' }] }]);
    expect(plan(round, three).kept[0]?.reason).toContain('comes back');
  });

  it('deletes nothing that is younger than now, when clocks differ', () => {
    const ahead = stream(generation('a', NOW + HOUR, NOW + HOUR), generation('b', NOW + HOUR));
    expect(steps(ism([{ name: 'gone', actions: [{ delete: {} }] }]), ahead)).toEqual([]);
  });

  it('counts the time in a state from the rollover that ended the one before', () => {
    const policy = ism([
      { name: 'hot', actions: [{ rollover: { min_doc_count: 100 } }], transitions: [{ state_name: 'old' }] },
      { name: 'old', transitions: [{ state_name: 'gone', conditions: { min_state_age: '2d' } }] },
      { name: 'gone', actions: [{ delete: {} }] },
    ]);
    expect(steps(policy, three)).toEqual(['delete a']);
  });

  it('prints as text without control characters', () => {
    const text = formatRetentionPlan(plan(days('min_rollover_age', 1), stream(generation('a\u001b[31m', NOW - 5 * DAY, NOW - 3 * DAY), generation('c', NOW))));
    expect(text).not.toContain('\u001b');
    expect(text).toContain('old: 3d since its rollover');
    expect(text.endsWith('0 to roll over, 1 to delete, 1 kept\n')).toBe(true);
  });
});
