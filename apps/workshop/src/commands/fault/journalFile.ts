import { appendFileSync, existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { JournalEvent } from '@podscope/fault-injectors';
import { targetFolder } from '../../targets/kubernetes/connection/confirmed.ts';

/** A longer journal begins anew; the one before is kept beside it. */
const MOST_BYTES = 10_000_000;

/** The journal of faults that commands of this run directory injected into clusters: one JSON document a line. */
export const faultJournalFile = (runDir: string): string => join(targetFolder(runDir), 'faults.jsonl');

/** Writes lines of the journal, one whole line at a time, so that several commands may write. A disk that is full keeps no fault from being reverted. */
export function openFaultJournal(runDir: string): (event: JournalEvent) => void {
  const path = faultJournalFile(runDir);
  return (event) => {
    try {
      mkdirSync(targetFolder(runDir), { recursive: true, mode: 0o700 });
      if (existsSync(path) && statSync(path).size > MOST_BYTES) renameSync(path, `${path}.1`);
      appendFileSync(path, `${JSON.stringify(event)}\n`, { mode: 0o600 });
    } catch {
      // The store has what a revert needs.
    }
  };
}
