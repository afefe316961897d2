import type { Duplex } from 'node:stream';
import { PodscopeError } from '@podscope/core';
import type { RedisSession } from '../../target.ts';
import { encodeCommand, type RedisAnswer, RedisAnswerError, RespReader } from './respReader.ts';

/** Options of {@link openRedisSession}. */
export interface RedisSessionOptions {
  /** Whose Redis it is, for errors: `guestbook/redis-primary-0`. */
  readonly of: string;
  /** Sent by AUTH before anything else; never part of an error. */
  readonly password?: string | undefined;
  /** How long an answer may take, milliseconds. @default 60,000 */
  readonly timeoutMs?: number;
}

/** Longest text that is put together before it goes to the stream, in characters. */
const WRITE_BATCH = 256 * 1024;

/** How long a server may take to close a session that ends. */
const QUIT_MS = 300;

interface Waiting {
  readonly resolve: (answer: RedisAnswer) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Speaks to the Redis at the other end of a stream. The official client opens its sockets itself (`@redis/client`, lib/client/socket.ts:
 * `net.createConnection` or `tls.connect`, no stream of somebody else's), and a forward through the API server is such a stream.
 *
 * @throws PodscopeError FAULT_REDIS_FAILED when the connection ends or an answer doesn't come, also from the session's commands, and when the
 *   password is missing or wrong. What Redis refuses is thrown as its own answer (RedisAnswerError).
 */
export async function openRedisSession(stream: Duplex, options: RedisSessionOptions): Promise<RedisSession> {
  const { of, password, timeoutMs = 60_000 } = options;
  const waiting: Waiting[] = [];
  const reader = new RespReader();
  let broken: Error | undefined;
  let timer: NodeJS.Timeout | undefined;

  const fail = (reason: string, cause?: unknown): void => {
    broken ??= new PodscopeError('FAULT_REDIS_FAILED', `The Redis of ${of} does not answer: ${reason}.`, {
      hint: 'Check that the pod runs, that its port is the one that was given, and that Redis takes connections.',
      ...(cause === undefined ? {} : { cause }),
    });
    clearTimeout(timer);
    stream.destroy();
    for (const each of waiting.splice(0)) each.reject(broken);
  };
  const watch = (): void => {
    clearTimeout(timer);
    if (waiting.length > 0) timer = setTimeout(() => fail(`nothing came within ${timeoutMs / 1000} s`), timeoutMs);
  };
  stream.on('error', (error) => fail('the connection failed', error));
  stream.on('close', () => fail('the connection was closed'));
  stream.on('end', () => fail('the connection was closed'));
  stream.on('data', (chunk: Buffer) => {
    try {
      for (const answer of reader.push(chunk)) {
        const next = waiting.shift();
        // Redis says of its own accord that it takes no more clients, and closes.
        if (next === undefined && answer instanceof RedisAnswerError) broken ??= answer;
        else next?.resolve(answer);
      }
      watch();
    } catch (error) {
      fail(error instanceof Error ? error.message : String(error));
    }
  });

  const pipeline = async (commands: readonly (readonly string[])[]): Promise<readonly RedisAnswer[]> => {
    if (broken) throw broken;
    const answers = Promise.all(commands.map(() => new Promise<RedisAnswer>((resolve, reject) => waiting.push({ resolve, reject }))));
    answers.catch(() => undefined);
    watch();
    let text = '';
    for (const command of commands) {
      text += encodeCommand(command);
      if (text.length < WRITE_BATCH) continue;
      await write(stream, text);
      text = '';
    }
    if (text !== '') await write(stream, text);
    const all = await answers;
    const refused = all.find((answer) => answer instanceof RedisAnswerError);
    if (refused instanceof RedisAnswerError) throw refused;
    return all;
  };
  const command = async (...args: readonly string[]): Promise<RedisAnswer> => (await pipeline([args]))[0] ?? null;
  const close = async (): Promise<void> => {
    if (!stream.destroyed && broken === undefined) {
      // A forward may keep its connection to the server until that one closes it (kwok's does, pkg/utils/net: Tunnel waits for both sides).
      const closed = new Promise<void>((resolve) => stream.once('close', resolve).once('end', resolve));
      stream.write(encodeCommand(['QUIT']));
      await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, QUIT_MS).unref())]);
    }
    broken ??= new PodscopeError('FAULT_REDIS_FAILED', `The session with the Redis of ${of} was closed.`);
    clearTimeout(timer);
    stream.end();
    stream.destroy();
  };

  try {
    if (password !== undefined) await command('AUTH', password);
    await command('PING');
  } catch (error) {
    await close();
    if (error instanceof RedisAnswerError && /^(NOAUTH|WRONGPASS|ERR invalid password|ERR (Client sent )?AUTH)/.test(error.message)) {
      // Its cause is left out: some servers repeat what they were sent.
      throw new PodscopeError('FAULT_REDIS_FAILED', `The Redis of ${of} does not take the password${password === undefined ? ': none was given' : ''}.`, { hint: 'Give the target the password of its Redis; it stays out of records and messages.' });
    }
    throw error;
  }
  return { command, pipeline, close };
}

/** Waits where the stream's buffer is full, so that a long pipeline doesn't sit in memory. */
function write(stream: Duplex, text: string): Promise<void> {
  if (stream.destroyed || stream.write(text)) return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      stream.off('drain', done).off('close', done);
      resolve();
    };
    stream.on('drain', done).on('close', done);
  });
}
