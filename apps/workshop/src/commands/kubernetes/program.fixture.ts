import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

/** How a command ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command that runs, in exactly that environment and without a terminal. */
export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Resolves when what it has printed, on either stream, matches. */
  says(text: RegExp): Promise<void>;
}

/** `podscope …` as its own process. */
export function startPodscope(environment: NodeJS.ProcessEnv, ...args: readonly string[]): Running {
  const child = spawn(process.execPath, ['--conditions=@podscope/source', join(import.meta.dirname, '..', '..', 'main.ts'), ...args], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  const listeners = new Set<() => void>();
  const tell = (): void => listeners.forEach((look) => look());
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    tell();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    tell();
  });
  const ended = new Promise<Ended>((resolve) => child.once('close', (code) => resolve({ code, stdout, stderr })));
  return {
    child,
    ended,
    says: (text) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (text.test(stderr) || text.test(stdout)) resolve();
        };
        listeners.add(look);
        look();
        void ended.then(() => reject(new Error(`it ended without saying ${String(text)}:\n${stdout}\n${stderr}`)));
      }),
  };
}

/** As {@link startPodscope}, until it has ended. */
export function runPodscope(environment: NodeJS.ProcessEnv, ...args: readonly string[]): Promise<Ended> {
  return startPodscope(environment, ...args).ended;
}
