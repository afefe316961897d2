import type { KubeClient } from '../client.ts';
import type { KubeObject } from '../objects.ts';

/** A node that kwok stands in for. */
export interface NodeShape {
  /** @default node-1, node-2, … */
  readonly name?: string;
  /** How many pods fit on it. */
  readonly pods: number;
  /** In Kubernetes' notation. @default 32 */
  readonly cpu?: string;
  /** In Kubernetes' notation. @default 64Gi */
  readonly memory?: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/** 39 pods in all: of a Deployment of 100, 61 stay pending. */
export const DEFAULT_NODES: readonly NodeShape[] = [{ pods: 10 }, { pods: 10 }, { pods: 10 }, { pods: 9 }];

/**
 * Nodes as a kubelet registers them, whose kubelet is kwok's server: the API server asks it for logs, port forwards and commands, at
 * the node's address and port.
 */
export function nodeObjects(shapes: readonly NodeShape[], kubeletPort: number): readonly KubeObject[] {
  return shapes.map(({ name, pods, cpu = '32', memory = '64Gi', labels = {} }, index) => {
    const host = name ?? `node-${index + 1}`;
    const room = { cpu, memory, pods: String(pods), 'ephemeral-storage': '100Gi' };
    return {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: host, labels: { 'kubernetes.io/hostname': host, 'kubernetes.io/os': 'linux', 'kubernetes.io/arch': 'amd64', ...labels } },
      spec: {},
      status: {
        capacity: room,
        allocatable: room,
        addresses: [{ type: 'InternalIP', address: '127.0.0.1' }, { type: 'Hostname', address: host }],
        daemonEndpoints: { kubeletEndpoint: { Port: kubeletPort } },
        nodeInfo: {
          architecture: 'amd64',
          operatingSystem: 'linux',
          kubeletVersion: 'kwok-v0.8.0',
          kubeProxyVersion: '',
          containerRuntimeVersion: 'kwok-v0.8.0',
          kernelVersion: '',
          osImage: '',
          bootID: '',
          machineID: '',
          systemUUID: '',
        },
      },
    };
  });
}

interface NodeList {
  readonly items: readonly {
    readonly spec: { readonly taints?: readonly { readonly key: string }[] };
    readonly status: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
  }[];
}

/** Whether this many nodes are ready, and free of the taint that a new node has until the node controller has seen that. */
export async function areReady(client: KubeClient, count: number): Promise<boolean> {
  const { body } = await client.request({ path: '/api/v1/nodes' });
  const { items } = body as NodeList;
  return items.filter(({ spec, status }) => (spec.taints ?? []).length === 0 && status.conditions?.some(({ type, status: holds }) => type === 'Ready' && holds === 'True')).length >= count;
}
