import type { SendToOpenSearch } from '@podscope/console/server';
import type { KubernetesApi } from '@podscope/fault-injectors/kubernetes';
import { readEnvironment } from '../../../environment.ts';
import { type AskOpenSearch, openSearchHttp } from '../../embedded/supervisor/opensearchHttp.ts';
import { type Identity, openOpenSearch } from '../opensearch/access.ts';
import { identityFor } from '../opensearch/identity.ts';
import { READER } from '../opensearch/roles.ts';
import { readSecret } from '../opensearch/secretValues.ts';
import { USERS_SECRET } from '../opensearch/secrets.ts';
import type { TargetOptions } from '../options.ts';
import type { SessionOptions } from './options.ts';

/** OpenSearch as a session asks it. */
export interface OpenSearchReach {
  readonly url: string;
  /** Searches as a user who may only read, where the target has made one. */
  readonly search: AskOpenSearch;
  /** For the console: the same user. */
  readonly send: SendToOpenSearch;
  /** As the administrator: for rollovers. */
  readonly administer: AskOpenSearch;
  close(): Promise<void>;
}

/** Opens the way to a target's OpenSearch. @throws PodscopeError as `openOpenSearch` */
export async function reachOpenSearch(api: KubernetesApi, { target }: Pick<SessionOptions, 'target'>): Promise<OpenSearchReach> {
  const access = await openOpenSearch(api, target, await identityFor(api, target, readEnvironment()));
  const { url, identity: { user: administrator, ca }, servername: serverName } = access;
  const reader = target.opensearch.how !== 'url' ? ((await readerOf(api, target)) ?? administrator) : administrator;
  const as = (user: Identity['user']): AskOpenSearch => openSearchHttp(url, { headers: authorizationOf(user), ca, serverName });
  return {
    url,
    search: as(reader),
    administer: as(administrator),
    send: await sender(authorizationOf(reader), ca, serverName),
    close: async () => access[Symbol.asyncDispose](),
  };
}

async function readerOf(api: KubernetesApi, { namespaces }: TargetOptions): Promise<Identity['user']> {
  const users = await readSecret(api, namespaces.opensearch, USERS_SECRET);
  return users?.[READER] === undefined ? undefined : { username: READER, password: users[READER] };
}

const authorizationOf = (user: Identity['user']): Readonly<Record<string, string>> => (user === undefined ? {} : { authorization: `Basic ${Buffer.from(`${user.username}:${user.password}`).toString('base64')}` });

/** Requests with a user and an authority; through undici, whose `fetch` takes a dispatcher of its own version. */
async function sender(authorization: Readonly<Record<string, string>>, ca: string | undefined, servername: string | undefined): Promise<SendToOpenSearch> {
  const { Agent, fetch } = await import('undici');
  const dispatcher = new Agent({ connect: { ...(ca === undefined ? {} : { ca }), ...(servername === undefined ? {} : { servername }) } });
  return (url, { headers = {}, ...request }) => fetch(url, { ...request, headers: { ...headers, ...authorization }, dispatcher });
}
