import type { ConsoleSavedObject, SendToOpenSearch } from '@podscope/console/server';
import type { KubernetesApi } from '@podscope/fault-injectors/kubernetes';
import { consoleAssets } from '../../embedded/entry.ts';
import { SavedVisualizations } from '../../embedded/supervisor/savedVisualizations.ts';
import { type Identity, openOpenSearch } from '../opensearch/access.ts';
import { READER } from '../opensearch/roles.ts';
import { USERS_SECRET } from '../opensearch/secrets.ts';
import { readSecret } from '../opensearch/secretValues.ts';
import type { TargetOptions } from '../options.ts';
import { clusterControl } from './control.ts';

/** What the console of a cluster is made from. */
export interface ClusterConsoleOptions {
  readonly runDir: string;
  readonly options: TargetOptions;
  /** Who asks a server that was there before. */
  readonly given: Identity;
  readonly port: number;
  readonly savedObjects: readonly ConsoleSavedObject[];
  readonly onError: (error: unknown) => void;
}

/** A console that shows a cluster; it ends with the command. */
export interface ClusterConsole extends AsyncDisposable {
  readonly url: string;
}

/**
 * Starts the console's server with a cluster behind it: its state through the API server, its data through a forwarded port, as a user
 * who may only read where the target has made one.
 *
 * @throws PodscopeError CONSOLE_PORT_TAKEN; what the API throws
 */
export async function startClusterConsole(api: KubernetesApi, { runDir, options, given, port, savedObjects, onError }: ClusterConsoleOptions): Promise<ClusterConsole> {
  const [{ createConsoleServer }, access] = await Promise.all([import('@podscope/console/server'), openOpenSearch(api, options, given)]);
  try {
    const reader = options.opensearch.how === 'url' ? access.identity.user : await readerOf(api, options);
    const saved = new SavedVisualizations(runDir);
    await saved.load();
    const urls = { console: '', opensearch: access.url, guestbook: '' };
    const server = await createConsoleServer({
      port,
      assetsDir: consoleAssets(),
      opensearchUrl: access.url,
      sendToOpenSearch: await sender({ user: reader, ca: access.identity.ca }, access.servername),
      savedObjects: () => [...savedObjects, ...saved.objects],
      saveObject: (object) => saved.save(object),
      control: clusterControl(api, options.namespaces, () => urls),
      onError,
    });
    urls.console = server.url;
    return {
      url: server.url,
      async [Symbol.asyncDispose]() {
        await server.close();
        await access[Symbol.asyncDispose]();
      },
    };
  } catch (error) {
    await access[Symbol.asyncDispose]();
    throw error;
  }
}

async function readerOf(api: KubernetesApi, { namespaces }: TargetOptions): Promise<Identity['user']> {
  const users = await readSecret(api, namespaces.opensearch, USERS_SECRET);
  return users?.[READER] === undefined ? undefined : { username: READER, password: users[READER] };
}

/** Requests with a user and an authority; through undici, whose `fetch` takes a dispatcher of its own version. */
async function sender({ user, ca }: Identity, servername: string | undefined): Promise<SendToOpenSearch> {
  const { Agent, fetch } = await import('undici');
  const dispatcher = new Agent({ connect: { ...(ca === undefined ? {} : { ca }), ...(servername === undefined ? {} : { servername }) } });
  const authorization = user === undefined ? {} : { authorization: `Basic ${Buffer.from(`${user.username}:${user.password}`).toString('base64')}` };
  return (url, { headers = {}, ...request }) => fetch(url, { ...request, headers: { ...headers, ...authorization }, dispatcher });
}
