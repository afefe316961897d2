import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, dirname, isAbsolute, join } from 'node:path';
import { PodscopeError } from '@podscope/core';

/** A cluster of a kubeconfig. */
export interface ClusterEntry {
  readonly server: string;
  readonly 'certificate-authority'?: string;
  /** PEM in base64. */
  readonly 'certificate-authority-data'?: string;
  readonly 'insecure-skip-tls-verify'?: boolean;
  readonly 'tls-server-name'?: string;
  readonly 'proxy-url'?: string;
}

/** A program that prints credentials (`client.authentication.k8s.io`). */
export interface ExecEntry {
  readonly command: string;
  readonly args?: readonly string[] | null;
  readonly env?: readonly { readonly name: string; readonly value: string }[] | null;
  readonly apiVersion?: string;
  readonly installHint?: string;
  readonly provideClusterInfo?: boolean;
  readonly interactiveMode?: string;
}

/** A user of a kubeconfig. */
export interface UserEntry {
  readonly 'client-certificate'?: string;
  readonly 'client-certificate-data'?: string;
  readonly 'client-key'?: string;
  readonly 'client-key-data'?: string;
  readonly token?: string;
  readonly tokenFile?: string;
  readonly username?: string;
  readonly password?: string;
  readonly as?: string;
  readonly 'as-uid'?: string;
  readonly 'as-groups'?: readonly string[];
  readonly 'as-user-extra'?: Readonly<Record<string, readonly string[]>>;
  readonly exec?: ExecEntry;
  readonly 'auth-provider'?: object;
}

/** A context with its cluster and its user; paths in it are absolute. */
export interface ResolvedContext {
  readonly context: string;
  readonly cluster: ClusterEntry;
  readonly userName: string;
  readonly user: UserEntry;
}

interface Entries {
  readonly clusters: Map<string, ClusterEntry>;
  readonly users: Map<string, UserEntry>;
  readonly contexts: Map<string, { readonly cluster?: string; readonly user?: string }>;
  current: string;
}

const invalid = (message: string, hint: string): PodscopeError => new PodscopeError('KUBE_CONFIG_INVALID', message, { hint });

/** The paths that `$KUBECONFIG` names, or the one of the home directory. */
export function kubeconfigPaths(given: string | undefined): readonly string[] {
  const paths = (given ?? '').split(delimiter).filter((path) => path !== '');
  return paths.length > 0 ? paths : [join(homedir(), '.kube', 'config')];
}

/**
 * Reads kubeconfigs and finds a context in them. Several are merged as kubectl does: of what has the same name, the first one counts
 * (client-go, `tools/clientcmd/loader.go`). No error quotes what is in them but names.
 *
 * @throws PodscopeError `KUBE_CONFIG_INVALID` naming the file, and the contexts there are.
 */
export async function readKubeconfig(paths: readonly string[], context: string | undefined): Promise<ResolvedContext> {
  const entries: Entries = { clusters: new Map(), users: new Map(), contexts: new Map(), current: '' };
  let read = 0;
  for (const path of paths) {
    const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      // A list of paths may name some that there are not, as for kubectl.
      if (error.code === 'ENOENT' && paths.length > 1) return undefined;
      throw invalid(`The kubeconfig ${path} can't be read: ${error.code === 'ENOENT' ? 'it is not there' : (error.code ?? error.message)}.`, 'Name another with --kubeconfig or KUBECONFIG, or have your cluster\'s tool write one.');
    });
    if (text === undefined) continue;
    read += 1;
    merge(entries, path, await parsed(path, text));
  }
  if (read === 0) throw invalid(`There is none of the kubeconfigs ${paths.join(', ')}.`, 'Name one that is there with --kubeconfig or KUBECONFIG.');
  return resolve(entries, paths.join(', '), context);
}

function resolve(entries: Entries, where: string, wanted: string | undefined): ResolvedContext {
  const there = entries.contexts.size === 0 ? 'It has no contexts.' : `There are: ${[...entries.contexts.keys()].join(', ')}.`;
  const name = wanted ?? entries.current;
  if (name === '') throw invalid(`The kubeconfig ${where} has no current context.`, `${there} Choose one with --context, or kubectl config use-context.`);
  const found = entries.contexts.get(name);
  if (found === undefined) throw invalid(`There is no context ${name} in the kubeconfig ${where}.`, there);
  const cluster = entries.clusters.get(found.cluster ?? '');
  if (cluster === undefined) throw invalid(`The context ${name} names the cluster ${found.cluster ?? '""'}, which the kubeconfig ${where} does not have.`, 'Correct the context, or have your cluster\'s tool write it anew.');
  const user = found.user === undefined || found.user === '' ? {} : entries.users.get(found.user);
  if (user === undefined) throw invalid(`The context ${name} names the user ${found.user}, whom the kubeconfig ${where} does not have.`, 'Correct the context, or have your cluster\'s tool write it anew.');
  if (typeof cluster.server !== 'string' || !URL.canParse(cluster.server) || !/^https?:$/.test(new URL(cluster.server).protocol)) {
    throw invalid(`The server of the cluster ${found.cluster} in the kubeconfig ${where} is no address.`, 'It must be like https://host:6443.');
  }
  return { context: name, cluster, userName: found.user ?? '', user };
}

const record = (value: unknown): Readonly<Record<string, unknown>> | undefined => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined);

const wrong = (path: string, what: string): PodscopeError => invalid(`The kubeconfig ${path} ${what}.`, 'It must be a YAML mapping with clusters, users and contexts; have your cluster\'s tool write it anew.');

async function parsed(path: string, text: string): Promise<unknown> {
  // Loaded here, because whoever hands over a KubeConfig needs no parser.
  const { parse } = await import('yaml');
  try {
    return parse(text, { maxAliasCount: 100, logLevel: 'error' });
  } catch (error) {
    // The parser's message shows the lines around, which may hold a token: only the place is told.
    const [position] = (error as { readonly linePos?: readonly { readonly line: number }[] }).linePos ?? [];
    throw wrong(path, `is not YAML${position === undefined ? '' : ` (line ${position.line})`}`);
  }
}

function merge(entries: Entries, path: string, content: unknown): void {
  if (content === null || content === undefined) throw wrong(path, 'is empty');
  const config = record(content);
  if (config === undefined) throw wrong(path, 'is no mapping');
  const named = <Entry>(list: string, key: string, into: Map<string, Entry>, adapt: (entry: Readonly<Record<string, unknown>>) => Entry): void => {
    const items = config[list] ?? [];
    if (!Array.isArray(items)) throw wrong(path, `has ${list} that are no list`);
    items.forEach((item: unknown, index) => {
      const { name, [key]: entry } = record(item) ?? {};
      if (typeof name !== 'string') throw wrong(path, `has no name in ${list}[${index}]`);
      if (!into.has(name)) into.set(name, adapt(record(entry) ?? {}));
    });
  };
  const absolute = (entry: Readonly<Record<string, unknown>>, ...keys: readonly string[]): Record<string, unknown> => {
    const copy = { ...entry };
    for (const key of keys) {
      const file = copy[key];
      if (typeof file === 'string' && file !== '' && !isAbsolute(file)) copy[key] = join(dirname(path), file);
    }
    return copy;
  };
  named('clusters', 'cluster', entries.clusters, (entry) => absolute(entry, 'certificate-authority') as unknown as ClusterEntry);
  named('users', 'user', entries.users, (entry) => {
    const user = absolute(entry, 'client-certificate', 'client-key', 'tokenFile') as UserEntry;
    // A command with a slash in it is meant from the kubeconfig, any other is looked for on the PATH (clientcmd, `resolvePaths`).
    const { exec } = user;
    return exec?.command?.includes('/') === true && !isAbsolute(exec.command) ? { ...user, exec: { ...exec, command: join(dirname(path), exec.command) } } : user;
  });
  named('contexts', 'context', entries.contexts, (entry) => entry as { readonly cluster?: string; readonly user?: string });
  const current = config['current-context'];
  if (entries.current === '' && typeof current === 'string') entries.current = current;
}
