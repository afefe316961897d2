import { PodscopeError } from '@podscope/core';
import type { KubernetesApi } from '@podscope/fault-injectors/kubernetes';
import type { Engine } from '@podscope/log-shippers';
import type { Environment } from '../../environment.ts';
import type { Identity } from '../../targets/kubernetes/opensearch/access.ts';
import { askServer, type FoundServer } from '../../targets/kubernetes/opensearch/findServer.ts';
import { OPERATOR_APIS } from '../../targets/kubernetes/opensearch/operator.ts';
import type { MadeOpenSearch, TargetOpenSearch, TargetOptions } from '../../targets/kubernetes/options.ts';
import { quantity } from '../../targets/kubernetes/quantity.ts';
import type { Check } from '../../targets/kubernetes/preflight/checks.ts';
import { keptAuthority } from '../../targets/kubernetes/opensearch/identity.ts';
import { usageError } from '../usageError.ts';
import { authorityIn } from './authority.ts';

type Options = Readonly<Record<string, unknown>>;

/** What a command line wants on a cluster. */
export interface Wanted {
  readonly options: TargetOptions;
  /** Who asks a server that is there; its authority. */
  readonly given: Identity;
  /** What was found of that server, as a check of the preflight. */
  readonly check: Check | undefined;
}

const NAME = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/u;

/**
 * What flags ask for, over what an earlier `up` was about.
 *
 * @throws PodscopeError CLI_USAGE; what the API throws
 */
export async function wantedFrom(api: KubernetesApi, options: Options, environment: Pick<Environment, 'opensearchUser'>, before: TargetOptions | undefined): Promise<Wanted> {
  const text = (name: string, earlier: string | undefined, fallback: string): string => (options[name] === undefined ? (earlier ?? fallback) : String(options[name]));
  const maybe = (name: string, earlier: string | undefined): string | undefined => (options[name] === undefined ? earlier : String(options[name]));
  const namespaces = {
    logging: text('namespace', before?.namespaces.logging, 'logging'),
    agents: text('agentsNamespace', before?.namespaces.agents, 'node-agents'),
    guestbook: text('guestbookNamespace', before?.namespaces.guestbook, 'guestbook'),
    opensearch: text('opensearchNamespace', before?.namespaces.opensearch, 'opensearch'),
  };
  const wrong = Object.values(namespaces).find((name) => !NAME.test(name));
  if (wrong !== undefined) throw usageError(`${JSON.stringify(wrong)} is no name of a namespace.`, 'Lower-case letters, digits and dashes, at most 63.');
  if (new Set(Object.values(namespaces)).size < 4) throw usageError('Two of the four namespaces have the same name.', 'Give --namespace, --agents-namespace, --guestbook-namespace and --opensearch-namespace different ones.');
  const { opensearch, given, check } = await openSearchFrom(api, options, environment, { before: before?.opensearch, logging: namespaces.logging });
  return {
    given, check,
    options: {
      namespaces, opensearch,
      pattern: text('pattern', before?.pattern, 'workshop') as TargetOptions['pattern'],
      dashboards: (options['dashboards'] as boolean | undefined) ?? before?.dashboards ?? true,
      guestbook: text('guestbook', before?.guestbook, 'podscope') as TargetOptions['guestbook'],
      guestbookImage: maybe('guestbookImage', before?.guestbookImage),
      imageMirror: maybe('imageMirror', before?.imageMirror),
      storageClass: maybe('storageClass', before?.storageClass),
    },
  };
}

interface FoundOpenSearch {
  readonly opensearch: TargetOpenSearch;
  readonly given: Identity;
  readonly check: Check | undefined;
}

const OF_A_MADE_ONE = ['opensearch', 'opensearchNodes', 'opensearchVersion', 'opensearchStorage'] as const;

async function openSearchFrom(api: KubernetesApi, options: Options, environment: Pick<Environment, 'opensearchUser'>, { before, logging }: { readonly before: TargetOpenSearch | undefined; readonly logging: string }): Promise<FoundOpenSearch> {
  const made = OF_A_MADE_ONE.some((name) => options[name] !== undefined);
  const url = options['opensearchUrl'] ?? (before?.how === 'url' && !made ? before.url : undefined);
  if (url === undefined) {
    for (const name of ['opensearchLocalUrl', 'opensearchCa'] as const) if (options[name] !== undefined) throw usageError(`--${name === 'opensearchCa' ? 'opensearch-ca' : 'opensearch-local-url'} is about an OpenSearch that is there, and none is named.`, 'Add --opensearch-url, or leave it out.');
    return { opensearch: await madeFrom(api, options, before?.how === 'url' ? undefined : before), given: { user: undefined, ca: undefined }, check: undefined };
  }
  if (made) throw usageError('--opensearch-url names an OpenSearch that is there; the other options describe one in the cluster.', 'Leave out one or the other.');
  const local = options['opensearchLocalUrl'] ?? (before?.how === 'url' ? before.urlFromHere : undefined);
  const kept = before?.how === 'url' && before.hasAuthority ? await keptAuthority(api, logging) : undefined;
  const ca = options['opensearchCa'] === undefined ? kept : await authorityIn(String(options['opensearchCa']));
  const given: Identity = { user: environment.opensearchUser, ca };
  const [address, here] = [addressOf('--opensearch-url', String(url)), local === undefined ? undefined : addressOf('--opensearch-local-url', String(local))];
  const found = await askServer(here ?? address, given);
  const engine: Engine = found.engine ?? (before?.how === 'url' ? before.engine : 'opensearch@2');
  return {
    opensearch: { how: 'url', url: address, urlFromHere: here, engine, secured: given.user !== undefined, hasAuthority: ca !== undefined },
    given,
    check: serverCheck(found, here ?? address),
  };
}

function serverCheck(found: FoundServer, url: string): Check {
  const base = { id: 'opensearch', title: 'OpenSearch' } as const;
  if (found.problem === undefined) return { ...base, verdict: 'ok', found: `${found.title} at ${url}; whether pods reach it, only they can tell` };
  return { ...base, verdict: 'failed', found: `${url} ${found.problem}`, todo: found.todo ?? 'Check the address. Where this machine reaches it by another one, such as a tunnel, name that with --opensearch-local-url.' };
}

async function madeFrom(api: KubernetesApi, options: Options, before: MadeOpenSearch | undefined): Promise<MadeOpenSearch> {
  const storage = options['opensearchStorage'] === undefined ? (before?.storage ?? '10Gi') : String(options['opensearchStorage']);
  if (!(quantity(storage) >= 2 ** 30)) throw usageError(`--opensearch-storage: ${JSON.stringify(storage)} is no size of a volume.`, 'At least 1Gi, such as 20Gi.');
  const common = {
    nodes: Number(options['opensearchNodes'] ?? before?.nodes ?? 1) as 1 | 3,
    major: Number(options['opensearchVersion'] ?? before?.major ?? 2) as 2 | 3,
    storage,
  };
  const how = options['opensearch'] ?? before?.how ?? 'auto';
  const operatorApi = how === 'built-in' ? undefined : await operatorOf(api);
  if (how === 'operator' && operatorApi === undefined) {
    throw new PodscopeError('KUBE_KIND_UNKNOWN', 'The OpenSearch operator is not installed here: the cluster has no OpenSearchCluster.', { hint: 'Install the operator, or leave out --opensearch operator.' });
  }
  return operatorApi === undefined ? { how: 'built-in', ...common } : { how: 'operator', operatorApi, ...common };
}

async function operatorOf(api: KubernetesApi): Promise<string | undefined> {
  for (const apiVersion of OPERATOR_APIS) if ((await api.resourceOf({ apiVersion, kind: 'OpenSearchCluster' })) !== undefined) return apiVersion;
  return undefined;
}

function addressOf(flag: string, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/u.test(url.protocol)) throw usageError(`What follows ${flag} is no address of a server.`, 'Give one such as https://search.example.com:9200.');
  if (url.username !== '' || url.password !== '') throw usageError(`The address after ${flag} carries credentials, which others on this machine can read.`, 'Put them into PODSCOPE_OPENSEARCH_USERNAME and PODSCOPE_OPENSEARCH_PASSWORD.');
  return url.href.replace(/\/$/u, '');
}
