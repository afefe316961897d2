import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

/** How a command ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command that runs. */
export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Resolves when standard error has it. */
  says(text: RegExp): Promise<void>;
}

/** `podscope indices …` as its own process, in exactly that environment and without a terminal. */
export function startIndices(environment: NodeJS.ProcessEnv, ...args: readonly string[]): Running {
  const child = spawn(process.execPath, ['--conditions=@podscope/source', join(import.meta.dirname, '..', '..', 'main.ts'), 'indices', ...args], {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  const listeners = new Set<() => void>();
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    for (const look of listeners) look();
  });
  const ended = new Promise<Ended>((resolve) => child.once('close', (code) => resolve({ code, stdout, stderr })));
  return {
    child,
    ended,
    says: (text) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (text.test(stderr)) resolve();
        };
        listeners.add(look);
        look();
        void ended.then(() => reject(new Error(`it ended without saying ${String(text)}:\n${stderr}`)));
      }),
  };
}

/** As {@link startIndices}, until it has ended. */
export function runIndices(environment: NodeJS.ProcessEnv, ...args: readonly string[]): Promise<Ended> {
  return startIndices(environment, ...args).ended;
}
