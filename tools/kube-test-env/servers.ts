import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../packages/embedded-opensearch/src/run/port.ts';
import type { Authority } from './certificates.ts';
import { createClient, type KubeClient } from './client.ts';
import { apiServerCommand, etcdCommand, type ApiServerSettings } from './commands.ts';
import { writeServerFiles, type KubeServerFiles } from './files.ts';
import { kubeconfigText } from './kubeconfig.ts';
import { obtainKubeProgram } from './programs.ts';
import { createSender, type Credentials } from './request.ts';
import { rulesOf } from './rules.ts';
import { createRunning, type Running } from './running.ts';
import type { KubeUser, StartedKubeApiServer, StartOptions } from './start.ts';

/** What a start has beside its handle: for programs that join it. */
export interface StartedServers {
  readonly server: StartedKubeApiServer;
  readonly running: Running;
  /** The folder of this start; gone when it ends. */
  readonly root: string;
  readonly files: KubeServerFiles;
  readonly authority: Authority;
  /** A user of the server by whatever proves who it is. */
  userWith(name: string, credentials: Credentials): KubeUser;
  /** Kills kube-apiserver, waits, and starts it again with the same port, certificates and etcd; returns when it is ready. */
  restartApiServer(options?: { readonly downMs?: number }): Promise<void>;
}

const START_TIMEOUT_MS = 120_000;

/** kube-apiserver and etcd; see `startKubeApiServer` for what it throws. */
export async function startServers(options: StartOptions): Promise<StartedServers> {
  options.signal?.throwIfAborted();
  const programs = { apiServer: await obtainKubeProgram('kube-apiserver', options), etcd: await obtainKubeProgram('etcd', options) };
  const root = await mkdtemp(join(tmpdir(), 'podscope-kubernetes-'));
  const running = createRunning(root);
  try {
    return await start(programs, { root, running, options });
  } catch (error) {
    await running.end();
    await rm(root, { recursive: true, force: true });
    throw error;
  }
}

async function start(
  programs: { readonly apiServer: string; readonly etcd: string },
  { root, running, options }: { readonly root: string; readonly running: Running; readonly options: StartOptions },
): Promise<StartedServers> {
  const { files, authority } = await writeServerFiles(join(root, 'certificates'));
  const [port, clientPort, peerPort] = await Promise.all([freePort(), freePort(), freePort()]);
  await running.start('etcd', etcdCommand(programs.etcd, { files, dataDir: join(root, 'etcd'), clientPort, peerPort }));
  const settings: ApiServerSettings = { admissionPlugins: options.admissionPlugins ?? ['NodeRestriction'], flags: options.flags ?? {} };
  const command = apiServerCommand(programs.apiServer, { files, etcdPort: clientPort, port, settings });
  await running.start('kube-apiserver', command);

  const url = `https://127.0.0.1:${port}`;
  const clients: KubeClient[] = [];
  const userWith = (name: string, credentials: Credentials): KubeUser => {
    const client = createClient(name, createSender({ port, ca: authority.ca, user: credentials }));
    clients.push(client);
    return { client, kubeconfig: kubeconfigText({ url, ca: authority.ca, user: name, credentials }) };
  };
  const make = async (name: string, groups: readonly string[]): Promise<KubeUser> => userWith(name, await authority.client(name, groups));
  const admin = await make('podscope-admin', ['system:masters']);
  const untilReady = (): Promise<void> =>
    running.until('kube-apiserver', () => isReady(admin.client), { timeoutMs: options.startTimeoutMs ?? START_TIMEOUT_MS, signal: options.signal });
  await untilReady();
  const { body } = await admin.client.request({ path: '/version' });

  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    stopped ??= (async () => {
      options.signal?.removeEventListener('abort', onAbort);
      for (const client of clients) client.close();
      await running.end();
      await rm(root, { recursive: true, force: true });
    })();
    return stopped;
  };
  const onAbort = (): void => void stop();
  options.signal?.addEventListener('abort', onAbort, { once: true });
  running.unref();
  const server: StartedKubeApiServer = {
    url,
    port,
    version: (body as { readonly gitVersion: string }).gitVersion,
    ca: authority.ca,
    logFiles: { apiServer: running.logFile('kube-apiserver'), etcd: running.logFile('etcd') },
    get pids() {
      return { apiServer: running.pid('kube-apiserver'), etcd: running.pid('etcd') };
    },
    admin,
    async user(name, { groups = [], rules, namespace } = {}) {
      if (rules !== undefined) for (const object of rulesOf(name, rules, namespace)) await admin.client.apply(object);
      return make(name, groups);
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
  return {
    server,
    running,
    root,
    files,
    authority,
    userWith,
    async restartApiServer({ downMs = 0 } = {}) {
      await running.kill('kube-apiserver');
      await sleep(downMs);
      await running.start('kube-apiserver', command);
      running.unref();
      await untilReady();
    },
  };
}

/** Ready, and with the namespace that is made a moment after that. */
async function isReady(client: KubeClient): Promise<boolean> {
  for (const path of ['/readyz', '/api/v1/namespaces/default']) {
    if ((await client.request({ path })).status !== 200) return false;
  }
  return true;
}
