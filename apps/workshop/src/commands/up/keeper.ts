import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { isPodscopeError, PodscopeError } from '@podscope/core';
import { passToChildren } from '../../environment.ts';
import { directoryError } from '../../directoryError.ts';
import { entry, nodeFlags } from '../../targets/embedded/entry.ts';
import type { ReadyMessage, SupervisorOutput, SupervisorStep } from '../../targets/embedded/protocol.ts';
import { sweepLedger } from '../../ledger/sweep.ts';
import { exitCodes } from '../../terminal/exitCodes.ts';
import { reportError } from '../../terminal/output.ts';
import type { CommandContext } from '../command.ts';
import { passInterrupts } from './interrupt.ts';
import { createProgress } from './progress.ts';

/** A system that a process of its own keeps running. */
export interface KeptOptions<Options> {
  readonly program: 'supervisor' | 'session';
  readonly options: Options & { readonly detach?: boolean };
  /** Of the steps of its start, in their order. */
  readonly titles: Readonly<Partial<Record<SupervisorStep, string>>>;
  /** The command that starts it, for what is said when it ends. */
  readonly command: string;
  /** Told when everything runs. */
  tell(ready: ReadyMessage): void | Promise<void>;
}

/** Where the supervisor's own words go before it has a log: not the run directory, which may turn out to be another version's. */
async function openErrors(cacheDir: string): Promise<FileHandle> {
  try {
    await mkdir(cacheDir, { recursive: true });
    return await open(join(cacheDir, 'supervisor-errors.log'), 'a', 0o600);
  } catch (cause) {
    throw directoryError(cacheDir, 'cache directory', 'PODSCOPE_CACHE_DIR', cause);
  }
}

async function startKeeper(program: KeptOptions<unknown>['program'], cacheDir: string): Promise<ChildProcess> {
  const errors = await openErrors(cacheDir);
  // Compiled once, not at every start: each of our processes is there a fifth of a second sooner.
  passToChildren('NODE_COMPILE_CACHE', join(cacheDir, 'node'));
  try {
    return fork(entry(program), [], {
      detached: true,
      execArgv: [...nodeFlags(program)],
      stdio: ['ignore', errors.fd, errors.fd, 'ipc'],
    });
  } finally {
    void errors.close();
  }
}

/**
 * Starts a system in a process of its own, shows how far it is, and stays until it ends; a detached one is left alone when it is ready.
 *
 * @returns the exit code.
 * @throws PodscopeError what the start threw, INTERRUPTED, SUPERVISOR_ENDED
 */
export async function runKept<Options>(context: CommandContext, { program, options, titles, command, tell }: KeptOptions<Options>): Promise<number> {
  const { environment, output } = context;
  const child = await startKeeper(program, environment.cacheDir);
  const interrupt = passInterrupts(child);
  const progress = createProgress(titles as Readonly<Record<SupervisorStep, string>>, { silent: output.json, plain: environment.plain });
  interrupt.onFirst(() => output.note('\nEnding everything … (Ctrl-C once more ends it at once)'));
  let isReady = false;
  try {
    const ready = await awaitReady(child, options, progress.update).catch(async (error: unknown) => {
      await progress.end(error instanceof Error ? error : new Error(String(error)));
      throw error;
    });
    await progress.end();
    await tell(ready);
    isReady = true;
    if (options.detach === true) {
      child.disconnect();
      child.unref();
      return exitCodes.ok;
    }
    await stayUntilEnd(child, command);
    return interrupt.isWanted ? exitCodes.interrupted : exitCodes.ok;
  } catch (error) {
    await ended(child);
    await sweepUp(context, child);
    if (isReady) return interrupt.isWanted ? exitCodes.interrupted : reportError(error, false);
    if (!interrupt.isWanted) throw error;
    throw new PodscopeError('INTERRUPTED', 'Interrupted while starting; everything was ended again.', { hint: `Run "${command}" to start it again.` });
  }
}

/** Killed, the supervisor has left its processes to the reaper; here somebody waits until they are gone. */
async function sweepUp({ environment, output }: CommandContext, child: ChildProcess): Promise<void> {
  if (child.pid === undefined) return;
  try {
    const { left } = await sweepLedger(environment.runDir, { of: child.pid });
    if (left.length > 0) output.note(`Still there: ${left.join(', ')}; run "podscope down".`);
  } catch (error) {
    // The reaper does the same without the ledger; what ended the supervisor is what has to be told.
    if (!isPodscopeError(error, 'LEDGER_UNREADABLE')) throw error;
  }
}

/** How it ended, once it has and its last message is read: the news of the death may be quicker. */
async function ended(child: ChildProcess): Promise<string> {
  if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  if (child.connected) await once(child, 'disconnect');
  return child.signalCode ?? `exit code ${child.exitCode}`;
}

function awaitReady(child: ChildProcess, options: unknown, onProgress: (message: SupervisorOutput & { type: 'progress' }) => void): Promise<ReadyMessage> {
  return new Promise((resolveReady, reject) => {
    child.on('message', (message: SupervisorOutput) => {
      if (message.type === 'progress') onProgress(message);
      else if (message.type === 'ready') resolveReady(message);
      else if (message.type === 'failed') reject(new PodscopeError(message.error.code, message.error.message, message.error));
    });
    child.once('error', reject);
    void ended(child).then((how) =>
      reject(new PodscopeError('SUPERVISOR_ENDED', `The supervisor ended while starting (${how}).`, { hint: 'See "podscope logs supervisor" and supervisor-errors.log in the cache directory.' })),
    );
    // One that is gone already ends above.
    child.send({ type: 'start', options }, () => undefined);
  });
}

/** Resolves when the system was ended in order. @throws PodscopeError what ended it otherwise */
async function stayUntilEnd(child: ChildProcess, command: string): Promise<void> {
  let failure: PodscopeError | undefined;
  let isStopped = false;
  child.on('message', (message: SupervisorOutput) => {
    if (message.type === 'failed') failure = new PodscopeError(message.error.code, message.error.message, message.error);
    if (message.type === 'stopped') isStopped = true;
  });
  const how = await ended(child);
  if (failure !== undefined) throw failure;
  if (isStopped || child.exitCode === 0) return;
  throw new PodscopeError('SUPERVISOR_ENDED', `The supervisor ended (${how}), and everything with it.`, {
    hint: `What was stored is kept: run "${command}" again. "podscope logs supervisor" shows what was before.`,
  });
}
