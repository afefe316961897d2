import { spawn } from 'node:child_process';
import { PodscopeError } from '@podscope/core';
import type { ExecResult } from '@podscope/console/api';

const TIME_LIMIT = 10_000;
const OUTPUT_LIMIT = 1024 * 1024;

/** Commands that write files, load code, stop the process, or keep the connection for ever. */
const REFUSED = new Set(['SHUTDOWN', 'MODULE', 'DEBUG', 'EVAL', 'EVALSHA', 'EVAL_RO', 'EVALSHA_RO', 'FUNCTION', 'FCALL', 'FCALL_RO', 'SCRIPT', 'MIGRATE', 'SYNC', 'PSYNC', 'REPLCONF', 'ACL', 'MONITOR', 'SUBSCRIBE', 'PSUBSCRIBE', 'SSUBSCRIBE']);

/** The settings that learners may change: none of them names a file, an address or a password. */
const SETTINGS = new Set(['activedefrag', 'active-defrag-ignore-bytes', 'active-defrag-threshold-lower', 'active-defrag-threshold-upper', 'active-defrag-cycle-min', 'active-defrag-cycle-max', 'active-defrag-max-scan-fields', 'maxmemory', 'maxmemory-policy', 'slowlog-log-slower-than', 'lazyfree-lazy-user-del', 'lazyfree-lazy-server-del', 'latency-monitor-threshold']);

/** Options of redis-cli that neither connect elsewhere nor read or write a file; the value says how many arguments follow. */
const CLI_OPTIONS: Readonly<Record<string, number>> = { '--raw': 0, '--no-raw': 0, '--csv': 0, '--json': 0, '-2': 0, '-3': 0, '-n': 1, '--scan': 0, '--pattern': 1, '--count': 1, '--bigkeys': 0, '--memkeys': 0, '--hotkeys': 0, '-d': 1 };

function refuse(what: string): never {
  throw new PodscopeError('EXEC_REFUSED', `${what} is not allowed in a pod.`, {
    hint: 'Use commands that read or change data, MEMORY, CONFIG GET, CONFIG SET activedefrag, FAILOVER or REPLICAOF between the pods.',
  });
}

/**
 * Checks a command line for a Redis pod: `['redis-cli', 'INFO', 'memory']`.
 *
 * @param ports of the Redis pods: FAILOVER and REPLICAOF may name only these.
 * @returns the arguments for redis-cli.
 * @throws PodscopeError EXEC_REFUSED
 */
export function checkExec(command: readonly string[], ports: readonly number[]): readonly string[] {
  const [program, ...args] = command;
  if (program !== 'redis-cli') refuse(`"${program ?? ''}"`);
  if (args.some((arg) => arg.includes('\0'))) refuse('A NUL byte');
  let at = 0;
  let hasMode = false;
  for (let option = args[at]; option?.startsWith('-'); option = args[at]) {
    const following = Object.hasOwn(CLI_OPTIONS, option) ? CLI_OPTIONS[option] : undefined;
    if (following === undefined) refuse(`The option ${option}`);
    hasMode ||= ['--scan', '--bigkeys', '--memkeys', '--hotkeys'].includes(option);
    at += 1 + following;
  }
  const words = args.slice(at);
  const name = words[0]?.toUpperCase();
  if (name === undefined) {
    if (!hasMode) refuse('An interactive redis-cli');
    return args;
  }
  if (REFUSED.has(name)) refuse(name);
  if (name === 'CONFIG') checkConfig(words);
  if (name === 'REPLICAOF' || name === 'SLAVEOF') checkFollow(words, ports);
  if (name === 'FAILOVER') checkFailover(words, ports);
  if (name === 'CLIENT' && words[1]?.toUpperCase() === 'PAUSE') refuse('CLIENT PAUSE');
  return args;
}

function checkConfig(words: readonly string[]): void {
  const verb = words[1]?.toUpperCase();
  if (verb === 'GET' || verb === 'RESETSTAT' || verb === 'HELP') return;
  if (verb !== 'SET') refuse(`CONFIG ${verb ?? ''}`);
  for (let index = 2; index < words.length; index += 2) {
    const setting = words[index] ?? '';
    if (!SETTINGS.has(setting.toLowerCase())) refuse(`CONFIG SET ${setting}`);
  }
}

function isOwn(host: string | undefined, port: string | undefined, ports: readonly number[]): boolean {
  return (host === '127.0.0.1' || host === 'localhost') && ports.includes(Number(port));
}

function checkFollow(words: readonly string[], ports: readonly number[]): void {
  if (words[1]?.toUpperCase() === 'NO' && words[2]?.toUpperCase() === 'ONE') return;
  if (!isOwn(words[1], words[2], ports)) refuse(`${words[0]} of another system`);
}

function checkFailover(words: readonly string[], ports: readonly number[]): void {
  const to = words.findIndex((word) => word.toUpperCase() === 'TO');
  if (to >= 0 && !isOwn(words[to + 1], words[to + 2], ports)) refuse('FAILOVER to another system');
}

/**
 * Runs the real redis-cli against one pod, without a shell. At most 10 s and 1 MB of output; what exceeds them is cut
 * and said so on stderr.
 *
 * @throws PodscopeError EXEC_REFUSED, NO_REDIS
 */
export async function execRedisCli(port: number, command: readonly string[], ports: readonly number[]): Promise<ExecResult> {
  const args = checkExec(command, ports);
  const child = spawn('redis-cli', ['-h', '127.0.0.1', '-p', String(port), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: '/',
  });
  const output = { stdout: '', stderr: '' };
  let size = 0;
  let cut = '';
  const stop = (why: string): void => {
    cut ||= why;
    child.kill('SIGKILL');
  };
  const timer = setTimeout(() => stop(`ended after ${TIME_LIMIT / 1000} s`), TIME_LIMIT);
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      size += Buffer.byteLength(text);
      if (size > OUTPUT_LIMIT) stop('output cut at 1 MB');
      else output[name] += text;
    });
  }
  const exitCode = await new Promise<number>((resolve, reject) => {
    child.once('error', (cause) => reject(new PodscopeError('NO_REDIS', 'There is no redis-cli on the PATH.', { hint: 'Install redis-server, or run "podscope doctor --fix".', cause })));
    child.once('close', (code) => resolve(code ?? 124));
  }).finally(() => clearTimeout(timer));
  return { exitCode, stdout: output.stdout, stderr: cut === '' ? output.stderr : `${output.stderr}podscope: ${cut}\n` };
}
