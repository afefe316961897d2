import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PodscopeError } from '@podscope/core';
import { connectRedis } from '../../../redis/client.ts';

/** One Redis process to start. */
export interface RedisServerOptions {
  /** Its data and configuration; kept. */
  readonly directory: string;
  readonly port: number;
  /** Loopback port of the primary to follow; without it, a primary. */
  readonly follows?: number;
  /** Every line that the process writes. */
  readonly onLine: (stream: 'stdout' | 'stderr', line: string) => void;
  /** Told the pid as soon as there is one. */
  readonly onPid: (pid: number) => void;
}

/** A Redis that answers. */
export interface StartedRedis {
  readonly process: ChildProcess;
  readonly pid: number;
  readonly port: number;
}

/** As Redis reads a text in double quotes. */
const quoted = (text: string): string => `"${text.replace(/["\\]/g, String.raw`\$&`)}"`;

function configuration(options: RedisServerOptions): string {
  const lines = [
    'bind 127.0.0.1',
    'protected-mode yes',
    `port ${options.port}`,
    'daemonize no',
    `dir ${quoted(options.directory)}`,
    'dbfilename dump.rdb',
    // Saved when it is told to end, never in between: a fork copies pages, which would blur what fragmentation shows.
    'save ""',
    'appendonly no',
    'enable-debug-command no',
    'enable-module-command no',
    // The title would overwrite the environment, by which the reaper knows its own.
    'set-proc-title no',
    'repl-diskless-sync yes',
    'repl-diskless-sync-delay 0',
    'repl-backlog-size 4mb',
    'shutdown-timeout 10',
    // By the reaper, when nobody is there any more to ask it to save; a replica that hangs must not hold it up.
    'shutdown-on-sigterm save now',
    'replica-announce-ip 127.0.0.1',
    ...(options.follows === undefined ? [] : [`replicaof 127.0.0.1 ${options.follows}`]),
  ];
  return `${lines.join('\n')}\n`;
}

/** How long loading the data may take, in milliseconds. */
const START_TIMEOUT = 30_000;

/**
 * Starts `redis-server` from the PATH and resolves when it has loaded its data and answers.
 *
 * @throws PodscopeError NO_REDIS, REDIS_START_FAILED
 */
export async function startRedisServer(options: RedisServerOptions): Promise<StartedRedis> {
  mkdirSync(options.directory, { recursive: true, mode: 0o700 });
  const file = join(options.directory, 'redis.conf');
  writeFileSync(file, configuration(options), { mode: 0o600 });
  chmodSync(file, 0o600);
  const child = spawn('redis-server', [file], {
    cwd: options.directory,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const last: string[] = [];
  for (const name of ['stdout', 'stderr'] as const) {
    let rest = '';
    child[name].setEncoding('utf8').on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        last.push(line);
        if (last.length > 20) last.shift();
        options.onLine(name, line);
      }
    });
  }
  const ended: { reason?: string; missing?: boolean } = {};
  child.once('exit', (code, signal) => (ended.reason = signal ?? `exit code ${code}`));
  child.once('error', (error: NodeJS.ErrnoException) => {
    ended.reason = error.message;
    ended.missing = error.code === 'ENOENT';
  });
  if (child.pid !== undefined) options.onPid(child.pid);
  const deadline = Date.now() + START_TIMEOUT;
  for (;;) {
    if (ended.missing) {
      throw new PodscopeError('NO_REDIS', 'There is no redis-server on the PATH.', {
        hint: 'Install it: "apt install redis-server" on Debian, "brew install redis" on macOS; or run "podscope doctor --fix".',
      });
    }
    if (ended.reason !== undefined || Date.now() > deadline) {
      child.kill('SIGKILL');
      throw new PodscopeError('REDIS_START_FAILED', `The Redis on port ${options.port} did not start: ${ended.reason ?? 'it took too long'}.`, {
        hint: 'Its last lines are below; its data is in ' + options.directory + '.',
        details: last,
      });
    }
    if (await answers(options.port)) return { process: child, pid: child.pid as number, port: options.port };
    await sleep(20);
  }
}

async function answers(port: number): Promise<boolean> {
  try {
    const link = await connectRedis(port, 1_000);
    try {
      return (await link.command('PING')) === 'PONG';
    } finally {
      link.close();
    }
  } catch {
    // Refused, or still loading its data (`-LOADING`): ask again.
    return false;
  }
}
