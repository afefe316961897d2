import { faultCatalogue } from '../faults/catalogue.ts';
import type { AnyTarget, TargetKind } from '../definition/targets.ts';
import { type Ports, targetOfPorts } from './systemOfPorts.ts';

/**
 * Observes and injects a fault, and ends itself by SIGKILL at a step: `node dyingFault.ts <json>`. What a store would keep goes to stdout before
 * anything is changed, so that somebody else can revert.
 */
export interface DyingFault {
  readonly fault: string;
  readonly params: unknown;
  readonly id: string;
  readonly kind: TargetKind;
  readonly ports: Ports;
  /** 0: before the first write, 1: after it, 2: before the second, … */
  readonly dieAt: number;
}

const { fault: faultId, params, id, kind, ports, dieAt } = JSON.parse(process.argv[2] ?? '') as DyingFault;
const on = faultCatalogue.find((each) => each.id === faultId)?.from(params).on(kind);
if (on === undefined) throw new Error(`No fault ${faultId} on ${kind}.`);
const target = await targetOfPorts(kind, ports);
// The kinds of target have the same functions, each for its own.
const bound = on as { observe(target: AnyTarget): Promise<unknown>; inject(run: object): Promise<void> };
const before = await bound.observe(target);
await new Promise<void>((resolve) => process.stdout.write(`${JSON.stringify({ before })}\n`, () => resolve()));
let at = 0;
const maybeDie = (): void => {
  if (at++ === dieAt) process.kill(process.pid, 'SIGKILL');
};
await bound.inject({
  id,
  target,
  before,
  signal: new AbortController().signal,
  async step<Value>(_name: string, write: () => Promise<Value>): Promise<Value> {
    maybeDie();
    const value = await write();
    maybeDie();
    return value;
  },
});
process.stdout.write('survived\n');
process.exit(0);
