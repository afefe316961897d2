import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { redact } from '@podscope/core';
import type { JournalEvent } from '../engine/types.ts';

/** A journal of faults in a file. `using` closes it. */
export interface EventJournal extends Disposable {
  /** Appends a line; give it to `injectFault` and the others as `journal`. On the disk as far as the system is concerned when it returns. */
  readonly write: (event: JournalEvent) => void;
  close(): void;
}

/**
 * Opens a journal of faults: JSON lines, appended, so that several processes may share one. Only its owner may read it. The schema of a line is
 * in docs/guide/fault-journal.md.
 *
 * @param path Its folder is made when missing.
 * @throws the file system's error
 */
export function openEventJournal(path: string): EventJournal {
  mkdirSync(dirname(path), { recursive: true });
  let file: number | undefined = openSync(path, 'a', 0o600);
  const close = (): void => {
    if (file !== undefined) closeSync(file);
    file = undefined;
  };
  return {
    write(event) {
      // One write a line: appended as a whole, also beside other processes. What looks like a secret is not to be in it; this is for what slips in.
      if (file !== undefined) writeSync(file, `${JSON.stringify(redact(event))}\n`);
    },
    close,
    [Symbol.dispose]: close,
  };
}
