import { randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createHuntRandom } from '@podscope/mystery-hunts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ControlClient } from '../control/api.ts';
import { pause, until } from './rehearsal.ts';
import { hashState, type RehearsalReport } from './rehearse.ts';
import { type TestSystem, testSystem } from './runningSystem.fixture.ts';

let system: TestSystem;
beforeAll(async () => {
  system = await testSystem(process.env);
});
afterAll(() => system.end(), 120_000);

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

async function killed(pid: number): Promise<void> {
  process.kill(pid, 'SIGKILL');
  await until('the end of the supervisor', 10, async () => (isAlive(pid) ? null : true));
}

async function baselineAgain(control: ControlClient, baseline: string): Promise<void> {
  await until('the baseline', 60, async () => ((await hashState(control)) === baseline ? true : null));
  expect(await readdir(join(system.runDir, 'journal'))).toEqual([]);
  expect((await control.hunts()).map((hunt) => hunt.status)).toEqual(['idle', 'idle', 'idle']);
  expect((await system.podscope(['fault', 'recover'])).code).toBe(0);
}

it('is at its baseline again after kill -9 in the middle of each hunt', { timeout: 600_000 }, async () => {
  let running = await system.up();
  const baseline = await hashState(running.control);
  for (const id of ['runaway-replicas', 'not-found-storm', 'fragmented-redis']) {
    expect(await running.control.startHunt(id)).toMatchObject({ status: 'running' });
    expect(await hashState(running.control)).not.toBe(baseline);
    if (id === 'fragmented-redis') {
      // A restart saves: what the fault wrote is on disk then, and comes back with the next start.
      await running.control.restart('pod/redis-primary-0');
    }
    await killed(running.pid);
    expect(await readdir(join(system.runDir, 'journal'))).toHaveLength(1);
    running = await system.up();
    await baselineAgain(running.control, baseline);
  }
  // A draw, printed, says how far the injection has come when it is killed.
  const seed = randomBytes(4).toString('hex');
  const most = createHuntRandom(seed).integer(20_000, 380_000);
  process.stdout.write(`killed at ${most} keys (seed ${seed})\n`);
  const keys = async () => Number((await running.control.exec('redis-primary-0', ['redis-cli', 'DBSIZE'])).stdout);
  const starting = running.control.startHunt('fragmented-redis').catch((error: unknown) => error);
  await until(`${most} keys`, 60, async () => ((await keys()) > most ? true : null));
  await killed(running.pid);
  await starting;
  running = await system.up();
  await baselineAgain(running.control, baseline);

  // The second fresh system keeps the contract as the first did.
  await pause(12_000);
  const { code, stdout, stderr } = await system.podscope(['hunt', 'rehearse', 'runaway-replicas', '--seed', 'again', '--json']);
  const report = JSON.parse(stdout) as RehearsalReport;
  expect(report.hunts.flatMap((hunt) => Object.values(hunt.parts).filter((part) => !part.passed)), stderr).toEqual([]);
  expect(code).toBe(0);
});
