import { z } from 'zod';
import type { ProbeSpec } from '../../probes/specs.ts';
import { argument, type Arguments, notReadable, only, readArguments } from './arguments.ts';

const { text, flag, whole } = argument;

/** What a Kubernetes probe of Chaos Toolkit asks; `count` where it gives a number for the tolerance to compare. */
export type ConvertedProbe = { readonly kind: 'truth'; readonly specs: readonly ProbeSpec[] } | { readonly kind: 'count'; spec(bound: CountBound): ProbeSpec };
/** What a number is compared with. */
export type CountBound = { readonly equals: number } | { readonly oneOf: readonly number[] } | { readonly atLeast: number; readonly atMost: number };

type Convert = (given: Arguments) => ConvertedProbe;

const truth = (...specs: readonly ProbeSpec[]): ConvertedProbe => ({ kind: 'truth', specs });
const selectorOf = (label: string | undefined): { readonly selector?: string } => (label === undefined || label === '' ? {} : { selector: label });

/** A workload by its name; a selector beside the name only narrows it further, so it is not carried over. */
const named = { name: text, ns: text.default('default'), label_selector: text.optional(), raise_on_unavailable: flag.optional(), raise_on_not_partially_available: flag.optional(), raise_on_fully_available: flag.optional(), raise_on_not_fully_available: flag.optional() };

function workload(kind: 'Deployment' | 'StatefulSet', given: Arguments, more: Readonly<Record<string, unknown>>): ConvertedProbe {
  const { name, ns, label_selector: label } = readArguments({ ...named, timeout: whole.optional() }, given);
  if (label !== undefined) throw notReadable('a label_selector beside a name can’t be carried over', ['provider', 'arguments', 'label_selector']);
  return truth({ kind: 'condition', object: { apiVersion: 'apps/v1', kind, namespace: ns, name }, ...more } as ProbeSpec);
}

/** They wait for their `timeout`, of 30 s unless it is given. */
const within = (given: Arguments): string => `${typeof given['timeout'] === 'number' ? given['timeout'] : 30}s`;

const available: Convert = (given) => workload('Deployment', given, { field: 'status.availableReplicas', sameAs: 'spec.replicas' });
const partially: Convert = (given) => workload('Deployment', given, { field: 'status.availableReplicas', atLeast: 1 });
const fully = (kind: 'Deployment' | 'StatefulSet'): Convert => (given) => workload(kind, given, { field: 'status.readyReplicas', sameAs: 'spec.replicas', within: within(given) });
const notFully = (kind: 'Deployment' | 'StatefulSet'): Convert => (given) => workload(kind, given, { field: 'status.readyReplicas', sameAs: 'spec.replicas', not: true, within: within(given) });

const pods = { ns: text.default('default'), label_selector: text, raise_on_invalid_phase: flag.optional(), raise_on_in_phase: flag.optional(), raise_on_invalid_conditions: flag.optional() };

const inPhase: Convert = (given) => {
  const { ns, label_selector: label, phase } = readArguments({ ...pods, phase: text.default('Running') }, given);
  return truth({ kind: 'ready', namespace: ns, ...selectorOf(label), phase, rest: { equals: 0 }, total: { atLeast: 1 } });
};
const notInPhase: Convert = (given) => {
  const { ns, label_selector: label, phase } = readArguments({ ...pods, phase: text.default('Running') }, given);
  return truth({ kind: 'ready', namespace: ns, ...selectorOf(label), phase, count: { equals: 0 }, total: { atLeast: 1 } });
};
const podConditions = z.array(z.object({ type: z.string().min(1), status: z.string().min(1) })).min(1);
const inConditions: Convert = (given) => {
  const { ns, label_selector: label, conditions: written } = readArguments({ ...pods, conditions: argument.other }, given);
  const conditions = podConditions.safeParse(written);
  if (!conditions.success) throw notReadable('"conditions" must be a list of objects with type and status', ['provider', 'arguments', 'conditions']);
  return truth(...conditions.data.map(({ type, status }): ProbeSpec => ({ kind: 'ready', namespace: ns, ...selectorOf(label), condition: { type, status: status as 'True' }, rest: { equals: 0 }, total: { atLeast: 1 } })));
};
const countPods: Convert = (given) => {
  const { ns, label_selector: label, phase } = readArguments({ ns: text.default('default'), label_selector: text, phase: text.optional() }, given);
  return { kind: 'count', spec: (bound) => ({ kind: 'ready', namespace: ns, ...selectorOf(label), ...(phase === undefined ? { total: bound } : { phase, count: bound }) }) as ProbeSpec };
};
const countMinPods: Convert = (given) => {
  const { ns, label_selector: label, phase, min_count: least } = readArguments({ ns: text.default('default'), label_selector: text, phase: text.default('Running'), min_count: whole.default(2) }, given);
  return truth({ kind: 'ready', namespace: ns, ...selectorOf(label), phase, count: { atLeast: least } } as ProbeSpec);
};
const podIsNotAvailable: Convert = (given) => {
  const { name, ns, label_selector: label } = readArguments({ name: text, ns: text.default('default'), label_selector: text.default('name in ({name})'), raise_on_is_available: flag.optional() }, given);
  return truth({ kind: 'ready', namespace: ns, selector: label.replaceAll('{name}', name), phase: 'Running', count: { equals: 0 } });
};
const allPodsHealthy: Convert = (given) => {
  const { ns } = readArguments({ ns: text.default('default'), raise_on_any_unhealthy: flag.optional() }, given);
  return truth({ kind: 'ready', namespace: ns, phase: ['Running', 'Succeeded'], rest: { equals: 0 } });
};
const serviceIsInitialized: Convert = (given) => {
  const { name, ns, label_selector: label } = readArguments({ name: text.optional(), ns: text.default('default'), label_selector: text.optional(), raise_if_service_not_initialized: flag.optional() }, given);
  if (name !== undefined && label === undefined) return truth({ kind: 'condition', object: { apiVersion: 'v1', kind: 'Service', namespace: ns, name }, exists: true });
  if (name !== undefined) throw notReadable('a label_selector beside a name can’t be carried over', ['provider', 'arguments', 'label_selector']);
  return truth({ kind: 'ready', namespace: ns, objects: { apiVersion: 'v1', kind: 'Service' }, ...selectorOf(label), total: { atLeast: 1 } });
};
const namespaceExists: Convert = (given) => {
  const { name } = readArguments({ name: text }, given);
  return truth({ kind: 'condition', object: { apiVersion: 'v1', kind: 'Namespace', name }, exists: true });
};
const nodes = { apiVersion: 'v1', kind: 'Node' } as const;
const nodesReady: Convert = (given) => {
  const { label_selector: label } = readArguments({ label_selector: text.optional() }, given);
  return truth({ kind: 'ready', objects: nodes, ...selectorOf(label), rest: { equals: 0 } });
};
const nodesCondition: Convert = (given) => {
  const { label_selector: label, condition_type: type, condition_value: status } = readArguments({ label_selector: text.optional(), condition_type: text.default('PIDPressure'), condition_value: text.default('False') }, given);
  return truth({ kind: 'ready', objects: nodes, ...selectorOf(label), condition: { type, status: status as 'False' }, rest: { equals: 0 } });
};
const deprecatedAvailable: Convert = (given) => {
  only(given, 'label_selector', undefined, 'name the Deployment alone');
  return available(given);
};

/**
 * The probes of chaostoolkit-kubernetes that can be carried over, by module and function, with the arguments and their defaults of its source
 * (chaosk8s/{pod,deployment,statefulset,service,namespace,node}/probes.py and chaosk8s/probes.py, which has older names of the same).
 */
export const kubernetesProbes: Readonly<Record<string, Convert>> = {
  'chaosk8s.deployment.probes.deployment_available_and_healthy': available,
  'chaosk8s.deployment.probes.deployment_partially_available': partially,
  'chaosk8s.deployment.probes.deployment_fully_available': fully('Deployment'),
  'chaosk8s.deployment.probes.deployment_not_fully_available': notFully('Deployment'),
  'chaosk8s.statefulset.probes.statefulset_fully_available': fully('StatefulSet'),
  'chaosk8s.statefulset.probes.statefulset_not_fully_available': notFully('StatefulSet'),
  'chaosk8s.pod.probes.pods_in_phase': inPhase,
  'chaosk8s.pod.probes.pods_not_in_phase': notInPhase,
  'chaosk8s.pod.probes.pods_in_conditions': inConditions,
  'chaosk8s.pod.probes.count_pods': countPods,
  'chaosk8s.pod.probes.count_min_pods': countMinPods,
  'chaosk8s.pod.probes.pod_is_not_available': podIsNotAvailable,
  'chaosk8s.pod.probes.all_pods_healthy': allPodsHealthy,
  'chaosk8s.service.probes.service_is_initialized': serviceIsInitialized,
  'chaosk8s.namespace.probes.namespace_exists': namespaceExists,
  'chaosk8s.node.probes.all_nodes_must_be_ready_to_schedule': nodesReady,
  'chaosk8s.node.probes.verify_nodes_condition': nodesCondition,
  'chaosk8s.probes.all_microservices_healthy': allPodsHealthy,
  'chaosk8s.probes.microservice_available_and_healthy': deprecatedAvailable,
  'chaosk8s.probes.microservice_is_not_available': podIsNotAvailable,
  'chaosk8s.probes.service_endpoint_is_initialized': (given) => {
    const { label_selector: label, ...rest } = given;
    return serviceIsInitialized(label === undefined ? rest : given);
  },
  'chaosk8s.probes.deployment_is_fully_available': fully('Deployment'),
  'chaosk8s.probes.deployment_is_not_fully_available': notFully('Deployment'),
};
