import type { LocalProcess, LocalTarget } from '@podscope/fault-injectors';
import { readLedger } from '../../ledger/ledger.ts';
import { startOf } from '../../ledger/processes.ts';

/** Started anew by the supervisor when they end: the web host, the collector, the visitors, and the Redis pods by the simulated cluster. */
const RESTARTED = /^(?:web|collector|visitors|redis-(?:primary|replica)-\d+)$/;

/**
 * The processes of the embedded system, out of its ledger: those that live, with the start times that the kernel gives. The supervisor isn't one
 * of them: it injects the faults, and reverts them.
 */
export function embeddedLocalTarget(runDir: string): LocalTarget {
  return {
    kind: 'local',
    id: 'embedded-processes',
    runDirectory: runDir,
    async processes() {
      return (readLedger(runDir)?.processes ?? []).flatMap(({ name, pid, start }): readonly LocalProcess[] =>
        pid === null || start === null || startOf(pid) !== start ? [] : [{ name, pid, startTime: start, isRestarted: RESTARTED.test(name) }]);
    },
  };
}
