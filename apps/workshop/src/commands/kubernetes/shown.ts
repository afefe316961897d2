import { titleOf } from '../../targets/kubernetes/apply/applySet.ts';
import type { ApplyAction, ApplyPlan } from '../../targets/kubernetes/apply/plan.ts';
import { ADMIN } from '../../targets/kubernetes/opensearch/securityFiles.ts';
import { OPERATOR_ADMIN_SECRET } from '../../targets/kubernetes/opensearch/operator.ts';
import { USERS_SECRET } from '../../targets/kubernetes/opensearch/secrets.ts';
import { endpointOf, type TargetOptions } from '../../targets/kubernetes/options.ts';
import type { Check } from '../../targets/kubernetes/preflight/checks.ts';
import type { UpResult } from '../../targets/kubernetes/run/bring.ts';
import { reasonText } from '../../targets/kubernetes/wait/reasons.ts';
import type { WorkloadState } from '../../targets/kubernetes/wait/state.ts';

/** What an `up` came to, with where. */
export interface UpShown {
  readonly api: { readonly context: string; readonly server: string };
  readonly options: TargetOptions;
  readonly checks: readonly Check[];
  readonly result: UpResult;
}

/** How many objects each action is about. */
function countsOf(changes: readonly { readonly action: ApplyAction }[]): Readonly<Record<ApplyAction, number>> {
  const count = (action: ApplyAction): number => changes.filter((change) => change.action === action).length;
  return { create: count('create'), update: count('update'), unchanged: count('unchanged'), prune: count('prune'), release: count('release'), leave: count('leave') };
}

/** A plan as a document: no value of any object is in it. */
export function planDocument(plan: ApplyPlan): object {
  return {
    counts: countsOf(plan.changes),
    changes: plan.changes.filter(({ action }) => action !== 'unchanged').map(({ ref, action, reason, source = null, fields, lost }) => ({
      action, kind: ref.kind, apiVersion: ref.apiVersion, namespace: ref.namespace ?? null, name: ref.name, reason, component: source,
      fields: fields.map(({ path, change }) => ({ path, change })), lost: lost.map(({ path, managers }) => ({ path, managers })),
    })),
    blocked: plan.blocked.map(({ ref, message, hint }) => ({ object: titleOf(ref), message, hint })),
  };
}

/** Workloads as documents. */
export function workloadDocuments(workloads: readonly WorkloadState[]): readonly object[] {
  return workloads.filter(({ ref }) => ref.kind !== 'Namespace').map(({ ref, state, asked, ready, message, reasons }) => ({ kind: ref.kind, namespace: ref.namespace ?? null, name: ref.name, state, asked, ready, message, reasons: reasons.map(reasonText) }));
}

/** What `up` prints as JSON, without the workloads. */
export function upDocument({ api, options, checks, result }: UpShown): object {
  const { opensearch, dashboards, indices, applied } = result;
  return {
    target: 'kubernetes', healthy: true, context: api.context, server: api.server, namespaces: options.namespaces,
    opensearch: { how: options.opensearch.how, endpoint: endpointOf(options), status: opensearch.status, nodes: opensearch.nodes },
    dashboards: dashboards === undefined ? null : { imported: dashboards.imported, version: dashboards.version },
    indices, applied: countsOf(applied.changes), warnings: applied.warnings.map(({ ref, text }) => `${titleOf(ref)}: ${text}`),
    checks: checks.map(({ id, verdict, found }) => ({ id, verdict, found })),
  };
}

/** What `up` prints for a person. */
export function upLines({ api, options, result: { opensearch, dashboards, applied, indices, workloads } }: UpShown): readonly string[] {
  const counts = countsOf(applied.changes);
  return [
    '',
    `Everything runs on ${api.context} (${api.server}): ${workloads.filter(({ ref }) => ref.kind !== 'Namespace').length} workloads are ready.`,
    `Objects:     ${counts.create} made, ${counts.update} changed, ${counts.unchanged} as they were, ${counts.prune} removed`,
    `OpenSearch:  ${endpointOf(options)}, as pods ask it: ${opensearch.status}, ${opensearch.nodes} ${opensearch.nodes === 1 ? 'node' : 'nodes'}; ${indices} templates, pipelines and streams put in place`,
    ...(dashboards === undefined ? [] : [`Dashboards:  ${dashboards.imported} objects imported into ${dashboards.version}`]),
    ...applied.warnings.map(({ ref, text }) => `! ${titleOf(ref)}: ${text}`),
    '',
    ...(options.guestbook === 'none' ? [] : ['  podscope open guestbook']),
    ...(dashboards === undefined ? [] : ['  podscope open dashboards']),
    '  podscope open console',
    ...passwordLines(options),
    '',
    'It goes on without this command. "podscope status" says how it is, "podscope down" takes it away.',
  ];
}

/** Where the password of the administrator is, not what it is. */
export function passwordLines({ opensearch, namespaces }: TargetOptions): readonly string[] {
  if (opensearch.how === 'url') return [];
  const [secret, key] = opensearch.how === 'operator' ? [OPERATOR_ADMIN_SECRET, 'password'] : [USERS_SECRET, ADMIN];
  return [`  The user of OpenSearch and Dashboards is ${ADMIN}: kubectl -n ${namespaces.opensearch} get secret ${secret} -o jsonpath='{.data.${key}}' | base64 -d`];
}
