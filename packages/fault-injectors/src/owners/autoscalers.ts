import type { KubernetesObject } from '../kubernetes/api/types.ts';
import { valueAt } from '../probes/valueAt.ts';
import type { OwnerRule, Touched } from './types.ts';

interface ScaleTarget {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly name?: string;
}

const groupOf = (apiVersion: string): string => (apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '');

/** The same kind and name; the version of the group doesn't matter. */
function isMeant({ object }: Touched, target: ScaleTarget | undefined, otherwise: { readonly kind: string; readonly apiVersion: string }): boolean {
  const { kind = otherwise.kind, apiVersion = otherwise.apiVersion, name } = target ?? {};
  return name === object.name && kind === object.kind && groupOf(apiVersion) === groupOf(object.apiVersion);
}

const titleOf = (kind: string, { metadata: { namespace = '', name } }: KubernetesObject): string => `${kind} ${namespace}/${name}`;

/**
 * A HorizontalPodAutoscaler sets `spec.replicas` through the scale subresource, and leaves a target of 0 replicas alone when its own minimum
 * is not 0 (kubernetes pkg/controller/podautoscaler/horizontal.go: `scale.Spec.Replicas == 0 && minReplicas != 0` → ScalingDisabled).
 */
export const horizontalPodAutoscaler: OwnerRule = {
  accesses: (namespace) => [{ verb: 'list', group: 'autoscaling', resource: 'horizontalpodautoscalers', namespace }],
  async find(touched, lists) {
    const { namespace } = touched.object;
    if (namespace === undefined) return [];
    const all = await lists.of({ apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler' }, namespace);
    return all
      .filter((each) => isMeant(touched, valueAt(each, 'spec.scaleTargetRef') as ScaleTarget, { kind: '', apiVersion: '' }))
      .filter((each) => !(touched.replicas === 0 && valueAt(each, 'spec.minReplicas') !== 0))
      .map((each) => ({
        kind: 'hpa' as const,
        owner: titleOf('HorizontalPodAutoscaler', each),
        keeps: ['spec.replicas'],
        effect: 'undoes' as const,
        why: `its scaleTargetRef is this object, so it sets spec.replicas between ${String(valueAt(each, 'spec.minReplicas') ?? 1)} and ${String(valueAt(each, 'spec.maxReplicas'))}; remove it, or set its minReplicas and maxReplicas, for the time of the fault`,
      }));
  },
};

/**
 * A VerticalPodAutoscaler doesn't change the workload: its admission controller gives new pods other resources than their template says
 * (autoscaler vertical-pod-autoscaler, `updatePolicy.updateMode`; `Off` recommends only).
 */
export const verticalPodAutoscaler: OwnerRule = {
  accesses: (namespace) => [{ verb: 'list', group: 'autoscaling.k8s.io', resource: 'verticalpodautoscalers', namespace }],
  async find(touched, lists) {
    const { namespace } = touched.object;
    if (namespace === undefined) return [];
    const all = await lists.of({ apiVersion: 'autoscaling.k8s.io/v1', kind: 'VerticalPodAutoscaler' }, namespace);
    return all
      .filter((each) => isMeant(touched, valueAt(each, 'spec.targetRef') as ScaleTarget, { kind: '', apiVersion: '' }) && valueAt(each, 'spec.updatePolicy.updateMode') !== 'Off')
      .map((each) => ({
        kind: 'vpa' as const,
        owner: titleOf('VerticalPodAutoscaler', each),
        // A path into one container meets it as well as one to the template.
        keeps: ['spec.template.spec.containers'],
        effect: 'hides' as const,
        why: 'it gives new pods its own requests and limits; set its updatePolicy.updateMode to Off for the time of the fault',
      }));
  },
};

/**
 * A ScaledObject of KEDA makes a HorizontalPodAutoscaler, and scales to and from 0 by itself. `autoscaling.keda.sh/paused` stops it;
 * `paused-replicas` holds it at that number (KEDA, "Pausing autoscaling").
 */
export const kedaScaledObject: OwnerRule = {
  accesses: (namespace) => [{ verb: 'list', group: 'keda.sh', resource: 'scaledobjects', namespace }],
  async find(touched, lists) {
    const { namespace } = touched.object;
    if (namespace === undefined) return [];
    const all = await lists.of({ apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject' }, namespace);
    return all
      .filter((each) => isMeant(touched, valueAt(each, 'spec.scaleTargetRef') as ScaleTarget, { kind: 'Deployment', apiVersion: 'apps/v1' }))
      .filter(({ metadata: { annotations = {} } }) => annotations['autoscaling.keda.sh/paused-replicas'] !== undefined || annotations['autoscaling.keda.sh/paused'] !== 'true')
      .map((each) => ({
        kind: 'keda' as const,
        owner: titleOf('ScaledObject', each),
        keeps: ['spec.replicas'],
        effect: 'undoes' as const,
        why: 'its scaleTargetRef is this object; annotate it with autoscaling.keda.sh/paused: "true" for the time of the fault',
      }));
  },
};
