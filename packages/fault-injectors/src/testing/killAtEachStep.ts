import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { FaultCheck } from '../definition/check.ts';
import type { Fault } from '../definition/defineFault.ts';
import type { TargetKind } from '../definition/targets.ts';
import type { DyingFault } from './dyingFault.ts';
import { type Ports, targetOfPorts } from './systemOfPorts.ts';

const PROGRAM = fileURLToPath(new URL('./dyingFault.ts', import.meta.url));

/** What became of one killed injector. */
export interface Killed {
  readonly dieAt: number;
  /** False when there was no such step any more: the injection was complete, and its process ended then. */
  readonly wasKilled: boolean;
  readonly changed: readonly string[];
  /** After the revert, asked until it is as before. */
  readonly restored: FaultCheck;
}

/**
 * Injects a fault in a process of its own that is killed before, and after, each of its writes in turn, and reverts it, twice, from this process.
 * `afterEach` compares the state with that from before.
 */
export async function killAtEachStep(fault: Fault, kind: TargetKind, ports: Ports, afterEach: (killed: Killed) => Promise<void>): Promise<number> {
  for (let dieAt = 0; ; dieAt++) {
    const id = randomBytes(8).toString('hex');
    const dying: DyingFault = { fault: fault.id, params: fault.params, id, kind, ports, dieAt };
    const child = spawn(process.execPath, ['--conditions=@podscope/source', PROGRAM, JSON.stringify(dying)], { stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (part: string) => (text += part));
    const [, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
    const { before } = JSON.parse(text.split('\n')[0] ?? '') as { readonly before: unknown };
    const target = await targetOfPorts(kind, ports);
    const on = fault.on(kind) as { changedSince(run: object): Promise<readonly string[]>; revert(run: object): Promise<void>; restored(run: object): Promise<FaultCheck> };
    const look = { id, target, before, signal: new AbortController().signal };
    const run = { ...look, step: async <Value>(_name: string, write: () => Promise<Value>): Promise<Value> => await write() };
    const changed = await on.changedSince(look);
    await on.revert(run);
    await on.revert(run);
    let restored = await on.restored(look);
    for (let tries = 0; tries < 200 && restored.symptom !== 'absent'; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      restored = await on.restored(look);
    }
    await afterEach({ dieAt, wasKilled: signal === 'SIGKILL', changed, restored });
    if (signal !== 'SIGKILL') return dieAt;
  }
}
