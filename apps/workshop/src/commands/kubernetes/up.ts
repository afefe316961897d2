import { PodscopeError } from '@podscope/core';
import { planLines } from '../../targets/kubernetes/apply/plan.ts';
import type { ApplyPlan } from '../../targets/kubernetes/apply/plan.ts';
import { asker } from '../../targets/kubernetes/connection/connect.ts';
import { rememberContext } from '../../targets/kubernetes/connection/confirmed.ts';
import { type Check, checkLines, isFit } from '../../targets/kubernetes/preflight/checks.ts';
import { writeRecord } from '../../targets/kubernetes/record/record.ts';
import { bringUp, type UpResult, type UpStep, upTitles } from '../../targets/kubernetes/run/bring.ts';
import { admissionCheck, applySetOf, type DesiredContext, lookAt, planFor } from '../../targets/kubernetes/run/prospect.ts';
import { takeTurn } from '../../targets/kubernetes/run/turn.ts';
import { exitCodes } from '../../terminal/exitCodes.ts';
import type { CommandAction, CommandContext } from '../command.ts';
import { findConfig } from '../findConfig.ts';
import { interruptedError, listenForInterrupts } from '../indices/interrupts.ts';
import { createProgress, type StartProgress } from '../up/progress.ts';
import { usageError, wholeNumber } from '../usageError.ts';
import { openSession } from './session.ts';
import { planDocument, upDocument, upLines, workloadDocuments } from './shown.ts';
import { wantedFrom } from './wanted.ts';

const CHECKS = new Set<Check['id']>(['server-version', 'rights', 'namespaces', 'pod-security', 'capacity', 'storage', 'architectures', 'opensearch', 'admission']);

/** @throws PodscopeError CLI_USAGE for a check that there isn't */
function ignoredChecks(options: Readonly<Record<string, unknown>>): ReadonlySet<string> {
  const ignored = (options['ignore'] ?? []) as readonly string[];
  const strange = ignored.find((id) => !CHECKS.has(id as Check['id']));
  if (strange !== undefined) throw usageError(`There is no check "${strange}".`, `Checks are ${[...CHECKS].join(', ')}.`);
  return new Set(ignored);
}

/** `podscope up --target kubernetes` */
export const run: CommandAction = async (context, _args, options) => {
  const { environment, output } = context;
  const timeoutMs = wholeNumber(options['timeout'] ?? '15', 'The time to wait', 1, 24 * 60) * 60_000;
  if (options['detach'] === true) throw usageError('On a cluster, up returns when everything runs; there is nothing to detach.', 'Leave --detach out.');
  const ignored = ignoredChecks(options);
  const forceConflicts = options['forceConflicts'] === true;
  const dryRun = options['dryRun'] === true;
  const config = await findConfig(options['config']);
  const { loadWorkshop } = await import('../../config/loadWorkshop.ts');
  const workshop = await loadWorkshop(config);
  using session = await openSession(context, options, 'wanted');
  const { api, record: before } = session;
  using interrupts = listenForInterrupts(() => output.note('\nEnding … (Ctrl-C once more ends it at once)'));
  const { signal } = interrupts;
  const { preflight, ...steps } = upTitles;
  const progressOf = (titles: Partial<typeof upTitles>): StartProgress<UpStep> => createProgress(titles as typeof upTitles, { silent: output.json, plain: environment.plain, verbose: true });
  let progress = progressOf({ preflight });
  const begun = new Map<UpStep, number>();
  const tell = (step: UpStep, message: string): void => {
    if (!begun.has(step)) begun.set(step, performance.now());
    progress.update({ step, state: 'start', message, ms: 0 });
  };
  const done = (step: UpStep): void => progress.update({ step, state: 'done', message: '', ms: Math.round(performance.now() - (begun.get(step) ?? performance.now())) });

  let lost: AbortSignal | undefined;
  try {
    tell('preflight', '');
    const wanted = await wantedFrom(api, options, environment, before?.options);
    const prospect = await lookAt(api, wanted.options, { ignored, also: wanted.check === undefined ? [] : [wanted.check] });
    const record = {
      version: 1, context: api.context, server: api.server, kubeconfig: session.kubeconfig, at: new Date().toISOString(),
      options: wanted.options, foundNamespaces: prospect.foundNamespaces, onServer: before?.onServer ?? { user: false, setup: false },
    } as const;
    const desired: DesiredContext = { options: wanted.options, manifests: prospect.manifests, record, given: wanted.given, shipping: prospect.manifests.shipping, trusting: prospect.manifests.trusting };
    let checks = prospect.checks;
    let plan: ApplyPlan | undefined;
    if (isFit(checks)) {
      plan = await planFor(api, desired, false);
      const admission = await admissionCheck(api, plan, { forceConflicts, signal });
      checks = [...checks, admission.verdict === 'failed' && ignored.has('admission') ? { ...admission, verdict: 'warning' } : admission];
    }
    if (!isFit(checks) || plan === undefined) {
      if (dryRun) {
        await progress.end(new Error('unfit'));
        output.result({ dryRun: true, context: api.context, server: api.server, checks, plan: null }, () => [...checkLines(checks), '', 'Nothing was changed, and up would change nothing: see what is marked.']);
        return exitCodes.failed;
      }
      throw unfit(checks);
    }
    done('preflight');
    await progress.end();
    if (dryRun) {
      const shown = plan;
      output.result({ dryRun: true, context: api.context, server: api.server, checks, plan: planDocument(shown) }, () => [...checkLines(checks), '', `On ${api.context} (${api.server}):`, ...planLines(shown), '', 'Nothing was changed.']);
      return exitCodes.ok;
    }
    for (const line of checkLines(checks.filter(({ verdict }) => verdict === 'warning'))) output.note(line);
    signal.throwIfAborted();
    // Asked before anything is done, and while nothing is drawn over the question.
    const prune = await mayPrune(context, options, plan);
    await using turn = await takeTurn(api, applySetOf(wanted.options.namespaces), { what: 'up', signal, makeNamespace: true, onWait: (message) => output.note(message) });
    lost = turn?.lost;
    rememberContext(environment.runDir, api);
    progress = progressOf(steps);
    const result = await bringUp(api, {
      options: wanted.options, record, prospect, given: wanted.given, indices: workshop.indices, savedObjects: workshop.objects, forceConflicts, timeoutMs, signal: lost === undefined ? signal : AbortSignal.any([signal, lost]),
      keep: (kept) => writeRecord(environment.runDir, kept),
      prune, tell, done, note: (line) => output.note(line),
    });
    await progress.end();
    tellResult(context, { api, options: wanted.options, checks, result });
    return exitCodes.ok;
  } catch (error) {
    await progress.end(error instanceof Error ? error : new Error(String(error)));
    if (lost?.aborted === true) throw lost.reason;
    if (!interrupts.isWanted) throw error;
    throw interruptedError('Interrupted. What was applied until then stays on the cluster.', 'Run "podscope up --target kubernetes" again to go on, or "podscope down --target kubernetes" to take it away.');
  }
};

function unfit(checks: readonly Check[]): PodscopeError<'KUBE_PREFLIGHT_FAILED'> {
  const failed = checks.filter(({ verdict }) => verdict === 'failed');
  const [first] = failed;
  return new PodscopeError('KUBE_PREFLIGHT_FAILED', `${first?.title ?? 'The preflight'}: ${first?.found ?? ''}${failed.length > 1 ? ` (and ${failed.length - 1} more)` : ''}. Nothing was changed.`, {
    hint: first?.todo ?? 'See what each check found.',
    details: checkLines(failed),
  });
}

async function mayPrune({ output }: CommandContext, options: Readonly<Record<string, unknown>>, plan: ApplyPlan): Promise<boolean> {
  const going = plan.changes.filter(({ action }) => action === 'prune' || action === 'release');
  if (going.length === 0 || options['yes'] === true) return true;
  const ask = asker(output);
  for (const { ref, reason } of going) output.note(`- ${ref.kind} ${ref.namespace === undefined ? '' : `${ref.namespace}/`}${ref.name}: ${reason}`);
  if (ask !== undefined && (await ask(`Remove ${going.length === 1 ? 'this object' : `these ${going.length} objects`}?`))) return true;
  output.note(`${going.length} objects that are no longer wanted stay; add --yes to remove them.`);
  return false;
}

function tellResult({ output }: CommandContext, shown: { readonly api: { readonly context: string; readonly server: string }; readonly options: Parameters<typeof upLines>[0]['options']; readonly checks: readonly Check[]; readonly result: UpResult }): void {
  output.result({ ...upDocument(shown), workloads: workloadDocuments(shown.result.workloads) }, () => upLines(shown));
}
