import { z } from 'zod';
import type { StepInput } from '../experiment.ts';
import { argument, type Arguments, notReadable, only, readArguments } from './arguments.ts';

const { text, flag, whole } = argument;
const deny = { ns: text.default('default'), label_selectors: argument.labels.optional() };

/** Only pods of namespaces that take part are evicted. */
const OPTED_IN = 'podscope.dev/faults=allowed';
/** As many as the fault can kill. */
const MOST_PODS = 1_000;
/** What a pod has unless it says otherwise (core/v1, `terminationGracePeriodSeconds`). */
const OWN_GRACE_S = 30;

/** What an action becomes: a fault, or the end of one that an earlier action made. */
export type ConvertedAction =
  | { readonly kind: 'fault'; readonly step: Omit<Extract<StepInput, { readonly fault: string }>, 'name'>; /** What the action that ends it is called with. */ readonly key: string }
  | { readonly kind: 'revert'; readonly key: string };

type Convert = (given: Arguments) => ConvertedAction;

const fault = (id: string, params: Readonly<Record<string, unknown>>, key: string, more: object = {}): ConvertedAction => ({ kind: 'fault', key, step: { fault: id, params, ...more } });

/** The nodes that an action means. */
const nodeOf = ({ name, label_selector: label }: { readonly name?: string | undefined; readonly label_selector?: string | undefined }): { readonly params?: { readonly node: string }; readonly find?: { readonly nodes?: string | undefined } } => {
  if (name !== undefined && label !== undefined) throw notReadable('a name and a label_selector together can’t be carried over', ['provider', 'arguments', 'label_selector']);
  if (name === undefined && label === undefined) throw notReadable('it would mean every node of the cluster: give a name or a label_selector', ['provider', 'arguments']);
  return name === undefined ? { find: { nodes: label } } : { params: { node: name } };
};
const nodeKey = (given: Arguments): string => `node ${String(given['name'] ?? given['label_selector'] ?? '')}`;

/** Which pods, and how many of them (chaosk8s/pod/actions.py, `_select_pods`): one unless told otherwise. */
const terminatePods: Convert = (given) => {
  const { ns, label_selector: label, name_pattern: pattern, all, mode, qty, grace_period: grace } = readArguments(
    { label_selector: text.optional(), name_pattern: text.optional(), all: flag.default(false), rand: flag.optional(), mode: z.enum(['fixed', 'percentage']).default('fixed'), qty: whole.default(1), grace_period: whole.default(-1), ns: text.default('default'), order: text.optional() },
    given,
  );
  only(given, 'order', 'alphabetic', 'the pods are chosen by chance');
  if (typeof all === 'string') throw notReadable('whether all pods are meant must stand in the experiment', ['provider', 'arguments', 'all']);
  if (pattern !== undefined) throw notReadable('pods can’t be chosen by a pattern of their names', ['provider', 'arguments', 'name_pattern']);
  if (label === undefined || label === '') throw notReadable('it would mean every pod of the namespace: give a label_selector', ['provider', 'arguments']);
  const everyPod = all || (mode === 'percentage' && qty === 100);
  if (mode === 'percentage' && !everyPod) throw notReadable('only a number of pods, or all of them, can be carried over', ['provider', 'arguments', 'mode']);
  // More than there are means all of them. Without a grace period, chaosk8s lets the pod have its own.
  return fault('pod-kill', { namespace: ns, count: everyPod ? MOST_PODS : qty, gracePeriodSeconds: typeof grace === 'number' && grace < 0 ? OWN_GRACE_S : grace }, `pods ${ns}`, { find: { pods: label } });
};

const scale = (kind: 'deployment' | 'statefulset'): Convert => (given) => {
  const { name, replicas, ns } = readArguments({ name: text, replicas: whole, ns: text.default('default') }, given);
  const key = `${kind} ${ns}/${name}`;
  if (replicas === 0) return fault('scale-to-zero', { namespace: ns, workload: `${kind}/${name}` }, key);
  if (kind === 'statefulset') throw notReadable('a StatefulSet can be scaled to 0 only', ['provider', 'arguments', 'replicas']);
  // How many fit is not known here: whether some stay pending isn't what the experiment asks.
  return fault('replica-storm', { namespace: ns, deployment: name, replicas }, key, { verify: false });
};

const cut = (direction: 'ingress' | 'egress'): Convert => (given) => {
  const { ns, label_selectors: labels } = readArguments(deny, given);
  return cutOff(ns, labels ?? {}, direction, `chaostoolkit-deny-all-${direction}`);
};

function cutOff(ns: string, labels: Readonly<Record<string, string>>, direction: 'ingress' | 'egress' | 'both', policy: string): ConvertedAction {
  if (Object.keys(labels).length === 0) throw notReadable('a whole namespace can’t be cut off: give the labels of one workload', ['provider', 'arguments']);
  return fault('network-cut-off', { namespace: ns, direction }, `policy ${ns}/${policy}`, { find: { pods: selectorText(labels) } });
}

const selectorText = (labels: Readonly<Record<string, string>>): string => Object.entries(labels).map(([key, value]) => `${key}=${value}`).join(',');

/** A NetworkPolicy, as far as it can be one of our faults: one that lets nothing through. */
const denyAll = z.object({
  metadata: z.object({ name: z.string().nullish() }).nullish(),
  spec: z.object({
    podSelector: z.strictObject({ matchLabels: z.record(z.string(), z.string()).nullish() }).nullish(),
    policyTypes: z.array(z.enum(['Ingress', 'Egress'])).min(1).default(['Ingress']),
    ingress: z.array(z.unknown()).max(0).nullish(),
    egress: z.array(z.unknown()).max(0).nullish(),
  }),
});

/** Only a policy that denies everything is one of our faults. */
const createPolicy: Convert = (given) => {
  const { ns, spec: written } = readArguments({ spec: argument.other, ns: text.default('default') }, given);
  const policy = denyAll.safeParse(written);
  if (!policy.success) throw notReadable('only a policy that denies everything can be carried over', ['provider', 'arguments', 'spec']);
  const { metadata, spec } = policy.data;
  const types = new Set(spec.policyTypes);
  const direction = types.size === 2 ? 'both' : types.has('Egress') ? 'egress' : 'ingress';
  return cutOff(ns, spec.podSelector?.matchLabels ?? {}, direction, metadata?.name ?? '');
};

const removed = (name: string): Convert => (given) => {
  const { ns } = readArguments({ ns: text.default('default') }, given);
  return { kind: 'revert', key: `policy ${ns}/${name}` };
};

/**
 * The actions of chaostoolkit-kubernetes that are faults of ours, or undo one, by module and function, with the arguments and their defaults
 * of its source (chaosk8s/{pod,deployment,statefulset,node,networking}/actions.py and chaosk8s/actions.py, which has an older name of one).
 */
export const kubernetesActions: Readonly<Record<string, Convert>> = {
  'chaosk8s.pod.actions.terminate_pods': terminatePods,
  'chaosk8s.pod.actions.delete_pods': (given) => {
    const { name, ns, label_selector: label } = readArguments({ name: text.optional(), ns: text.default('default'), label_selector: text.optional() }, given);
    return terminatePods({ ns, ...(name === undefined ? {} : { name_pattern: name }), ...(label === undefined ? {} : { label_selector: label }) });
  },
  'chaosk8s.deployment.actions.scale_deployment': scale('deployment'),
  'chaosk8s.statefulset.actions.scale_statefulset': scale('statefulset'),
  'chaosk8s.actions.scale_microservice': scale('deployment'),
  'chaosk8s.node.actions.cordon_node': (given) => {
    const { params = {}, ...more } = nodeOf(readArguments({ name: text.optional(), label_selector: text.optional() }, given));
    return fault('node-cordon', params, nodeKey(given), more);
  },
  'chaosk8s.node.actions.drain_nodes': (given) => {
    const read = readArguments({ name: text.optional(), label_selector: text.optional(), delete_pods_with_local_storage: flag.optional(), timeout: whole.default(120), count: whole.optional() }, given);
    only(given, 'count', undefined, 'name the node');
    const { params = {}, find = {} } = nodeOf(read);
    const seconds = typeof read.timeout === 'number' ? Math.min(read.timeout, 600) : 60;
    return fault('node-drain', { ...params, evictSeconds: seconds, deleteEmptyDirData: read.delete_pods_with_local_storage ?? false }, nodeKey(given), { find: { ...find, namespaces: OPTED_IN }, verify: `${seconds + 60}s` });
  },
  'chaosk8s.node.actions.uncordon_node': (given) => {
    nodeOf(readArguments({ name: text.optional(), label_selector: text.optional() }, given));
    return { kind: 'revert', key: nodeKey(given) };
  },
  'chaosk8s.networking.actions.deny_all_ingress': cut('ingress'),
  'chaosk8s.networking.actions.deny_all_egress': cut('egress'),
  'chaosk8s.networking.actions.create_network_policy': createPolicy,
  'chaosk8s.networking.actions.remove_deny_all_ingress': removed('chaostoolkit-deny-all-ingress'),
  'chaosk8s.networking.actions.remove_deny_all_egress': removed('chaostoolkit-deny-all-egress'),
  'chaosk8s.networking.actions.remove_network_policy': (given) => {
    const { name, ns } = readArguments({ name: text, ns: text.default('default') }, given);
    return { kind: 'revert', key: `policy ${ns}/${name}` };
  },
};
