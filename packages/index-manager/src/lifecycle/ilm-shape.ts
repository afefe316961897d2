/** What ILM reads and refuses; sources as in ilm-types.ts: each action's constructor, and `validate` of TimeseriesLifecycleType.java. */
import type { JsonObject } from '../model.ts';
import { isObject } from '../normalise/json.ts';
import { ILM_ACTIONS, ILM_PHASES, type IlmActionName, type IlmPhaseName } from './ilm-types.ts';
import { anyObject, exactlyOne, flag, join, name, notEmpty, object, oneOf, orNull, record, type Shape, size, text, time, whole } from './shape.ts';

const rollover: Shape = object(
  {
    max_age: time,
    max_docs: whole(1),
    max_size: size,
    max_primary_shard_size: size,
    max_primary_shard_docs: whole(1),
    min_age: time,
    min_docs: whole(1),
    min_size: size,
    min_primary_shard_size: size,
    min_primary_shard_docs: whole(1),
  },
  (value, path, report) => {
    if (isObject(value) && !Object.keys(value).some((key) => key.startsWith('max_'))) report({ path, what: 'has no max_ condition', allowed: 'at least one of max_age, max_docs, max_size, max_primary_shard_size, max_primary_shard_docs' });
  },
);

/** The parameters of each action. */
export const ILM_ACTION_SHAPES: Readonly<Record<IlmActionName, Shape>> = {
  allocate: object({ number_of_replicas: whole(0), total_shards_per_node: whole(-1), include: record(text), exclude: record(text), require: record(text) }, (value, path, report) => {
    const given = isObject(value) ? Object.values(value) : [];
    if (!given.some((each) => !isObject(each) || Object.keys(each).length > 0)) report({ path, what: 'allocates nothing', allowed: 'number_of_replicas, total_shards_per_node, or an attribute in include, exclude or require' });
  }),
  delete: object({ delete_searchable_snapshot: flag }),
  downsample: object({ 'fixed_interval!': time, wait_timeout: time, sampling_method: oneOf('aggregate', 'last_value'), force_merge_index: flag }),
  forcemerge: object({ 'max_num_segments!': whole(1), index_codec: oneOf('best_compression') }),
  freeze: object({}),
  migrate: object({ enabled: flag }),
  readonly: object({}),
  rollover,
  rollup: anyObject,
  searchable_snapshot: object({ 'snapshot_repository!': name, force_merge_index: flag, total_shards_per_node: whole(1), replicate_for: time, force_merge_on_clone: flag }),
  set_priority: object({ 'priority!': orNull(whole(0)) }),
  shrink: object({ number_of_shards: whole(1), max_primary_shard_size: size, allow_write_after_shrink: flag }, exactlyOne('number_of_shards', 'max_primary_shard_size')),
  unfollow: object({}),
  wait_for_snapshot: object({ 'policy!': name }),
};

function phase(phaseName: IlmPhaseName): Shape {
  const known: readonly IlmActionName[] = ILM_ACTIONS[phaseName];
  return object({
    min_age: time,
    'actions!': object(Object.fromEntries(known.map((action) => [action, ILM_ACTION_SHAPES[action]]))),
  });
}

const NEED_ROLLOVER = ['readonly', 'shrink', 'forcemerge', 'downsample', 'searchable_snapshot'];
const NOT_AFTER_MOUNTING = ['forcemerge', 'freeze', 'shrink', 'downsample'];

const phases: Shape = object(Object.fromEntries(ILM_PHASES.map((each) => [each, phase(each)])), (value, path, report) => {
  if (!isObject(value)) return;
  const actionsOf = (each: IlmPhaseName): JsonObject => {
    const found = value[each];
    return isObject(found) && isObject(found['actions']) ? found['actions'] : {};
  };
  const hot = actionsOf('hot');
  for (const action of NEED_ROLLOVER) {
    if (action in hot && !('rollover' in hot)) report({ path: join(path, `hot.actions.${action}`), what: 'needs a rollover in the same phase', allowed: 'rollover beside it, or the action in a later phase' });
  }
  if (value['frozen'] !== undefined && !('searchable_snapshot' in actionsOf('frozen'))) report({ path: join(path, 'frozen'), what: 'has no searchable_snapshot', allowed: 'searchable_snapshot in the phase frozen' });
  let mounted = false;
  const repositories = new Set<unknown>();
  for (const each of ILM_PHASES) {
    const actions = actionsOf(each);
    for (const action of mounted ? NOT_AFTER_MOUNTING : []) {
      if (action in actions) report({ path: join(path, `${each}.actions.${action}`), what: 'comes after a searchable_snapshot', allowed: 'this action in an earlier phase' });
    }
    const { migrate, allocate } = actions;
    const moves = isObject(migrate) && migrate['enabled'] !== false;
    const rules = isObject(allocate) && ['include', 'exclude', 'require'].some((key) => isObject(allocate[key]) && Object.keys(allocate[key]).length > 0);
    if (moves && rules) report({ path: join(path, `${each}.actions.migrate`), what: 'is beside an allocate with rules', allowed: 'one of the two' });
    const snapshot = actions['searchable_snapshot'];
    if (isObject(snapshot)) repositories.add(snapshot['snapshot_repository']);
    mounted ||= isObject(snapshot);
  }
  if (repositories.size > 1) report({ path, what: 'name several snapshot repositories', allowed: 'the same one in every searchable_snapshot' });
});

/** A whole policy, as it is sent or as a server gives it back. */
export const ilmPolicyShape: Shape = object({ 'phases!': phases, _meta: anyObject, deprecated: flag }, notEmpty);

