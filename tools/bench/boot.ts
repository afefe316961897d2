import { mkdtemp, rm } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { startOpenSearch } from '@podscope/embedded-opensearch';
import { median, podscope, type UpDocument } from './podscope.ts';

/** Warm `podscope up` against the bare server, in one run. */
export interface BootFigures {
  /** Seconds of the whole command until the first dashboard has data, each run. */
  readonly up: readonly number[];
  /** Seconds of the server alone until green on the same data directory with the same flags and archive. */
  readonly bare: readonly number[];
  /** Median over median. */
  readonly ratio: number;
}

/** Measures boot: one discarded start of each, then `rounds` of each in turn. */
export async function measureBoot(rounds = 3): Promise<BootFigures> {
  const runDir = await mkdtemp(join(tmpdir(), 'podscope-bench-'));
  const cacheDir = join(homedir(), '.cache', 'podscope', 'opensearch');
  const up: number[] = [];
  const bare: number[] = [];
  try {
    for (let round = 0; round <= rounds; round++) {
      const started = performance.now();
      await podscope<UpDocument>(runDir, 'up', '--detach', '--console-port', '0');
      const upSeconds = (performance.now() - started) / 1000;
      await podscope(runDir, 'down');
      const bareStarted = performance.now();
      const server = await startOpenSearch({ cacheDir, dataDir: join(runDir, 'opensearch'), heap: '512m', ready: 'green' });
      const bareSeconds = (performance.now() - bareStarted) / 1000;
      await server.stop();
      // The first round installs, makes the class archive and fills the page cache.
      if (round === 0) continue;
      up.push(upSeconds);
      bare.push(bareSeconds);
    }
  } finally {
    await podscope(runDir, 'down').catch(() => undefined);
    await rm(runDir, { recursive: true, force: true });
  }
  return { up, bare, ratio: median(up) / median(bare) };
}
