import { z } from 'zod';
import type { FaultCheck } from '../../definition/check.ts';
import { defineFault, type FaultOn, type Unchanged } from '../../definition/defineFault.ts';
import type { KubernetesTarget } from '../../definition/targets.ts';
import type { ObjectToWrite } from '../../kubernetes/api/types.ts';
import { createdLeft, createdName, createObjects, creation, PLANNED_ID, removeCreated } from '../../kubernetes/objects/createdObjects.ts';
import { type EditedBefore, editedObjects, injectEdits, notRestored, revertEdits, takenBy } from '../../kubernetes/objects/editedObjects.ts';
import { livingPods } from '../../kubernetes/objects/podKills.ts';
import { readNeeded, unfit } from '../../kubernetes/objects/refs.ts';
import { allOnFakeNodes } from '../../kubernetes/objects/templateFault.ts';
import { lookAccesses, namespaceParam, type Workload, workloadParam, workloadRef } from '../../kubernetes/objects/workloads.ts';
import { type Labels, type NetworkPolicy, ownLabel, policiesFor, without } from './policies.ts';
import { reaches } from './reach.ts';

const params = z.object({
  namespace: namespaceParam(),
  workload: workloadParam(),
  direction: z.enum(['both', 'ingress', 'egress']).default('both').describe('Which way nothing gets through.'),
  port: z.int().min(1).max(65_535).optional().describe('A TCP port of the pods, by which is looked whether they can be reached. Without it the first that a container names.'),
});

type Params = z.output<typeof params>;

/** What is stored from before. */
interface Before extends EditedBefore {
  readonly workload: Workload;
  /** The label by which its pods are chosen. */
  readonly label: readonly [string, string];
  readonly count: number;
  /** Pods of the namespace. */
  readonly pods: number;
  /** A pod that the API server could reach, and where. */
  readonly reached: { readonly name: string; readonly port: number } | null;
  /** True where all the pods are on nodes that run nothing. */
  readonly fake: boolean;
}

const POLICY = { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy' };

function denial(id: string, { namespace, direction }: Params, [key, value]: Before['label']): ObjectToWrite {
  const policyTypes = direction === 'both' ? ['Ingress', 'Egress'] : [direction === 'ingress' ? 'Ingress' : 'Egress'];
  return { ...POLICY, metadata: { name: createdName(id), namespace }, spec: { podSelector: { matchLabels: { [key]: value } }, policyTypes } };
}

/** The policies are edited as they were found; which they are is known only then. */
const editsOf = (found: readonly NetworkPolicy[], label: Before['label']) =>
  editedObjects<Params>({
    objects: () => found.map(({ metadata: { namespace, name } }) => ({ ...POLICY, namespace, name })),
    edit: (object) => without(object as NetworkPolicy, label),
  });
const edits = editsOf([], ['', '']);

function firstPort(workload: Workload): number | undefined {
  const ports = workload.spec.template.spec.containers.flatMap((each) => (each['ports'] ?? []) as readonly { readonly containerPort?: number; readonly protocol?: string }[]);
  return ports.find(({ protocol = 'TCP' }) => protocol === 'TCP')?.containerPort;
}

const onKubernetes: FaultOn<KubernetesTarget, Params, Before> = {
  ...edits,
  accesses: (given) => [
    ...lookAccesses(workloadRef(given)),
    ...['get', 'list', 'create', 'patch', 'delete'].map((verb) => ({ verb, group: 'networking.k8s.io', resource: 'networkpolicies', namespace: given.namespace })),
    { verb: 'get', group: '', resource: 'pods', subresource: 'proxy', namespace: given.namespace },
    { verb: 'get', group: '', resource: 'nodes' },
  ],
  async observe(target, given): Promise<Before> {
    const { api } = target;
    const { namespace } = given;
    const workload = (await readNeeded(api, workloadRef(given))) as Workload;
    const living = await livingPods(api, workload);
    if (living.length === 0) throw unfit(`${workload.kind} ${namespace}/${workload.metadata.name} has no pods.`, 'Scale it up first: there is nothing to cut off.');
    const uids = new Set(living.map(({ uid }) => uid));
    const all = await api.list({ apiVersion: 'v1', kind: 'Pod', namespace }, ({ metadata: { uid = '', labels = {} } }) => ({ own: uids.has(uid), labels }));
    const others: readonly Labels[] = all.filter(({ own }) => !own).map(({ labels }) => labels);
    const labels = workload.spec.template.metadata?.labels ?? {};
    const label = ownLabel(workload.spec.selector, labels, others);
    const policies = (await api.list({ ...POLICY, namespace })) as readonly NetworkPolicy[];
    const edited = await editsOf(policiesFor(policies, labels, given.direction), label).observe(target, given);
    const fake = await allOnFakeNodes(target, living);
    const port = given.port ?? firstPort(workload);
    const pod = living.find(({ ready }) => ready);
    const reached = !fake && given.direction !== 'egress' && port !== undefined && pod !== undefined && (await reaches(api, { namespace, name: pod.name }, port, new AbortController().signal)) === true;
    return { ...edited, workload, label, count: living.length, pods: all.length, fake, reached: reached ? { name: pod.name, port } : null };
  },
  plan: (before, given) => ({
    changes: [...edits.plan(before, given).changes, creation(denial(PLANNED_ID, given, before.label), `lets nothing through (${given.direction}) for pods with ${before.label.join('=')}`)],
  }),
  blastRadius: (before, given) => ({ unit: 'pods', count: before.count, of: Math.max(before.pods, before.count), objects: [...takenBy(before), { ...workloadRef(given), paths: [] }] }),
  async inject(run, given) {
    await createObjects(run, [denial(run.id, given, run.before.label)]);
    await injectEdits(run);
  },
  async verify({ target, before, signal, id }, given): Promise<FaultCheck> {
    const policy = await target.api.read({ ...POLICY, namespace: given.namespace, name: createdName(id) });
    const finding = `the policy is ${policy === undefined ? 'not ' : ''}there, and ${before.edited.length} others were changed so that they let nothing through`;
    if (policy === undefined) return { symptom: 'absent', findings: [finding] };
    if (before.reached === null) {
      const why = before.fake ? 'their nodes run nothing' : 'the API server could not reach them before either';
      return { symptom: 'unverifiable', findings: [finding, `whether the network plugin keeps to it can’t be seen: ${why}`] };
    }
    const answer = await reaches(target.api, { namespace: given.namespace, name: before.reached.name }, before.reached.port, signal);
    const where = `port ${before.reached.port} of Pod ${before.reached.name}`;
    if (answer === undefined) return { symptom: 'unverifiable', findings: [finding, `Pod ${before.reached.name} is gone, or may not be asked any more`] };
    return { symptom: answer ? 'absent' : 'present', findings: [finding, answer ? `${where} still answers: the network plugin may not keep to policies` : `${where} answered before, and does not now`] };
  },
  async revert(run, given) {
    await revertEdits(run);
    await removeCreated(run, [denial(run.id, given, run.before.label)]);
  },
  async restored(run, given): Promise<FaultCheck> {
    const lines = [...(await createdLeft(run, [denial(run.id, given, run.before.label)])).map((each) => `${each} is still there`), ...(await notRestored(run))];
    return { symptom: lines.length > 0 ? 'present' : 'absent', findings: lines.length > 0 ? lines : ['all policies are as before'] };
  },
};

/** Parameters of {@link networkCutOff}. */
export type NetworkCutOffParams = Unchanged<z.input<typeof params>>;

/** Lets nothing through to the pods of a workload, nor from them. */
export const networkCutOff = defineFault({
  id: 'network-cut-off',
  title: 'Pods that nothing reaches',
  params,
  provable: 'runtime',
  symptom: 'In apache-*, no more lines of these pods, or http.response.status_code 500 of those that call them; callers log timeouts, not refused connections, in kubernetes-*. The pods stay running and ready in metricbeat-*: kubelets are let through.',
  targets: { kubernetes: onKubernetes },
});
