import { keyOf, titleOf } from '../apply/applySet.ts';
import { reasonText } from '../wait/reasons.ts';
import type { WorkloadState } from '../wait/state.ts';

/** Tells of workloads as they change, a line each time: `12 of 15 are ready; Deployment logging/logstash 0/2: no node takes it`. */
export function waitingLine(tell: (line: string) => void): (state: WorkloadState) => void {
  const known = new Map<string, WorkloadState>();
  return (state) => {
    known.set(keyOf(state.ref), state);
    const all = [...known.values()];
    const { ref, asked, ready, message, reasons: [reason] } = state;
    tell(`${all.filter((each) => each.state === 'done').length} of ${all.length} are ready; ${titleOf(ref)} ${ready}/${asked}: ${reason === undefined ? message : reasonText(reason)}`);
  };
}
