import { PodscopeError } from '@podscope/core';
import type { KubernetesTarget } from '../../definition/targets.ts';
import type { Access, KubernetesApi } from '../api/types.ts';
import { openRedisSession } from './redisSession.ts';

/** Which pod is meant. */
export interface PodRef {
  readonly namespace: string;
  readonly name: string;
}

/** Options of {@link kubernetesTarget}. */
export interface KubernetesTargetOptions {
  /** @default 'podscope.dev/faults' */
  readonly optInLabel?: string;
  /** The password of the Redis in a pod; never stored, and never part of a message. @default none */
  readonly redisPassword?: string | ((pod: PodRef) => string | undefined | Promise<string | undefined>) | undefined;
  /** The token of the guestbook's switch, where it wants one. @default none */
  readonly switchToken?: string | ((pod: PodRef) => string | undefined | Promise<string | undefined>) | undefined;
}

/** What a target needs beside what its faults do. */
export const kubernetesTargetAccesses: readonly Access[] = [
  { verb: 'get', group: '', resource: 'namespaces', name: 'kube-system' },
  { verb: 'get', group: '', resource: 'nodes' },
];

const SYSTEM = { apiVersion: 'v1', kind: 'Namespace', name: 'kube-system' };
const REDIS_PORT = 6379;

/**
 * A cluster as a target of faults. Its id is the uid of the namespace `kube-system`, which is the same for everybody and changes when the
 * cluster is made anew.
 *
 * @throws PodscopeError as the API's read; FAULT_TARGET_UNFIT where there is no such namespace.
 */
export async function kubernetesTarget(api: KubernetesApi, options: KubernetesTargetOptions = {}): Promise<KubernetesTarget> {
  const id = (await api.read(SYSTEM))?.metadata.uid;
  if (id === undefined) throw new PodscopeError('FAULT_TARGET_UNFIT', `${api.context} has no namespace kube-system, so it can't be told from other clusters.`, { hint: 'Is it a virtual cluster, or still being set up?' });
  const fake = new Map<string, boolean>();
  return {
    kind: 'kubernetes',
    id,
    api,
    optInLabel: options.optInLabel ?? 'podscope.dev/faults',
    connect: (pod, port) => api.connect(pod, port),
    async redis(pod, port = REDIS_PORT) {
      const password = await secretOf(options.redisPassword, pod);
      return await openRedisSession(await api.connect(pod, port), { of: `${pod.namespace}/${pod.name}`, password });
    },
    switchToken: (pod) => secretOf(options.switchToken, pod),
    async isFakeNode(name) {
      const known = fake.get(name);
      if (known !== undefined) return known;
      const node = await api.read({ apiVersion: 'v1', kind: 'Node', name });
      if (node === undefined) return false;
      const { nodeInfo } = (node['status'] ?? {}) as { readonly nodeInfo?: { readonly kubeletVersion?: string; readonly containerRuntimeVersion?: string } };
      // The annotation that kwok's own manifests choose nodes by (kustomize/kwok/kwok.yaml), and the version that it writes into their status.
      const isFake = node.metadata.annotations?.['kwok.x-k8s.io/node'] === 'fake' || [nodeInfo?.kubeletVersion, nodeInfo?.containerRuntimeVersion].some((version) => version?.startsWith('kwok') ?? false);
      fake.set(name, isFake);
      return isFake;
    },
  };
}

async function secretOf(secret: KubernetesTargetOptions['redisPassword'], pod: PodRef): Promise<string | undefined> {
  return typeof secret === 'function' ? await secret(pod) : secret;
}
