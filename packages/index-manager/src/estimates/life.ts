import type { IlmPolicy } from '../lifecycle/ilm-types.ts';
import { ismFromIlm } from '../lifecycle/ism-from-ilm.ts';
import type { IsmAction, IsmActionBodies, IsmConditions, IsmPolicy, IsmRollover, IsmRolloverConditions } from '../lifecycle/ism-types.ts';
import { parseSize, parseTime } from '../lifecycle/units.ts';

const DAY_MS = 86_400_000;
/** How often ISM looks at an index by default (`plugins.index_state_management.job_interval`). */
const LOOK_DAYS = 5 / (24 * 60);

/** What an index is given each day, and how it begins. */
export interface IndexFlow {
  readonly documentsPerDay: number;
  /** On disk, of all primary shards. */
  readonly storedPerDay: number;
  readonly primaryShards: number;
  readonly replicas: number;
  /** For a series that the shipper begins anew; undefined where only a rollover ends an index. */
  readonly newIndexDays: number | undefined;
}

/** What a policy makes of the shards of an index from one age on to another. */
export interface LifeStretch {
  readonly states: readonly string[];
  readonly tier: string;
  readonly fromDay: number;
  /** Null: for good. */
  readonly toDay: number | null;
  readonly primaryShards: number;
  readonly replicas: number;
}

/** The life of one index under a policy. */
export interface IndexLife {
  readonly writtenDays: number | null;
  readonly writtenUntil: string | null;
  readonly deletedAfterDays: number | null;
  readonly stretches: readonly LifeStretch[];
  /** What the policy says and this doesn't count. */
  readonly uncounted: readonly string[];
}

/** The tier of an index before any policy moves it. */
export const FIRST_TIER = 'hot';
/** Where Amazon's own actions move an index: both are in S3, and only primary shards count. */
export const ULTRAWARM = 'ultrawarm';
/** See {@link ULTRAWARM}; no node has these. */
export const COLD_STORAGE = 'cold storage';

/** Where an index stands on its way through a policy. */
interface Course {
  readonly flow: IndexFlow;
  readonly stretches: LifeStretch[];
  readonly uncounted: string[];
  now: number;
  /** When the state was come to, and when the shards became what they are. */
  entered: number;
  since: number;
  /** The states of this stretch, and when each was come to. */
  states: readonly { readonly name: string; readonly at: number }[];
  shape: Pick<LifeStretch, 'tier' | 'primaryShards' | 'replicas'>;
  written: number | null;
  until: string | null;
  deleted: number | null;
}

/** Follows an index through a policy, each step at the moment at which its volume or age brings it there. */
export function lifeOf(policy: IsmPolicy | IlmPolicy | undefined, flow: IndexFlow): IndexLife {
  const course: Course = {
    flow,
    stretches: [],
    uncounted: [],
    now: 0,
    entered: 0,
    since: 0,
    states: [{ name: 'kept', at: 0 }],
    shape: { tier: FIRST_TIER, primaryShards: flow.primaryShards, replicas: flow.replicas },
    written: flow.newIndexDays ?? null,
    until: flow.newIndexDays === undefined ? null : 'the next index of the series',
    deleted: null,
  };
  if (policy !== undefined) follow(course, policy);
  close(course, course.deleted);
  const { written: writtenDays, until: writtenUntil, deleted: deletedAfterDays, stretches, uncounted } = course;
  return { writtenDays, writtenUntil, deletedAfterDays, stretches, uncounted };
}

function follow(course: Course, policy: IsmPolicy | IlmPolicy): void {
  const isIlm = 'phases' in policy;
  const translation = isIlm ? ismFromIlm(policy) : { policy, untranslated: [] };
  // Only what would change the figures: a rollover's further conditions, and what makes of an index a smaller one elsewhere.
  const paths = translation.untranslated.map(({ path }) => path);
  course.uncounted.push(...paths.filter((path) => /\.(?:rollover\.|searchable_snapshot|downsample|rollup)/u.test(path)).map((path) => `${path}: is not reckoned with`));
  const migrated = new Set(paths.flatMap((path) => /^phases\.(\w+)\.actions\.migrate$/u.exec(path)?.[1] ?? []));
  const states = new Map(translation.policy.states.map((state) => [state.name, state]));
  const seen = new Set<string>();
  course.states = [];
  let state = states.get(translation.policy.default_state);
  while (state !== undefined && !seen.has(state.name)) {
    seen.add(state.name);
    course.entered = course.now;
    course.states = [...course.states, { name: state.name, at: course.now }];
    if (migrated.has(state.name)) become(course, { tier: state.name });
    for (const action of state.actions ?? []) act(course, action, isIlm);
    if (course.deleted !== null) return;
    const ways = (state.transitions ?? []).flatMap(({ state_name: to, conditions }) => {
      const at = conditions === undefined ? course.now : whenTaken(course, conditions);
      return at === undefined ? [] : [{ to, at }];
    });
    const next = ways.sort((one, other) => one.at - other.at)[0];
    if (next === undefined) return;
    course.now = next.at;
    state = states.get(next.to);
  }
}

function act(course: Course, action: IsmAction, isIlm: boolean): void {
  if ('delete' in action || 'cold_delete' in action) course.deleted = course.now;
  else if ('rollover' in action) rollOver(course, action.rollover);
  else if ('replica_count' in action) become(course, { replicas: Number(action.replica_count.number_of_replicas) });
  else if ('allocation' in action) become(course, { tier: tierOf(action.allocation) ?? course.shape.tier });
  else if ('warm_migration' in action) become(course, { tier: ULTRAWARM, replicas: 0 });
  else if ('cold_migration' in action) become(course, { tier: COLD_STORAGE, replicas: 0 });
  else if ('shrink' in action) shrink(course, action.shrink, isIlm);
  else if ('convert_index_to_remote' in action) course.uncounted.push('convert_index_to_remote: what stays on the nodes is a cache');
}

/** The age in days at which a transition is taken; undefined: never, or not to be told. */
function whenTaken(course: Course, conditions: IsmConditions): number | undefined {
  const [name] = Object.keys(conditions) as (keyof IsmConditions)[];
  if (name === undefined) return undefined;
  const { flow, written } = course;
  const since = { min_index_age: 0, min_rollover_age: written, min_state_age: course.entered };
  if (name === 'min_index_age' || name === 'min_rollover_age' || name === 'min_state_age') {
    const age = parseTime(conditions[name]);
    const from = since[name];
    return age === undefined || from === null ? undefined : Math.max(course.now, from + age / DAY_MS);
  }
  if (name === 'min_doc_count' || name === 'min_size') {
    const full = name === 'min_size' ? (parseSize(conditions.min_size) ?? Infinity) / flow.storedPerDay : Number(conditions.min_doc_count) / flow.documentsPerDay;
    // An index grows no more once the next one is written to.
    return written !== null && full > written ? undefined : Math.max(course.now, full);
  }
  course.uncounted.push(`${name}: when it holds can't be told from the volume, so that transition is left out`);
  return undefined;
}

function rollOver(course: Course, rollover: IsmRollover): void {
  if (course.flow.newIndexDays !== undefined) {
    course.uncounted.push('rollover: the shipper begins the indices of a series itself');
    return;
  }
  const { any_of: groups, copy_alias: _alias, prevent_empty_rollover: _empty, ...conditions } = rollover;
  const alone = Object.entries(conditions).map(([name, value]) => ({ [name]: value }) as IsmRolloverConditions);
  const ends = [...alone, ...(groups ?? [])].map((group) => whenFull(course.flow, group)).sort((one, other) => one.at - other.at);
  const first = ends[0] ?? { at: LOOK_DAYS, why: 'nothing: the rollover has no condition' };
  if (first.at === Infinity) return;
  course.now = Math.max(course.now, first.at);
  course.written = course.now;
  course.until = first.why;
}

/** When all conditions of a group hold, and which of them is the last. */
function whenFull({ documentsPerDay, storedPerDay, primaryShards }: IndexFlow, group: IsmRolloverConditions): { readonly at: number; readonly why: string } {
  const days: Readonly<Record<keyof IsmRolloverConditions, number>> = {
    min_index_age: (parseTime(group.min_index_age) ?? Infinity) / DAY_MS,
    min_doc_count: Number(group.min_doc_count ?? Infinity) / documentsPerDay,
    min_size: (parseSize(group.min_size) ?? Infinity) / storedPerDay,
    min_primary_shard_size: (parseSize(group.min_primary_shard_size) ?? Infinity) / (storedPerDay / primaryShards),
  };
  const each = (Object.keys(group) as (keyof IsmRolloverConditions)[]).map((name) => ({ at: days[name], why: `${name} ${String(group[name])}` }));
  return each.sort((one, other) => other.at - one.at)[0] ?? { at: Infinity, why: 'nothing' };
}

function shrink(course: Course, { num_new_shards: shards, max_shard_size: limit, percentage_of_source_shards: share }: IsmActionBodies['shrink'], isIlm: boolean): void {
  if (!isIlm) {
    course.uncounted.push('shrink: ISM keeps the index and makes a smaller one beside it, which no policy deletes unless a template of one matches it');
    return;
  }
  const bytes = course.flow.storedPerDay * (course.written ?? course.now);
  const size = parseSize(limit);
  const before = course.shape.primaryShards;
  const wanted = shards ?? (size === undefined ? Math.ceil(before * (share ?? 1)) : Math.ceil(bytes / size));
  become(course, { primaryShards: Math.max(1, Math.min(before, Number(wanted))) });
}

function become(course: Course, change: Partial<Course['shape']>): void {
  const next = { ...course.shape, ...change };
  if (next.tier === course.shape.tier && next.primaryShards === course.shape.primaryShards && next.replicas === course.shape.replicas) return;
  close(course, course.now);
  course.shape = next;
  course.since = course.now;
  course.states = course.states.slice(-1);
}

function close(course: Course, toDay: number | null): void {
  if (toDay !== null && toDay <= course.since) return;
  // Without those in which no time passes, such as one that only deletes.
  const states = course.states.filter(({ at }) => toDay === null || at < toDay).map(({ name }) => name);
  course.stretches.push({ states, ...course.shape, fromDay: course.since, toDay });
}

/** The value of the attribute by which nodes are told apart: `{ require: { temp: 'warm' } }` is `warm`. */
function tierOf({ require, include }: IsmActionBodies['allocation']): string | undefined {
  return Object.values(require ?? {})[0] ?? Object.values(include ?? {})[0];
}
