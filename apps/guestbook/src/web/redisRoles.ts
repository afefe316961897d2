import { PodscopeError } from '@podscope/core';
import { createClient } from 'redis';
import type { RedisEndpoint } from './protocol.ts';

/** How long one command may take. Milliseconds. */
const COMMAND_TIMEOUT = 2_000;
/** How often every instance is asked for its role. Milliseconds. */
const ROLE_INTERVAL = 2_000;

function connect(endpoint: RedisEndpoint) {
  return createClient({
    name: 'guestbook',
    // A command must fail while its instance is away, so that another one can be asked.
    disableOfflineQueue: true,
    socket: {
      host: endpoint.host ?? '127.0.0.1',
      port: endpoint.port,
      connectTimeout: COMMAND_TIMEOUT,
      reconnectStrategy: (retries: number) => Math.min(50 * 2 ** Math.min(retries, 6), 2_000),
    },
  });
}

/** A connection to one instance. */
export type RedisConnection = ReturnType<typeof connect>;

interface Instance {
  readonly endpoint: RedisEndpoint;
  readonly connection: RedisConnection;
  role: 'primary' | 'replica' | 'unknown';
  /** A primary's connected replicas. */
  replicas: number;
  /** Whether a replica has its primary. */
  linked: boolean;
  failure: string | undefined;
}

/**
 * All Redis instances, one connection each for the whole process. Knows by asking (`ROLE`, every 2 s and after each
 * refused write) which one is the primary, so a failover needs no message from anybody.
 */
export class RedisRoles {
  #instances: readonly Instance[] = [];
  #turn = 0;
  #asking: Promise<void> | undefined;
  readonly #timer: NodeJS.Timeout;

  constructor(endpoints: readonly RedisEndpoint[]) {
    this.setEndpoints(endpoints);
    this.#timer = setInterval(() => void this.discover(), ROLE_INTERVAL);
    this.#timer.unref();
  }

  /** Replaces the instances; those that stay keep their connection. */
  setEndpoints(endpoints: readonly RedisEndpoint[]): void {
    const before = this.#instances;
    this.#instances = endpoints.map((endpoint) => before.find((each) => isSame(each.endpoint, endpoint)) ?? this.#open(endpoint));
    for (const old of before) if (!this.#instances.includes(old)) shut(old);
  }

  /** Asks every instance for its role. Never fails: an instance that does not answer has the role `unknown`. */
  discover(): Promise<void> {
    this.#asking ??= Promise.all(this.#instances.map(askRole)).then(() => {
      this.#asking = undefined;
    });
    return this.#asking;
  }

  /**
   * Runs a command on the primary. A write that a former primary refuses is sent once more, to the new one.
   *
   * @throws PodscopeError GUESTBOOK_NO_PRIMARY, GUESTBOOK_REDIS_FAILED
   */
  async write<T>(run: (connection: RedisConnection) => Promise<T>): Promise<T> {
    if (this.#primary() === undefined) await this.#askAnew();
    try {
      return await this.#runOnPrimary(run);
    } catch (error) {
      if (!isReadOnly(error)) throw asPodscopeError(error);
      await this.#askAnew();
      return await this.#runOnPrimary(run).catch((again: unknown) => {
        throw asPodscopeError(again);
      });
    }
  }

  /**
   * Runs a command on a replica, in turn; where none answers, on the primary, and then on whatever is left.
   *
   * @throws PodscopeError GUESTBOOK_REDIS_FAILED
   */
  async read<T>(run: (connection: RedisConnection) => Promise<T>): Promise<T> {
    const linked = this.#instances.filter((each) => each.role === 'replica' && each.linked);
    const turn = this.#turn++ % Math.max(1, linked.length);
    const order = new Set([...linked.slice(turn), ...linked.slice(0, turn)]);
    const primary = this.#primary();
    if (primary) order.add(primary);
    for (const each of this.#instances) order.add(each);
    let last: unknown = new Error('no instance is known');
    for (const instance of order) {
      if (!instance.connection.isReady) continue;
      try {
        return await within(run(instance.connection));
      } catch (error) {
        last = error;
      }
    }
    throw asPodscopeError(last);
  }

  /** Closes every connection. */
  close(): void {
    clearInterval(this.#timer);
    for (const each of this.#instances) shut(each);
    this.#instances = [];
  }

  /** Roles as they are from now on: answers that are under way already may be older. */
  async #askAnew(): Promise<void> {
    await this.#asking;
    await this.discover();
  }

  #open(endpoint: RedisEndpoint): Instance {
    const connection = connect(endpoint);
    const instance: Instance = { endpoint, connection, role: 'unknown', replicas: 0, linked: false, failure: undefined };
    const remember = (error: unknown): void => {
      instance.failure = String(error);
      instance.role = 'unknown';
    };
    connection.on('error', remember);
    connection.on('ready', () => void askRole(instance));
    connection.connect().catch(remember);
    return instance;
  }

  /** After a failover two may call themselves primary; the one that replicas follow is the one. */
  #primary(): Instance | undefined {
    return this.#instances
      .filter((each) => each.role === 'primary' && each.connection.isReady)
      .reduce<Instance | undefined>((best, each) => (best && best.replicas >= each.replicas ? best : each), undefined);
  }

  #runOnPrimary<T>(run: (connection: RedisConnection) => Promise<T>): Promise<T> {
    const primary = this.#primary();
    if (primary) return within(run(primary.connection));
    const known = this.#instances.map((each) => `${each.endpoint.pod}: ${each.failure ?? each.role}`).join(', ');
    return Promise.reject(
      new PodscopeError('GUESTBOOK_NO_PRIMARY', `No Redis instance is a primary (${known}).`, {
        hint: 'Start the primary again, or promote a replica.',
      }),
    );
  }
}

function shut(instance: Instance): void {
  if (instance.connection.isOpen) instance.connection.destroy();
}

async function askRole(instance: Instance): Promise<void> {
  if (!instance.connection.isReady) {
    instance.role = 'unknown';
    return;
  }
  try {
    const [role, , third, state] = (await within(instance.connection.sendCommand(['ROLE']))) as unknown as unknown[];
    instance.role = role === 'master' ? 'primary' : 'replica';
    instance.replicas = Array.isArray(third) ? third.length : 0;
    instance.linked = state === 'connected';
    instance.failure = undefined;
  } catch (error) {
    instance.role = 'unknown';
    instance.failure = String(error);
  }
}

/** The answer, or an error when there is none in time: a stopped process keeps its connections open. */
async function within<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${COMMAND_TIMEOUT} ms`)), COMMAND_TIMEOUT);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

function isSame(one: RedisEndpoint, other: RedisEndpoint): boolean {
  return one.pod === other.pod && one.port === other.port && one.host === other.host;
}

function isReadOnly(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('READONLY');
}

function asPodscopeError(error: unknown): PodscopeError {
  if (error instanceof PodscopeError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new PodscopeError('GUESTBOOK_REDIS_FAILED', `Redis did not do what the guestbook asked: ${reason}.`, {
    hint: 'Look at the Redis pods: are they running, and is one of them the primary?',
    cause: error,
  });
}
