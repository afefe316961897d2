import { isPodscopeError, PodscopeError } from '@podscope/core';
import type { BlastRadius, Fault, FaultOnTarget } from '../definition/defineFault.ts';
import type { AnyTarget } from '../definition/targets.ts';
import { checkAccesses } from '../kubernetes/role/engineAccesses.ts';
import { clusterRefusals, missingRights } from '../kubernetes/safety/refusals.ts';
import { checkProbes } from '../probes/probe.ts';
import { admit, claimOf } from '../stores/admission.ts';
import { onTarget } from './revert.ts';
import type { FaultRecord, InjectOptions, PlannedFault } from './types.ts';

/** What was seen of the target before anything is changed. */
export interface Observed {
  readonly before: unknown;
  readonly blastRadius: BlastRadius;
}

type CheckOptions = Pick<InjectOptions, 'target' | 'despiteOwners' | 'steadyState' | 'signal' | 'limits' | 'watchdog'>;
type Stored = Partial<Pick<InjectOptions, 'store'>>;

/** What {@link planFault} takes. Without a store, limits and taken objects are not asked for. */
export interface PlanOptions extends CheckOptions, Stored {}

async function observe(on: FaultOnTarget<AnyTarget>, target: AnyTarget): Promise<Observed> {
  // As the store will give it back.
  const before: unknown = JSON.parse(JSON.stringify((await on.observe(target)) ?? null));
  return { before, blastRadius: on.blastRadius(before) };
}

async function refusals({ blastRadius }: Observed, options: CheckOptions): Promise<readonly PodscopeError[]> {
  const { target, despiteOwners = false, steadyState = [], signal = new AbortController().signal } = options;
  const found: PodscopeError[] = target.kind === 'kubernetes' ? [...(await clusterRefusals(target, blastRadius.objects, { despiteOwners }))] : [];
  for (const { probe, finding } of (await checkProbes(steadyState, signal)).filter(({ holds }) => !holds)) {
    found.push(
      new PodscopeError('FAULT_NOT_STEADY', `The steady state "${probe}" does not hold: ${finding}`, {
        hint: 'A fault on a system that is broken already shows nothing. Repair it first. Nothing was changed.',
      }),
    );
  }
  return found;
}

/** What this user may not do of all that fault, checks, store and watchdog need. */
async function askRights(fault: Fault, on: FaultOnTarget<AnyTarget>, { target, store, watchdog }: CheckOptions & Stored): Promise<readonly PodscopeError[]> {
  if (target.kind !== 'kubernetes') return [];
  const own = on.accesses();
  return await missingRights(target, [...own, ...checkAccesses(own), ...(store?.accesses ?? []), ...(watchdog?.accesses?.(fault) ?? [])]);
}

/**
 * Reads what the fault will change, and looks whether it may.
 *
 * @throws PodscopeError FAULT_FORBIDDEN, FAULT_NOT_OPTED_IN, FAULT_OWNED, FAULT_NOT_STEADY, and what `observe` throws. Further refusals are its details.
 */
export async function observeAndCheck(fault: Fault, on: FaultOnTarget<AnyTarget>, options: CheckOptions & Stored): Promise<Observed> {
  const { target } = options;
  // Without its rights, a look would be refused as well, by a message that names one of them only.
  const [forbidden] = await askRights(fault, on, options);
  if (forbidden) throw forbidden;
  const observed = await observe(on, target);
  const [refusal, ...further] = await refusals(observed, options);
  if (!refusal) return observed;
  if (further.length === 0) throw refusal;
  throw new PodscopeError(refusal.code, refusal.message, { ...(refusal.hint === undefined ? {} : { hint: refusal.hint }), details: [...refusal.details, ...further.map(({ message }) => message)] });
}

/**
 * Dry run: reads the target, plans, and says why the fault would be refused. Writes nothing.
 *
 * @throws PodscopeError FAULT_TARGET_UNFIT, and what reading the target throws.
 */
export async function planFault(fault: Fault, options: PlanOptions): Promise<PlannedFault> {
  const { target, store, limits } = options;
  const on = onTarget(fault, target);
  const forbidden = await askRights(fault, on, options);
  const observed = await observe(on, target);
  const found = [...forbidden, ...(await refusals(observed, options))];
  if (store) found.push(...(await refusedBeside(store, { ...dryRecord(fault, target), blastRadius: observed.blastRadius, ...(limits === undefined ? {} : { limits }) })));
  return { fault, plan: on.plan(observed.before), blastRadius: observed.blastRadius, refusals: found.map(({ code, message }) => ({ code, message })) };
}

function dryRecord(fault: Fault, target: AnyTarget): FaultRecord {
  const never = new Date(0).toISOString();
  const blastRadius = { unit: 'instances', count: 0, of: 0, objects: [] } as const;
  return { version: 1, id: 'planned', fault: fault.id, params: fault.params, target: { kind: target.kind, id: target.id }, blastRadius, before: null, state: 'planned', createdAt: never, expiresAt: never, injector: '', aliveAt: never };
}

async function refusedBeside(store: InjectOptions['store'], record: FaultRecord): Promise<readonly PodscopeError[]> {
  const found: PodscopeError[] = [];
  const stopped = await store.stopped();
  if (stopped) found.push(new PodscopeError('FAULT_STOPPED', `All faults were aborted by ${stopped.by} at ${stopped.since}; no new one is injected.`));
  const running = (await store.list()).flatMap((each) => (each.record ? [claimOf(each.record)] : []));
  try {
    admit(claimOf(record), running);
  } catch (error) {
    if (!isPodscopeError(error)) throw error;
    found.push(error);
  }
  return found;
}
