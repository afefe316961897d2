import type { IlmPolicy } from './ilm-types.ts';
import { ismFromIlm } from './ism-from-ilm.ts';
import type { IsmPolicy, IsmRollover, IsmTransition } from './ism-types.ts';
import type { RolloverRequestConditions, UnsupportedPart } from './retention-model.ts';
import { parseTime } from './units.ts';

/** One state, reduced to what can be carried out through `_rollover` and deletion. */
export interface RetentionState {
  readonly name: string;
  readonly steps: readonly RetentionStateStep[];
  readonly transitions: readonly RetentionTransition[];
}

/** In the order of the actions. `block` is an action that must not be passed over. */
export type RetentionStateStep =
  | { readonly kind: 'rollover'; readonly conditions: RolloverRequestConditions | undefined }
  | { readonly kind: 'delete' }
  | { readonly kind: 'block'; readonly why: string };

/** A transition by age; `undefined` as its condition is one that can't be judged here. */
export interface RetentionTransition {
  readonly to: string;
  readonly after: { readonly from: 'creation' | 'rollover' | 'entry'; readonly milliseconds: number } | undefined;
}

/** A policy, ready to be carried out. */
export interface RetentionPolicy {
  readonly start: string;
  readonly states: ReadonlyMap<string, RetentionState>;
  readonly unsupported: readonly UnsupportedPart[];
}

/** Actions that keep data safe or elsewhere: an index may not be deleted as if they had been done. */
const GUARDS = new Set(['snapshot', 'convert_index_to_remote', 'rollup', 'transform', 'wait_for_snapshot', 'searchable_snapshot', 'downsample']);
const CHANGES_NOTHING_HERE = 'only rollover and deletion are carried out without a plugin';

/** Reduces a policy of either product, and names every part that is not carried out. */
export function retentionPolicyOf(name: string, given: IsmPolicy | IlmPolicy): RetentionPolicy {
  const unsupported: UnsupportedPart[] = [];
  const note = (path: string, why: string, effect: UnsupportedPart['effect']) => unsupported.push({ policy: name, path, why, effect });
  const translation = 'phases' in given ? ismFromIlm(given) : { policy: given, untranslated: [] };
  const blockedPhases = new Map<string, string>();
  for (const { path, why } of translation.untranslated) {
    const [, phase = '', action = ''] = /^phases\.(\w+)\.actions\.(\w+)$/.exec(path) ?? [];
    const guards = GUARDS.has(action);
    if (guards) blockedPhases.set(phase, action);
    note(path, why, guards ? 'blocks' : 'skipped');
  }
  const states = translation.policy.states.map((state, index): RetentionState => {
    const guard = blockedPhases.get(state.name);
    const steps = (state.actions ?? []).flatMap((action, position): readonly RetentionStateStep[] => {
      const path = `states.${index}.actions.${position}`;
      if ('rollover' in action) return [rolloverStep(action.rollover, `${path}.rollover`, note)];
      if ('delete' in action || 'cold_delete' in action) return [{ kind: 'delete' }];
      const type = Object.keys(action).find((key) => key !== 'timeout' && key !== 'retry') ?? 'unknown';
      const blocks = GUARDS.has(type);
      note(`${path}.${type}`, CHANGES_NOTHING_HERE, blocks ? 'blocks' : 'skipped');
      return blocks ? [{ kind: 'block', why: `${type} is not carried out here` }] : [];
    });
    return {
      name: state.name,
      // What a phase of ILM lost stands before its deletion, in ILM's own order.
      steps: guard === undefined ? steps : [...steps.filter(({ kind }) => kind === 'rollover'), { kind: 'block', why: `${guard} is not carried out here` }],
      transitions: (state.transitions ?? []).map((transition, position) => transitionOf(transition, `states.${index}.transitions.${position}`, note)),
    };
  });
  return { start: translation.policy.default_state, states: new Map(states.map((state) => [state.name, state])), unsupported };
}

type Note = (path: string, why: string, effect: UnsupportedPart['effect']) => void;

function rolloverStep(rollover: IsmRollover, path: string, note: Note): RetentionStateStep {
  const { min_index_age: age, min_doc_count: documents, min_size: size, ...rest } = rollover;
  for (const name of Object.keys(rest)) {
    if (rest[name as keyof typeof rest] !== false) note(`${path}.${name}`, '_rollover of OpenSearch and of Elasticsearch 7.10 has no such condition', 'skipped');
  }
  const conditions: RolloverRequestConditions = {
    ...(age === undefined ? {} : { max_age: age }),
    ...(documents === undefined ? {} : { max_docs: documents }),
    ...(size === undefined ? {} : { max_size: size }),
  };
  if (Object.keys(conditions).length > 0) return { kind: 'rollover', conditions };
  note(path, 'without a condition every run would roll over', 'blocks');
  return { kind: 'rollover', conditions: undefined };
}

function transitionOf({ state_name: to, conditions }: IsmTransition, path: string, note: Note): RetentionTransition {
  if (conditions === undefined) return { to, after: { from: 'entry', milliseconds: 0 } };
  for (const [name, from] of [['min_index_age', 'creation'], ['min_rollover_age', 'rollover'], ['min_state_age', 'entry']] as const) {
    const milliseconds = parseTime(conditions[name]);
    if (milliseconds !== undefined) return { to, after: { from, milliseconds } };
  }
  const [name = 'conditions'] = Object.keys(conditions);
  note(`${path}.conditions.${name}`, 'this condition is not judged here, so the transition is never taken', 'blocks');
  return { to, after: undefined };
}
