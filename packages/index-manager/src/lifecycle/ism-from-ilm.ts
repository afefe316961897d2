import type { JsonObject } from '../model.ts';
import { ILM_ACTIONS, ILM_PHASES, type IlmActionBodies, type IlmActionName, type IlmPhaseName, type IlmPolicy } from './ilm-types.ts';
import type { IsmAction, IsmPolicy, IsmRollover, IsmState, IsmTransition } from './ism-types.ts';
import { parseTime } from './units.ts';
import type { Translation, Untranslated } from './untranslated.ts';

/** The state in which an index waits for a first phase with a `min_age`; ILM gives it the same name. */
export const WAITING_STATE = 'new';

type Lost = (path: string, why: string) => void;

/**
 * The ISM policy that does what an ILM policy does, and what of it ISM can't do.
 *
 * One state a phase. ILM counts `min_age` from the rollover once the policy has rolled the index over (Elasticsearch 8.19
 * UpdateRolloverLifecycleDateStep.java sets `lifecycle_date`), and from creation otherwise; so the phases after a
 * rollover get `min_rollover_age` (ISM since 1.3), the others `min_index_age`. A `min_age` of zero needs no condition:
 * both servers go on when the actions are done.
 */
export function ismFromIlm(policy: IlmPolicy): Translation<IsmPolicy> {
  const untranslated: Untranslated[] = [];
  const lost: Lost = (path, why) => untranslated.push({ path, why });
  const phases = ILM_PHASES.filter((name) => policy.phases[name] !== undefined);
  const states: { readonly name: string; readonly actions: readonly IsmAction[]; readonly transitions: IsmTransition[] }[] = [];
  let rolledOver = false;
  for (const name of phases) {
    const phase = policy.phases[name];
    const age = parseTime(phase?.min_age ?? '0') ?? 0;
    if (states.length === 0 && age > 0) states.push({ name: WAITING_STATE, actions: [], transitions: [] });
    const condition = rolledOver ? 'min_rollover_age' : 'min_index_age';
    states.at(-1)?.transitions.push({ state_name: name, ...(age > 0 ? { conditions: { [condition]: phase?.min_age as string } } : {}) });
    const actions = (phase?.actions ?? {}) as Partial<IlmActionBodies>;
    rolledOver ||= actions.rollover !== undefined;
    states.push({ name, actions: actionsOf(name, actions, lost), transitions: [] });
  }
  if (states.length === 0) states.push({ name: WAITING_STATE, actions: [], transitions: [] });
  if (policy.deprecated !== undefined) lost('deprecated', 'ISM has no such mark');
  return {
    policy: { description: describe(policy, lost), default_state: (states[0] as IsmState).name, states: states.map(withoutDeadEnds) },
    untranslated,
  };
}

function describe({ _meta: meta }: IlmPolicy, lost: Lost): string {
  for (const key of Object.keys(meta ?? {})) if (key !== 'description') lost(`_meta.${key}`, 'ISM policies have no _meta');
  const description = meta?.['description'];
  return typeof description === 'string' ? description : '';
}

function withoutDeadEnds(state: IsmState): IsmState {
  // ISM refuses transitions out of a state that deletes (model/State.kt); such an index is gone.
  return state.actions?.some((action) => 'delete' in action) === true ? { ...state, transitions: [] } : state;
}

function actionsOf(phase: IlmPhaseName, actions: Partial<IlmActionBodies>, lost: Lost): IsmAction[] {
  const known: readonly string[] = ILM_ACTIONS[phase];
  for (const name of Object.keys(actions)) if (!known.includes(name)) lost(`phases.${phase}.actions.${name}`, `is no action of the phase ${phase}`);
  return (known as readonly IlmActionName[]).flatMap((name): readonly IsmAction[] => {
    const body = actions[name];
    return body === undefined ? [] : TRANSLATORS[name](body as never, `phases.${phase}.actions.${name}`, lost);
  });
}

type Translators = { readonly [Name in IlmActionName]: (body: IlmActionBodies[Name], path: string, lost: Lost) => readonly IsmAction[] };

const TRANSLATORS: Translators = {
  allocate,
  delete: ({ delete_searchable_snapshot: kept }, path, lost) => {
    if (kept === false) lost(`${path}.delete_searchable_snapshot`, 'ISM deletes no snapshot with an index');
    return [{ delete: {} }];
  },
  downsample: (_body, path, lost) => nothing(lost, path, 'a rollup of ISM needs the dimensions and metrics, which a downsample takes from the mapping'),
  forcemerge: ({ max_num_segments: segments, index_codec: codec }, path, lost) => {
    if (codec !== undefined) lost(`${path}.index_codec`, 'ISM changes no codec');
    return [{ force_merge: { max_num_segments: segments } }];
  },
  freeze: (_body, path, lost) => nothing(lost, path, 'OpenSearch has no frozen indices'),
  migrate: ({ enabled }, path, lost) => (enabled === false ? [] : nothing(lost, path, 'OpenSearch has no data tiers; allocation by attribute is the nearest')),
  readonly: () => [{ read_only: {} }],
  rollover: (body, path, lost) => {
    const rollover = rolloverOf(body, path, lost);
    // Without any condition ISM rolls over at once, again and again (action/RolloverAction.kt).
    return Object.keys(rollover).length === 0 ? nothing(lost, path, 'no condition is left, and ISM would roll over at once') : [{ rollover }];
  },
  rollup: (_body, path, lost) => nothing(lost, path, 'the rollup of Elasticsearch 7 is set up otherwise than that of ISM'),
  searchable_snapshot: (_body, path, lost) => nothing(lost, path, 'ISM replaces no index by its snapshot; snapshot and then convert_index_to_remote (3.0) are the nearest'),
  set_priority: ({ priority }, path, lost) => {
    if (priority === null) return nothing(lost, `${path}.priority`, 'ISM resets no priority');
    return [{ index_priority: { priority } }];
  },
  shrink: ({ number_of_shards: shards, max_primary_shard_size: size, allow_write_after_shrink: writable }, path, lost) => {
    lost(path, 'translated, but ISM keeps the source index, and the shrunken one is no longer under the policy unless a template of it matches');
    if (writable === true) lost(`${path}.allow_write_after_shrink`, 'ISM has no such switch');
    return [{ shrink: { ...(shards === undefined ? {} : { num_new_shards: shards }), ...(size === undefined ? {} : { max_shard_size: size }), switch_aliases: true } }];
  },
  unfollow: () => [{ stop_replication: {} }],
  wait_for_snapshot: (_body, path, lost) => nothing(lost, path, 'ISM waits for no snapshot policy; its action snapshot takes one itself'),
};

function nothing(lost: Lost, path: string, why: string): readonly IsmAction[] {
  lost(path, why);
  return [];
}

function allocate(body: IlmActionBodies['allocate'], path: string, lost: Lost): readonly IsmAction[] {
  const { number_of_replicas: replicas, total_shards_per_node: perNode, ...rules } = body;
  if (perNode !== undefined) lost(`${path}.total_shards_per_node`, 'ISM sets no limit of shards a node');
  const used = Object.fromEntries(Object.entries(rules).filter(([, rule]) => Object.keys(rule).length > 0));
  return [
    ...(replicas === undefined ? [] : [{ replica_count: { number_of_replicas: replicas } }]),
    // ILM waits for the shards (AllocationRoutedStep.java), ISM only with `wait_for`.
    ...(Object.keys(used).length === 0 ? [] : [{ allocation: { ...used, wait_for: true } }]),
  ];
}

const CONDITIONS = {
  max_age: 'min_index_age',
  max_docs: 'min_doc_count',
  max_size: 'min_size',
  max_primary_shard_size: 'min_primary_shard_size',
} as const;

function rolloverOf(body: IlmActionBodies['rollover'], path: string, lost: Lost): IsmRollover {
  const entries = Object.entries(body as JsonObject).flatMap(([name, value]) => {
    if (Object.hasOwn(CONDITIONS, name)) return [[CONDITIONS[name as keyof typeof CONDITIONS], value] as const];
    lost(`${path}.${name}`, name.startsWith('min_') ? 'a rollover of ISM happens when one condition holds, and has none that must hold besides' : 'ISM has no such condition');
    return [];
  });
  return Object.fromEntries(entries) as IsmRollover;
}
