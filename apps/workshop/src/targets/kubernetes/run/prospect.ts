import { isPodscopeError } from '@podscope/core';
import type { KubernetesApi, ObjectToWrite } from '@podscope/fault-injectors/kubernetes';
import { type ApplySetId, applySetLabel, titleOf } from '../apply/applySet.ts';
import { observeApplySet } from '../apply/observe.ts';
import { type ApplyPlan, planApply } from '../apply/plan.ts';
import { preview } from '../apply/preview.ts';
import { idOf, type KubernetesObject } from '../components.ts';
import { type SecretsContext, wantedSecrets } from '../opensearch/secrets.ts';
import type { TargetNamespaces, TargetOptions } from '../options.ts';
import type { Check } from '../preflight/checks.ts';
import { observeCluster } from '../preflight/observe.ts';
import { OLDEST_MINOR, preflight } from '../preflight/preflight.ts';
import type { RightsObject } from '../preflight/rights.ts';
import { recordObject, type TargetRecord } from '../record/record.ts';
import { synthTarget, type TargetManifests } from '../target.ts';

/** The set that the target's objects are of; its book is in the namespace of the aggregators. */
export const applySetOf = ({ logging }: TargetNamespaces): ApplySetId => ({ name: 'podscope', namespace: logging });

/** What is known before anything is changed. */
export interface Prospect {
  readonly manifests: TargetManifests;
  readonly checks: readonly Check[];
  /** Namespaces that were there before, made by others. */
  readonly foundNamespaces: readonly string[];
}

/**
 * Makes the manifests for the server's version, and looks at the cluster.
 *
 * @param also Checks of what isn't the cluster's.
 * @param ignored Ids of checks that only warn.
 * @throws PodscopeError what synth and the API throw
 */
export async function lookAt(api: KubernetesApi, options: TargetOptions, { also = [], ignored = new Set<string>() }: { readonly also?: readonly Check[]; readonly ignored?: ReadonlySet<string> } = {}): Promise<Prospect> {
  const { major, minor } = await api.version();
  // An older server is told by a check, with all else that is wrong.
  const manifests = synthTarget(options, `1.${major === 1 ? Math.max(minor, OLDEST_MINOR) : OLDEST_MINOR}`);
  const objects = rightsObjects(manifests, options);
  const observed = await observeCluster(api, { objects, namespaces: options.namespaces, applySet: applySetLabel(applySetOf(options.namespaces)) });
  const checks = [...preflight(observed, objects), ...also].map((check) => (check.verdict === 'failed' && ignored.has(check.id) ? { ...check, verdict: 'warning' as const } : check));
  return { manifests, checks, foundNamespaces: observed.namespaces.filter(({ ours }) => !ours).map(({ name }) => name) };
}

/** The manifests with what `up` adds to them: what rights are asked for. */
export function rightsObjects(manifests: TargetManifests, { namespaces }: Pick<TargetOptions, 'namespaces'>): readonly RightsObject[] {
  const extra = Object.values(namespaces).flatMap((namespace): readonly RightsObject[] => ['Secret', 'ConfigMap'].map((kind) => ({ apiVersion: 'v1', kind, metadata: { name: '', namespace } })));
  return [...(manifests.objects as unknown as readonly RightsObject[]), ...extra];
}

/** What the objects of a set are made from. */
export interface DesiredContext extends SecretsContext {
  readonly manifests: TargetManifests;
  readonly record: TargetRecord;
}

/** Everything that is to be in the set, with the Secrets: as they are, and, with `make`, those that aren't there yet. */
export async function desiredObjects(api: KubernetesApi, context: DesiredContext, make: boolean): Promise<readonly ObjectToWrite[]> {
  const found = new Set(context.record.foundNamespaces);
  const { objects: secrets } = await wantedSecrets(api, context, make);
  // A namespace of somebody else's is used as it is: its labels are not ours to set, and it doesn't go with the set.
  const manifests = context.manifests.objects.filter(({ kind, metadata }) => !(kind === 'Namespace' && found.has(metadata.name)));
  return [...(manifests as readonly KubernetesObject[] as readonly ObjectToWrite[]), ...secrets, recordObject(context.record)];
}

/** Reads the set and plans what has to be done. */
export async function planFor(api: KubernetesApi, context: DesiredContext, make: boolean): Promise<ApplyPlan> {
  const desired = await desiredObjects(api, context, make);
  const sources = new Map(context.manifests.components.flatMap(({ name, objects }) => objects.map((object) => [idOf(object), name] as const)));
  const observed = await observeApplySet(api, applySetOf(context.options.namespaces), desired);
  return planApply(observed, desired, { sourceOf: (object) => sources.get(idOf(object as unknown as KubernetesObject)) });
}

/** Asks the server of everything that a plan would write: admission webhooks, quotas, conflicts. Nothing is written. */
export async function admissionCheck(api: KubernetesApi, plan: ApplyPlan, { forceConflicts, signal }: { readonly forceConflicts: boolean; readonly signal?: AbortSignal | undefined }): Promise<Check> {
  const base = { id: 'admission', title: 'What the server says' } as const;
  const warnings: string[] = [];
  const written = plan.changes.filter(({ action }) => action === 'create' || action === 'update');
  const failures = await preview(api, plan, written, { forceConflicts, onWarnings: ({ ref }, texts) => void warnings.push(...texts.map((text) => `${titleOf(ref)}: ${text}`)), onDone: () => undefined, signal });
  const lines = [
    ...plan.blocked.map(({ ref, message }) => `${titleOf(ref)}: ${message}`),
    ...failures.map(({ ref, error }) => {
      if (!isPodscopeError(error)) throw error;
      return `${titleOf(ref)}: ${error.message}`;
    }),
  ];
  if (lines.length > 0) return { ...base, verdict: 'failed', found: `${lines.length} ${lines.length === 1 ? 'object is' : 'objects are'} refused`, details: lines, todo: 'Each line says by whom and why; nothing was written.' };
  const untried = written.filter(({ ref: { namespace } }) => namespace !== undefined && plan.namespaces[namespace] === 'missing').length;
  return { ...base, verdict: 'ok', found: `it would take ${written.length === 1 ? 'the object' : `all ${written.length} objects`}${untried === 0 ? '' : `; of ${untried}, whose namespace isn’t there yet, only fields and rights were asked`}`, ...(warnings.length === 0 ? {} : { details: warnings }) };
}
