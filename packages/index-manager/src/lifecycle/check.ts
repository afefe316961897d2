import { isObject } from '../normalise/json.ts';
import { ilmPolicyShape } from './ilm-shape.ts';
import { ismPolicyShape } from './ism-shape.ts';
import { collect, join, type LifecyclePolicyProblem } from './shape.ts';

/**
 * What is wrong with a policy, whatever it is that was given; empty when a server takes it.
 *
 * A policy with `phases` is one of ILM, one with `states` one of ISM; the wrapper `{ "policy": … }` may be there. Names and
 * rules are those of the newest servers, see {@link IsmPolicy} and {@link IlmPolicy}: an older one may refuse more.
 */
export function checkLifecyclePolicy(value: unknown): readonly LifecyclePolicyProblem[] {
  const wrapped = isObject(value) && value['states'] === undefined && value['phases'] === undefined && isObject(value['policy']);
  const policy: unknown = wrapped ? value['policy'] : value;
  const path = wrapped ? 'policy' : '';
  if (!isObject(policy)) return [{ path, what: 'is no object', allowed: 'an ISM policy with states, or an ILM policy with phases' }];
  if (policy['phases'] !== undefined) return collect(ilmPolicyShape, policy, path);
  if (policy['states'] !== undefined || policy['default_state'] !== undefined) return collect(ismPolicyShape, policy, path);
  return [{ path: join(path, 'states'), what: 'is missing, and so is phases', allowed: 'states for ISM, or phases for ILM' }];
}
