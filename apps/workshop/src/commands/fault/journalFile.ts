import { join } from 'node:path';
import { type JournalEvent, openEventJournal } from '@podscope/fault-injectors';
import { targetFolder } from '../../targets/kubernetes/connection/confirmed.ts';

/** The journal of faults that commands of this run directory injected into clusters. */
export const faultJournalFile = (runDir: string): string => join(targetFolder(runDir), 'faults.jsonl');

/** Writes lines of the journal until the process ends. A disk that is full keeps no fault from being reverted: the store has what a revert needs. */
export function openFaultJournal(runDir: string): (event: JournalEvent) => void {
  try {
    const { write } = openEventJournal(faultJournalFile(runDir));
    return (event) => {
      try {
        write(event);
      } catch {
        // As above.
      }
    };
  } catch {
    return () => undefined;
  }
}
