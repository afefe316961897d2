import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { PodscopeError } from '@podscope/core';
import { checkJournalKey, seal, type Sealed, unseal } from './seal.ts';

const SUFFIX = '.sealed';
const UNFINISHED = `${SUFFIX}.new`;
/** No write takes as long: an unfinished file of that age was left by a process that died. */
const UNFINISHED_MS = 60_000;
const ID = /^[0-9a-f]{16}$/;

/** What a journal keeps of one fault. */
export interface JournalEntry {
  readonly id: string;
  /** Which target was changed: {@link FaultTarget.id}. */
  readonly target: string;
  readonly kind: string;
  readonly params: unknown;
  /** The exact state before anything was changed. */
  readonly before: unknown;
  /** `prepared`: the injection may have been cut short. */
  readonly state: 'prepared' | 'injected';
  /** ISO 8601. */
  readonly createdAt: string;
  /** When the fault is to be reverted at the latest, ISO 8601. */
  readonly expiresAt: string;
}

/** One file of a journal: an entry, or why it could not be read. */
export type JournalItem =
  | { readonly id: string; readonly entry: JournalEntry }
  | { readonly id: string; readonly entry: null; readonly reason: string };

/** Faults on disk, sealed. File names and contents show an opaque id and nothing else. */
export interface Journal {
  readonly directory: string;
  /** Stores an entry and returns when it is on the disk. */
  write(entry: JournalEntry): Promise<void>;
  /** Everything that is there, the unreadable too. */
  list(): Promise<readonly JournalItem[]>;
  /** Removes an entry; none of that id is fine. */
  remove(id: string): Promise<void>;
}

/** A new opaque id: 16 hexadecimal digits that mean nothing. */
export function createFaultId(): string {
  return randomBytes(8).toString('hex');
}

/**
 * Opens the journal in a directory, which is made when missing.
 *
 * @param options.key 32 bytes, see `createJournalKey`. Entries that another key sealed stay, listed as unreadable.
 * @throws PodscopeError FAULT_JOURNAL_KEY
 */
export async function openJournal(options: { readonly directory: string; readonly key: Uint8Array }): Promise<Journal> {
  const { directory, key } = options;
  checkJournalKey(key);
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await removeUnfinished(directory);
  const pathOf = (id: string) => join(directory, `${id}${SUFFIX}`);

  return {
    directory,
    async write(entry) {
      const temporary = join(directory, `${entry.id}${UNFINISHED}`);
      const file = await open(temporary, 'w', 0o600);
      try {
        await file.writeFile(JSON.stringify(seal(key, entry.id, entry)));
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(temporary, pathOf(entry.id));
      await syncDirectory(directory);
    },
    async list() {
      const names = (await readdir(directory)).filter((name) => name.endsWith(SUFFIX)).sort();
      return await Promise.all(names.map((name) => readItem(key, name.slice(0, -SUFFIX.length), join(directory, name))));
    },
    async remove(id) {
      if (!ID.test(id)) {
        throw new PodscopeError('FAULT_NOT_FOUND', 'A fault id is 16 hexadecimal digits.', { hint: 'List the faults to see their ids.' });
      }
      await rm(pathOf(id), { force: true });
      await syncDirectory(directory);
    },
  };
}

async function readItem(key: Uint8Array, id: string, path: string): Promise<JournalItem> {
  try {
    const sealed = JSON.parse(await readFile(path, 'utf8')) as Sealed;
    if (sealed.version !== 1 || sealed.id !== id) return { id, entry: null, reason: 'The file is not a journal entry of this version.' };
    return { id, entry: unseal(key, sealed) as JournalEntry };
  } catch (error) {
    const damaged = error instanceof SyntaxError;
    return { id, entry: null, reason: damaged ? 'The file is damaged.' : 'It was sealed with a key that is gone, or the file was changed.' };
  }
}

/** A write that was cut short is no entry: nothing is changed before its end, and an earlier entry is still there. */
async function removeUnfinished(directory: string): Promise<void> {
  for (const name of await readdir(directory)) {
    if (!name.endsWith(UNFINISHED)) continue;
    const path = join(directory, name);
    // Another process may have finished it meanwhile.
    const written = await stat(path).then(({ mtimeMs }) => mtimeMs, () => Number.POSITIVE_INFINITY);
    if (written < Date.now() - UNFINISHED_MS) await rm(path, { force: true });
  }
}

async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
