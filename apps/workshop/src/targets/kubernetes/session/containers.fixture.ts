import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@podscope/embedded-opensearch';

const NAMESPACE = 'guestbook';
const STANDALONE = join(import.meta.dirname, '..', '..', '..', '..', '..', 'guestbook', 'src', 'standalone.ts');
/** A kubelet looks for ended containers every second, and a container takes about two to be started. */
const RESTART_MS = 3_000;
/** Where a container's log would be named after its id. */
const CONTAINER_ID = 'c'.repeat(64);

/** What a test cluster leads to this machine. */
interface PortRoutes {
  routePort(route: { readonly namespace: string; readonly pods: string | { readonly labels: Readonly<Record<string, string>> }; readonly port: number; readonly to: { readonly host: string; readonly port: number } }): Promise<{ close(): Promise<void> }>;
}

/**
 * What kwok's pods of the guestbook would run, as processes of this machine: a primary and two replicas, and one web server behind all web
 * pods. It takes the place of the container runtime, and of the kubelet where a container that ends is started again.
 */
export interface GuestbookContainers extends AsyncDisposable {
  readonly redisPorts: readonly number[];
}

/** @param logs The folder in which the web server's log gets kubelet's name and format. */
export async function runGuestbook(cluster: PortRoutes, logs: string): Promise<GuestbookContainers> {
  const root = await mkdtemp(join(tmpdir(), 'podscope-containers-'));
  await mkdir(logs, { recursive: true });
  const running = new Set<ChildProcess>();
  let ended = false;

  /** Starts a program, and again whenever it ends by itself. */
  function keep(command: string, args: readonly string[]): void {
    const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'inherit'] });
    running.add(child);
    child.once('exit', () => {
      running.delete(child);
      if (!ended) setTimeout(() => keep(command, args), RESTART_MS);
    });
  }

  const pods = ['redis-primary-0', 'redis-replica-0', 'redis-replica-1'];
  const ports = await Promise.all(pods.map(() => freePort()));
  for (const [index, pod] of pods.entries()) {
    const dir = join(root, pod);
    await mkdir(dir);
    const follows = index === 0 ? [] : ['--replicaof', '127.0.0.1', String(ports[0])];
    keep('redis-server', ['--port', String(ports[index]), '--bind', '127.0.0.1', '--dir', dir, '--save', '', '--appendonly', 'no', '--repl-diskless-sync-delay', '0', '--shutdown-on-sigterm', 'save', '--loglevel', 'warning', ...follows]);
  }
  const web = await freePort();
  keep(process.execPath, ['--conditions=@podscope/source', STANDALONE, ...ports.flatMap((port) => ['--redis', `127.0.0.1:${port}`]), '--port', String(web), '--name', 'frontend', '--log-file', join(logs, `frontend-web_${NAMESPACE}_frontend-${CONTAINER_ID}.log`)]);

  const routes = await Promise.all([
    ...pods.map((name, index) => cluster.routePort({ namespace: NAMESPACE, pods: name, port: 6379, to: { host: '127.0.0.1', port: ports[index] ?? 0 } })),
    cluster.routePort({ namespace: NAMESPACE, pods: { labels: { app: 'frontend' } }, port: 8080, to: { host: '127.0.0.1', port: web } }),
  ]);
  return {
    redisPorts: ports,
    async [Symbol.asyncDispose]() {
      ended = true;
      for (const child of running) {
        const exited = once(child, 'exit');
        child.kill('SIGKILL');
        await exited;
      }
      for (const route of routes) await route.close();
      await rm(root, { recursive: true, force: true });
    },
  };
}
