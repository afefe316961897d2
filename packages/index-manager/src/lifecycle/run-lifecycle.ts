import { PodscopeError, redactText } from '@podscope/core';
import type { IndexClient } from '../client.ts';
import { checkLifecyclePolicy } from './check.ts';
import type { LifecyclePolicies, LifecycleTarget, RetentionPlan, RetentionStep } from './retention-model.ts';
import { observeMembers, observeRetention } from './retention-observe.ts';
import { planRetention } from './retention-plan.ts';
import { send } from './send.ts';

/** What {@link runLifecycle} takes. */
export interface RunLifecycleOptions {
  readonly policies: LifecyclePolicies;
  readonly targets: readonly LifecycleTarget[];
  /** Milliseconds since 1970 by which ages are counted. @default the server's clock */
  readonly now?: number;
  /** Plans and sends nothing that changes anything. @default false */
  readonly dryRun?: boolean;
  /** Called after each step. */
  readonly onProgress?: (progress: RetentionProgress) => void;
}

/** How far a run is. */
export interface RetentionProgress {
  readonly result: RetentionResult;
  readonly done: number;
  readonly total: number;
}

/** What became of a step. `already`: somebody else did it, or it is no longer due. */
export interface RetentionResult {
  readonly step: RetentionStep;
  readonly outcome: 'done' | 'already';
  /** The index that a rollover made, or why nothing was done. */
  readonly detail: string;
}

/** What a run planned and did: plain data. */
export interface RetentionRun {
  readonly plan: RetentionPlan;
  /** Empty for a dry run. */
  readonly results: readonly RetentionResult[];
}

/** What every server takes as a name; no wildcard, no list, nothing hidden. */
const NAME = /^[a-z0-9][a-z0-9._+-]*$/;

/**
 * Carries out lifecycle policies without a plugin of the server, through `_rollover` and deletion: one run of what ISM or
 * ILM would do continuously. For data streams and rollover aliases of OpenSearch 2 and 3, and for rollover aliases
 * (with `is_write_index`) of Elasticsearch 7.10.
 *
 * Never deletes a write index and never touches an index that is not of a named target. Any number of runs may go on at
 * the same time. Other actions than rollover and deletion are listed in `plan.unsupported`; one that keeps data
 * (`snapshot`, for one) holds back the deletion after it.
 *
 * @throws PodscopeError LIFECYCLE_POLICY_INVALID or LIFECYCLE_TARGET_INVALID before anything is sent.
 * @throws PodscopeError LIFECYCLE_RUN_FAILED when the server can't be reached or refuses; running again goes on from there.
 */
export async function runLifecycle(client: IndexClient, options: RunLifecycleOptions): Promise<RetentionRun> {
  const { policies, targets, now, dryRun = false, onProgress } = options;
  refuseInvalid(policies, targets);
  const observed = await observeRetention(client, targets.map(({ name }) => name), now);
  refuseMissing(observed.targets.filter(({ kind }) => kind === 'missing').map(({ name }) => name));
  const plan = planRetention(observed, policies, targets);
  if (dryRun) return { plan, results: [] };
  return { plan, results: await applyRetention(client, plan, onProgress) };
}

/**
 * Makes the steps of a plan, rollovers first. Before the deletions it looks once more which indices the targets write to.
 *
 * @throws PodscopeError LIFECYCLE_RUN_FAILED with the server's reason.
 */
export async function applyRetention(client: IndexClient, plan: RetentionPlan, onProgress?: RunLifecycleOptions['onProgress']): Promise<readonly RetentionResult[]> {
  const results: RetentionResult[] = [];
  const report = (step: RetentionStep, outcome: RetentionResult['outcome'], detail: string): void => {
    const result = { step, outcome, detail };
    results.push(result);
    onProgress?.({ result, done: results.length, total: plan.steps.length });
  };
  for (const step of plan.steps) if (step.action === 'rollover') report(step, ...(await rollOver(client, step)));
  const deletions = plan.steps.filter((step) => step.action === 'delete');
  if (deletions.length === 0) return results;
  const members = await observeMembers(client, [...new Set(deletions.map(({ target }) => target))]);
  const uuids = await uuidsOf(client, deletions.map(({ index }) => index));
  for (const step of deletions) {
    const target = members.find(({ name }) => name === step.target);
    if (uuids[step.index] === undefined) report(step, 'already', 'is gone');
    else if (uuids[step.index] !== step.uuid) report(step, 'already', 'another index has taken its name');
    else if (target?.indices.includes(step.index) !== true) report(step, 'already', `is no longer of ${step.target}`);
    else if (target.writeIndex === undefined || target.writeIndex === step.index) report(step, 'already', 'has become the write index');
    else if ((target.writesFor[step.index] ?? []).length > 0) report(step, 'already', 'has become the write index of another alias');
    else report(step, ...(await remove(client, step)));
  }
  return results;
}

type Outcome = readonly [RetentionResult['outcome'], string];

async function rollOver(client: IndexClient, { target, index, conditions }: RetentionStep & { readonly action: 'rollover' }): Promise<Outcome> {
  const path = `/${encodeURIComponent(target)}/_rollover`;
  // Two at once: the other made the next index first, which is 400 or, from OpenSearch (TransportRolloverAction.java,
  // "Concurrent modification of alias"), 500. 404: the target is gone.
  const { status, body, reason } = await send(client, 'retention', { method: 'POST', path, body: { conditions: { ...conditions } }, expected: [400, 404, 500] });
  if (status !== 404 && status >= 400 && !/already[ _]exists|concurrent modification/iu.test(reason)) throw refused(`POST ${path}`, reason);
  if (status >= 400) return ['already', reason];
  if (body['rolled_over'] === true) return ['done', String(body['new_index'])];
  return ['already', body['old_index'] === index ? 'the server finds no condition met' : `${String(body['old_index'])} is the write index by now`];
}

async function remove(client: IndexClient, { index }: RetentionStep): Promise<Outcome> {
  const path = `/${encodeURIComponent(index)}`;
  const { status, reason } = await send(client, 'retention', { method: 'DELETE', path, expected: [400, 404] });
  // 400 is what the server says of a data stream's write index and of an index in a running snapshot.
  if (status >= 400) return ['already', status === 404 ? 'is gone' : reason];
  return ['done', 'deleted'];
}

async function uuidsOf(client: IndexClient, indices: readonly string[]): Promise<Readonly<Record<string, string>>> {
  const found: Record<string, string> = {};
  // In pieces: a URL may have 4096 bytes.
  for (let at = 0; at < indices.length; at += NAMES_A_REQUEST) {
    const names = indices.slice(at, at + NAMES_A_REQUEST).map(encodeURIComponent).join(',');
    const { body } = await send(client, 'retention', { method: 'GET', path: `/${names}/_settings/index.uuid?flat_settings=true&ignore_unavailable=true&expand_wildcards=all`, expected: [404] });
    for (const [index, entry] of Object.entries(body)) {
      const uuid = (entry as { readonly settings?: Readonly<Record<string, string>> }).settings?.['index.uuid'];
      if (uuid !== undefined) found[index] = uuid;
    }
  }
  return found;
}

const NAMES_A_REQUEST = 12;

function refuseInvalid(policies: LifecyclePolicies, targets: readonly LifecycleTarget[]): void {
  const problems = Object.entries(policies).flatMap(([name, policy]) =>
    checkLifecyclePolicy(policy).map(({ path, what, allowed }) => `policy "${name}"${path === '' ? '' : `, ${path}`}: ${what}; allowed: ${allowed}`),
  );
  if (problems.length > 0) {
    throw new PodscopeError('LIFECYCLE_POLICY_INVALID', `A lifecycle policy is not usable: ${problems[0]}.`, {
      hint: 'Correct the policy that is named; nothing was sent to the server.',
      details: problems,
    });
  }
  const names = targets.map(({ name }) => name);
  const wrong = targets.flatMap(({ name, policy }, position) => [
    ...(NAME.test(name) ? [] : [`${JSON.stringify(name)} is no exact name that starts with a lower-case letter or digit`]),
    ...(names.indexOf(name) === position ? [] : [`"${name}" is named twice`]),
    ...(Object.hasOwn(policies, policy) ? [] : [`"${name}" names the policy "${policy}", which is not given`]),
  ]);
  if (wrong.length > 0) throw targetInvalid(wrong);
}

function refuseMissing(names: readonly string[]): void {
  if (names.length > 0) throw targetInvalid(names.map((name) => `"${name}" is no data stream and no alias on this server`));
}

function targetInvalid(lines: readonly string[]): PodscopeError {
  return new PodscopeError('LIFECYCLE_TARGET_INVALID', `A lifecycle target is not usable: ${lines[0]}.`, {
    hint: 'Name a data stream or an alias with a write index, exactly, and a policy that is given; nothing was changed.',
    details: lines,
  });
}

function refused(what: string, reason: string): PodscopeError {
  return new PodscopeError('LIFECYCLE_RUN_FAILED', redactText(`${what} was refused: ${reason}.`), {
    hint: 'Correct what the reason names, such as an index name that does not end in a number; running again goes on from there.',
  });
}
