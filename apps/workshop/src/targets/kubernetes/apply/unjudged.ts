import { isPodscopeError } from '@podscope/core';
import type { ObjectRef } from '@podscope/fault-injectors/kubernetes';

/**
 * What is only not ready yet, when its namespace, its quota or its account was made a moment ago and the server's own controllers are at
 * it; and an object that so many write to at once that the server gave up merging (`the object has been modified`).
 */
const NOT_YET = /status unknown for quota|serviceaccount "[^"]*" not found|error looking up service account|the object has been modified/;

/**
 * What a dry run can't know: a webhook that has side effects refuses one (`NewDryRunUnsupportedErr` in `k8s.io/apiserver/pkg/admission/
 * plugin/webhook/errors`), and a Pod names a class that is made along with it (`kubernetes/plugin/pkg/admission/priority`).
 */
const NOT_IN_A_TRIAL = /does not support dry run|no PriorityClass with name/;

/** Whether it is worth to try once more in a moment. */
export function isNotYet(error: unknown): boolean {
  return isPodscopeError(error) && NOT_YET.test(error.message);
}

/** Whether a dry run failed for what is no fault of the object: it is then judged when it is applied. */
export function isUnjudged(error: unknown, { kind }: ObjectRef): boolean {
  if (!isPodscopeError(error)) return false;
  // Who may not bind freely needs the role to be there, which is applied before (`rbac/v1` rolebinding's policybased storage).
  const bindsToCome = error.code === 'KUBE_NOT_FOUND' && (kind === 'RoleBinding' || kind === 'ClusterRoleBinding');
  return bindsToCome || isNotYet(error) || NOT_IN_A_TRIAL.test(error.message);
}
