import type { AnyTarget, Fault, FaultStore, LocalTarget, SystemTarget, Watchdog } from '@podscope/fault-injectors';

/** Where faults are injected, and where the state from before them is kept. */
export interface FaultPlace {
  readonly target: AnyTarget;
  readonly store: FaultStore;
  readonly watchdog?: Watchdog;
}

/** The places of a running system. */
export interface FaultPlaces {
  /** By the system's own verbs: clients, pages, Redis. */
  readonly system: SystemTarget;
  /** Its processes, where they are of this machine. @default faults on processes are refused */
  readonly local?: LocalTarget | undefined;
  /** Of the system and its processes. */
  readonly store: FaultStore;
  /** On a real cluster: what is a matter of its objects, with a watchdog that outlives this process. */
  readonly cluster?: FaultPlace | undefined;
}

/** Where a fault belongs. */
export function placeOf({ system, local, store, cluster }: FaultPlaces, fault: Fault): FaultPlace {
  if (cluster !== undefined && fault.provable === 'control-plane' && fault.on('kubernetes') !== undefined) return cluster;
  return { target: fault.on('system') === undefined && local !== undefined ? local : system, store };
}

/** All places, the system's first: each with a store that shows what is about its target. */
export function allPlaces({ system, local, store, cluster }: FaultPlaces): readonly FaultPlace[] {
  return [
    { target: system, store: partOf(store, system, true) },
    ...(local === undefined ? [] : [{ target: local, store: partOf(store, local, false) }]),
    ...(cluster === undefined ? [] : [cluster]),
  ];
}

/** The store, as far as it is about one target. What can't be read is one target's only. */
function partOf(store: FaultStore, { id }: AnyTarget, withUnreadable: boolean): FaultStore {
  return { ...store, list: async () => (await store.list()).filter(({ record }) => (record === null ? withUnreadable : record.target.id === id)) };
}
