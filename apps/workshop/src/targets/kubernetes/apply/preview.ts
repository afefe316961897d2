import { isPodscopeError } from '@podscope/core';
import type { KubernetesApi } from '@podscope/fault-injectors/kubernetes';
import { groupKindOf } from './applySet.ts';
import type { ApplyChange, ApplyPlan } from './plan.ts';
import { type Failure, together } from './together.ts';

/** What the server said of one object when it was asked. */
export interface PreviewOptions {
  readonly forceConflicts: boolean;
  readonly onWarnings: (change: ApplyChange, warnings: readonly string[]) => void;
  readonly onDone: (change: ApplyChange) => void;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Asks the server of everything that a plan would write, before anything is written: unknown fields, rights, values, conflicts, quotas.
 *
 * In a namespace that isn't there yet an object can't be tried whole. The server decodes it strictly and asks for rights before it
 * looks for the namespace (`k8s.io/apiserver/pkg/endpoints/handlers/create.go`), so that a create that ends with "namespace not found"
 * has told of unknown fields and missing rights. Objects of a kind that the plan itself defines are left out.
 */
export async function preview(api: KubernetesApi, plan: ApplyPlan, changes: readonly ApplyChange[], { forceConflicts, onWarnings, onDone, signal }: PreviewOptions): Promise<readonly Failure[]> {
  const judged = changes.filter(({ ref }) => !plan.defined.includes(groupKindOf(ref)));
  return together(judged, signal, async (change) => {
    const object = change.manifest?.reveal();
    if (object === undefined) return;
    const { namespace } = change.ref;
    if (namespace !== undefined && plan.namespaces[namespace] === 'missing') {
      try {
        await api.create(object, { dryRun: true, signal });
      } catch (error) {
        if (!isPodscopeError(error, 'KUBE_NOT_FOUND')) throw error;
      }
    } else {
      const { warnings } = await api.apply(object, { dryRun: true, force: forceConflicts, signal });
      onWarnings(change, warnings);
    }
    onDone(change);
  });
}
