import { PodscopeError } from '@podscope/core';
import type { ConsoleControl } from '@podscope/console/server';
import type { KubernetesApi, ObjectRef } from '@podscope/fault-injectors/kubernetes';
import type { TargetNamespaces } from '../options.ts';
import { readView } from './view.ts';

/** Of the pods whose logs and deployments are looked for. */
interface Found {
  readonly namespace: string;
  readonly name: string;
}

/** What a cluster can't do through the console (yet). */
function notHere(what: string, hint: string): never {
  throw new PodscopeError('CONSOLE_VERB_UNAVAILABLE', `${what} on a cluster.`, { hint });
}

/** The console's verbs on a cluster: state, logs, scaling and restarts through the API server. */
export function clusterControl(api: KubernetesApi, namespaces: TargetNamespaces, urls: () => { readonly console: string; readonly opensearch: string; readonly guestbook: string }): ConsoleControl {
  const names = Object.values(namespaces);

  async function find(kind: 'Pod' | 'Deployment', name: string): Promise<Found> {
    const apiVersion = kind === 'Pod' ? 'v1' : 'apps/v1';
    for (const namespace of names) if ((await api.read({ apiVersion, kind, namespace, name })) !== undefined) return { namespace, name };
    throw new PodscopeError(kind === 'Pod' ? 'POD_NOT_FOUND' : 'DEPLOYMENT_NOT_FOUND', `There is no ${kind.toLowerCase()} ${name} in ${names.join(', ')}.`, { hint: 'The overview shows which there are.' });
  }

  const deployment = async (name: string): Promise<ObjectRef> => ({ apiVersion: 'apps/v1', kind: 'Deployment', ...(await find('Deployment', name)) });

  return {
    async state() {
      return { target: 'kubernetes', context: api.context, ...(await readView(api, namespaces)), clients: [], pages: [], urls: urls() };
    },
    async scale(name, replicas) {
      await api.patch(await deployment(name), { spec: { replicas } }, { subresource: 'scale' });
    },
    async restart(target) {
      const [kind, name = ''] = target.split('/');
      if (kind === 'pod') {
        await api.remove({ apiVersion: 'v1', kind: 'Pod', ...(await find('Pod', name)) });
        return;
      }
      // As `kubectl rollout restart` does.
      await api.patch(await deployment(name), { spec: { template: { metadata: { annotations: { 'kubectl.kubernetes.io/restartedAt': new Date().toISOString() } } } } });
    },
    async logs(pod, tail) {
      const text = await api.logs(await find('Pod', pod), { tailLines: tail });
      return text.split('\n').filter((line) => line !== '');
    },
    exec: async () => notHere('Nothing is run in pods', 'Use kubectl exec.'),
    stopClient: async () => notHere('There are no visitors of ours to stop', 'Whoever visits the guestbook there is a visitor.'),
    publish: async () => notHere('Pages are not published', 'The guestbook there serves what it has.'),
    hunts: async () => [],
    startHunt: async () => notHere('Hunts are not played from here', 'The command says more: "podscope hunt --help".'),
    takeHint: async () => notHere('Hunts are not played from here', 'The command says more: "podscope hunt --help".'),
    answerHunt: async () => notHere('Hunts are not played from here', 'The command says more: "podscope hunt --help".'),
    submitHunt: async () => notHere('Hunts are not played from here', 'The command says more: "podscope hunt --help".'),
    stopHunt: async () => notHere('Hunts are not played from here', 'The command says more: "podscope hunt --help".'),
  };
}
