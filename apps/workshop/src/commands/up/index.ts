import { mkdir, open, type FileHandle } from 'node:fs/promises';
import { once } from 'node:events';
import { fork, type ChildProcess } from 'node:child_process';
import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isPodscopeError, PodscopeError } from '@podscope/core';
import type { ReadyMessage, SupervisorOptions, SupervisorOutput } from '../../targets/embedded/protocol.ts';
import { directoryError } from '../../targets/embedded/directoryError.ts';
import { entry, nodeFlags } from '../../targets/embedded/entry.ts';
import type { ShippersMode } from '../../targets/embedded/shippers/choose.ts';
import { sweepLedger } from '../../targets/embedded/sweep.ts';
import { passToChildren } from '../../environment.ts';
import { exitCodes } from '../../terminal/exitCodes.ts';
import { reportError } from '../../terminal/output.ts';
import type { CommandAction, CommandContext } from '../command.ts';
import { findConfig } from '../findConfig.ts';
import { usageError, wholeNumber } from '../usageError.ts';
import { passInterrupts } from './interrupt.ts';
import { createProgress, supervisorTitles } from './progress.ts';

async function supervisorOptions({ environment }: CommandContext, options: Readonly<Record<string, unknown>>): Promise<SupervisorOptions> {
  const config = await findConfig(options['config']);
  return {
    runDir: environment.runDir,
    cacheDir: environment.cacheDir,
    ports: {
      console: wholeNumber(options['consolePort'], 'The console’s port', 0, 65_535),
      opensearch: wholeNumber(options['opensearchPort'], 'OpenSearch’s port', 0, 65_535),
      guestbook: wholeNumber(options['guestbookPort'], 'The guestbook’s port', 0, 65_535),
    },
    ...(environment.opensearchHome === undefined ? {} : { opensearchHome: environment.opensearchHome }),
    ...(environment.javaHome === undefined ? {} : { javaHome: environment.javaHome }),
    seed: String(options['seed']),
    ...(config === undefined ? {} : { config }),
    shippers: shippersOf(environment.path, options),
    detach: options['detach'] === true,
  };
}

/** @throws CLI_USAGE for a folder that no shipper would be looked for in */
function shippersOf(path: string, { shippers, shippersBin }: Readonly<Record<string, unknown>>): NonNullable<SupervisorOptions['shippers']> {
  const mode = shippers as ShippersMode;
  if (shippersBin === undefined) return { mode, path };
  if (mode === 'built-in') throw usageError('--shippers-bin says where real shippers are, and --shippers is built-in.', 'Give --shippers auto, or real, with it.');
  const folder = resolve(String(shippersBin));
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw usageError(`--shippers-bin: ${folder} is no folder.`, 'Name the folder that holds fluent-bit, fluentd, filebeat or metricbeat.');
  return { mode, path, folder };
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

async function startSupervisor(cacheDir: string): Promise<ChildProcess> {
  const errors = await openErrors(cacheDir);
  // Compiled once, not at every start: each of our processes is there a fifth of a second sooner.
  passToChildren('NODE_COMPILE_CACHE', join(cacheDir, 'node'));
  try {
    return fork(entry('supervisor'), [], {
      detached: true,
      execArgv: [...nodeFlags('supervisor')],
      stdio: ['ignore', errors.fd, errors.fd, 'ipc'],
    });
  } finally {
    void errors.close();
  }
}

/** `podscope up` */
export const run: CommandAction = async (context, _args, options) => {
  const { environment, output } = context;
  const settings = await supervisorOptions(context, options);
  const child = await startSupervisor(environment.cacheDir);
  const interrupt = passInterrupts(child);
  const progress = createProgress(supervisorTitles, { silent: output.json, plain: environment.plain });
  interrupt.onFirst(() => output.note('\nEnding everything … (Ctrl-C once more ends it at once)'));
  let isReady = false;
  try {
    const ready = await awaitReady(child, settings, progress.update).catch(async (error: unknown) => {
      await progress.end(error instanceof Error ? error : new Error(String(error)));
      throw error;
    });
    await progress.end();
    tell(context, ready, settings.detach === true);
    isReady = true;
    if (settings.detach === true) {
      child.disconnect();
      child.unref();
      return exitCodes.ok;
    }
    await stayUntilEnd(child);
    return interrupt.isWanted ? exitCodes.interrupted : exitCodes.ok;
  } catch (error) {
    await ended(child);
    await sweepUp(context, child);
    if (isReady) return interrupt.isWanted ? exitCodes.interrupted : reportError(error, false);
    if (!interrupt.isWanted) throw error;
    throw new PodscopeError('INTERRUPTED', 'Interrupted while starting; everything was ended again.', { hint: 'Run "podscope up" to start it again.' });
  }
};

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

function tell({ environment, output }: CommandContext, { urls, timings, pid }: ReadyMessage, detached: boolean): void {
  output.result({ ...urls, timings, pid, runDir: environment.runDir }, () => [
    '',
    `Console:    ${urls.console}`,
    `Guestbook:  ${urls.guestbook}`,
    `OpenSearch: ${urls.opensearch}`,
    '',
    'Four nodes and their pods are a simulation of a cluster on this machine; OpenSearch, Redis and the web servers are real.',
    `Ready in ${(timings.total / 1000).toFixed(1)} s. ${detached ? 'End it with "podscope down" (in the repository: npm run -s podscope -- down).' : 'Ctrl-C ends it.'}`,
  ]);
}

/** How it ended, once it has and its last message is read: the news of the death may be quicker. */
async function ended(child: ChildProcess): Promise<string> {
  if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  if (child.connected) await once(child, 'disconnect');
  return child.signalCode ?? `exit code ${child.exitCode}`;
}

function awaitReady(child: ChildProcess, options: SupervisorOptions, onProgress: (message: SupervisorOutput & { type: 'progress' }) => void): Promise<ReadyMessage> {
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
async function stayUntilEnd(child: ChildProcess): Promise<void> {
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
    hint: 'What was stored is kept: run "podscope up" again. "podscope logs supervisor" shows what was before.',
  });
}
