/**
 * One form of an ILM policy. What a server adds: elastic/elasticsearch 7.10 to main, below
 * x-pack/plugin/core/src/main/java/org/elasticsearch/xpack/core/ilm: toXContent of Phase.java and of the *Action.java files.
 */
import type { JsonObject, JsonValue } from '../model.ts';
import { compact, isObject, unlessEmpty } from '../normalise/json.ts';
import type { IlmActionName } from './ilm-types.ts';
import { parseSize, parseTime, spellSize, spellTime } from './units.ts';

/**
 * The policy in one form by meaning: what `GET _ilm/policy` gives back (its entry with `version`, `modified_date` and
 * `in_use_by`, or the policy in it) equals what was sent. Times and sizes have their shortest spelling, defaults are gone.
 */
export function normaliseIlmPolicy(given: JsonObject): JsonObject {
  const { policy } = given;
  if (isObject(policy) && given['phases'] === undefined) return normaliseIlmPolicy(policy);
  const phases = isObject(given['phases']) ? given['phases'] : {};
  return compact([
    ['phases', compact(Object.entries(phases).map(([name, phase]) => [name, isObject(phase) ? normalisePhase(phase) : phase]))],
    ['_meta', unlessEmpty(given['_meta'] ?? undefined)],
    ['deprecated', given['deprecated'] === true ? true : undefined],
  ]);
}

function normalisePhase(phase: JsonObject): JsonObject {
  const age = phase['min_age'];
  const actions = isObject(phase['actions']) ? phase['actions'] : {};
  return compact([
    // Phase.java: none is 0, and a negative one, which old clusters may hold, is read as 0.
    ['min_age', typeof age === 'string' && age.startsWith('-') ? undefined : time(age)],
    ['actions', compact(Object.entries(actions).map(([name, body]) => [name, isObject(body) ? normaliseAction(name, body) : body]))],
  ]);
}

type Rule = (value: JsonValue) => JsonValue | undefined;

const size: Rule = (value) => {
  const bytes = parseSize(value);
  return bytes === undefined ? value : spellSize(bytes);
};
const number: Rule = (value) => (typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value);
const map: Rule = (value) => unlessEmpty(value);
const unless = (usual: boolean): Rule => (value) => (value === usual || value === String(usual) ? undefined : value === 'true' ? true : value === 'false' ? false : value);

function time(value: JsonValue | undefined): JsonValue | undefined {
  const milliseconds = parseTime(value);
  if (milliseconds === undefined) return value ?? undefined;
  return milliseconds === 0 ? undefined : spellTime(milliseconds);
}

const RULES: Readonly<Partial<Record<IlmActionName, Readonly<Record<string, Rule>>>>> = {
  allocate: { number_of_replicas: number, total_shards_per_node: number, include: map, exclude: map, require: map },
  delete: { delete_searchable_snapshot: unless(true) },
  downsample: { fixed_interval: time, wait_timeout: (value) => (parseTime(value) === parseTime('1d') ? undefined : time(value)) },
  forcemerge: { max_num_segments: number },
  migrate: { enabled: unless(true) },
  rollover: {
    max_age: time,
    max_docs: number,
    max_size: size,
    max_primary_shard_size: size,
    max_primary_shard_docs: number,
    min_age: time,
    min_docs: number,
    min_size: size,
    min_primary_shard_size: size,
    min_primary_shard_docs: number,
  },
  searchable_snapshot: { force_merge_index: unless(true), replicate_for: time, total_shards_per_node: number },
  set_priority: { priority: number },
  shrink: { number_of_shards: number, max_primary_shard_size: size, allow_write_after_shrink: unless(false) },
};

function normaliseAction(name: string, body: JsonObject): JsonObject {
  const rules = (Object.hasOwn(RULES, name) ? RULES[name as IlmActionName] : undefined) ?? {};
  return compact(
    Object.entries(body).map(([key, value]) => {
      // `set_priority` alone knows null: it takes the priority away.
      if (value === undefined || (value === null && name !== 'set_priority')) return [key, undefined];
      const rule = Object.hasOwn(rules, key) ? rules[key] : undefined;
      return [key, rule === undefined ? value : rule(value)];
    }),
  );
}
