import { keyOf, titleOf } from '../apply/applySet.ts';
import { reasonText } from '../wait/reasons.ts';
import type { WorkloadState } from '../wait/state.ts';

/**
 * Tells of workloads when another one is ready, and of each reason why one isn't: `12 of 15 are ready; Deployment logging/logstash 0/2: no
 * node takes it`.
 */
export function waitingLine(tell: (line: string) => void): (state: WorkloadState) => void {
  const known = new Map<string, WorkloadState>();
  const told = new Set<string>();
  return (state) => {
    const before = known.get(keyOf(state.ref))?.state;
    known.set(keyOf(state.ref), state);
    const { ref, asked, ready, message, reasons: [reason] } = state;
    if (ref.kind === 'Namespace') return;
    const why = reason === undefined ? undefined : reasonText(reason);
    const news = why === undefined ? state.state === 'done' && before !== 'done' : !told.has(`${keyOf(ref)} ${why}`);
    if (!news) return;
    if (why !== undefined) told.add(`${keyOf(ref)} ${why}`);
    const all = [...known.values()].filter((each) => each.ref.kind !== 'Namespace');
    tell(`${all.filter((each) => each.state === 'done').length} of ${all.length} are ready; ${titleOf(ref)} ${ready}/${asked}: ${why ?? message}`);
  };
}
