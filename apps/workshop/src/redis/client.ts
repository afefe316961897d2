import { connect, type Socket } from 'node:net';
import { PodscopeError } from '@podscope/core';
import { encodeCommand, type RedisReply, RedisReplyError, ReplyReader } from './resp.ts';

/**
 * One connection to one Redis on loopback. The supervisor's own, because the official client's command modules weigh
 * more than everything else in that process, and INFO, ROLE and SHUTDOWN are all it says.
 */
export interface RedisLink {
  /** One answer. Rejects with what Redis answered when that is an error. */
  command(...args: readonly string[]): Promise<RedisReply>;
  /** Answers in order; errors stand among them. */
  pipeline(commands: readonly (readonly string[])[]): Promise<readonly RedisReply[]>;
  close(): void;
}

/** Longest text that is put together before it goes to the socket, in characters. */
const WRITE_BATCH = 256 * 1024;

interface Waiting {
  readonly resolve: (reply: RedisReply) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Connects to the Redis on a loopback port.
 *
 * @param timeout milliseconds until an answer must have come.
 * @throws PodscopeError REDIS_UNREACHABLE, also from the commands when the connection breaks.
 */
export async function connectRedis(port: number, timeout = 5_000): Promise<RedisLink> {
  const socket = connect({ host: '127.0.0.1', port, noDelay: true });
  const waiting: Waiting[] = [];
  const reader = new ReplyReader();
  let broken: Error | undefined;
  const fail = (cause?: Error): void => {
    broken ??= new PodscopeError('REDIS_UNREACHABLE', `The Redis on port ${port} does not answer${cause ? `: ${cause.message}` : ''}.`, {
      hint: 'See its pod in "podscope get pods" and "podscope logs <pod>".',
      cause,
    });
    socket.destroy();
    for (const each of waiting.splice(0)) each.reject(broken);
  };
  socket.setTimeout(timeout, () => {
    if (waiting.length > 0) fail(new Error(`no answer within ${timeout} ms`));
  });
  socket.on('error', fail);
  socket.on('close', () => fail());
  socket.on('data', (chunk: Buffer) => {
    try {
      for (const reply of reader.push(chunk)) waiting.shift()?.resolve(reply);
    } catch (error) {
      fail(error instanceof Error ? error : new Error(String(error)));
    }
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', () => resolve());
    socket.once('close', () => reject(broken ?? new Error('closed')));
  });

  const pipeline = async (commands: readonly (readonly string[])[]): Promise<readonly RedisReply[]> => {
    if (broken) throw broken;
    const replies = commands.map(() => new Promise<RedisReply>((resolve, reject) => waiting.push({ resolve, reject })));
    const all = Promise.all(replies);
    all.catch(() => undefined);
    let text = '';
    for (const command of commands) {
      text += encodeCommand(command);
      if (text.length < WRITE_BATCH) continue;
      await write(socket, text);
      text = '';
    }
    if (text !== '') await write(socket, text);
    return all;
  };
  return {
    pipeline,
    async command(...args) {
      const [reply] = await pipeline([args]);
      if (reply instanceof RedisReplyError) throw reply;
      return reply as RedisReply;
    },
    close() {
      socket.removeAllListeners('close');
      broken ??= new PodscopeError('REDIS_UNREACHABLE', `The connection to the Redis on port ${port} was closed.`);
      socket.end();
    },
  };
}

/** Waits where the socket's buffer is full, so that a long pipeline does not sit in memory. */
function write(socket: Socket, text: string): Promise<void> {
  if (socket.destroyed || socket.write(text)) return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      socket.off('drain', done).off('close', done);
      resolve();
    };
    socket.on('drain', done).on('close', done);
  });
}

/** `INFO` as a record: `used_memory` → `1048576`. */
export function parseInfo(info: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const line of info.split('\r\n')) {
    const colon = line.indexOf(':');
    if (colon > 0 && !line.startsWith('#')) fields.set(line.slice(0, colon), line.slice(colon + 1));
  }
  return fields;
}
