/** What ISM reads and refuses; sources as in ism-types.ts, with the `require` of each class. */
import { isObject } from '../normalise/json.ts';
import type { IsmActionName } from './ism-types.ts';
import {
  anyObject,
  anything,
  either,
  exactlyOne,
  flag,
  fraction,
  join,
  list,
  meant,
  name,
  notEmpty,
  object,
  oneOf,
  orNull,
  record,
  type Shape,
  size,
  text,
  time,
  whole,
} from './shape.ts';

/** A mustache script: its text, or the script's object. */
const template: Shape = either(
  text,
  object({ source: either(text, anyObject), id: name, lang: oneOf('mustache'), params: anyObject, options: anyObject }, exactlyOne('source', 'id')),
);

const notification: Shape = object(
  { channel: orNull(object({ 'id!': name })), destination: orNull(anyObject), 'message_template!': template },
  exactlyOne('channel', 'destination'),
);

const rolloverConditions = { min_size: size, min_doc_count: whole(1), min_index_age: time, min_primary_shard_size: size };

const nothing = object({});

const aliasTarget = object({
  alias: either(name, list(name, 1)),
  aliases: either(name, list(name, 1)),
  filter: either(text, anyObject),
  routing: text,
  index_routing: text,
  search_routing: text,
  is_write_index: flag,
  is_hidden: flag,
  must_exist: flag,
}, exactlyOne('alias', 'aliases'));

/** The parameters of each action. */
export const ISM_ACTION_SHAPES: Readonly<Record<IsmActionName, Shape>> = {
  alias: object({ 'actions!': list(object({ add: aliasTarget, remove: aliasTarget }, exactlyOne('add', 'remove')), 1) }),
  allocation: object({ require: record(text), include: record(text), exclude: record(text), wait_for: flag }, (value, path, report) => {
    const rules = isObject(value) ? [value['require'], value['include'], value['exclude']] : [];
    if (!rules.some((rule) => isObject(rule) && Object.keys(rule).length > 0)) report({ path, what: 'allocates nothing', allowed: 'an attribute in require, include or exclude' });
  }),
  close: nothing,
  cold_delete: nothing,
  cold_migration: object({ timestamp_field: name, start_time: orNull(text), end_time: orNull(text), ignore: text }),
  convert_index_to_remote: object({
    'repository!': name,
    'snapshot!': name,
    include_aliases: flag,
    ignore_index_settings: text,
    number_of_replicas: whole(-1),
    delete_original_index: flag,
    rename_pattern: text,
  }),
  delete: nothing,
  force_merge: object({ 'max_num_segments!': whole(1) }),
  index_priority: object({ 'priority!': whole(0) }),
  notification,
  open: nothing,
  read_only: nothing,
  read_write: nothing,
  replica_count: object({ 'number_of_replicas!': whole(0) }),
  rollover: object({ ...rolloverConditions, copy_alias: flag, prevent_empty_rollover: flag, any_of: list(object(rolloverConditions, notEmpty), 1) }, (value, path, report) => {
    const beside = isObject(value) && value['any_of'] !== undefined && Object.keys(rolloverConditions).some((key) => value[key] !== undefined);
    if (beside) report({ path, what: 'has conditions beside any_of', allowed: 'any_of or conditions, not both' });
  }),
  rollup: object({ 'ism_rollup!': anyObject }),
  search_only: nothing,
  shrink: object(
    {
      num_new_shards: whole(1),
      max_shard_size: size,
      percentage_of_source_shards: fraction,
      target_index_name_template: template,
      aliases: orNull(list(anyObject)),
      switch_aliases: flag,
      force_unsafe: flag,
    },
    exactlyOne('num_new_shards', 'max_shard_size', 'percentage_of_source_shards'),
  ),
  snapshot: object({ 'repository!': name, 'snapshot!': name }),
  stop_replication: nothing,
  transform: object({ 'ism_transform!': anyObject }),
  warm_migration: nothing,
};

const OPTIONS: Readonly<Record<string, Shape>> = {
  timeout: time,
  retry: object({ 'count!': whole(0), backoff: oneOf('exponential', 'constant', 'linear'), delay: time }),
};

const action: Shape = (value, path, report) => {
  if (!isObject(value)) return anyObject(value, path, report);
  const names = Object.keys(value).filter((key) => !Object.hasOwn(OPTIONS, key) && value[key] !== undefined);
  const known = Object.keys(ISM_ACTION_SHAPES);
  if (names.length !== 1) report({ path, what: `names ${names.length} actions`, allowed: `exactly one of ${known.join(', ')}` });
  for (const [key, body] of Object.entries(value)) {
    const shape = OPTIONS[key] ?? (Object.hasOwn(ISM_ACTION_SHAPES, key) ? ISM_ACTION_SHAPES[key as IsmActionName] : undefined);
    // Other plugins register actions of their own, which stand in `custom` (ISMActionsParser.kt).
    if (shape !== undefined) shape(body, join(path, key), report);
    else if (key !== 'custom') report({ path: join(path, key), what: 'is no action', allowed: known.join(', '), ...meant(key, known) });
  }
};

const conditions: Shape = object(
  {
    min_index_age: time,
    min_rollover_age: time,
    min_doc_count: whole(1),
    min_size: size,
    cron: object({ 'cron!': object({ 'expression!': name, 'timezone!': name }) }),
    no_alias: flag,
    min_state_age: time,
  },
  (value, path, report) => {
    const given = isObject(value) ? Object.keys(value) : [];
    if (given.length > 1) report({ path, what: `has ${given.join(' and ')}`, allowed: 'at most one condition; further ones are transitions of their own' });
  },
);

const state: Shape = object(
  { 'name!': name, actions: list(action), transitions: list(object({ 'state_name!': name, conditions })) },
  (value, path, report) => {
    if (!isObject(value)) return;
    const actions = Array.isArray(value['actions']) ? value['actions'] : [];
    const at = actions.findIndex((each) => isObject(each) && 'delete' in each);
    if (at >= 0 && at < actions.length - 1) report({ path: join(path, `actions.${at + 1}`), what: 'follows delete', allowed: 'delete as the last action' });
    const transitions = value['transitions'];
    if (at >= 0 && Array.isArray(transitions) && transitions.length > 0) report({ path: join(path, 'transitions'), what: 'follow delete', allowed: 'none in a state that deletes' });
  },
);

const ismTemplate: Shape = object({ 'index_patterns!': list(name, 1), priority: orNull(whole(0)), last_updated_time: anything });

/** A whole policy, as it is sent or as a server gives it back. */
export const ismPolicyShape: Shape = object(
  {
    policy_id: anything,
    last_updated_time: anything,
    schema_version: anything,
    user: anything,
    'description!': text,
    'default_state!': name,
    'states!': list(state, 1),
    ism_template: orNull((value, path, report) => (Array.isArray(value) ? list(ismTemplate) : ismTemplate)(value, path, report)),
    error_notification: orNull(notification),
  },
  (value, path, report) => {
    const states = isObject(value) && Array.isArray(value['states']) ? value['states'].filter(isObject) : [];
    const names = states.map((each) => String(each['name']));
    const refer = (to: unknown, where: string) => {
      if (typeof to === 'string' && !names.includes(to)) report({ path: join(path, where), what: `names "${to}", which is no state`, allowed: names.join(', '), ...meant(to, names) });
    };
    if (isObject(value)) refer(value['default_state'], 'default_state');
    for (const [position, each] of states.entries()) {
      if (names.indexOf(names[position] as string) !== position) report({ path: join(path, `states.${position}.name`), what: `"${names[position]}" is there twice`, allowed: 'a name of its own for each state' });
      const transitions = Array.isArray(each['transitions']) ? each['transitions'].filter(isObject) : [];
      for (const [at, transition] of transitions.entries()) refer(transition['state_name'], `states.${position}.transitions.${at}.state_name`);
    }
  },
);
