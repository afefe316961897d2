import { createHash } from 'node:crypto';
import type { KubeClient } from './client.ts';
import { KWOK_GROUP } from './cluster/kwok.ts';
import type { KubeObject } from './objects.ts';
import { canonical, canonicalText, type Json } from './state/canonical.ts';
import { listableKinds, listAll, type ListableKind } from './state/discovery.ts';
import { controllerOf, countPods, OWNERS } from './state/ownedPods.ts';

/** A cluster's objects as far as users decided them, by an id such as `apps/Deployment guestbook/frontend` or `Node node-1`. */
export type ClusterState = ReadonlyMap<string, Json>;

/** A difference between two states. */
export interface StateDifference {
  readonly id: string;
  /** Such as `spec.replicas` or `spec.template.spec.containers[0].env[1].value`; empty when the whole object is only in one. */
  readonly path: string;
  /** Undefined where it isn't there. Values of Secrets are digests. */
  readonly before: Json | undefined;
  readonly after: Json | undefined;
}

/** What no user owns: made and kept by the server or by controllers, or news that goes by. By group and resource. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  '/events',
  'events.k8s.io/events',
  'coordination.k8s.io/leases',
  'coordination.k8s.io/leasecandidates',
  '/endpoints',
  'discovery.k8s.io/endpointslices',
  '/componentstatuses',
  'networking.k8s.io/ipaddresses',
  'storage.k8s.io/volumeattachments',
  'storage.k8s.io/csistoragecapacities',
  'metrics.k8s.io/pods',
  'metrics.k8s.io/nodes',
]);

/** Kinds whose objects stand in their owner when a controller owns them. */
const IN_THEIR_OWNER: readonly string[] = ['Pod', 'ReplicaSet', 'Job', 'ControllerRevision'];

const isLeftOut = ({ group, resource }: ListableKind): boolean => LEFT_OUT.has(`${group}/${resource}`) || group === KWOK_GROUP;

/** The server registers its own groups; only what somebody added is somebody's. */
const isOfServer = ({ kind, spec }: KubeObject & { readonly spec?: unknown }): boolean => kind === 'APIService' && (spec as { readonly service?: unknown } | undefined)?.service === undefined;

function idOf({ apiVersion, kind, metadata: { namespace, name = '' } }: KubeObject): string {
  const group = apiVersion.includes('/') ? `${apiVersion.replace(/\/.*/, '')}/` : '';
  return `${group}${kind} ${namespace === undefined ? name : `${namespace}/${name}`}`;
}

/**
 * Reads every object of every kind that the server lists, custom resources too, and keeps what users decided: labels, annotations,
 * finalizers, spec, data. Left out: uid, resourceVersion, generation, times, managed fields, status, events, leases, endpoints,
 * revision annotations, heartbeats and their taints, tokens of service accounts, and the routes of this test environment. Pods,
 * ReplicaSets, Jobs and revisions that a controller owns are left out too: in their owner's place, `pods` says how many pods are ready, and how
 * many are of its current template.
 */
export async function clusterState(client: KubeClient): Promise<ClusterState> {
  const kinds = (await listableKinds(client)).filter((kind) => !isLeftOut(kind));
  const objects = (await Promise.all(kinds.map((kind) => listAll(client, kind)))).flat();
  const podsOf = countPods(objects);
  const users = objects.filter((object) => !isOfServer(object) && !(IN_THEIR_OWNER.includes(object.kind) && controllerOf(object) !== undefined));
  return new Map(users.map((object): [string, Json] => [idOf(object), { ...canonical(object), ...(OWNERS.includes(object.kind) ? { pods: { ...podsOf(object) } } : {}) }]).sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** One digest of a state: equal for equal states, as hexadecimal. */
export function stateHash(state: ClusterState): string {
  const hash = createHash('sha256');
  for (const [id, object] of state) hash.update(`${id}\0${canonicalText(object)}\0`);
  return hash.digest('hex');
}

/** Says in which objects, and where in them, two states differ. Empty exactly when their hashes are equal. */
export function diffStates(before: ClusterState, after: ClusterState): readonly StateDifference[] {
  return [...new Set([...before.keys(), ...after.keys()])].sort().flatMap((id) => {
    const [one, other] = [before.get(id), after.get(id)];
    if (one === undefined || other === undefined) return [{ id, path: '', before: one, after: other }];
    return differences(one, other, '').map((difference) => ({ id, ...difference }));
  });
}

function differences(before: Json | undefined, after: Json | undefined, path: string): readonly Omit<StateDifference, 'id'>[] {
  if (before !== undefined && after !== undefined) {
    if (canonicalText(before) === canonicalText(after)) return [];
    const keys = Array.isArray(before) === Array.isArray(after) && isTree(before) && isTree(after) ? [...new Set([...Object.keys(before), ...Object.keys(after)])] : [];
    if (keys.length > 0) return keys.flatMap((key) => differences((before as Tree)[key], (after as Tree)[key], step(path, key, Array.isArray(before))));
  }
  return before === after ? [] : [{ path, before, after }];
}

type Tree = Readonly<Record<string, Json>>;

const isTree = (value: Json): value is Tree => typeof value === 'object' && value !== null;

function step(path: string, key: string, inArray: boolean): string {
  if (inArray) return `${path}[${key}]`;
  if (!/^[\w-]+$/.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === '' ? key : `${path}.${key}`;
}
