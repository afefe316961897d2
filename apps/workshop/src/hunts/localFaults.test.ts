import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { HuntControl } from '../control/handlers.ts';
import { Ledger } from '../ledger/ledger.ts';
import { embeddedLocalTarget } from '../targets/embedded/localTarget.ts';
import { faultPresets } from './faultPresets.ts';
import { memorySystem } from './memorySystem.fixture.ts';
import { createHuntService } from './service.ts';

let runDir: string;
let replicas: readonly ChildProcess[];
beforeEach(async () => {
  runDir = await mkdtemp(join(tmpdir(), 'podscope-local-faults-'));
  const ledger = new Ledger(runDir, join(runDir, 'control.sock'));
  replicas = [0, 1].map((index) => {
    const child = spawn('sleep', ['600']);
    ledger.started(`redis-replica-${index}`, child.pid ?? 0);
    return child;
  });
});
afterEach(async () => {
  for (const child of replicas) {
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  }
  await rm(runDir, { recursive: true });
});

function serve(): Promise<HuntControl> {
  const { target, state } = memorySystem();
  return createHuntService({ target, state, local: embeddedLocalTarget(runDir), search: async () => ({ hits: { total: { value: 0 }, hits: [] }, aggregations: {} }), journalDir: join(runDir, 'journal') });
}
/** Which of them are stopped. */
const stopped = async (): Promise<number> => (await Promise.all(replicas.map(({ pid }) => readFile(`/proc/${pid}/stat`, 'utf8')))).filter((stat) => / T /.test(stat)).length;

it('stops a process of the run directory, and lets it go on', async () => {
  const service = await serve();
  const { id } = (await service.injectFault({ kind: 'process-pause', seed: 's', dryRun: false })) as { id: string };
  expect(await stopped()).toBe(1);
  expect(await service.verifyFault(id)).toMatchObject({ present: true, findings: [expect.stringMatching(/^redis-replica-[01] \(pid \d+\) is in state T$/)] });
  await service.revertFault(id, false);
  expect(await stopped()).toBe(0);
  expect((await service.listFaults() as { readonly faults: readonly unknown[] }).faults).toEqual([]);
  await service.close();
});

it('reverts it at the end of everything, and removes what a supervisor has left whose key is gone', async () => {
  const first = await serve();
  await first.injectFault({ kind: 'process-pause', seed: 's', dryRun: false });
  await first.close();
  expect(await stopped()).toBe(0);

  const killed = await serve();
  const { id } = (await killed.injectFault({ kind: 'disk-quota', dryRun: false })) as { id: string };
  expect(await readdir(runDir)).toContain(`ballast-${id}.bin`);
  const next = await serve();
  expect(await next.recoverFaults()).toMatchObject({ recovered: [{ id, outcome: 'reset' }] });
  expect(await readdir(runDir)).not.toContain(`ballast-${id}.bin`);
  await killed.close();
  await next.close();
});

it('draws usable parameters for every preset but those that need the state', async () => {
  const service = await serve();
  for (const { kind } of faultPresets.filter((preset) => ['process-pause', 'cpu-burn', 'memory-pressure', 'disk-quota'].includes(preset.kind))) {
    expect(await service.injectFault({ kind, dryRun: true })).toMatchObject({ dryRun: true, kind, changes: [expect.anything()] });
  }
  await service.close();
});
