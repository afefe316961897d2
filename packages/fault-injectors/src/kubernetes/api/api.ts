import { existsSync } from 'node:fs';
import type { KubeConfig } from '@kubernetes/client-node';
import { PodscopeError } from '@podscope/core';
import { failureOf } from './failure.ts';
import { inCluster } from './inCluster.ts';
import { kubeconfigPaths, readKubeconfig } from './kubeconfig.ts';
import type { Link } from './link.ts';
import { listAll, type ReadContext } from './list.ts';
import { defaultConfig, linkOf, linkTo } from './official.ts';
import { openPodStream } from './podStream.ts';
import { createSender } from './repeat.ts';
import { titleOf } from './refs.ts';
import { createResources } from './resources.ts';
import { accessesMissing } from './review.ts';
import { linkWithTokens, type TokenConnectOptions } from './tokens.ts';
import type { ConnectOptions, KubernetesApi, KubernetesObject, Selection } from './types.ts';
import { watchAll } from './watch.ts';
import { createWrites, isObject } from './write.ts';

/**
 * The API server of a context, as the user of it: certificates, tokens, files of tokens, exec plugins, auth providers, impersonation,
 * through proxies too. Nothing is sent yet.
 *
 * @throws PodscopeError `KUBE_CONFIG_INVALID` saying what is wrong with which kubeconfig, and which contexts there are.
 */
export async function connectKubernetes({ kubeconfig, context, environment }: ConnectOptions = {}): Promise<KubernetesApi> {
  const named = kubeconfig ?? environment?.['KUBECONFIG'];
  const paths = kubeconfigPaths(named);
  if (named === undefined && environment === undefined) {
    const config = await defaultConfig();
    if (config !== undefined && config.getCurrentContext() !== 'inClusterContext') return apiOver(linkOf(config, context));
  }
  // A pod's own account is meant only where nobody named a kubeconfig and there is none.
  const own = named === undefined && context === undefined && !paths.some((path) => existsSync(path)) ? await inCluster(environment) : undefined;
  return apiOver(await linkTo(own ?? (await readKubeconfig(paths, context)), environment));
}

/** The API server of a context of a KubeConfig that the user has already. Its current context stays as it is. */
export function kubernetesApi(config: KubeConfig, context?: string): KubernetesApi {
  return apiOver(linkOf(config, context));
}

/** The API server of a cluster that is in no kubeconfig, for a user whose tokens somebody else signs and renews, such as one of EKS. Nothing is sent yet. */
export function kubernetesApiWithTokens(options: TokenConnectOptions): KubernetesApi {
  return apiOver(linkWithTokens(options));
}

function apiOver(link: Link): KubernetesApi {
  const sender = createSender(link);
  const asker = { context: link.context, user: link.userName };
  const fail: ReadContext['fail'] = (title, answer) => failureOf(title, answer, asker);
  const resources = createResources(async (request, title) => {
    const answer = await sender.send(request, { safe: true });
    if (answer.status >= 300 && answer.status !== 404) throw fail(title, answer);
    return answer;
  });
  const reads: ReadContext = { sender, resources, fail };

  async function readAt(path: string, title: string): Promise<KubernetesObject | undefined> {
    const { status, body } = await sender.send({ path }, { safe: true });
    if (status === 404) return undefined;
    if (status >= 300) throw fail(title, { status, body });
    if (!isObject(body)) throw new PodscopeError('KUBE_REFUSED', `The API server answered ${status} for ${title}, with something that is no object.`);
    return body;
  }

  const podPath = ({ namespace, name }: { readonly namespace: string; readonly name: string }): string => `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(name)}`;

  return {
    context: link.context,
    server: link.url.href.replace(/\/$/, ''),
    request: (request) => sender.send(request, { safe: (request.method ?? 'GET') === 'GET' }),
    async version() {
      const answer = await sender.send({ path: '/version' }, { safe: true });
      if (answer.status >= 300) throw fail('The version of the API server', answer);
      const { gitVersion, major, minor } = answer.body as { readonly gitVersion: string; readonly major: string; readonly minor: string };
      // Some providers write `35+`.
      return { gitVersion, major: Number.parseInt(major, 10), minor: Number.parseInt(minor, 10) };
    },
    pathOf: (ref) => resources.path(ref),
    resourceOf: (kind) => resources.find(kind),
    read: async (ref) => readAt(await resources.path(ref), titleOf(ref)),
    list: <Item = KubernetesObject>(selection: Selection, project?: (object: KubernetesObject) => Item): Promise<Item[]> => listAll(reads, selection, project ?? ((object) => object as Item)),
    watch: (selection, options) => watchAll(reads, selection, options),
    ...createWrites({ sender, resources, fail, readAt }),
    missing: (accesses) => accessesMissing(sender, fail, accesses),
    connect: ({ namespace, name }, port, { signal } = {}) => openPodStream({ link, sender, fail }, { namespace, name, port }, signal),
    async logs(pod, { tailLines, previous = false } = {}) {
      const query = { ...(pod.container === undefined ? {} : { container: pod.container }), ...(tailLines === undefined ? {} : { tailLines: String(tailLines) }), ...(previous ? { previous: 'true' } : {}) };
      const answer = await sender.send({ path: `${podPath(pod)}/log`, query }, { safe: true });
      if (answer.status >= 300) throw fail(`Log of pod ${pod.namespace}/${pod.name}`, answer);
      return String(answer.body);
    },
    close: () => link.close(),
  };
}
