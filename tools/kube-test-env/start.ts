import { copyFile, mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PodscopeError, redactText } from '../../packages/core/src/index.ts';
import { freePort } from '../../packages/embedded-opensearch/src/run/port.ts';
import { spawnWatched, type ServerProcess } from '../../packages/embedded-opensearch/src/run/server-process.ts';
import type { BuildOptions } from '../go-programs/build.ts';
import { createClient, type KubeClient } from './client.ts';
import { apiServerCommand, etcdCommand, type ApiServerSettings } from './commands.ts';
import { writeServerFiles } from './files.ts';
import { kubeconfigText } from './kubeconfig.ts';
import { obtainKubeProgram } from './programs.ts';
import { createSender } from './request.ts';
import { rulesOf, type PolicyRule } from './rules.ts';

/** Options of {@link startKubeApiServer}. */
export interface StartOptions extends BuildOptions {
  /** Beside those that are on by default (PodSecurity, ServiceAccount, LimitRanger, ResourceQuota, …). @default NodeRestriction */
  readonly admissionPlugins?: readonly string[] | undefined;
  /** Further flags of kube-apiserver, without dashes. */
  readonly flags?: Readonly<Record<string, string>> | undefined;
  /** How long each of the two servers may take to be ready, in milliseconds. @default 120000 */
  readonly startTimeoutMs?: number | undefined;
}

/** A user of the server. */
export interface KubeUser {
  readonly client: KubeClient;
  /** A kubeconfig with the user's certificate, for kubectl and for `@kubernetes/client-node`. */
  readonly kubeconfig: string;
}

/** Who a user is, and what only this user may do. */
export interface UserOptions {
  readonly groups?: readonly string[];
  /** Bound to the user by a role of the same name: in `namespace` where one is given, else everywhere. */
  readonly rules?: readonly PolicyRule[];
  readonly namespace?: string;
}

/** A running API server with an etcd of its own. */
export interface StartedKubeApiServer {
  /** Such as `https://127.0.0.1:6443`, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  /** The server's own version, such as `v1.35.4`. */
  readonly version: string;
  /** The authority that signed the server's certificate, as PEM. */
  readonly ca: string;
  /** What kube-apiserver and etcd print. */
  readonly logFiles: { readonly apiServer: string; readonly etcd: string };
  /** The process ids of kube-apiserver and etcd. */
  readonly pids: { readonly apiServer: number; readonly etcd: number };
  /** May do everything (group `system:masters`). */
  readonly admin: KubeUser;
  /** Makes a user with a certificate, who may do what the rules say and nothing else. */
  user(name: string, options?: UserOptions): Promise<KubeUser>;
  /** Ends both servers and removes what they wrote. May be called again. */
  stop(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Its data are thrown away, so there is no reason to let it finish. */
const GRACE_MS = 2_000;
const LAST_LINES = 25;

/** Where one start has its files and what it was told. */
interface Starting {
  readonly root: string;
  readonly options: StartOptions;
  readonly programs: { readonly apiServer: string; readonly etcd: string };
}

/**
 * Starts a real kube-apiserver and its etcd on the loopback address, with certificates made for this start, and waits until
 * `/readyz` says that all is there. Both end with the handle, or with this process, whatever ends that. There is no controller and no
 * scheduler: a Deployment makes no pods, and a namespace gets no service account `default`.
 *
 * @throws PodscopeError `KUBE_START_FAILED` with the last lines of the server that failed, `KUBE_ASSETS_INCOMPLETE`, `GO_MISSING`,
 *   `GO_BUILD_FAILED`; the signal's reason when it is aborted.
 */
export async function startKubeApiServer(options: StartOptions = {}): Promise<StartedKubeApiServer> {
  options.signal?.throwIfAborted();
  const programs = { apiServer: await obtainKubeProgram('kube-apiserver', options), etcd: await obtainKubeProgram('etcd', options) };
  const root = await mkdtemp(join(tmpdir(), 'podscope-kubernetes-'));
  const started: ServerProcess[] = [];
  try {
    return await start({ root, options, programs }, started);
  } catch (error) {
    for (const server of started.reverse()) await server.end();
    await rm(root, { recursive: true, force: true });
    throw error;
  }
}

async function start({ root, options, programs }: Starting, started: ServerProcess[]): Promise<StartedKubeApiServer> {
  const { files, authority } = await writeServerFiles(join(root, 'certificates'));
  const logFiles = { apiServer: join(root, 'kube-apiserver.log'), etcd: join(root, 'etcd.log') };
  for (const file of Object.values(logFiles)) await (await open(file, 'w')).close();
  const [port, clientPort, peerPort] = await Promise.all([freePort(), freePort(), freePort()]);

  // Not in `root`: the watchdog removes that, and a shell can't stand in a directory that is gone.
  const watched = { cwd: tmpdir(), graceMs: GRACE_MS };
  const etcd = await spawnWatched(etcdCommand(programs.etcd, { files, dataDir: join(root, 'etcd'), clientPort, peerPort }), { ...watched, logFile: logFiles.etcd, trash: root });
  started.push(etcd);
  const settings: ApiServerSettings = { admissionPlugins: options.admissionPlugins ?? ['NodeRestriction'], flags: options.flags ?? {} };
  const apiServer = await spawnWatched(apiServerCommand(programs.apiServer, { files, etcdPort: clientPort, port, settings }), { ...watched, logFile: logFiles.apiServer });
  started.push(apiServer);

  const url = `https://127.0.0.1:${port}`;
  const clients: KubeClient[] = [];
  const make = async (name: string, groups: readonly string[]): Promise<KubeUser> => {
    const keys = await authority.client(name, groups);
    const client = createClient(name, createSender({ port, ca: authority.ca, user: keys }));
    clients.push(client);
    return { client, kubeconfig: kubeconfigText({ url, ca: authority.ca, user: name, keys }) };
  };
  const admin = await make('podscope-admin', ['system:masters']);
  await untilReady(admin.client, { apiServer, etcd }, logFiles, root, options);
  const { body } = await admin.client.request({ path: '/version' });

  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    stopped ??= (async () => {
      options.signal?.removeEventListener('abort', onAbort);
      for (const client of clients) client.close();
      await apiServer.end();
      await etcd.end();
      await rm(root, { recursive: true, force: true });
    })();
    return stopped;
  };
  const onAbort = (): void => void stop();
  options.signal?.addEventListener('abort', onAbort, { once: true });
  for (const server of started) server.unref();
  return {
    url,
    port,
    version: (body as { readonly gitVersion: string }).gitVersion,
    ca: authority.ca,
    logFiles,
    pids: { apiServer: apiServer.pid, etcd: etcd.pid },
    admin,
    async user(name, { groups = [], rules, namespace } = {}) {
      if (rules !== undefined) for (const object of rulesOf(name, rules, namespace)) await admin.client.apply(object);
      return make(name, groups);
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

async function untilReady(
  client: KubeClient,
  servers: { readonly apiServer: ServerProcess; readonly etcd: ServerProcess },
  logFiles: StartedKubeApiServer['logFiles'],
  root: string,
  { startTimeoutMs = 120_000, signal }: StartOptions,
): Promise<void> {
  let failed: { readonly problem: string; readonly part: keyof typeof servers } | undefined;
  for (const part of ['etcd', 'apiServer'] as const) {
    void servers[part].exited.then((exit) => {
      failed ??= { part, problem: `ended with ${exit.signal ?? `code ${exit.code}`} before it was ready` };
    });
  }
  const deadline = performance.now() + startTimeoutMs;
  while (failed === undefined) {
    signal?.throwIfAborted();
    if (await isReady(client)) return;
    if (performance.now() > deadline) failed = { part: 'apiServer', problem: `was not ready within ${startTimeoutMs / 1000} s` };
    else await sleep(50);
  }
  const logFile = logFiles[failed.part];
  const kept = `${root}-${failed.part}.log`;
  await copyFile(logFile, kept);
  throw new PodscopeError('KUBE_START_FAILED', `${failed.part === 'etcd' ? 'etcd' : 'kube-apiserver'} ${failed.problem}.`, {
    hint: `Its last lines say why; all of them are in ${kept}.`,
    details: (await readFile(kept, 'utf8')).split('\n').filter((line) => line.trim() !== '').slice(-LAST_LINES).map(redactText),
  });
}

/** Ready, and with the namespace that is made a moment after that. */
async function isReady(client: KubeClient): Promise<boolean> {
  for (const path of ['/readyz', '/api/v1/namespaces/default']) {
    // Nobody listens yet: asked again by the caller.
    const answer = await client.request({ path }).catch(() => undefined);
    if (answer?.status !== 200) return false;
  }
  return true;
}

