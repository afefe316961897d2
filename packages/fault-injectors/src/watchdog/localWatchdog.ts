import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { PodscopeError } from '@podscope/core';
import { GRACE_MS } from '../engine/alive.ts';
import type { Watchdog } from '../engine/types.ts';
import { sleep } from '../engine/until.ts';
import { findLocalWatchdog } from './localWatchdogFile.ts';
import { SMALL_HEAP } from './smallHeap.ts';

const INTERVAL_MS = 1_000;
const IDLE_MS = 10_000;
/** For its program to be loaded, and to open target and store; a busy machine may take its time. */
const START_MS = 60_000;

/** What {@link localWatchdog} takes. */
export interface LocalWatchdogOptions {
  /** URL of a module whose default export opens target, store and faults in the other process: a `WatchdogSetup`. */
  readonly setup: URL | string;
  /** Given to it, through JSON and by a pipe: may hold secrets. */
  readonly options?: unknown;
  /** Of the store on disk, or any other path that is the same for all injectors of a target: files that end in `.watchdog` and `.watchdog.log` lie beside. */
  readonly directory: string;
  /** How long an injector may give no sign of life before its fault is reverted, milliseconds. @default 30,000 */
  readonly graceMs?: number;
}

/** What its process is told. */
export interface LocalOrder {
  readonly setup: string;
  readonly options: unknown;
  readonly directory: string;
  readonly graceMs: number;
  readonly intervalMs: number;
  readonly idleMs: number;
}

/**
 * A watchdog on this machine: one process for all faults of a store, in a session of its own, that outlives the injector and whatever kills its
 * process group. It reverts faults whose injector is gone or whose time is over, and ends when the store has been empty for ten seconds.
 */
export function localWatchdog({ setup, options = null, directory, graceMs = GRACE_MS }: LocalWatchdogOptions): Watchdog {
  const order: LocalOrder = { setup: String(setup), options, directory, graceMs, intervalMs: INTERVAL_MS, idleMs: IDLE_MS };
  return {
    graceMs,
    objects: () => [],
    start: async (_record, _fault, step) => {
      if (!(await findLocalWatchdog(directory))) await step('start the watchdog', () => startProcess(order));
    },
  };
}

async function startProcess(order: LocalOrder): Promise<void> {
  const isSource = import.meta.url.endsWith('.ts');
  const program = fileURLToPath(new URL(isSource ? './localProgram.ts' : './watchdog-local.js', import.meta.url));
  await mkdir(dirname(order.directory), { recursive: true });
  const child = spawn(process.execPath, [...SMALL_HEAP, ...(isSource ? ['--conditions=@podscope/source'] : []), program], { detached: true, stdio: ['pipe', 'pipe', 'ignore'], cwd: '/' });
  const waiting = new AbortController();
  try {
    await Promise.race([once(child, 'spawn'), once(child, 'error').then(([error]) => Promise.reject(failed(order, error)))]);
    // One that ends before it has read its order is found out by what it says.
    child.stdin.on('error', () => undefined);
    child.stdin.end(JSON.stringify(order));
    const said = (await Promise.race([textUntilLine(child.stdout), sleep(START_MS, waiting.signal).then(() => 'it does not start')])).trim();
    if (said !== 'watching') throw failed(order, new Error(said === '' ? 'it ended at once' : said));
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  } finally {
    waiting.abort();
    child.stdout.destroy();
    child.unref();
  }
}

/** The first line, or everything where it ends before. */
async function textUntilLine(stream: Readable): Promise<string> {
  let text = '';
  for await (const chunk of stream) {
    text += String(chunk);
    if (text.includes('\n')) break;
  }
  return text;
}

function failed({ directory }: LocalOrder, cause: unknown): PodscopeError<'FAULT_WATCHDOG_FAILED'> {
  return new PodscopeError('FAULT_WATCHDOG_FAILED', 'The watchdog could not be started on this machine.', { hint: `See the cause, and ${directory}.watchdog.log. Nothing was changed.`, cause });
}
