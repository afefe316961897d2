import { PodscopeError } from '@podscope/core';
import type { FaultRun } from '../../definition/defineFault.ts';
import type { Access, KubernetesApi, KubernetesObject, ObjectRef, ObjectToWrite } from '../api/types.ts';
import { isSelected, type LabelSelector, parseSelector } from './labelSelector.ts';

/** A program of the guestbook's image that a fault runs in the cluster. Its name says nothing. */
export interface ClientWorkload {
  readonly namespace: string;
  readonly name: string;
  readonly image: string;
  /** Of `apps/guestbook/src/client/main.ts`. */
  readonly args: readonly string[];
  /** The pods that it speaks to, in the same namespace. */
  readonly selector: string;
  readonly port: number;
}

/** The program in the guestbook's image (its Dockerfile has `/app` as the directory to work in). */
export const CLIENT_COMMAND = ['node', '--conditions=@podscope/source', 'apps/guestbook/src/client/main.ts'];
/** The user `node` of Node's official images. */
const UID = 1000;
const FAULT_LABEL = 'podscope.dev/fault';

/** What {@link startClientWorkload} and {@link stopClientWorkload} need. */
export function clientAccesses(namespace: string): readonly Access[] {
  return [{ group: 'networking.k8s.io', resource: 'networkpolicies', namespace, verb: 'list' }, ...[{ group: 'apps', resource: 'deployments' }, { group: 'networking.k8s.io', resource: 'networkpolicies' }].flatMap((of) => ['get', 'create', 'delete'].map((verb) => ({ ...of, namespace, verb })))];
}

function refsOf({ namespace, name }: Pick<ClientWorkload, 'namespace' | 'name'>): readonly ObjectRef[] {
  return [
    { apiVersion: 'apps/v1', kind: 'Deployment', namespace, name },
    { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', namespace, name: `${name}-out` },
    { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', namespace, name: `${name}-in` },
  ];
}

/** Names of objects that are there already where the client's would be. */
export async function takenNames(api: KubernetesApi, client: Pick<ClientWorkload, 'namespace' | 'name'>): Promise<readonly string[]> {
  const found = await Promise.all(refsOf(client).map((ref) => api.read(ref)));
  return found.flatMap((object) => (object === undefined ? [] : [`${object.kind} ${object.metadata.name}`]));
}

/**
 * Starts a client: a Deployment of one pod that a `restricted` namespace takes, and what network policies must allow it. The pods that it
 * speaks to get a policy only where others close them off already: the first policy of a pod would close it to everybody else.
 */
export async function startClientWorkload(run: Pick<FaultRun<{ readonly api: KubernetesApi }, unknown>, 'id' | 'target' | 'step'>, client: ClientWorkload): Promise<void> {
  const { api } = run.target;
  const labels = { app: client.name, [FAULT_LABEL]: run.id };
  const policies = [outgoing(client, labels), ...((await areClosed(api, client)) ? [incoming(client, labels)] : [])];
  for (const object of [...policies, deploymentOf(client, labels)]) {
    await run.step(`create ${object.kind} ${object.metadata.name}`, () => createOwn(api, object, run.id));
  }
}

/** Created before is fine, when it was this fault: an answer can get lost. */
async function createOwn(api: KubernetesApi, object: ObjectToWrite, id: string): Promise<void> {
  const there = await api.read({ apiVersion: object.apiVersion, kind: object.kind, namespace: object.metadata.namespace, name: object.metadata.name });
  if (there === undefined) await api.create(object);
  else if (there.metadata.labels?.[FAULT_LABEL] !== id) {
    throw new PodscopeError('FAULT_TARGET_UNFIT', `There is a ${object.kind} ${object.metadata.name} already.`, { hint: 'Choose another name for the client.' });
  }
}

/** Removes what {@link startClientWorkload} made, and nothing of that name that somebody else made. */
export async function stopClientWorkload(run: Pick<FaultRun<{ readonly api: KubernetesApi }, unknown>, 'id' | 'target' | 'step'>, client: Pick<ClientWorkload, 'namespace' | 'name'>): Promise<void> {
  for (const object of await ownObjects(run, client)) {
    const { apiVersion, kind, metadata } = object;
    await run.step(`delete ${kind} ${metadata.name}`, async () => {
      await run.target.api.remove({ apiVersion, kind, namespace: client.namespace, name: metadata.name }, { propagation: 'Background', ...(metadata.uid === undefined ? {} : { uid: metadata.uid }) });
    });
  }
}

/** What of the client's is there, made by this fault. */
export async function ownObjects(run: Pick<FaultRun<{ readonly api: KubernetesApi }, unknown>, 'id' | 'target'>, client: Pick<ClientWorkload, 'namespace' | 'name'>): Promise<readonly KubernetesObject[]> {
  const found = await Promise.all(refsOf(client).map((ref) => run.target.api.read(ref)));
  return found.filter((object) => object !== undefined && object.metadata.labels?.[FAULT_LABEL] === run.id).map((object) => object as KubernetesObject);
}

/** What somebody else changed of the client: another was put in its place. */
export async function changesOf(run: Pick<FaultRun<{ readonly api: KubernetesApi }, unknown>, 'id' | 'target'>, client: Pick<ClientWorkload, 'namespace' | 'name'>): Promise<readonly string[]> {
  const [ref] = refsOf(client);
  const object = ref === undefined ? undefined : await run.target.api.read(ref);
  if (object !== undefined && object.metadata.labels?.[FAULT_LABEL] !== run.id) return [`Deployment ${client.name}: it is somebody else’s now, and stays`];
  return [];
}

/** Whether policies select every pod that the client speaks to, so that what isn't allowed is refused. */
async function areClosed(api: KubernetesApi, { namespace, selector }: ClientWorkload): Promise<boolean> {
  const policies = await api.list({ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', namespace });
  const closing = policies.flatMap(({ spec }) => {
    const { podSelector, policyTypes = ['Ingress'] } = spec as { readonly podSelector?: LabelSelector; readonly policyTypes?: readonly string[] };
    return policyTypes.includes('Ingress') ? [podSelector ?? {}] : [];
  });
  const pods = await api.list({ apiVersion: 'v1', kind: 'Pod', namespace, labelSelector: selector }, ({ metadata }) => metadata.labels ?? {});
  return pods.length > 0 && pods.every((labels) => closing.some((each) => isSelected(labels, each)));
}

type Labels = Readonly<Record<string, string>>;

function outgoing({ namespace, name, port }: ClientWorkload, labels: Labels): ObjectToWrite {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: `${name}-out`, namespace, labels },
    spec: {
      podSelector: { matchLabels: { app: name } },
      policyTypes: ['Egress'],
      egress: [{ ports: [{ port: 53, protocol: 'UDP' }, { port: 53, protocol: 'TCP' }] }, { to: [{ podSelector: {} }], ports: [{ port, protocol: 'TCP' }] }],
    },
  };
}

function incoming({ namespace, name, selector, port }: ClientWorkload, labels: Labels): ObjectToWrite {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: `${name}-in`, namespace, labels },
    spec: { podSelector: parseSelector(selector), policyTypes: ['Ingress'], ingress: [{ from: [{ podSelector: { matchLabels: { app: name } } }], ports: [{ port, protocol: 'TCP' }] }] },
  };
}

function deploymentOf({ namespace, name, image, args }: ClientWorkload, labels: Labels): ObjectToWrite {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace, labels },
    spec: {
      replicas: 1,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: {
          automountServiceAccountToken: false,
          enableServiceLinks: false,
          terminationGracePeriodSeconds: 5,
          securityContext: { runAsNonRoot: true, runAsUser: UID, runAsGroup: UID, seccompProfile: { type: 'RuntimeDefault' } },
          containers: [
            {
              name: 'client',
              image,
              command: CLIENT_COMMAND,
              args: [...args],
              resources: { requests: { cpu: '20m', memory: '48Mi' }, limits: { memory: '160Mi' } },
              securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, readOnlyRootFilesystem: true, runAsNonRoot: true },
            },
          ],
        },
      },
    },
  };
}
