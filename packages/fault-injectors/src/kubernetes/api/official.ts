import type { Agent, AgentOptions, RequestOptions } from 'node:https';
import { PodscopeError } from '@podscope/core';
import type { KubeConfig } from '@kubernetes/client-node';
import { credentialsOf, type Credentials } from './credentials.ts';
import { execProofs } from './exec.ts';
import type { ClusterEntry, ResolvedContext } from './kubeconfig.ts';
import { createLink, type Link } from './link.ts';
import type { ProxyEnvironment } from './proxy.ts';

/** Loads the official client, which takes some 400 ms. */
async function load(): Promise<{ readonly KubeConfig: new () => KubeConfig }> {
  return import('@kubernetes/client-node/dist/config.js').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new PodscopeError('KUBE_CONFIG_INVALID', 'This kubeconfig needs the package @kubernetes/client-node, which is not installed.', { hint: 'Install @kubernetes/client-node 2 beside this package.' });
  });
}

/** What the official client finds by itself: `$KUBECONFIG`, `~/.kube/config`, the pod's service account. Undefined where there is none of them. */
export async function defaultConfig(): Promise<KubeConfig | undefined> {
  const { KubeConfig: Config } = await load();
  const config = new Config();
  try {
    config.loadFromDefault();
  } catch (error) {
    // The parser's message shows the lines around, which may hold a token.
    const { code, path } = error as NodeJS.ErrnoException;
    throw new PodscopeError('KUBE_CONFIG_INVALID', `The kubeconfig can't be read${code === undefined ? ': it is empty or no YAML' : `: ${path ?? ''} (${code})`}.`, { hint: 'Check what KUBECONFIG names, and that it is YAML with clusters, users and contexts.' });
  }
  // What it makes up where it finds nothing.
  return config.getCurrentCluster()?.server === 'http://localhost:8080' && config.getCurrentContext() === 'loaded-context' ? undefined : config;
}

/** A KubeConfig for a context whose user only the official client knows how to prove (auth-provider: OIDC, and what clouds had before exec plugins). */
async function configOf({ context, cluster, userName, user }: ResolvedContext): Promise<KubeConfig> {
  const { KubeConfig: Config } = await load();
  const config = new Config();
  const documents = { clusters: [{ name: context, cluster }], users: [{ name: userName, user }], contexts: [{ name: context, context: { cluster: context, user: userName } }], 'current-context': context };
  config.loadFromString(JSON.stringify(documents));
  return config;
}

/** Where the official client is asked for headers and certificates, for each request. */
function officialCredentials(config: KubeConfig): Credentials {
  return {
    async current() {
      const options: RequestOptions = { headers: {} };
      try {
        await config.applyToHTTPSOptions(options);
      } catch (error) {
        // Its message may hold what a provider answered.
        const { code, path } = error as NodeJS.ErrnoException;
        const why = code === undefined ? 'the auth provider failed' : `${path ?? 'the auth provider'}: ${code}`;
        throw new PodscopeError('KUBE_CONFIG_INVALID', `Nothing proves who the user ${config.getCurrentUser()?.name} of context ${config.getCurrentContext()} is: ${why}.`, { hint: 'Sign in again with your cluster\'s tool.' });
      }
      const { cert, key, auth, headers } = options as { readonly cert?: Buffer; readonly key?: Buffer; readonly auth?: string; readonly headers: Record<string, string> };
      return { ...(cert === undefined || key === undefined ? {} : { cert, key }), headers: { ...headers, ...(auth === undefined ? {} : { Authorization: `Basic ${Buffer.from(auth).toString('base64')}` }) } };
    },
    renew: () => false,
  };
}

/** An agent for a SOCKS proxy, of the class that the official client has for it. */
export async function socksAgent(proxy: URL, options: AgentOptions): Promise<Agent> {
  const { KubeConfig: Config } = await load();
  const config = new Config();
  config.loadFromClusterAndUser({ name: 'socks', server: 'https://cluster.invalid', skipTLSVerify: false, proxyUrl: proxy.href }, { name: 'nobody' });
  const asked: RequestOptions = {};
  await config.applyToHTTPSOptions(asked);
  // Made anew with our certificates. Connections through it are not kept for a second request, whatever it is told.
  const Socks = (asked.agent as Agent).constructor as new (proxy: string, options: AgentOptions) => Agent;
  return new Socks(proxy.href, options);
}

/** The way to the server of one context of a KubeConfig. */
export function linkOf(given: KubeConfig, wanted: string | undefined, environment?: ProxyEnvironment): Link {
  const contexts = given.getContexts().map(({ name }) => name);
  const context = wanted ?? given.getCurrentContext();
  if (!contexts.includes(context)) {
    throw new PodscopeError('KUBE_CONFIG_INVALID', context ? `There is no context ${context} in the kubeconfig.` : 'The kubeconfig has no current context.', { hint: contexts.length === 0 ? 'It has no contexts.' : `There are: ${contexts.join(', ')}.` });
  }
  // The current context of what was given is the user's own.
  const config = Object.create(given) as KubeConfig;
  config.setCurrentContext(context);
  const cluster = config.getCurrentCluster();
  const user = config.getCurrentUser();
  if (cluster === null || !URL.canParse(cluster.server)) throw new PodscopeError('KUBE_CONFIG_INVALID', `The context ${context} names a cluster that the kubeconfig does not have.`, { hint: 'Correct the context, or have your cluster\'s tool write it anew.' });
  const entry: ClusterEntry = {
    server: cluster.server,
    ...(cluster.caFile ? { 'certificate-authority': cluster.caFile } : {}),
    ...(cluster.caData ? { 'certificate-authority-data': cluster.caData } : {}),
    ...(cluster.skipTLSVerify ? { 'insecure-skip-tls-verify': true } : {}),
    ...(cluster.tlsServerName ? { 'tls-server-name': cluster.tlsServerName } : {}),
    ...(cluster.proxyUrl ? { 'proxy-url': cluster.proxyUrl } : {}),
  };
  const userName = user?.name ?? '';
  const credentials = user?.exec ? credentialsOf({}, execProofs({ exec: user.exec, userName, context, cluster: entry })) : officialCredentials(config);
  return createLink({ context, userName, cluster: entry, credentials, environment, otherProxy: socksAgent });
}

/** The way to the server of a context that was read from a kubeconfig. */
export async function linkTo(resolved: ResolvedContext, environment?: ProxyEnvironment): Promise<Link> {
  const { context, cluster, userName, user } = resolved;
  const exec = user.exec === undefined ? undefined : execProofs({ exec: user.exec, userName, context, cluster });
  const credentials = user['auth-provider'] === undefined ? credentialsOf(user, exec) : officialCredentials(await configOf(resolved));
  return createLink({ context, userName, cluster, credentials, environment, otherProxy: socksAgent });
}
