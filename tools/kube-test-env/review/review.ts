import { isPodscopeError } from '../../../packages/core/src/index.ts';
import type { KubeClient } from '../client.ts';
import { inDependencyOrder } from '../manifests.ts';
import { titleOf, type KubeObject } from '../objects.ts';
import { podOf } from './podTemplates.ts';
import { excessOf } from './rights.ts';

/** Something that is wrong with a set of manifests. */
export interface Finding {
  /**
   * `refused`: the server does not take it. `warning`: it takes it and warns. `pod-refused`: it would not take the pods.
   * `changes-again`: a second apply of the same changes something. `needless-privilege`: its namespace is privileged, and its pods
   * would do with less. `excess-right`: its service account may do what no shipper needs.
   */
  readonly rule: 'refused' | 'warning' | 'pod-refused' | 'changes-again' | 'needless-privilege' | 'excess-right';
  /** Such as `DaemonSet node-agents/fluent-bit`. */
  readonly object: string;
  readonly problem: string;
}

const ENFORCE = 'pod-security.kubernetes.io/enforce';
/** Namespaces of a level each, in which pods are tried and none is ever made. */
const PROBES = { restricted: 'probe-restricted', baseline: 'probe-baseline' } as const;

/** What others need before they can even be tried. */
const isGround = ({ kind }: KubeObject): boolean => kind === 'Namespace' || kind === 'CustomResourceDefinition';

async function attempt<Result>(work: () => Promise<Result>): Promise<Result | string> {
  try {
    return await work();
  } catch (error) {
    if (isPodscopeError(error) && error.code.startsWith('KUBE_')) return error.message;
    throw error;
  }
}

/**
 * Tries a set of manifests on a server as an administrator would: a dry run of each object with strict field validation, in its own
 * namespace; then everything for real, twice; then, as a dry run, the pod of each workload; and asks the authorizer what each service
 * account may do. What is wrong comes back; the objects stay.
 */
export async function reviewManifests(client: KubeClient, objects: readonly KubeObject[]): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const ordered = inDependencyOrder(objects);
  const tell = (rule: Finding['rule'], object: KubeObject, problem: string): void => void findings.push({ rule, object: titleOf(object), problem });
  for (const object of ordered.filter(isGround)) {
    const applied = await attempt(() => client.apply(object));
    if (typeof applied === 'string') tell('refused', object, applied);
    else if (object.kind === 'CustomResourceDefinition') await client.established(object.metadata.name ?? '');
    // As the controller does, which doesn't run here.
    else await client.apply({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', namespace: object.metadata.name ?? '' } }, { fieldManager: 'podscope-review' });
  }
  for (const object of ordered.filter((each) => !isGround(each))) {
    const tried = await attempt(() => client.apply(object, { dryRun: true }));
    if (typeof tried === 'string') tell('refused', object, tried);
    else for (const warning of tried.warnings) tell('warning', object, warning);
  }
  // What can't be applied has been told already; the rest would only say it once more.
  if (findings.some(({ rule }) => rule === 'refused')) return findings;
  await applyTwice(client, ordered, tell);
  await fillQuotas(client, ordered);
  await tryPods(client, ordered, tell);
  for (const account of ordered.filter(({ kind }) => kind === 'ServiceAccount')) {
    for (const excess of await excessOf(client, account)) tell('excess-right', account, excess);
  }
  return findings;
}

type Tell = (rule: Finding['rule'], object: KubeObject, problem: string) => void;

async function applyTwice(client: KubeClient, objects: readonly KubeObject[], tell: Tell): Promise<void> {
  const versions = new Map<KubeObject, string | undefined>();
  for (const object of objects) versions.set(object, (await client.apply(object)).object.metadata.resourceVersion);
  for (const object of objects.filter(({ kind }) => kind !== 'CustomResourceDefinition')) {
    const again = (await client.apply(object)).object.metadata.resourceVersion;
    if (again !== versions.get(object)) tell('changes-again', object, `resourceVersion ${versions.get(object)} became ${again}`);
  }
}

/** Does what the quota controller does, which doesn't run here: until a quota knows what is used, no pod that it counts is let in. */
async function fillQuotas(client: KubeClient, objects: readonly KubeObject[]): Promise<void> {
  for (const { kind, metadata, spec } of objects) {
    if (kind !== 'ResourceQuota') continue;
    const { hard } = spec as { readonly hard: Readonly<Record<string, string>> };
    const used = Object.fromEntries(Object.keys(hard).map((resource) => [resource, '0']));
    const path = `/api/v1/namespaces/${metadata.namespace}/resourcequotas/${metadata.name}/status`;
    await client.request({ method: 'PATCH', path, body: { status: { hard, used } }, contentType: 'application/merge-patch+json' });
  }
}

async function tryPods(client: KubeClient, objects: readonly KubeObject[], tell: Tell): Promise<void> {
  const privileged = new Set(objects.filter(({ kind, metadata }) => kind === 'Namespace' && metadata.labels?.[ENFORCE] === 'privileged').map(({ metadata }) => metadata.name));
  if (privileged.size > 0) await makeProbes(client);
  for (const object of objects) {
    const pod = podOf(object);
    if (pod === undefined) continue;
    const tried = await attempt(() => client.create(pod, { dryRun: true }));
    if (typeof tried === 'string') tell('pod-refused', object, tried);
    else for (const warning of tried.warnings) tell('warning', object, `its pod: ${warning}`);
    if (!privileged.has(pod.metadata.namespace)) continue;
    for (const [level, namespace] of Object.entries(PROBES)) {
      const elsewhere: KubeObject = { ...pod, metadata: { ...pod.metadata, namespace }, spec: { ...(pod['spec'] as object), serviceAccountName: 'default', serviceAccount: 'default' } };
      const refused = await attempt(() => client.create(elsewhere, { dryRun: true }));
      if (typeof refused !== 'string') tell('needless-privilege', object, `its pods are fine where pod security is ${level}`);
      else if (!refused.includes('violates PodSecurity')) tell('needless-privilege', object, `whether it needs the privilege can't be told: ${refused}`);
    }
  }
}

async function makeProbes(client: KubeClient): Promise<void> {
  for (const [level, name] of Object.entries(PROBES)) {
    await client.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: { [ENFORCE]: level } } });
    await client.apply({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', namespace: name } });
  }
}
