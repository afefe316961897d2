import { titleOf } from '../../targets/kubernetes/apply/applySet.ts';
import { isUnchanged, planLines } from '../../targets/kubernetes/apply/plan.ts';
import { diffObjects, type ObjectDiff } from '../../targets/kubernetes/diff/diff.ts';
import { checkLines, isFit } from '../../targets/kubernetes/preflight/checks.ts';
import { applySetOf, type DesiredContext, desiredObjects, lookAt, planFor } from '../../targets/kubernetes/run/prospect.ts';
import { exitCodes } from '../../terminal/exitCodes.ts';
import type { CommandAction } from '../command.ts';
import { openSession } from './session.ts';
import { planDocument } from './shown.ts';
import { wantedFrom } from './wanted.ts';

/** The exit code of `kubectl diff` and `podscope manifests diff` for "there are changes". */
const CHANGES = 2;

/** `podscope diff`: what `up` with the same flags would change. */
export const run: CommandAction = async (context, _args, options) => {
  const { environment, output } = context;
  using session = await openSession(context, options, 'wanted');
  const { api, record: before } = session;
  const wanted = await wantedFrom(api, options, environment, before?.options);
  const { manifests, checks, foundNamespaces } = await lookAt(api, wanted.options, { also: wanted.check === undefined ? [] : [wanted.check] });
  const record = { version: 1, context: api.context, server: api.server, kubeconfig: session.kubeconfig, at: '', options: wanted.options, foundNamespaces, onServer: before?.onServer ?? { user: false, setup: false } } as const;
  const desired: DesiredContext = { options: wanted.options, manifests, record, given: wanted.given, shipping: manifests.shipping, trusting: manifests.trusting };
  const plan = await planFor(api, desired, false);
  const failed = checks.filter(({ verdict }) => verdict === 'failed');
  // What the server would make of it, with its defaults; where something blocks it, there is nothing to ask.
  const { objects } = isUnchanged(plan) || plan.blocked.length > 0 ? { objects: [] } : await diffObjects(api, applySetOf(wanted.options.namespaces), await desiredObjects(api, desired, false));
  output.result({ context: api.context, server: api.server, changed: !isUnchanged(plan), fit: isFit(checks), checks, plan: planDocument(plan), values: objects.flatMap(valuesOf) }, () => [
    ...checkLines(failed),
    ...planLines(plan),
    ...objects.filter(({ changes }) => changes.length > 0).flatMap((each) => ['', titleOf(each.ref), ...each.changes.map(({ path, from, to }) => `  ${path}: ${shownValue(from)} → ${shownValue(to)}`)]),
  ]);
  return isUnchanged(plan) ? exitCodes.ok : CHANGES;
};

function valuesOf({ ref, changes }: ObjectDiff): readonly object[] {
  return changes.map(({ path, from = null, to = null }) => ({ object: titleOf(ref), path, from, to }));
}

const MOST = 200;

/** A value in a line. */
function shownValue(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > MOST ? `${text.slice(0, MOST)}…` : text;
}
