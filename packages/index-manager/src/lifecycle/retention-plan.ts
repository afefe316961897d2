import type { KeptIndex, LifecyclePolicies, LifecycleTarget, ObservedGeneration, ObservedRetention, ObservedTarget, RetentionPlan, RetentionStep, RolloverRequestConditions } from './retention-model.ts';
import { retentionPolicyOf, type RetentionPolicy, type RetentionState, type RetentionTransition } from './retention-states.ts';
import { parseSize, parseTime, spellTime } from './units.ts';

/**
 * What the policies want done now. Pure: asks no server.
 *
 * Each index goes through its policy's states from the start, each transition at the moment at which its condition came
 * true, so a run that comes late does what many runs would have done. A write index is never deleted, and an index that
 * is not of the target is never named.
 */
export function planRetention(observed: ObservedRetention, policies: LifecyclePolicies, targets: readonly LifecycleTarget[]): RetentionPlan {
  const reduced = new Map(Object.entries(policies).map(([name, policy]) => [name, retentionPolicyOf(name, policy)]));
  const used = new Set(targets.map(({ policy }) => policy));
  const steps: RetentionStep[] = [];
  const kept: KeptIndex[] = [];
  for (const { name, policy } of targets) {
    const target = observed.targets.find((each) => each.name === name);
    const rules = reduced.get(policy);
    if (target === undefined || rules === undefined) continue;
    for (const generation of target.generations) {
      const verdict = judge(target, generation, rules, observed.now);
      if (verdict.step === undefined) kept.push({ target: name, index: generation.index, state: verdict.state, reason: verdict.reason });
      else steps.push(verdict.step);
    }
  }
  // An index that has just been rolled over may be deleted at the next run, never in the same one.
  steps.sort((one, other) => Number(one.action === 'delete') - Number(other.action === 'delete'));
  return { steps, kept, unsupported: [...reduced].filter(([name]) => used.has(name)).flatMap(([, { unsupported }]) => unsupported) };
}

/** A plan as text for a terminal, ending in a line feed. */
export function formatRetentionPlan(plan: RetentionPlan): string {
  const lines = [
    ...plan.steps.map(({ action, target, index, reason }) => `${action === 'delete' ? '-' : '~'} ${action.padEnd(8)}  ${target}  ${index}  ${reason}`),
    ...plan.kept.map(({ target, index, state, reason }) => `= keep      ${target}  ${index}  ${state}: ${reason}`),
    ...plan.unsupported.map(({ policy, path, why, effect }) => `! ${effect.padEnd(8)}  ${policy}  ${path}  ${why}`),
  ];
  const count = (action: RetentionStep['action']) => plan.steps.filter((step) => step.action === action).length;
  lines.push(`${count('rollover')} to roll over, ${count('delete')} to delete, ${plan.kept.length} kept`);
  // Names come from the server: control and invisible characters must not reach a terminal.
  return `${lines.map((line) => line.replaceAll(/[\p{Cc}\p{Cf}]/gu, '�')).join('\n')}\n`;
}

interface Verdict {
  readonly state: string;
  readonly reason: string;
  readonly step?: RetentionStep;
}

function judge(target: ObservedTarget, generation: ObservedGeneration, rules: RetentionPolicy, now: number): Verdict {
  const isWriteIndex = generation.index === target.writeIndex;
  let entered = generation.created;
  let state = rules.states.get(rules.start);
  const seen = new Set<string>();
  while (state !== undefined) {
    if (seen.has(state.name)) return { state: state.name, reason: 'the policy comes back to this state; stopped here' };
    seen.add(state.name);
    const halt = carryOut(state, target, generation, isWriteIndex, now);
    if (halt !== undefined) return halt;
    // A state that rolls over is left no sooner than that.
    const ready = state.steps.some(({ kind }) => kind === 'rollover') ? Math.max(entered, generation.rolledOver ?? entered) : entered;
    const next = firstOf(state.transitions, generation, entered, ready);
    if (next === undefined) return { state: state.name, reason: 'the last state that it can come to' };
    if (next.at > now) return { state: state.name, reason: `goes to ${next.to} in ${spellTime(Math.max(1000, Math.ceil((next.at - now) / 1000) * 1000))}` };
    entered = next.at;
    state = rules.states.get(next.to);
  }
  return { state: rules.start, reason: 'the policy has no such state' };
}

function carryOut(state: RetentionState, target: ObservedTarget, generation: ObservedGeneration, isWriteIndex: boolean, now: number): Verdict | undefined {
  const stay = (reason: string): Verdict => ({ state: state.name, reason });
  for (const step of state.steps) {
    if (step.kind === 'block') return stay(step.why);
    if (step.kind === 'delete') {
      if (isWriteIndex) return stay('is due for deletion, but is the write index');
      if (target.writeIndex === undefined) return stay(`is due for deletion, but ${target.name} names no write index`);
      if (generation.writesFor.length > 0) return stay(`is due for deletion, but is the write index of ${generation.writesFor.join(', ')}`);
      if (generation.created > now) return stay('was created later than now; the clocks differ');
      const age = spellTime(Math.max(0, Math.floor((now - (generation.rolledOver ?? generation.created)) / 1000) * 1000));
      const reason = `${state.name}: ${age} since its ${generation.rolledOver === undefined ? 'creation' : 'rollover'}`;
      return { ...stay(reason), step: { action: 'delete', target: target.name, index: generation.index, uuid: generation.uuid, reason } };
    }
    // An index that has been rolled over, or that nothing is written to any more, is through with this action.
    if (!isWriteIndex) {
      if (target.writeIndex === undefined) return stay(`${target.name} names no write index (is_write_index)`);
      continue;
    }
    if (step.conditions === undefined) return stay('its rollover has no condition that can be judged here');
    const met = metOf(step.conditions, generation, now);
    if (met === undefined) return stay('no condition of its rollover holds yet');
    return { ...stay(met), step: { action: 'rollover', target: target.name, index: generation.index, conditions: step.conditions, reason: met } };
  }
  return undefined;
}

function metOf({ max_age: age, max_docs: documents, max_size: size }: RolloverRequestConditions, generation: ObservedGeneration, now: number): string | undefined {
  const old = parseTime(age);
  if (old !== undefined && now - generation.created >= old) return `older than max_age ${age}`;
  if (documents !== undefined && generation.documents >= documents) return `${generation.documents} documents, max_docs ${documents}`;
  const large = parseSize(size);
  return large !== undefined && generation.bytes >= large ? `${generation.bytes} bytes, max_size ${size}` : undefined;
}

/** The transition that comes first, with its moment: a server that looks often takes that one. */
function firstOf(transitions: readonly RetentionTransition[], generation: ObservedGeneration, entered: number, ready: number): { readonly to: string; readonly at: number } | undefined {
  const since = { creation: generation.created, rollover: generation.rolledOver, entry: entered };
  const possible = transitions.flatMap(({ to, after }) => {
    const from = after === undefined ? undefined : since[after.from];
    return after === undefined || from === undefined ? [] : [{ to, at: Math.max(ready, from + after.milliseconds) }];
  });
  return possible.sort((one, other) => one.at - other.at)[0];
}
