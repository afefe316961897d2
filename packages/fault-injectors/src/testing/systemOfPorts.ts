import { readFile } from 'node:fs/promises';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { AnyTarget, LocalTarget, SystemTarget, TargetKind } from '../definition/targets.ts';
import { connectKubernetes } from '../kubernetes/api/api.ts';
import { kubernetesTarget } from '../kubernetes/application/kubernetesTarget.ts';
import { askPod } from '../kubernetes/application/podHttp.ts';
import { openRedisSession } from '../kubernetes/application/redisSession.ts';
import type { WebBehaviour, WebSwitch } from '../target.ts';

/** Real processes of a test, as data: a child process can have them too. */
export interface Ports {
  readonly redis?: readonly { readonly name: string; readonly role: 'primary' | 'replica'; readonly port: number }[];
  readonly web?: readonly { readonly name: string; readonly port: number; readonly adminPort: number; readonly logFile: string }[];
  /** Of the cluster through which the others are reached. */
  readonly kubeconfig?: string;
  readonly local?: { readonly runDirectory: string; readonly processes: Awaited<ReturnType<LocalTarget['processes']>> };
}

/** A connection to a port of this machine. */
export async function openPort(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  return socket;
}

/** A guestbook system of real processes. It has no clients, and can't scale. */
export function systemOfPorts({ redis = [], web = [] }: Ports): SystemTarget {
  const none = () => Promise.reject(new Error('This system has none of these.'));
  return {
    kind: 'system',
    id: 'ports',
    pods: async () => [...redis.map(({ name, role }) => ({ namespace: 'guestbook', name, deployment: `redis-${role}`, role })), ...web.map(({ name }) => ({ namespace: 'guestbook', name, deployment: 'frontend' }))],
    replicas: none,
    setReplicas: none,
    clients: async () => [],
    startClient: none,
    stopClient: none,
    publishedPages: async () => [],
    unpublish: none,
    redis: async (pod) => {
      const { port = 0 } = redis.find(({ name }) => name === pod) ?? {};
      return await openRedisSession(await openPort(port), { of: pod });
    },
    restart: none,
    web: switchOf(web),
  };
}

function switchOf(web: NonNullable<Ports['web']>): WebSwitch {
  const find = (pod: string) => web.find(({ name }) => name === pod) ?? { port: 0, adminPort: 0, logFile: '' };
  const admin = async (pod: string, request: Parameters<typeof askPod>[2]): Promise<unknown> => {
    const { status, body } = await askPod(await openPort(find(pod).adminPort), pod, request);
    if (status !== 200) throw new Error(`${pod}: ${status} ${body}`);
    return JSON.parse(body);
  };
  return {
    behaviours: async (pod) => ((await admin(pod, { path: '/behaviours' })) as { readonly behaviours: Awaited<ReturnType<WebSwitch['behaviours']>> }).behaviours,
    behave: async (pod, id, behaviour: WebBehaviour, seconds) => void (await admin(pod, { method: 'PUT', path: `/behaviours/${id}`, body: JSON.stringify({ behaviour, seconds }) })),
    unbehave: async (pod, id) => void (await admin(pod, { method: 'DELETE', path: `/behaviours/${id}` })),
    async request(pod, path) {
      const { status, milliseconds } = await askPod(await openPort(find(pod).port), pod, { path });
      return { status, milliseconds };
    },
    // As the runtime writes it: stamp, stream, F, text.
    log: async (pod, lines) => (await readFile(find(pod).logFile, 'utf8')).split('\n').filter((line) => line !== '').slice(-lines).map((line) => line.split(' ').slice(3).join(' ')),
  };
}

/** The processes of a run directory. */
export function localOfPorts({ local }: Ports): LocalTarget {
  const { runDirectory, processes } = local ?? { runDirectory: '/nonexistent', processes: [] };
  return { kind: 'local', id: `local:${runDirectory}`, runDirectory, processes: async () => processes };
}

/** The same processes as a target of that kind. */
export async function targetOfPorts(kind: TargetKind, ports: Ports): Promise<AnyTarget> {
  if (kind === 'system') return systemOfPorts(ports);
  if (kind === 'local') return localOfPorts(ports);
  return await kubernetesTarget(await connectKubernetes({ kubeconfig: ports.kubeconfig }));
}
