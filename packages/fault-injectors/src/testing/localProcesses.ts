import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LocalProcess, LocalTarget } from '../definition/targets.ts';
import { statOf } from '../local/processes.ts';

/** Real processes of a run directory; `worker` is started anew when it ends, `database` is not. */
export interface LocalProcesses extends AsyncDisposable {
  readonly target: LocalTarget;
  now(): readonly LocalProcess[];
}

/** Starts them. */
export async function startLocalProcesses(): Promise<LocalProcesses> {
  const runDirectory = await mkdtemp(join(tmpdir(), 'podscope-run-'));
  const children = new Map<string, ChildProcess>();
  let isStopping = false;
  const start = async (name: string): Promise<void> => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)'], { stdio: 'ignore' });
    await once(child, 'spawn');
    children.set(name, child);
    child.once('exit', () => {
      if (!isStopping && name === 'worker') void start(name);
    });
  };
  for (const name of ['worker', 'database']) await start(name);
  const now = (): readonly LocalProcess[] =>
    [...children].flatMap(([name, { pid = 0 }]) => {
      const stat = statOf(pid);
      return stat === undefined ? [] : [{ name, pid, startTime: stat.startTime, isRestarted: name === 'worker' }];
    });
  return {
    target: { kind: 'local', id: `local:${runDirectory}`, runDirectory, processes: async () => now() },
    now,
    async [Symbol.asyncDispose]() {
      isStopping = true;
      for (const child of children.values()) {
        if (child.exitCode !== null || child.signalCode !== null) continue;
        child.kill('SIGKILL');
        await once(child, 'exit');
      }
      await rm(runDirectory, { recursive: true, force: true });
    },
  };
}
