import { readFileSync } from 'node:fs';
import { isPodscopeError, PodscopeError } from '@podscope/core';
import type { ProgressMessage, SupervisorInput, SupervisorOutput } from '../targets/embedded/protocol.ts';
import type { StartedSystem } from '../targets/embedded/supervisor/supervisor.ts';

/** What a process that keeps a system running is told by its system. */
export interface SystemHooks {
  readonly onProgress: (message: ProgressMessage) => void;
  /** Somebody asked for the end over the control socket, and everything has ended but this process. */
  readonly onDown: () => void;
}

/** A system that is kept running by a process of its own. */
export interface KeptSystem {
  start(): Promise<StartedSystem>;
  /** Ends everything in order. May be called at any time and again. */
  stop(): Promise<void>;
  /** Writes down an error that nobody was there to take. */
  report(error: unknown): void;
}

/**
 * The process that keeps a system running. `podscope up` forks it and sends the options; or they stand in the JSON file
 * that the first argument names.
 */
export function keepRunning<Options extends { readonly detach?: boolean }>(make: (options: Options, hooks: SystemHooks) => KeptSystem): void {
  let system: KeptSystem | undefined;
  /** True once the one who started us has been told that everything runs, and may leave us alone. */
  let mayStay = false;
  let leaving = false;

  function tell(message: SupervisorOutput): void {
    // Whoever started us may have gone in between; 'disconnect' takes care of that.
    if (process.connected) process.send?.(message, undefined, {}, () => undefined);
  }

  /** Ends everything, says so, and ends this process. */
  async function leave(code: number, last: SupervisorOutput = { type: 'stopped' }): Promise<void> {
    if (leaving) return;
    leaving = true;
    try {
      await system?.stop();
    } catch (error) {
      process.stderr.write(`The supervisor could not end everything: ${String(error)}\n`);
      code = 1;
    }
    if (!process.connected) process.exit(code);
    process.send?.(last, undefined, {}, () => process.exit(code));
  }

  async function start(options: Options): Promise<void> {
    if (system !== undefined) return;
    system = make(options, { onProgress: tell, onDown: () => void leave(0) });
    try {
      const started = await system.start();
      mayStay = options.detach === true;
      tell({ type: 'ready', pid: process.pid, ...started });
    } catch (error) {
      if (leaving) return;
      await leave(1, { type: 'failed', error: reportOf(error).toJSON() });
    }
  }

  process.on('message', (message) => {
    const input = message as SupervisorInput<Options>;
    if (input.type === 'start') void start(input.options);
    else void leave(0);
  });
  process.on('disconnect', () => {
    if (!mayStay) void leave(0);
  });
  for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(name, () => void leave(0));
  process.on('uncaughtException', (error) => {
    process.stderr.write(`${error.stack ?? error.message}\n`);
    void leave(1, { type: 'failed', error: reportOf(error).toJSON() });
  });
  // One request that failed unheard is no reason to end everybody's system.
  process.on('unhandledRejection', (error) => system?.report(error));

  const file = process.argv[2];
  if (file !== undefined) void start(JSON.parse(readFileSync(file, 'utf8')) as Options);
  else if (process.send === undefined) {
    process.stderr.write('This program is started by "podscope up", or with the path of a JSON file of options.\n');
    process.exit(2);
  }
}

function reportOf(error: unknown): PodscopeError {
  if (isPodscopeError(error)) return error;
  return new PodscopeError('INTERNAL', `The supervisor failed: ${error instanceof Error ? error.message : String(error)}`, {
    hint: 'See logs/supervisor.log in the run directory; please report it.',
    cause: error,
  });
}
