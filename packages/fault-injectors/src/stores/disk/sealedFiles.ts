import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { FaultRecord, StoredFault } from '../../engine/types.ts';
import { seal, type Sealed, unseal } from './seal.ts';

const SUFFIX = '.sealed';
const UNFINISHED = `${SUFFIX}.new`;
/** No write takes as long: an unfinished file of that age was left by a process that died. */
const UNFINISHED_MS = 60_000;

/** Records on disk, sealed. File names and contents show an opaque id and nothing else. */
export interface SealedFiles {
  /** Returns when the record is on the disk. */
  write(record: FaultRecord): Promise<void>;
  read(id: string): Promise<StoredFault | undefined>;
  list(): Promise<readonly StoredFault[]>;
  /** None of that id is fine. */
  remove(id: string): Promise<void>;
}

/** The sealed records of a directory, which is made when missing. Those that another key sealed stay, as unreadable. */
export async function openSealedFiles(directory: string, key: Uint8Array): Promise<SealedFiles> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await removeUnfinished(directory);
  const pathOf = (id: string) => join(directory, `${id}${SUFFIX}`);
  return {
    async write(record) {
      await writeDurably(join(directory, `${record.id}${UNFINISHED}`), pathOf(record.id), JSON.stringify(seal(key, record.id, record)));
      await syncDirectory(directory);
    },
    read: (id) => readSealed(key, id, pathOf(id)),
    async list() {
      const names = (await readdir(directory)).filter((name) => name.endsWith(SUFFIX)).sort();
      const found = await Promise.all(names.map((name) => readSealed(key, name.slice(0, -SUFFIX.length), join(directory, name))));
      return found.flatMap((each) => each ?? []);
    },
    async remove(id) {
      await rm(pathOf(id), { force: true });
      await syncDirectory(directory);
    },
  };
}

async function readSealed(key: Uint8Array, id: string, path: string): Promise<StoredFault | undefined> {
  try {
    const sealed = JSON.parse(await readFile(path, 'utf8')) as Sealed;
    if (sealed.version !== 1 || sealed.id !== id) return { id, record: null, reason: 'The file is not a record of this version.' };
    return { id, record: unseal(key, sealed) as FaultRecord };
  } catch (error) {
    // Removed since the directory was read.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    return { id, record: null, reason: error instanceof SyntaxError ? 'The file is damaged.' : 'It was sealed with a key that is gone, or the file was changed.' };
  }
}

/** Writes beside, and renames when everything is on the disk: there is never half a file. */
export async function writeDurably(beside: string, path: string, text: string): Promise<void> {
  const file = await open(beside, 'w', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(beside, path);
}

/** A write that was cut short is no record: nothing is changed before its end, and an earlier record is still there. */
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
