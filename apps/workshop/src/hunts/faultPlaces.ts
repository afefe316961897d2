import type { AnyTarget, Fault, FaultStore, SystemTarget, Watchdog } from '@podscope/fault-injectors';

/** Where faults are injected, and where the state from before them is kept. */
export interface FaultPlace {
  readonly target: AnyTarget;
  readonly store: FaultStore;
  readonly watchdog?: Watchdog;
}

/** The places of a running system. */
export interface FaultPlaces {
  /** By the system's own verbs: clients, pages, Redis. */
  readonly system: FaultPlace & { readonly target: SystemTarget };
  /** On a real cluster: what is a matter of its objects, with a watchdog that outlives this process. */
  readonly cluster?: FaultPlace;
}

/** Where a fault belongs. */
export function placeOf({ system, cluster }: FaultPlaces, fault: Fault): FaultPlace {
  return cluster !== undefined && fault.provable === 'control-plane' && fault.on('kubernetes') !== undefined ? cluster : system;
}

/** All places, the system's first. */
export const allOf = ({ system, cluster }: FaultPlaces): readonly FaultPlace[] => (cluster === undefined ? [system] : [system, cluster]);
