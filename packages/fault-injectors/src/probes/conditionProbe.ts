import { isPodscopeError } from '@podscope/core';
import type { z } from 'zod';
import type { KubernetesApi, KubernetesObject, ObjectRef } from '../kubernetes/api/types.ts';
import { boundText, isBound, isWithin } from './bound.ts';
import { makeProbe, type ProbeFinding, type WatchedProbe } from './probe.ts';
import { readSpec } from './readSpec.ts';
import { conditionSpecSchema } from './specs.ts';
import { valueAt, valueText } from './valueAt.ts';

/** What {@link conditionProbe} takes. */
export type ConditionProbeOptions = Omit<z.input<typeof conditionSpecSchema>, 'kind'> & { readonly api: Pick<KubernetesApi, 'read' | 'watch'> };

/** A condition of an object's status, as most kinds have them. */
export interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
}

/** The conditions of an object; none where it has none. */
export function conditionsOf(object: KubernetesObject): readonly Condition[] {
  const conditions = valueAt(object, 'status.conditions');
  return Array.isArray(conditions) ? (conditions as readonly Condition[]) : [];
}

/**
 * Holds when a condition of an object has its status (`Available` of a Deployment), or a field compares as told. An object that is not there
 * has neither. It is watched, so a change is seen at once.
 *
 * @throws PodscopeError PROBE_INVALID
 */
export function conditionProbe({ api, ...options }: ConditionProbeOptions): WatchedProbe {
  const spec = readSpec(conditionSpecSchema, { kind: 'condition', ...options });
  const object: ObjectRef = spec.object;
  const title = `${object.kind} ${object.namespace === undefined ? '' : `${object.namespace}/`}${object.name}`;
  const condition = spec.condition === undefined ? undefined : typeof spec.condition === 'string' ? { type: spec.condition, status: 'True' } : spec.condition;
  const { sameAs } = spec;
  const what = condition !== undefined ? `${condition.type} is ${condition.status}` : `${spec.field ?? 'it'} is ${sameAs ?? boundText(spec)}`;

  function look(found: KubernetesObject | undefined): ProbeFinding {
    if (condition !== undefined) {
      if (found === undefined) return { holds: false, finding: `${title} is not there` };
      const real = conditionsOf(found).find(({ type }) => type === condition.type);
      if (real === undefined) return { holds: false, finding: `${title} has no condition ${condition.type}` };
      return { holds: real.status === condition.status, finding: `${condition.type} of ${title} is ${real.status}${real.reason === undefined ? '' : ` (${real.reason})`}` };
    }
    if (spec.field === undefined) return { holds: spec.exists === (found !== undefined), finding: `${title} is ${found === undefined ? 'not there' : 'there'}` };
    if (found === undefined && spec.exists !== false) return { holds: false, finding: `${title} is not there` };
    const value = valueAt(found, spec.field);
    if (sameAs !== undefined) {
      const other = valueAt(found, sameAs);
      // One of them may be left out by the server because it is 0. Both are misspelled, or nobody has counted yet.
      if (value === undefined && other === undefined) return { holds: false, finding: `${title} has neither ${spec.field} nor ${sameAs}` };
      const [left, right] = [value ?? 0, other ?? 0];
      return { holds: left === right, finding: `${spec.field} of ${title} is ${valueText(left)}, ${sameAs} is ${valueText(right)}` };
    }
    // Replicas that are none are left out by the server: of a number that is compared, nothing is 0.
    const number = value === undefined && found !== undefined && isCounted(spec) ? 0 : value;
    const holds = isWithin(number, spec);
    return { holds, finding: `${spec.field} of ${title} is ${valueText(number)}${holds || !isBound(spec) ? '' : `, not ${boundText(spec)}`}` };
  }

  return makeProbe({
    ...spec,
    name: spec.name ?? `${title}: ${what}`,
    once: async () => {
      try {
        return look(await api.read(object));
      } catch (error) {
        return unanswered(title, error);
      }
    },
    async *watch(signal) {
      let present = false;
      const selection = { apiVersion: object.apiVersion, kind: object.kind, namespace: object.namespace, fieldSelector: `metadata.name=${object.name}` };
      for await (const event of api.watch(selection, { signal })) {
        if (event.type === 'initial') {
          if (!present) yield look(undefined);
        } else {
          present = event.type !== 'deleted';
          yield look(present ? event.object : undefined);
        }
      }
    },
  });
}

/** Fields that count and are left out at 0: `status.readyReplicas`, `status.availableReplicas`. */
function isCounted(spec: { readonly field?: string | undefined; readonly exists?: boolean | undefined; readonly equals?: unknown }): boolean {
  return spec.exists === undefined && /(?:replicas|numberReady|numberAvailable|numberUnavailable)$/i.test(spec.field ?? '') && typeof (spec.equals ?? 0) === 'number';
}

/** The cluster could not be asked. */
export function unanswered(title: string, error: unknown): ProbeFinding {
  return { holds: false, answered: false, finding: `${title} could not be read: ${isPodscopeError(error) ? error.message : 'the cluster did not answer'}` };
}
