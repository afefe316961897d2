import { PodscopeError } from '@podscope/core';
import { z } from 'zod';
import type { KubernetesTarget, SystemTarget } from '../../definition/targets.ts';
import type { KubernetesObject } from '../../kubernetes/api/types.ts';
import { askPod } from '../../kubernetes/application/podHttp.ts';
import type { WebBehaviour, WebSwitch } from '../../target.ts';
import { runningPod } from '../runningPod.ts';

/** One web pod. */
export interface WebPod {
  readonly name: string;
  /** On a cluster. */
  readonly pod?: { readonly namespace: string; readonly name: string; readonly uid: string };
}

/** The guestbook's web pods with their switches, wherever they are. */
export interface WebTier extends WebSwitch {
  readonly id: string;
  /** Those that run. @throws PodscopeError FAULT_TARGET_UNFIT when there are none */
  pods(): Promise<readonly WebPod[]>;
}

/** The parameters that say which web pods are meant. On a guestbook system they say nothing. */
export const webPlace = {
  namespace: z.string().regex(/^[a-z0-9-]{1,63}$/).default('guestbook').describe('namespace of the web pods'),
  selector: z.string().min(1).max(500).default('app=frontend').describe('label selector of the web pods'),
  port: z.number().int().min(1).max(65_535).default(8080).describe('port of the web pods'),
  adminPort: z.number().int().min(1).max(65_535).default(8081).describe('port of their switch, which the guestbook has with --admin-port'),
};

/** Where the web pods of a cluster are. */
export interface WebPlace {
  readonly namespace: string;
  readonly selector: string;
  readonly port: number;
  readonly adminPort: number;
}

/** The web pods of a guestbook system. @throws PodscopeError FAULT_TARGET_UNFIT where they have no switch */
export function webOfSystem(target: SystemTarget): WebTier {
  const { web } = target;
  if (web === undefined) throw new PodscopeError('FAULT_TARGET_UNFIT', `The web pods of ${target.id} have no switch.`, { hint: 'This target can’t have faults of the guestbook’s own.' });
  return {
    ...web,
    id: target.id,
    async pods() {
      const found = (await target.pods()).filter((pod) => pod.deployment === 'frontend').map(({ name }) => ({ name }));
      if (found.length === 0) throw new PodscopeError('FAULT_TARGET_UNFIT', `${target.id} has no web pods.`, { hint: 'Wait until they are up.' });
      return found;
    },
  };
}

/**
 * The container of a pod that writes the access log: the one that names the port, else the one that kubectl takes, else the first. Of a pod with
 * several (a mesh's, a shipper's) the API server gives no log without its name.
 */
export function loggingContainer({ metadata, ...rest }: KubernetesObject, port: number): string | undefined {
  const { containers = [] } = (rest['spec'] ?? {}) as { readonly containers?: readonly { readonly name: string; readonly ports?: readonly { readonly containerPort: number }[] }[] };
  const named = containers.find(({ ports = [] }) => ports.some(({ containerPort }) => containerPort === port));
  return named?.name ?? metadata.annotations?.['kubectl.kubernetes.io/default-container'] ?? containers[0]?.name;
}

/** The web pods of a cluster, over forwards through its API server. */
export function webOfCluster(target: KubernetesTarget, { namespace, selector, port, adminPort }: WebPlace): WebTier {
  const { api } = target;
  /** By the pods' names. */
  const logging = new Map<string, string>();
  const ask = async (name: string, request: Parameters<typeof askPod>[2]) => {
    const pod = { namespace, name };
    const token = await target.switchToken?.(pod);
    const of = `${namespace}/${name}, port ${adminPort}`;
    const answer = await askPod(await target.connect(pod, adminPort), of, { ...request, ...(token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } }) });
    if (answer.status === 200) return JSON.parse(answer.body) as unknown;
    throw new PodscopeError('FAULT_TARGET_UNFIT', `The switch of ${of} answers with status ${answer.status}.`, {
      hint: answer.status === 401 ? 'Give the target the token of the guestbook’s switch.' : 'The guestbook has one where it is started with --admin-port.',
    });
  };
  return {
    id: target.id,
    async pods() {
      const seen = await api.list({ apiVersion: 'v1', kind: 'Pod', namespace, labelSelector: selector }, (object) => ({ running: runningPod(object), container: loggingContainer(object, port) }));
      const running = seen.flatMap((pod) => pod.running ?? []);
      for (const each of seen) if (each.running !== undefined && each.container !== undefined) logging.set(each.running.name, each.container);
      if (running.length === 0) throw new PodscopeError('FAULT_TARGET_UNFIT', `The namespace ${namespace} has no web pods that run.`, { hint: 'Wait until they are up, or name them by namespace and selector.' });
      return running.toSorted((one, other) => one.name.localeCompare(other.name)).map(({ name, uid }) => ({ name, pod: { namespace, name, uid } }));
    },
    async behaviours(pod) {
      return ((await ask(pod, { path: '/behaviours' })) as { readonly behaviours: Awaited<ReturnType<WebSwitch['behaviours']>> }).behaviours;
    },
    async behave(pod, id, behaviour: WebBehaviour, seconds) {
      await ask(pod, { method: 'PUT', path: `/behaviours/${id}`, body: JSON.stringify({ behaviour, seconds }) });
    },
    async unbehave(pod, id) {
      await ask(pod, { method: 'DELETE', path: `/behaviours/${id}` });
    },
    async request(name, path) {
      const { status, milliseconds } = await askPod(await target.connect({ namespace, name }, port), `${namespace}/${name}, port ${port}`, { path, headers: { 'user-agent': 'curl/8.9.1' } });
      return { status, milliseconds };
    },
    async log(name, lines) {
      const container = logging.get(name);
      try {
        return (await api.logs({ namespace, name, ...(container === undefined ? {} : { container }) }, { tailLines: lines })).split('\n').filter((line) => line !== '');
      } catch (error) {
        // Pods of fake nodes have no log; who may not read it is told by the finding.
        if (error instanceof PodscopeError) return undefined;
        throw error;
      }
    },
  };
}
