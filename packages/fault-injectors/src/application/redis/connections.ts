import type { RedisSession } from '../../target.ts';
import type { RedisTier } from './tier.ts';

const GROW_MS = 1_000;

/** What Redis says to a connection for which there is no room (`acceptCommonHandler` in src/networking.c). */
const FULL = /max number of clients/;

/** True where an error says, itself or by its cause, that the instance takes no more clients. */
export function isFull(error: unknown): boolean {
  for (let each: unknown = error; each instanceof Error; each = each.cause) if (FULL.test(each.message)) return true;
  return false;
}

/** Asks for a connection. `full` when there is no room for it. @throws any other error. */
export async function tryConnection(tier: RedisTier, instance: string): Promise<'full' | 'room'> {
  let session: RedisSession | undefined;
  try {
    session = await tier.open(instance);
    await session.command('PING');
    return 'room';
  } catch (error) {
    if (isFull(error)) return 'full';
    throw error;
  } finally {
    await session?.close();
  }
}

/** Does something in a session, and asks again for a while where there is no room for one. @throws the last error. */
export async function whenThereIsRoom<Value>(tier: RedisTier, instance: string, waitMs: number, signal: AbortSignal, task: (session: RedisSession) => Promise<Value>): Promise<Value> {
  const deadline = Date.now() + waitMs;
  for (;;) {
    signal.throwIfAborted();
    let session: RedisSession | undefined;
    try {
      session = await tier.open(instance);
      return await task(session);
    } catch (error) {
      if (!isFull(error) || Date.now() > deadline) throw error;
    } finally {
      await session?.close();
    }
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

/**
 * What a held connection does: it waits for a stream that isn't there, and asks again (`XREAD BLOCK` is for replicas, too). So the server speaks
 * every other second, which ends a forward that nobody listens to any more: when the injector dies, what it held is free soon after, whatever
 * stands between it and the server.
 */
const WAIT_COMMAND = ['XREAD', 'BLOCK', '2000', 'STREAMS', 'podscope:nothing', '$'];

async function keepWaiting(session: RedisSession): Promise<void> {
  // It ends with its session.
  for (;;) await session.command(...WAIT_COMMAND);
}

/** Holds so many idle connections, then every further one that gets free, until the returned function is called. */
export async function holdConnections(tier: RedisTier, instance: string, count: number): Promise<() => Promise<void>> {
  const sessions: RedisSession[] = [];
  const keep = (session: RedisSession): void => {
    sessions.push(session);
    keepWaiting(session).catch(() => undefined);
  };
  const close = async (): Promise<void> => {
    await Promise.all(sessions.splice(0).map((session) => session.close()));
  };
  try {
    while (sessions.length < count) keep(await tier.open(instance));
  } catch (error) {
    await close();
    throw error;
  }
  let ended = false;
  let timer: NodeJS.Timeout;
  const grow = async (): Promise<void> => {
    const session = await tier.open(instance).catch(() => undefined);
    // The session is held only if the instance answers over it: a refusal may come after the connection.
    const isThere = session !== undefined && (await session.command('PING').then(() => true, () => false));
    if (session !== undefined && isThere && !ended) keep(session);
    else await session?.close();
    if (!ended) timer = setTimeout(() => void grow(), GROW_MS).unref();
  };
  timer = setTimeout(() => void grow(), GROW_MS).unref();
  return async () => {
    ended = true;
    clearTimeout(timer);
    await close();
  };
}
