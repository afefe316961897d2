/** What {@link FaultOn.verify} found. */
export interface FaultCheck {
  /**
   * `present`: the symptom is really there. `partial`: some of it (3 of 5 pods). `absent`: not there (yet). `unverifiable`: nothing here can
   * show it, because the pods run nothing (kwok); it is never counted as present.
   */
  readonly symptom: 'present' | 'partial' | 'absent' | 'unverifiable';
  /** What was looked at, one line each, with figures. */
  readonly findings: readonly string[];
}

/** Where the symptom of a fault can be proved. `runtime`: only where containers really run. */
export type Provable = 'control-plane' | 'application' | 'runtime';

/** The states of a fault. `refused`: nothing was changed. `injected-unverified`: changed, and nothing here can show the symptom. */
export type FaultState = 'planned' | 'injecting' | 'injected' | 'injected-unverified' | 'partial' | 'not-injected' | 'reverting' | 'reverted' | 'refused';
