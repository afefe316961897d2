import { type ChildProcess, execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ControlClient } from '../control/api.ts';
import { connectControl } from '../control/client.ts';

const main = join(import.meta.dirname, '..', 'main.ts');

/** How a command ended. */
export interface CommandResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A run directory of its own, in which the whole system can be started, killed and started again. */
export interface TestSystem {
  readonly runDir: string;
  /** Runs a command; `onChild` gets its process. */
  podscope(args: readonly string[], onChild?: (child: ChildProcess) => void): Promise<CommandResult>;
  /** `podscope up --detach` on free ports; gives the supervisor's process id. */
  up(): Promise<{ readonly control: ControlClient; readonly pid: number }>;
  /** `podscope down`, and the directory is gone. */
  end(): Promise<void>;
}

/** Makes the directory. Starts nothing. `environment` is what commands get beside the run directory: the test's own. */
export async function testSystem(environment: NodeJS.ProcessEnv): Promise<TestSystem> {
  const runDir = await mkdtemp(join(tmpdir(), 'podscope-hunts-'));
  const podscope: TestSystem['podscope'] = (args, onChild) => {
    const env = { ...environment, PODSCOPE_RUN_DIR: runDir, NO_COLOR: '1' };
    return new Promise((resolve) => {
      const child = execFile(process.execPath, ['--conditions=@podscope/source', main, ...args], { env, maxBuffer: 1 << 26 }, (error, stdout, stderr) =>
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
      );
      onChild?.(child);
    });
  };
  const succeed = async (...args: readonly string[]): Promise<string> => {
    const { code, stdout, stderr } = await podscope(args);
    if (code !== 0) throw new Error(`podscope ${args.join(' ')} ended with ${code}: ${stdout}${stderr}`);
    return stdout;
  };
  return {
    runDir,
    podscope,
    async up() {
      const { pid } = JSON.parse(await succeed('up', '--detach', '--json', '--console-port', '0')) as { pid: number };
      return { control: connectControl(runDir), pid };
    },
    async end() {
      await succeed('down', '--json');
      await rm(runDir, { recursive: true, force: true });
    },
  };
}
