import { spawn } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';

/** What is needed to start a program. */
export interface StartOptions {
  readonly path: string;
  readonly args: readonly string[];
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Given to it on standard input. */
  readonly input?: string;
}

/** How a program ended. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A program that was started here, with all that it starts. */
export interface Started {
  readonly pid: number | undefined;
  /** Settles at its end. Never rejects: what could not be started has ended with code 127. */
  readonly ended: Promise<Ended>;
  readonly running: boolean;
  /** The last of what it said on both channels. */
  said(): string;
  kill(signal: NodeJS.Signals): void;
  /** TERM, and after a while KILL. True when TERM was enough. */
  stop(graceMs?: number): Promise<boolean>;
}

const KEPT = 256 * 1024;
const GRACE_MS = 20_000;

/** Everything that runs, so that an interrupted command leaves nothing behind. */
const running = new Set<Started>();

/** Ends everything that was started here. */
export async function stopAll(): Promise<void> {
  await Promise.all([...running].map((each) => each.stop(2_000)));
}

/** Starts a program in a process group of its own: Fluentd's workers end with it. */
export function start({ path, args, folder, environment, input }: StartOptions): Started {
  const child = spawn(path, args, { cwd: folder, env: { ...environment }, stdio: ['pipe', 'pipe', 'pipe'], detached: true });
  let text = '';
  let alive = true;
  const keep = (part: string): void => {
    text = (text + part).slice(-KEPT);
  };
  child.stdout.setEncoding('utf8').on('data', keep);
  child.stderr.setEncoding('utf8').on('data', keep);
  // Who doesn't read what it is given says by its exit code what it thinks of it.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input ?? '');
  const ended = new Promise<Ended>((resolve) => {
    child.once('error', (error) => {
      keep(error.message);
      resolve({ code: 127, signal: null });
    });
    child.once('close', (code, signal) => resolve({ code, signal }));
  }).then((end) => {
    alive = false;
    running.delete(started);
    return end;
  });
  const started: Started = {
    pid: child.pid,
    ended,
    get running() {
      return alive;
    },
    said: () => text,
    kill(signal) {
      if (!alive || child.pid === undefined) return;
      try {
        process.kill(-child.pid, signal);
      } catch (error) {
        // It ended in this moment.
        if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
      }
    },
    async stop(graceMs = GRACE_MS) {
      started.kill('SIGTERM');
      const waiting = new AbortController();
      const inTime = await Promise.race([ended.then(() => true), setTimeout(graceMs, false, { signal: waiting.signal }).catch(() => false)]);
      waiting.abort();
      if (!inTime) started.kill('SIGKILL');
      await ended;
      return inTime;
    },
  };
  running.add(started);
  return started;
}

const HINTS = /\b(?:error|fatal|invalid|unknown|unexpected|cannot|can't|failed|refused|panic|exiting)\b/i;

/** The lines of a program's output that say why, or else the last ones. */
export function lastWords(text: string): string {
  // Colours say nothing here.
  const lines = text.replaceAll(/\u001b\[[\d;]*m/g, '').split('\n').map((line) => line.trim()).filter((line) => line !== '');
  const telling = lines.filter((line) => HINTS.test(line) && !/\binfo\b/i.test(line));
  return (telling.length > 0 ? telling : lines).slice(-2).join(' | ');
}
