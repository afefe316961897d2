import { writeFile } from 'node:fs/promises';
import { freePort } from '../../packages/embedded-opensearch/src/run/port.ts';
import { controllerManagerCommand, kwokCommand, schedulerCommand, stateMetricsCommand } from './cluster/commands.ts';
import { runKubectl, type KubectlOptions, type KubectlResult } from './cluster/kubectl.ts';
import { kwokConfig, routeDefinitions } from './cluster/kwok.ts';
import { areReady, DEFAULT_NODES, nodeObjects, type NodeShape } from './cluster/nodes.ts';
import { createRoutes, type Routes } from './cluster/routes.ts';
import { createServiceAccounts, type ServiceAccounts } from './cluster/serviceAccounts.ts';
import { stages } from './cluster/stages.ts';
import { storageObjects } from './cluster/storage.ts';
import { obtainKubeProgram } from './programs.ts';
import { startServers, type StartedServers } from './servers.ts';
import type { Running } from './running.ts';
import type { StartedKubeApiServer, StartOptions } from './start.ts';

/** Options of {@link startKubeCluster}. */
export interface ClusterOptions extends StartOptions {
  /** @default four, of 10, 10, 10 and 9 pods: of a Deployment of 100, 39 run and 61 stay pending */
  readonly nodes?: readonly NodeShape[] | undefined;
  /** Also start kube-state-metrics. @default false */
  readonly stateMetrics?: boolean | undefined;
  /**
   * What becomes of a Job's pods, whose programs nobody runs: `complete` ends them at once and well, `run` leaves them running until
   * a test, which ran the program itself, annotates the pod with `podscope.test/exit-code`. @default 'complete'
   */
  readonly jobs?: 'complete' | 'run' | undefined;
  /** Further flags, without dashes, beside those of kube-apiserver in `flags`. */
  readonly controllerManagerFlags?: Readonly<Record<string, string>> | undefined;
  readonly schedulerFlags?: Readonly<Record<string, string>> | undefined;
}

/** A running cluster whose control plane is real and whose nodes are kwok's. */
export interface StartedKubeCluster extends StartedKubeApiServer, ServiceAccounts, Routes {
  readonly pids: StartedKubeApiServer['pids'] & { readonly controllerManager: number; readonly scheduler: number; readonly kwok: number; readonly stateMetrics?: number };
  readonly logFiles: StartedKubeApiServer['logFiles'] & { readonly controllerManager: string; readonly scheduler: string; readonly kwok: string };
  /** Where kube-state-metrics answers, such as `http://127.0.0.1:8080`; its metrics are at `/metrics`. Undefined when it wasn't asked for. */
  readonly stateMetricsUrl: string | undefined;
  /**
   * Kills kube-apiserver with SIGKILL, waits, and starts it again with the same port, certificates and etcd. Returns when it is
   * ready; the controllers live on and find it again by themselves, within some seconds.
   */
  restartApiServer(options?: { readonly downMs?: number }): Promise<void>;
  /** Runs a kubectl of the server's version, which is built when it is asked for first. Does not throw for what it says. */
  kubectl(args: readonly string[], options?: KubectlOptions): Promise<KubectlResult>;
}

/** What a cluster has beside the programs of `startKubeApiServer`. */
const PROGRAMS = ['kube-controller-manager', 'kube-scheduler', 'kwok'] as const;

type Programs = Readonly<Record<(typeof PROGRAMS)[number], string>> & { readonly 'kube-state-metrics'?: string };

const DEFAULT_ACCOUNT = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { namespace: 'default', name: 'default' } };

const START_TIMEOUT_MS = 120_000;

/**
 * Starts a whole cluster on the loopback address: kube-apiserver and etcd as `startKubeApiServer` does, kube-controller-manager and
 * kube-scheduler, and kwok in the place of kubelets. Returns when its nodes are ready and the namespace `default` has its service
 * account. Everything ends with the handle, or with this process, whatever ends that.
 *
 * Real: admission, controllers, scheduling, quotas, tokens, garbage collection, the binding of volumes. Acted by kwok: a pod with a
 * node runs and is ready at once whatever its image and probes are, a deleted one is gone at once, volumes have no disk. Nothing that
 * only a container runtime shows can be proved here.
 *
 * @throws PodscopeError as `startKubeApiServer`.
 */
export async function startKubeCluster(options: ClusterOptions = {}): Promise<StartedKubeCluster> {
  const programs: Record<string, string> = {};
  for (const name of [...PROGRAMS, ...(options.stateMetrics === true ? (['kube-state-metrics'] as const) : [])]) programs[name] = await obtainKubeProgram(name, options);
  const servers = await startServers(options);
  try {
    return await join(servers, programs as Programs, options);
  } catch (error) {
    await servers.server.stop();
    throw error;
  }
}

/** Starts what makes a cluster of the two servers. */
async function join(servers: StartedServers, programs: Programs, options: ClusterOptions): Promise<StartedKubeCluster> {
  const { server, running, root, files } = servers;
  const { client } = server.admin;
  const limits = { timeoutMs: options.startTimeoutMs ?? START_TIMEOUT_MS, signal: options.signal };
  const kubeconfigFile = async (user: string, groups: readonly string[] = []): Promise<string> => {
    const file = `${root}/${user.replace(/\W+/g, '-')}.kubeconfig`;
    const { kubeconfig } = servers.userWith(user, await servers.authority.client(user, groups));
    await writeFile(file, kubeconfig, { mode: 0o600 });
    return file;
  };

  const manager = await kubeconfigFile('system:kube-controller-manager');
  const managerCommand = controllerManagerCommand(programs['kube-controller-manager'], { files, kubeconfig: manager, flags: options.controllerManagerFlags ?? {} });
  await running.start('kube-controller-manager', managerCommand);
  const scheduler = await kubeconfigFile('system:kube-scheduler');
  const scheduling = schedulerCommand(programs['kube-scheduler'], { kubeconfig: scheduler, flags: options.schedulerFlags ?? {} });
  await running.start('kube-scheduler', scheduling);

  await Promise.all([...routeDefinitions, ...storageObjects].map((object) => client.create(object)));
  await Promise.all(routeDefinitions.map(({ metadata: { name = '' } }) => client.established(name)));
  const kubeletPort = await freePort();
  const config = `${root}/kwok.yaml`;
  await writeFile(config, kwokConfig({ files, port: kubeletPort, stages: stages(options.jobs ?? 'complete') }), { mode: 0o600 });
  const kubelets = kwokCommand(programs.kwok, { config, kubeconfig: await kubeconfigFile('podscope-kwok', ['system:masters']) });
  await running.start('kwok', kubelets);
  const nodes = nodeObjects(options.nodes ?? DEFAULT_NODES, kubeletPort);
  await Promise.all(nodes.map((node) => client.create(node)));

  const stateMetricsUrl = programs['kube-state-metrics'] === undefined ? undefined : await startStateMetrics(programs['kube-state-metrics'], running, await kubeconfigFile('podscope-state-metrics', ['system:masters']));

  await running.until('kube-controller-manager', async () => (await client.read(DEFAULT_ACCOUNT)) !== undefined, limits);
  await running.until('kwok', () => isHealthy(`http://127.0.0.1:${kubeletPort}/healthz`), limits);
  await running.until('kwok', () => areReady(client, nodes.length), limits);
  if (stateMetricsUrl !== undefined) await running.until('kube-state-metrics', () => isHealthy(`${stateMetricsUrl}/healthz`), limits);
  running.unref();
  // A scheduler that finds its cache at odds with what it hears after an outage ends itself (pkg/scheduler/backend/cache/cache.go, `UpdatePod`).
  running.keep('kube-controller-manager', managerCommand);
  running.keep('kube-scheduler', scheduling);
  running.keep('kwok', kubelets);

  const { close: closeRoutes, ...routes } = createRoutes(server.admin);
  const stop = async (): Promise<void> => {
    closeRoutes();
    await server.stop();
  };
  return {
    ...server,
    logFiles: { ...server.logFiles, controllerManager: running.logFile('kube-controller-manager'), scheduler: running.logFile('kube-scheduler'), kwok: running.logFile('kwok') },
    get pids() {
      return {
        ...server.pids,
        controllerManager: running.pid('kube-controller-manager'),
        scheduler: running.pid('kube-scheduler'),
        kwok: running.pid('kwok'),
        ...(stateMetricsUrl === undefined ? {} : { stateMetrics: running.pid('kube-state-metrics') }),
      };
    },
    stateMetricsUrl,
    restartApiServer: (restart) => servers.restartApiServer(restart),
    kubectl: (args, { stdin, environment, as = server.admin } = {}) => runKubectl(args, { root, user: as, stdin, environment, onProgress: options.onProgress, signal: options.signal, cacheDir: options.cacheDir }),
    ...createServiceAccounts(servers),
    ...routes,
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

async function startStateMetrics(program: string, running: Running, kubeconfig: string): Promise<string> {
  const [port, telemetryPort] = await Promise.all([freePort(), freePort()]);
  await running.start('kube-state-metrics', stateMetricsCommand(program, { kubeconfig, port, telemetryPort }));
  return `http://127.0.0.1:${port}`;
}

async function isHealthy(url: string): Promise<boolean> {
  const response = await fetch(url);
  await response.body?.cancel();
  return response.ok;
}
