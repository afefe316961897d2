import { ILM_ACTIONS, ILM_PHASES, type IlmActionBodies, type IlmActionName, type IlmPhaseName, type IlmPolicy } from './ilm-types.ts';
import type { IsmAction, IsmActionBodies, IsmActionName, IsmPolicy, IsmState } from './ism-types.ts';
import { parseTime } from './units.ts';
import type { Translation, Untranslated } from './untranslated.ts';

type Lost = (path: string, why: string) => void;

/**
 * The ILM policy that does what an ISM policy does, and what of it ILM can't do.
 *
 * Follows the states from `default_state` as long as each has one way on. ILM counts `min_age` from the rollover once
 * it has rolled the index over, else from creation: after a rollover `min_rollover_age` is exact, and `min_index_age` is
 * translated but named, since ILM then acts later. Where a condition has no counterpart the translation ends, so that
 * nothing is ever done earlier than the policy says.
 */
export function ilmFromIsm(policy: IsmPolicy): Translation<IlmPolicy> {
  const untranslated: Untranslated[] = [];
  const lost: Lost = (path, why) => untranslated.push({ path, why });
  const { chain, visited } = follow(policy, lost);
  for (const [position, { name }] of policy.states.entries()) if (!visited.has(name)) lost(`states.${position}`, `"${name}" is not reached by the translated states`);
  const phases: Partial<Record<IlmPhaseName, { min_age?: string; actions: Partial<IlmActionBodies> }>> = {};
  for (const { name, link, age } of assign(chain, lost)) {
    phases[name] = { ...(age === undefined ? {} : { min_age: age }), actions: actionsOf(link.state, name, link.path, lost) };
  }
  if ((policy.ism_template ?? null) !== null) lost('ism_template', 'ILM has none: an index template names the policy in index.lifecycle.name');
  if ((policy.error_notification ?? null) !== null) lost('error_notification', 'ILM notifies nobody');
  const meta = policy.description === '' ? {} : { _meta: { description: policy.description } };
  return { policy: { phases: phases as IlmPolicy['phases'], ...meta }, untranslated };
}

interface Link {
  readonly state: IsmState;
  readonly path: string;
  /** `min_age` of the phase that it becomes. */
  readonly age: string | undefined;
}

function follow(policy: IsmPolicy, lost: Lost): { readonly chain: readonly Link[]; readonly visited: ReadonlySet<string> } {
  const chain: Link[] = [];
  const visited = new Set<string>();
  let rolledOver = false;
  let next: { readonly name: string; readonly age: string | undefined } | undefined = { name: policy.default_state, age: undefined };
  while (next !== undefined) {
    const { name, age }: { readonly name: string; readonly age: string | undefined } = next;
    const position = policy.states.findIndex((state) => state.name === name);
    const state = policy.states[position];
    if (state === undefined) break;
    const path = `states.${position}`;
    visited.add(name);
    const rollover = (state.actions ?? []).find((action) => 'rollover' in action);
    const rolls = rollover !== undefined && chain.length === 0 && Object.keys(rollover.rollover).some((key) => Object.hasOwn(CONDITIONS, key));
    rolledOver ||= rolls;
    const [way, ...others] = state.transitions ?? [];
    // A first state that only waits is the min_age of the phase after it.
    const waits = chain.length === 0 && (state.actions ?? []).length === 0 && way !== undefined;
    if (!waits) chain.push({ state, path, age });
    for (const [at] of others.entries()) lost(`${path}.transitions.${at + 1}`, 'ILM has one way from each phase');
    next = way === undefined || others.length > 0 ? undefined : onward(way, `${path}.transitions.0`, rolledOver, visited, lost);
    if (rollover !== undefined && !rolls && next !== undefined) {
      lost(`${path}.transitions.0`, 'ILM does not wait for this rollover, so the translation ends here');
      next = undefined;
    }
    if (others.length > 0) lost(`${path}.transitions.0`, 'which of several ways is taken is not known beforehand, so the translation ends here');
  }
  return { chain, visited };
}

function onward(
  { state_name: name, conditions }: NonNullable<IsmState['transitions']>[number],
  path: string,
  rolledOver: boolean,
  visited: ReadonlySet<string>,
  lost: Lost,
): { readonly name: string; readonly age: string | undefined } | undefined {
  if (visited.has(name)) return lost(path, 'leads back, and ILM only goes on'), undefined;
  if (conditions === undefined) return { name, age: undefined };
  const { min_rollover_age: sinceRollover, min_index_age: sinceCreation } = conditions;
  if (sinceRollover !== undefined && rolledOver) return { name, age: sinceRollover };
  if (sinceCreation !== undefined) {
    if (rolledOver && parseTime(sinceCreation) !== 0) lost(`${path}.conditions.min_index_age`, 'translated, but ILM counts from the rollover, so the phase begins later by the time that the index was written to');
    return { name, age: sinceCreation };
  }
  const [condition] = Object.keys(conditions);
  const why = condition === 'min_rollover_age' ? 'no state before it rolls over, and ILM counts from its own rollover only' : 'ILM has no such condition';
  lost(condition === undefined ? `${path}.conditions` : `${path}.conditions.${condition}`, `${condition === undefined ? 'is never taken' : why}; the translation ends here`);
  return undefined;
}

interface Assigned {
  readonly name: IlmPhaseName;
  readonly link: Link;
  readonly age: string | undefined;
}

/** States that are named as phases keep their names if they are in order; else by place, the one that deletes as `delete`. */
function assign(chain: readonly Link[], lost: Lost): readonly Assigned[] {
  const places = chain.map(({ state }) => (ILM_PHASES as readonly string[]).indexOf(state.name));
  const named = places.every((place, position) => place >= 0 && (position === 0 || place > (places[position - 1] as number)));
  const result: Assigned[] = [];
  let left: readonly IlmPhaseName[] = ['hot', 'warm', 'cold'];
  let ended = false;
  for (const link of chain) {
    const deletes = (link.state.actions ?? []).some((action) => 'delete' in action);
    const name = named ? (link.state.name as IlmPhaseName) : deletes ? 'delete' : left[0];
    if (ended || name === undefined) {
      // A later phase may not take the place of one that was left out: it would begin too early.
      ended = true;
      lost(link.path, 'ILM has no further phase for it');
      continue;
    }
    left = left.slice(1);
    result.push({ name, link, age: parseTime(link.age ?? '0') === 0 ? undefined : link.age });
  }
  return result;
}

function actionsOf(state: IsmState, phase: IlmPhaseName, path: string, lost: Lost): Partial<IlmActionBodies> {
  const given: { readonly name: IlmActionName; readonly body: unknown; readonly path: string }[] = [];
  for (const [position, action] of (state.actions ?? []).entries()) {
    const at = `${path}.actions.${position}`;
    if (action.timeout !== undefined) lost(`${at}.timeout`, 'ILM has none');
    if (action.retry !== undefined) lost(`${at}.retry`, 'ILM retries as the server is set up');
    for (const [name, body] of translate(action, at, lost)) given.push({ name, body, path: at });
  }
  const order: readonly IlmActionName[] = ILM_ACTIONS[phase];
  const actions: Record<string, unknown> = {};
  let furthest = -1;
  for (const { name, body, path: at } of given) {
    const place = order.indexOf(name);
    const before = actions[name];
    if (place < 0) lost(at, `ILM has no ${name} in the phase ${phase}`);
    else if (before !== undefined && name !== 'allocate') lost(at, `ILM has one ${name} in a phase`);
    else {
      if (place < furthest) lost(at, `translated, but ILM runs ${name} before ${order[furthest]}`);
      furthest = Math.max(furthest, place);
      actions[name] = { ...(before as object | undefined), ...(body as object) };
    }
  }
  if (phase !== 'hot' || actions['rollover'] !== undefined) return actions;
  return Object.fromEntries(
    Object.entries(actions).filter(([name]) => {
      const needs = ['readonly', 'shrink', 'forcemerge'].includes(name);
      if (needs) lost(`${path}.actions`, `ILM has ${name} in the phase hot only after a rollover`);
      return !needs;
    }),
  );
}

type Translated = readonly (readonly [IlmActionName, unknown])[];

function translate(action: IsmAction, path: string, lost: Lost): Translated {
  const [entry] = Object.entries(action).filter(([key]) => key !== 'timeout' && key !== 'retry');
  if (entry === undefined) return [];
  const [name, body] = entry;
  if (!Object.hasOwn(TRANSLATORS, name)) {
    lost(`${path}.${name}`, (WITHOUT_COUNTERPART as Readonly<Record<string, string>>)[name] ?? 'ILM has no such action');
    return [];
  }
  return TRANSLATORS[name as keyof typeof TRANSLATORS](body as never, `${path}.${name}`, lost);
}

const WITHOUT_COUNTERPART = {
  snapshot: 'ILM takes no snapshot; a policy of SLM does, and wait_for_snapshot waits for it',
  notification: 'ILM notifies nobody',
  rollup: 'ILM has downsample instead, for time series only',
  convert_index_to_remote: 'searchable_snapshot is the nearest, but mounts a snapshot that it takes itself',
  warm_migration: 'UltraWarm is of Amazon OpenSearch Service; searchable_snapshot is the nearest',
  cold_migration: 'cold storage is of Amazon OpenSearch Service; searchable_snapshot is the nearest',
} as const satisfies Partial<Record<IsmActionName, string>>;

const CONDITIONS = {
  min_index_age: 'max_age',
  min_doc_count: 'max_docs',
  min_size: 'max_size',
  min_primary_shard_size: 'max_primary_shard_size',
} as const;

const TRANSLATORS = {
  allocation: ({ wait_for: waits, ...rules }: IsmActionBodies['allocation'], path: string, lost: Lost): Translated => {
    if (waits !== true) lost(`${path}.wait_for`, 'ILM always waits for the shards');
    return [['allocate', rules]];
  },
  cold_delete: (): Translated => [['delete', {}]],
  delete: (): Translated => [['delete', {}]],
  force_merge: (body: IsmActionBodies['force_merge']): Translated => [['forcemerge', body]],
  index_priority: (body: IsmActionBodies['index_priority']): Translated => [['set_priority', body]],
  read_only: (): Translated => [['readonly', {}]],
  replica_count: (body: IsmActionBodies['replica_count']): Translated => [['allocate', body]],
  rollover: (body: IsmActionBodies['rollover'], path: string, lost: Lost): Translated => {
    const conditions = Object.entries(body).flatMap(([name, value]): readonly (readonly [string, unknown])[] => {
      if (Object.hasOwn(CONDITIONS, name)) return [[CONDITIONS[name as keyof typeof CONDITIONS], value]];
      if (value !== false) lost(`${path}.${name}`, 'the rollover of ILM has no such parameter');
      return [];
    });
    if (conditions.length > 0) return [['rollover', Object.fromEntries(conditions)]];
    lost(path, 'no condition is left, and ILM refuses a rollover without one');
    return [];
  },
  shrink: ({ num_new_shards: shards, max_shard_size: size, switch_aliases: _switched, ...rest }: IsmActionBodies['shrink'], path: string, lost: Lost): Translated => {
    for (const [name, value] of Object.entries(rest)) if (value !== false && value !== null) lost(`${path}.${name}`, 'the shrink of ILM has no such parameter');
    if (shards === undefined && size === undefined) return [];
    lost(path, 'translated, but ILM replaces the source index, which ISM keeps');
    return [['shrink', shards === undefined ? { max_primary_shard_size: size } : { number_of_shards: shards }]];
  },
  stop_replication: (): Translated => [['unfollow', {}]],
} as const;

