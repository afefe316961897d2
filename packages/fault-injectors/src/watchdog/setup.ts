import type { FaultKind } from '../definition/defineFault.ts';
import type { AnyTarget } from '../definition/targets.ts';
import type { FaultStore } from '../engine/types.ts';

/** What a watchdog watches. */
export interface Watched {
  readonly target: AnyTarget;
  readonly store: FaultStore;
  readonly faults: readonly FaultKind[];
}

/** The default export of a module that tells a watchdog in another process what to watch. The options are what its starter gave, through JSON. */
export type WatchdogSetup = (options: unknown) => Promise<Watched> | Watched;
