/**
 * One form of an ISM policy. What a server adds and how it spells things: opensearch-project/index-management 2.19 and 3.8,
 * below src/main/kotlin/org/opensearch/indexmanagement/indexstatemanagement: model/*.kt and action/*.kt (toXContent and
 * populateAction), spi Action.kt and ActionRetry.kt.
 */
import type { JsonObject, JsonValue } from '../model.ts';
import { compact, isObject, unlessEmpty } from '../normalise/json.ts';
import type { IsmActionName } from './ism-types.ts';
import { parseSize, parseTime, spellSize, spellTime } from './units.ts';

/**
 * The policy in one form by meaning: what a server gives back (by a list, by its id, or as the answer of a PUT) equals what
 * was sent. Times and sizes have their shortest spelling, defaults are gone, and so is what the server adds (`policy_id`,
 * `last_updated_time`, `schema_version`, `user`, nulls).
 *
 * A transition with empty `conditions` is not one without: the first is never taken, the second at once.
 */
export function normaliseIsmPolicy(given: JsonObject): JsonObject {
  const policy = unwrap(given);
  return compact([
    ['description', policy['description']],
    ['default_state', policy['default_state']],
    ['states', listOf(policy['states']).map(normaliseState)],
    ['ism_template', unlessEmpty(normaliseTemplates(policy['ism_template']))],
    ['error_notification', isObject(policy['error_notification']) ? normaliseNotification(policy['error_notification']) : undefined],
  ]);
}

/** A list gives `policy`, the answer of a PUT gives `policy.policy`, and so does what is sent. */
function unwrap(given: JsonObject): JsonObject {
  const { policy } = given;
  return isObject(policy) && given['states'] === undefined ? unwrap(policy) : given;
}

function normaliseState(state: JsonObject): JsonObject {
  return compact([
    ['name', state['name']],
    ['actions', listOf(state['actions']).map(normaliseAction)],
    ['transitions', listOf(state['transitions']).map(normaliseTransition)],
  ]);
}

function normaliseTransition(transition: JsonObject): JsonObject {
  const { state_name: to, conditions } = transition;
  return compact([
    ['state_name', to],
    ['conditions', isObject(conditions) ? known(conditions, { min_index_age: time, min_rollover_age: time, min_state_age: time, min_size: size, min_doc_count: number, no_alias: flag }) : undefined],
  ]);
}

/** An action without `retry` gets count 3, exponential, 1m (spi Action.kt, ActionRetry.kt). */
function normaliseAction(given: JsonObject): JsonObject {
  const { timeout, retry, custom, ...named } = given;
  const actions = Object.entries(isObject(custom) ? custom : named);
  const retried = isObject(retry)
    ? compact([
        ['count', number(retry['count'])],
        ['backoff', String(retry['backoff'] ?? 'exponential').toLowerCase()],
        ['delay', time(retry['delay'] ?? '1m')],
      ])
    : undefined;
  const usual = retried === undefined || (retried['count'] === 3 && retried['backoff'] === 'exponential' && retried['delay'] === '1m');
  return compact([
    ['timeout', time(timeout)],
    ['retry', usual ? undefined : retried],
    ...actions.map(([name, body]): readonly [string, JsonValue | undefined] => {
      const normalise = Object.hasOwn(ACTIONS, name) ? ACTIONS[name as IsmActionName] : undefined;
      return [name, normalise !== undefined && isObject(body) ? normalise(body) : body];
    }),
  ]);
}

type Rule = (value: JsonValue | undefined) => JsonValue | undefined;

const time: Rule = (value) => {
  const milliseconds = parseTime(value);
  return milliseconds === undefined ? value : spellTime(milliseconds);
};
const size: Rule = (value) => {
  const bytes = parseSize(value);
  return bytes === undefined ? value : spellSize(bytes);
};
/** Servers take numbers as text too. */
const number: Rule = (value) => (typeof value === 'string' && /^-?\d+(?:\.\d+)?$/.test(value) ? Number(value) : value);
const flag: Rule = (value) => (value === 'true' ? true : value === 'false' ? false : value);
/** A flag whose default is false. */
const offByDefault: Rule = (value) => (flag(value) === true ? true : undefined);
const map: Rule = (value) => (isObject(value) ? unlessEmpty(compact(Object.entries(value).map(([key, item]) => [key, item === undefined ? undefined : String(item)]))) : undefined);
const unless = (usual: JsonValue): Rule => (value) => (value === usual ? undefined : value);

/** The members that have a rule by it, the others as they are; without nulls. */
function known(body: JsonObject, rules: Readonly<Record<string, Rule>>): JsonObject {
  return compact(
    Object.entries(body).map(([key, value]) => {
      if (value === null) return [key, undefined];
      const rule = Object.hasOwn(rules, key) ? rules[key] : undefined;
      return [key, rule === undefined ? value : rule(value)];
    }),
  );
}

const CONDITIONS = { min_size: size, min_doc_count: number, min_index_age: time, min_primary_shard_size: size };

/** `Script.java`: a text is the source of a mustache script; the server gives the object back. */
const script: Rule = (value) => {
  if (typeof value === 'string') return { source: value, lang: 'mustache' };
  if (!isObject(value)) return value;
  const { params, options, ...rest } = value;
  return compact([...Object.entries({ lang: 'mustache', ...rest }), ['params', unlessEmpty(params)], ['options', unlessEmpty(options)]]);
};

function normaliseNotification(body: JsonObject): JsonObject {
  return known(body, { message_template: script, destination: withoutNulls });
}

/** A custom webhook comes back with every parameter that it does not have (destination/CustomWebhook.kt). */
const withoutNulls: Rule = (value) => {
  if (!isObject(value)) return value;
  return compact(Object.entries(value).map(([key, item]) => [key, item === null ? undefined : isObject(item) ? unlessEmpty(withoutNulls(item)) : item]));
};

/** An alias' `routing` is stored as its two halves, its filter as text, its names as `aliases`. */
function aliasBody(body: JsonObject): JsonObject {
  const { alias, aliases = alias, routing, index_routing: forIndexing = routing, search_routing: forSearch = routing, filter, ...rest } = body;
  return compact([
    ['aliases', aliases === undefined ? undefined : Array.isArray(aliases) ? aliases : [aliases]],
    ['index_routing', forIndexing],
    ['search_routing', forSearch],
    ['filter', filterOf(filter)],
    ...Object.entries(known(rest, { is_write_index: flag, is_hidden: flag, must_exist: flag })),
  ]);
}

function filterOf(filter: JsonValue | undefined): JsonValue | undefined {
  if (typeof filter !== 'string') return filter;
  try {
    return JSON.parse(filter) as JsonValue;
  } catch {
    return filter; // Not what a server writes; then it equals only itself.
  }
}

const aliasActions: Rule = (value) =>
  listOf(value).map((action) => compact(Object.entries(action).map(([verb, body]) => [verb, isObject(body) ? aliasBody(body) : body])));

const plain = (body: JsonObject): JsonObject => body;

const ACTIONS: Readonly<Record<IsmActionName, (body: JsonObject) => JsonObject>> = {
  alias: (body) => known(body, { actions: aliasActions }),
  allocation: (body) => known(body, { require: map, include: map, exclude: map, wait_for: offByDefault }),
  close: plain,
  cold_delete: plain,
  // Amazon's plugin shows every parameter.
  cold_migration: (body) => known(compact(Object.entries(body).filter(([, value]) => value !== null)), { ignore: unless('none') }),
  convert_index_to_remote: (body) =>
    known(body, {
      include_aliases: offByDefault,
      delete_original_index: offByDefault,
      ignore_index_settings: unless(''),
      rename_pattern: unless('$1_remote'),
      number_of_replicas: (value) => (Number(value) < 0 ? undefined : number(value)),
    }),
  delete: plain,
  force_merge: (body) => known(body, { max_num_segments: number }),
  index_priority: (body) => known(body, { priority: number }),
  notification: normaliseNotification,
  open: plain,
  read_only: plain,
  read_write: plain,
  replica_count: (body) => known(body, { number_of_replicas: number }),
  rollover: (body) =>
    known(body, { ...CONDITIONS, copy_alias: offByDefault, prevent_empty_rollover: offByDefault, any_of: (groups) => listOf(groups).map((group) => known(group, CONDITIONS)) }),
  rollup: (body) => known(body, { ism_rollup: rollup }),
  search_only: plain,
  shrink: (body) =>
    known(body, { num_new_shards: number, max_shard_size: size, percentage_of_source_shards: number, target_index_name_template: script, switch_aliases: offByDefault, force_unsafe: offByDefault, aliases: shrinkAliases }),
  snapshot: plain,
  stop_replication: plain,
  transform: (body) => known(body, { ism_transform: rollup }),
  warm_migration: plain,
};

/** Dimensions come back with a `target_field`, dates also with a `timezone` (common/model/dimension/*.kt). */
const rollup: Rule = (value) => {
  if (!isObject(value)) return value;
  const dimensions: Rule = (given) =>
    listOf(given).map((dimension) =>
      compact(
        Object.entries(dimension).map(([type, body]) => {
          if (!isObject(body)) return [type, body];
          const { source_field: source, target_field: target, timezone, ...rest } = body;
          return [type, compact([...Object.entries(rest), ['source_field', source], ['target_field', target === source ? undefined : target], ['timezone', timezone === 'UTC' ? undefined : timezone]])];
        }),
      ),
    );
  return known(value, { page_size: number, dimensions, groups: dimensions, metrics: (given) => unlessEmpty(given), aggregations: (given) => unlessEmpty(given) });
};

const shrinkAliases: Rule = (value) =>
  listOf(value).map((alias) => compact(Object.entries(alias).map(([name, body]) => [name, isObject(body) ? aliasBody(body) : body])));

function normaliseTemplates(value: JsonValue | undefined): JsonValue | undefined {
  const templates = isObject(value) ? [value] : listOf(value);
  return templates.map(({ index_patterns: patterns, priority }) => compact([['index_patterns', patterns], ['priority', Number(priority ?? 0)]]));
}

function listOf(value: JsonValue | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}
