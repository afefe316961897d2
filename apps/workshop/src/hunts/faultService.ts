import { randomBytes } from 'node:crypto';
import { PodscopeError } from '@podscope/core';
import { type AnyTarget, type Fault, faultCatalogue, type FaultKind, type FaultStore, type InjectedFault, injectFault, type LocalTarget, planFault, type RecoveredFault, recoverFaults, removeLocalLeftovers, type SystemTarget, watchFaults } from '@podscope/fault-injectors';
import { createHuntRandom } from '@podscope/mystery-hunts';
import { z } from 'zod';
import type { HuntControl, RecoveredLeftover } from '../control/handlers.ts';
import { type FaultPreset, faultPresets } from './faultPresets.ts';
import type { PublicState } from './publicState.ts';
import { removeChurnedKeys } from './rebaseline.ts';

/** Runs a task when those that came before it are over. */
export type InTurn = <Value>(task: () => Promise<Value>) => Promise<Value>;

/** What the faults' verbs need. */
export interface FaultServiceOptions {
  readonly target: SystemTarget;
  /** Its processes. @default faults on processes are refused */
  readonly local?: LocalTarget | undefined;
  readonly store: FaultStore;
  state(): Promise<PublicState>;
  /** True while a hunt runs: nothing but opaque ids is shown then. */
  isHunting(): boolean;
  /** Hunts and faults change the same system: one after the other. */
  readonly inTurn: InTurn;
  readonly faults: readonly Fault[];
  note(line: string): void;
}

/** A fault as `podscope fault list` shows it. */
export interface FaultView {
  readonly id: string;
  /** `null` while a hunt runs, and for what is left over from an earlier run. */
  readonly kind: string | null;
  readonly state: 'injected' | 'left over';
}

/** The faults' verbs, and what the hunts need of them. */
export interface FaultService {
  readonly verbs: Pick<HuntControl, 'listFaults' | 'injectFault' | 'verifyFault' | 'revertFault' | 'recoverFaults'>;
  /** A hunt's fault: it is listed by its opaque id, and only the hunt reverts it. */
  hide(fault: InjectedFault): void;
  forget(id: string): void;
  /** A hunt must begin on a system that is whole. @throws PodscopeError HUNT_BUSY */
  refuseBeside(hunt: string): void;
  /** Reverts what was injected by hand; a fault that cannot be reverted doesn't keep the others. */
  revertAll(): Promise<void>;
  close(): void;
}

/** Keeps the faults that were injected by hand, and knows those of hunts. */
export function createFaultService(options: FaultServiceOptions): FaultService {
  const { target, local, store, isHunting, inTurn } = options;
  const targets: readonly AnyTarget[] = local === undefined ? [target] : [target, local];
  const byHand = new Map<string, InjectedFault>();
  const hidden = new Set<string>();
  const kinds = [...faultCatalogue, ...options.faults.map(kindOf)];
  const presets: readonly FaultPreset[] = [
    ...faultPresets,
    ...options.faults.map((fault) => ({ kind: fault.id, description: fault.title, draw: () => fault })),
  ];
  // A fault's own timer dies with its injection; what is over time all the same is seen here.
  const watches = targets.map((each) => watchFaults({
    target: each,
    store: partOf(store, each, each === target),
    faults: kinds,
    onOutcome({ id, outcome }) {
      if (outcome === 'reverted') byHand.delete(id);
      options.note(outcome === 'reverted' ? `fault ${id} was over time and is reverted` : `fault ${id} is over time and could not be reverted`);
    },
    onError: () => options.note('the store of faults could not be read'),
  }));
  const targetOf = (fault: Fault): AnyTarget => (fault.on('system') === undefined && local !== undefined ? local : target);
  const own = (id: string): InjectedFault => {
    const fault = byHand.get(id);
    if (fault) return fault;
    if (hidden.has(id)) {
      throw new PodscopeError('FAULT_HIDDEN', `Fault ${id} belongs to a hunt that runs.`, { hint: 'Solve the hunt, or stop it with "podscope hunt stop <id>": that reverts it.' });
    }
    throw new PodscopeError('FAULT_NOT_FOUND', 'There is no injected fault with that id.', { hint: '"podscope fault list" shows the ids; "podscope fault recover" reverts what an earlier run left.' });
  };
  const refuseWhileHunting = (): void => {
    if (isHunting()) throw new PodscopeError('HUNT_BUSY', 'A hunt runs; a second fault would spoil it.', { hint: 'Solve the hunt or stop it first.' });
  };

  async function listFaults() {
    const items = await store.list();
    const faults = items.map(({ id }): FaultView => {
      const known = byHand.get(id);
      return { id, kind: known && !isHunting() ? known.fault : null, state: known || hidden.has(id) || isHunting() ? 'injected' : 'left over' };
    });
    return { kinds: presets.map(({ kind, description }) => ({ id: kind, description })), faults };
  }

  async function inject(fault: Fault): Promise<InjectedFault> {
    const injected = await injectFault(fault, { target: targetOf(fault), store });
    const { id, ended } = injected;
    byHand.set(id, injected);
    whenEnded(ended, (message) => {
      byHand.delete(id);
      options.note(message);
    });
    return injected;
  }

  async function recoverAll(): Promise<readonly RecoveredLeftover[]> {
    const except = new Set([...hidden, ...byHand.keys()]);
    const recovered: RecoveredLeftover[] = [];
    for (const part of targets) {
      for (const each of await recoverFaults({ target: part, store: partOf(store, part, part === target), faults: kinds, except, graceMs: 0, force: true })) {
        recovered.push(each.outcome === 'unreadable' && !isHunting() ? await resetLeftover(each) : each);
      }
    }
    return recovered;
  }

  async function resetLeftover(leftover: RecoveredFault): Promise<RecoveredLeftover> {
    try {
      if (local !== undefined) await removeLocalLeftovers(local, leftover.id);
      const removed = await removeChurnedKeys(target);
      await store.remove(leftover.id);
      return {
        id: leftover.id,
        outcome: 'reset',
        message: `Its key is gone with the process that made it, so the state from before is unknown. The cluster was set up anew since then; ${removed} keys of a hunt were removed from Redis.`,
      };
    } catch (error) {
      options.note(`a leftover could not be reset: ${String(error)}`);
      return leftover;
    }
  }

  return {
    verbs: {
      listFaults,
      injectFault: ({ kind, seed = randomBytes(8).toString('hex'), dryRun }) =>
        inTurn(async () => {
          const preset = presets.find((each) => each.kind === kind);
          if (!preset) {
            throw new PodscopeError('FAULT_UNKNOWN', `There is no fault "${kind.slice(0, 80)}".`, { hint: `The kinds are: ${presets.map((each) => each.kind).join(', ')}.` });
          }
          refuseWhileHunting();
          const fault = preset.draw(createHuntRandom(`fault:${kind}:${seed}`), await options.state());
          if (dryRun) return { dryRun: true, kind, changes: (await planFault(fault, { target: targetOf(fault) })).plan.changes };
          const { id, expiresAt } = await inject(fault);
          return { id, kind, expiresAt };
        }),
      async verifyFault(id) {
        const { symptom, findings } = await own(id).verify();
        return { id, present: symptom === 'present', findings };
      },
      revertFault: (id, force) =>
        inTurn(async () => {
          await own(id).revert({ force });
          byHand.delete(id);
          return { id, reverted: true };
        }),
      recoverFaults: () => inTurn(async () => ({ recovered: await recoverAll() })),
    },
    hide: (fault) => void hidden.add(fault.id),
    forget: (id) => void hidden.delete(id),
    refuseBeside(hunt) {
      const [id] = byHand.keys();
      if (id === undefined) return;
      throw new PodscopeError('HUNT_BUSY', `The hunt ${hunt} cannot start while a fault that was injected by hand is there.`, { hint: `Revert it first: "podscope fault revert ${id}".` });
    },
    async revertAll() {
      const outcomes = await Promise.allSettled([...byHand.values()].map((fault) => fault.revert({ force: true })));
      for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
      byHand.clear();
    },
    close: () => watches.forEach((watch) => void watch.close()),
  };
}

/** The store, as far as it is about one target. What can't be read is one target's only. */
function partOf(store: FaultStore, { id }: AnyTarget, withUnreadable: boolean): FaultStore {
  return { ...store, list: async () => (await store.list()).filter(({ record }) => (record === null ? withUnreadable : record.target.id === id)) };
}

/** Calls `told` with one line when a fault has ended that nobody here reverted. */
export function whenEnded(ended: AbortSignal, told: (message: string) => void): void {
  ended.addEventListener('abort', () => told(ended.reason instanceof Error ? ended.reason.message : String(ended.reason)), { once: true });
}

/** A fault of an extension has its parameters already: asking for it by those of its record gives itself. */
function kindOf(fault: Fault): FaultKind {
  const { id, title, provable, symptom } = fault;
  return { id, title, provable, symptom, params: z.object({}), targets: ['system'], from: () => fault };
}
