import { isUnchanged, planLines } from '../../targets/kubernetes/apply/plan.ts';
import { checkLines, isFit } from '../../targets/kubernetes/preflight/checks.ts';
import { type DesiredContext, lookAt, planFor } from '../../targets/kubernetes/run/prospect.ts';
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
  using session = await openSession(context, options);
  const { api, record: before } = session;
  const wanted = await wantedFrom(api, options, environment, before?.options);
  const { manifests, checks, foundNamespaces } = await lookAt(api, wanted.options, { also: wanted.check === undefined ? [] : [wanted.check] });
  const record = { version: 1, context: api.context, server: api.server, kubeconfig: before?.kubeconfig, at: '', options: wanted.options, foundNamespaces, onServer: before?.onServer ?? { user: false, setup: false } } as const;
  const desired: DesiredContext = { options: wanted.options, manifests, record, given: wanted.given, shipping: manifests.shipping, trusting: manifests.trusting };
  const plan = await planFor(api, desired, false);
  const failed = checks.filter(({ verdict }) => verdict === 'failed');
  output.result({ context: api.context, server: api.server, changed: !isUnchanged(plan), fit: isFit(checks), checks, plan: planDocument(plan) }, () => [...checkLines(failed), ...planLines(plan)]);
  return isUnchanged(plan) ? exitCodes.ok : CHANGES;
};
