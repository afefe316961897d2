import { join } from 'node:path';
import { PodscopeError } from '@podscope/core';
import type { PodRuntime } from '../cluster/actuator.ts';
import type { ModelPod } from '../cluster/model.ts';
import { openContainerLog } from '../supervisor/containerLog.ts';
import { adoptLastPrimary, rememberPrimary } from './lastPrimary.ts';
import { connectRedis, type RedisLink } from '../../../redis/client.ts';
import type { RedisReply } from '../../../redis/resp.ts';
import { startRedisServer, type StartedRedis } from './server.ts';

export interface RedisTierOptions {
  /** Each instance's data goes into `<directory>/<pod>`. */
  readonly directory: string;
  /** Directory of the containers' logs. */
  readonly logs: string;
  /** The loopback port of each pod, the same for the whole run: replicas find their primary by it. */
  readonly ports: ReadonlyMap<string, number>;
  /** The pod that is primary at the start. */
  readonly primary: string;
  /** Told before its process is started. */
  readonly onStarting?: (pod: ModelPod) => void;
  readonly onPid: (pod: ModelPod, pid: number) => void;
  readonly onExit: (pod: ModelPod, pid: number, wanted: boolean, reason: string) => void;
  readonly onRole: (pod: string, role: 'primary' | 'replica') => void;
}

interface Instance {
  readonly pod: ModelPod;
  readonly server: StartedRedis;
  stopping: boolean;
  readonly exited: Promise<void>;
}

/** What `ROLE` says, in our words. */
interface Role {
  readonly role: 'primary' | 'replica';
  /** A primary's connected replicas. */
  readonly followers: number;
  /** How far in the replication stream it is, bytes. */
  readonly offset: number;
}

function parseRole(reply: RedisReply): Role | undefined {
  if (!Array.isArray(reply)) return undefined;
  const [kind, second, third, , fifth] = reply as readonly RedisReply[];
  if (kind === 'master') return { role: 'primary', followers: Array.isArray(third) ? third.length : 0, offset: Number(second) };
  return { role: 'replica', followers: 0, offset: Number(fifth) };
}

const ROLE_INTERVAL = 2_000;
/** Saving 64 MB takes a second; a slow disk gets longer. */
const STOP_TIMEOUT = 20_000;

/** The Redis processes: who follows whom, and what is on disk between two lives of one. */
export class RedisTier implements PodRuntime {
  readonly #options: RedisTierOptions;
  readonly #instances = new Map<string, Instance>();
  readonly #roles = new Map<string, Role['role']>();
  readonly #timer: NodeJS.Timeout;
  readonly #starting = new Set<Promise<number>>();
  #primary: string;
  #closed = false;

  constructor(options: RedisTierOptions) {
    this.#options = options;
    this.#primary = options.primary;
    adoptLastPrimary(options.directory, options.primary, [...options.ports.keys()]);
    rememberPrimary(options.directory, options.primary);
    this.#timer = setInterval(() => void this.observeRoles(), ROLE_INTERVAL);
    this.#timer.unref();
  }

  /** The pod that takes the writes now, as far as is known. */
  get primary(): string {
    return this.#primary;
  }

  /** @throws PodscopeError POD_NOT_FOUND */
  port(pod: string): number {
    const port = this.#options.ports.get(pod);
    if (port === undefined) {
      throw new PodscopeError('POD_NOT_FOUND', `There is no Redis pod ${pod}.`, { hint: 'See "podscope get pods".' });
    }
    return port;
  }

  /** A connection to one pod. @throws PodscopeError REDIS_UNREACHABLE, POD_NOT_FOUND */
  connect(pod: string, timeout?: number): Promise<RedisLink> {
    return connectRedis(this.port(pod), timeout);
  }

  start(pod: ModelPod): Promise<number> {
    const starting = this.#start(pod).finally(() => this.#starting.delete(starting));
    this.#starting.add(starting);
    return starting;
  }

  async #start(pod: ModelPod): Promise<number> {
    if (this.#closed) throw new PodscopeError('PROCESS_ENDED', 'The Redis tier was ended.', { hint: 'Run "podscope up" again.' });
    await this.observeRoles();
    const port = this.port(pod.name);
    const log = openContainerLog(this.#options.logs, pod);
    this.#options.onStarting?.(pod);
    try {
      const server = await startRedisServer({
        directory: join(this.#options.directory, pod.name),
        port,
        ...(pod.name === this.#primary ? {} : { follows: this.port(this.#primary) }),
        onLine: (stream, line) => log.write(stream, line),
        onPid: (pid) => this.#options.onPid(pod, pid),
      });
      const ended = Promise.withResolvers<void>();
      const instance: Instance = { pod, server, stopping: false, exited: ended.promise };
      const onEnd = (reason: string): void => {
        log.close();
        this.#instances.delete(pod.name);
        this.#roles.delete(pod.name);
        ended.resolve();
        this.#options.onExit(pod, server.pid, instance.stopping, reason);
        if (!instance.stopping && pod.name === this.#primary) void this.#promote();
      };
      this.#instances.set(pod.name, instance);
      if (server.process.exitCode !== null || server.process.signalCode !== null) onEnd('it ended while starting');
      else server.process.once('exit', (code, signal) => onEnd(signal ?? `exit code ${code}`));
    } catch (error) {
      log.close();
      throw error;
    }
    await this.observeRoles();
    return port;
  }

  /** Saves the data, then ends the process; a process that doesn't answer is ended anyway. */
  async stop(pod: ModelPod): Promise<void> {
    const instance = this.#instances.get(pod.name);
    if (instance === undefined) return;
    instance.stopping = true;
    const ladder = [
      setTimeout(() => instance.server.process.kill('SIGTERM'), STOP_TIMEOUT),
      setTimeout(() => instance.server.process.kill('SIGKILL'), STOP_TIMEOUT + 3_000),
    ];
    await this.#shutdown(instance);
    await instance.exited;
    for (const timer of ladder) clearTimeout(timer);
  }

  async #shutdown(instance: Instance): Promise<void> {
    try {
      const link = await connectRedis(instance.server.port, STOP_TIMEOUT);
      // It answers by ending, so the broken connection is the good news here.
      await link.command('SHUTDOWN', 'SAVE').catch(() => undefined);
      link.close();
    } catch {
      instance.server.process.kill('SIGTERM');
    }
  }

  /** Saves every running instance and ends it, the replicas before the primary. */
  async stopAll(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#timer);
    await Promise.allSettled(this.#starting);
    const all = [...this.#instances.values()].map((each) => each.pod);
    await Promise.all(all.filter((pod) => pod.name !== this.#primary).map((pod) => this.stop(pod)));
    await Promise.all(all.filter((pod) => pod.name === this.#primary).map((pod) => this.stop(pod)));
  }

  /** Asks every running instance for its role and tells what changed. */
  async observeRoles(): Promise<void> {
    const answers = await this.#askRoles();
    const primaries = answers.filter(({ role }) => role.role === 'primary').toSorted((a, b) => b.role.followers - a.role.followers);
    const [first] = primaries;
    // Two call themselves primary for a moment in a failover; the one that others follow is the one.
    if (first !== undefined && !primaries.some(({ pod, role }) => pod === this.#primary && role.followers >= first.role.followers)) this.#follow(first.pod);
    for (const { pod, role } of answers) {
      if (this.#roles.get(pod) === role.role) continue;
      this.#roles.set(pod, role.role);
      this.#options.onRole(pod, role.role);
    }
  }

  async #askRoles(): Promise<{ pod: string; role: Role }[]> {
    const answers = await Promise.all(
      [...this.#instances.values()].map(async ({ pod, server }) => {
        try {
          const link = await connectRedis(server.port, 1_000);
          try {
            return { pod: pod.name, role: parseRole(await link.command('ROLE')) };
          } finally {
            link.close();
          }
        } catch {
          // Ending, loading or stuck: it has no role until it answers again.
          return { pod: pod.name, role: undefined };
        }
      }),
    );
    return answers.flatMap(({ pod, role }) => (role === undefined ? [] : [{ pod, role }]));
  }

  /**
   * The primary died with what it had not saved, but its replicas have it: the furthest one takes over, the others
   * follow it, and so does the dead one when it is back. Otherwise they would all go back to the last saved state.
   */
  async #promote(): Promise<void> {
    const replicas = (await this.#askRoles()).toSorted((a, b) => b.role.offset - a.role.offset);
    const [best, ...others] = replicas;
    if (best === undefined || this.#instances.has(this.#primary)) return;
    this.#follow(best.pod);
    await this.#tell(best.pod, ['REPLICAOF', 'NO', 'ONE']);
    await Promise.all(others.map(({ pod }) => this.#tell(pod, ['REPLICAOF', '127.0.0.1', String(this.port(best.pod))])));
    await this.observeRoles();
  }

  #follow(pod: string): void {
    this.#primary = pod;
    rememberPrimary(this.#options.directory, pod);
  }

  async #tell(pod: string, command: readonly string[]): Promise<void> {
    try {
      const link = await this.connect(pod, 2_000);
      await link.command(...command).finally(() => link.close());
    } catch {
      // It died too; when it is started again it is told whom to follow.
      this.#roles.delete(pod);
    }
  }
}
