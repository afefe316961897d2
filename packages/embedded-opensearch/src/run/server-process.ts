import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { WATCHDOG } from './watchdog.ts';

/** How a server ended. */
export interface ServerExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A server under its watchdog. */
export interface ServerProcess {
  readonly pid: number;
  readonly exited: Promise<ServerExit>;
  /** Asks the watchdog to end the server: TERM, then KILL. Ends when both are gone. */
  end(): Promise<ServerExit>;
  /** Lets this process end although the server runs. */
  unref(): void;
}

/** The watchdog acts at once when its pipe ends. */
const UNNOTICED_MS = 1_000;

/** Signals by the exit code that a shell gives a child it ended. */
const SIGNALS: Readonly<Record<number, NodeJS.Signals>> = { 129: 'SIGHUP', 130: 'SIGINT', 134: 'SIGABRT', 137: 'SIGKILL', 139: 'SIGSEGV' };

function exitOf(code: number | null, signal: NodeJS.Signals | null): ServerExit {
  const mapped = code === null ? undefined : SIGNALS[code];
  return mapped === undefined ? { code, signal } : { code: null, signal: mapped };
}

/** True for a zombie as well: whoever inherited it may never collect it, as the first process of a container. */
function isGone(pid: number): boolean {
  try {
    process.kill(pid, 0);
    if (process.platform !== 'linux') return false;
    return /^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ESRCH' || error.code === 'ENOENT')) return true;
    throw error;
  }
}

async function untilGone(pid: number): Promise<void> {
  while (!isGone(pid)) await sleep(100);
}

function firstLine(child: ChildProcess): Promise<string | undefined> {
  const { stdout } = child;
  if (stdout === null) return Promise.resolve(undefined);
  return new Promise((resolve) => {
    const lines = createInterface({ input: stdout });
    lines.once('line', (line) => resolve(line));
    lines.once('close', () => resolve(undefined));
  });
}

/** Starts a command under the watchdog; its output goes to `logFile`, and `trash` is removed once it was ended. */
export async function spawnWatched(
  command: readonly string[],
  options: { readonly logFile: string; readonly trash?: string | undefined; readonly cwd: string; readonly graceMs: number },
): Promise<ServerProcess> {
  const child = spawn(
    '/bin/sh',
    ['-c', WATCHDOG, 'podscope-watchdog', options.logFile, options.trash ?? '', String(Math.ceil(options.graceMs / 100)), ...command],
    // A group of its own: a terminal's Ctrl-C reaches the caller, who decides, and not the server behind its back.
    { cwd: options.cwd, stdio: ['pipe', 'pipe', 'ignore'], detached: true },
  );
  let pid = 0;
  const exited = new Promise<ServerExit>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      // The watchdog itself was killed: its reader ends the server as soon as the pipe closes.
      child.stdin.end();
      const killed = signal !== null && pid > 0;
      void (killed ? untilGone(pid) : Promise.resolve()).then(() => resolve(exitOf(code, signal)));
    });
  });
  // The watchdog may be gone before it reads what end() writes.
  child.stdin.on('error', () => child.stdin.destroy());
  const line = await Promise.race([firstLine(child), exited.then(() => undefined)]);
  pid = Number(line);
  if (!Number.isInteger(pid) || pid <= 0) throw new Error(`The watchdog did not start ${command[0]}.`);
  return {
    pid,
    exited,
    async end() {
      child.ref();
      child.stdin.end();
      // Its reader may have been killed: then it has not noticed, and is told by a signal, which it takes as well.
      const late = setTimeout(() => child.kill('SIGTERM'), UNNOTICED_MS);
      const exit = await exited;
      clearTimeout(late);
      return exit;
    },
    unref() {
      child.unref();
      for (const stream of [child.stdin, child.stdout]) {
        if ('unref' in stream && typeof stream.unref === 'function') stream.unref();
      }
    },
  };
}
