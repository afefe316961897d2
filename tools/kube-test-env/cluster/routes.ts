import { randomInt } from 'node:crypto';
import { PassThrough } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { Exec, KubeConfig, PortForward, type V1Status } from '@kubernetes/client-node';
import type { KubeObject } from '../objects.ts';
import type { KubeUser } from '../start.ts';
import { KWOK_GROUP, ROUTE_KINDS } from './kwok.ts';
import { followPods, type RoutedPods } from './routedPods.ts';

/** Sends what the API server forwards to a port of pods to a local process. */
export interface PortRoute extends RoutedPods {
  /** The port in the pod, whether a container declares it or not. */
  readonly port: number;
  readonly to: { readonly host: string; readonly port: number };
}

/** Gives a file as the log of a container. */
export interface LogRoute extends RoutedPods {
  readonly container: string;
  /** An absolute path. As the runtime writes it: a line is `2026-01-31T12:00:00.000000000Z stdout F text`. May grow. */
  readonly file: string;
  /** The log of the container's run before this one. */
  readonly previousFile?: string;
}

/** Runs what is executed in a container as a process of this machine, as this user. For kubectl, kwok makes 1 of every exit code but 0, and no command hears the end of its input. */
export interface ExecRoute extends RoutedPods {
  readonly container: string;
  readonly directory?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Holds until it is closed, or until the cluster ends. */
export interface Route {
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Routes of a cluster. Where two of a kind name the same pod and port, or container, it is open which one holds. */
export interface Routes {
  /** Returns when a port forward arrives there. Where no pod is there yet, it holds from the moment on that one is. */
  routePort(route: PortRoute): Promise<Route>;
  routeLogs(route: LogRoute): Promise<Route>;
  routeExec(route: ExecRoute): Promise<Route>;
}

const SEEN_MS = 10_000;
const ASK_AGAIN_MS = 25;

/** Answers a port forward without a target: who hears it knows that kwok has read the route. */
const HERE = 'podscope-route-is-here';

/** @param admin - may do everything */
export function createRoutes(admin: KubeUser): Routes & { close(): void } {
  const config = new KubeConfig();
  config.loadFromString(admin.kubeconfig);
  const followed = new Set<{ close(): void }>();
  let count = 0;

  async function route(kind: keyof typeof ROUTE_KINDS, pods: RoutedPods, spec: object, isSeen: (pod: string) => Promise<boolean>): Promise<Route> {
    const name = `route-${(count += 1)}`;
    const objectFor = (names: readonly string[], tries: number): KubeObject => ({
      apiVersion: `${KWOK_GROUP}/v1alpha1`,
      kind: ROUTE_KINDS[kind],
      metadata: { name, annotations: { 'podscope.test/tries': String(tries) } },
      // No name at all would mean every pod.
      spec: { selector: { matchNamespaces: [pods.namespace], matchNames: names.length === 0 ? ['.none'] : names }, ...spec },
    });
    const changed = async (names: readonly string[]): Promise<void> => {
      await admin.client.apply(objectFor(names, 0));
      const [first] = await existing(pods.namespace, names);
      if (first === undefined) return;
      const deadline = performance.now() + SEEN_MS;
      for (let tries = 1; !(await isSeen(first)); tries += 1) {
        if (performance.now() > deadline) throw new Error(`kwok did not take the route to ${pods.namespace}/${first} within ${SEEN_MS / 1000} s.`);
        await sleep(ASK_AGAIN_MS);
        // kwok may keep what it read between the version and the object (pkg/config/resources/cache.go): a new version ends that.
        if (tries % 10 === 0) await admin.client.apply(objectFor(names, tries));
      }
    };
    const following = await followPods(pods, { ...admin, changed });
    followed.add(following);
    const close = async (): Promise<void> => {
      following.close();
      followed.delete(following);
      await admin.client.remove(objectFor([], 0));
    };
    return { close, [Symbol.asyncDispose]: close };
  }

  /** Those of the names that are pods which run: only they answer. */
  async function existing(namespace: string, names: readonly string[]): Promise<readonly string[]> {
    const found: string[] = [];
    for (const name of names) {
      const pod = await admin.client.read({ apiVersion: 'v1', kind: 'Pod', metadata: { namespace, name } });
      if ((pod?.['status'] as { readonly phase?: string } | undefined)?.phase === 'Running') found.push(name);
    }
    return found;
  }

  return {
    routePort({ port, to, ...pods }) {
      // A port that no route is for: of the last, which systems give out themselves.
      const probe = randomInt(2 ** 15, 2 ** 16);
      const forwards = [{ ports: [port], target: { address: to.host, port: to.port } }, { ports: [probe], command: ['/bin/echo', HERE] }];
      return route('ports', pods, { forwards }, async (pod) => (await heard(config, pods.namespace, pod, probe)).includes(HERE));
    },
    routeLogs({ container, file, previousFile, ...pods }) {
      const logs = [{ containers: [container], logsFile: file, ...(previousFile === undefined ? {} : { previousLogsFile: previousFile }) }];
      return route('logs', pods, { logs }, async (pod) => {
        const { status } = await admin.client.request({ path: `/api/v1/namespaces/${pods.namespace}/pods/${pod}/log`, query: { container, tailLines: '1' } });
        return status === 200;
      });
    },
    routeExec({ container, directory, environment = {}, ...pods }) {
      const local = { ...(directory === undefined ? {} : { workDir: directory }), envs: Object.entries(environment).map(([name, value]) => ({ name, value })) };
      return route('exec', pods, { execs: [{ containers: [container], local }] }, (pod) => ran(config, pods.namespace, pod, container));
    },
    // The objects go with the cluster.
    close: () => followed.forEach((each) => each.close()),
  };
}

/** What a port of a pod says before it closes. */
async function heard(config: KubeConfig, namespace: string, pod: string, port: number): Promise<string> {
  const output = new PassThrough();
  const chunks: Buffer[] = [];
  output.on('data', (chunk: Buffer) => chunks.push(chunk));
  const { promise, resolve } = Promise.withResolvers<void>();
  const socket = await new PortForward(config).portForward(namespace, pod, [port], output, null, new PassThrough());
  if (typeof socket === 'function') throw new TypeError('A port forward that restarts was not asked for.');
  socket.onclose = () => resolve();
  output.once('data', () => resolve());
  await promise;
  socket.close();
  return Buffer.concat(chunks).toString('utf8');
}

/** Whether a command that does nothing can be executed. */
async function ran(config: KubeConfig, namespace: string, pod: string, container: string): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<V1Status | undefined>();
  const socket = await new Exec(config).exec(namespace, pod, container, ['true'], new PassThrough(), new PassThrough(), null, false, resolve);
  socket.onclose = () => resolve(undefined);
  const status = await promise;
  socket.close();
  return status?.status === 'Success';
}
