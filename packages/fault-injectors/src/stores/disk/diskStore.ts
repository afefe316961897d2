import { link, mkdir, open, readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { randomBytes } from 'node:crypto';
import { PodscopeError } from '@podscope/core';
import type { FaultStore, KillSwitch, StoredFault, StoreStep } from '../../engine/types.ts';
import { admit, claimOf, refuseStopped } from '../admission.ts';
import { unreadable } from '../unreadable.ts';
import { withLock } from './lock.ts';
import { checkStoreKey, createStoreKey } from './seal.ts';
import { openSealedFiles, writeDurably } from './sealedFiles.ts';

const ID = /^[0-9a-f]{16}$/;

/** What {@link diskStore} takes. */
export interface DiskStoreOptions {
  /** Made when missing. */
  readonly directory: string;
  /**
   * 32 bytes that seal the records, see `createStoreKey`: whoever has none learns nothing from the files, and when it is gone with its process,
   * so are the states from before. @default the key in `<directory>.key`, which is made when missing, for its owner only
   */
  readonly key?: Uint8Array;
}

/** A store of a directory of this disk. */
export interface DiskStore extends FaultStore {
  readonly directory: string;
}

const plainly: StoreStep = (_name, write) => write();

/**
 * Keeps faults on this disk, sealed (AES-256-GCM, padded): the files show opaque ids and nothing else. Several processes may use it at once; beside
 * the directory lie `<directory>.lock` while one of them writes, and `<directory>.stopped` while the kill switch is on.
 *
 * @throws PodscopeError FAULT_STORE_KEY when the key is not 32 bytes long
 */
export async function diskStore({ directory, key }: DiskStoreOptions): Promise<DiskStore> {
  await mkdir(dirname(directory), { recursive: true });
  const sealing = key ?? (await keyBeside(directory));
  checkStoreKey(sealing);
  const files = await openSealedFiles(directory, sealing);
  const switchPath = `${directory}.stopped`;
  const locked = <Value>(work: () => Promise<Value>): Promise<Value> => withLock(`${directory}.lock`, work);
  const stored = async (id: string): Promise<StoredFault | undefined> => (ID.test(id) ? await files.read(id) : undefined);
  const stopped = async (): Promise<KillSwitch | undefined> => {
    const text = await readFile(switchPath, 'utf8').catch(noFile);
    return text === undefined ? undefined : (JSON.parse(text) as KillSwitch);
  };
  return {
    directory,
    reserve: (record, step = plainly) =>
      step('keep the record', () =>
        locked(async () => {
          const off = await stopped();
          if (off) refuseStopped(off);
          // What another key sealed can't be asked what it has taken.
          admit(claimOf(record), (await files.list()).flatMap((each) => (each.record ? [claimOf(each.record)] : [])));
          await files.write(record);
        }),
      ),
    update: (id, change, step = plainly) =>
      step('update the record', () =>
        locked(async () => {
          // One that can't be read is none that could be changed.
          const record = (await stored(id))?.record ?? undefined;
          const next = record && change(record);
          if (next) await files.write(next);
          return next ?? record;
        }),
      ),
    async read(id) {
      const found = await stored(id);
      if (found?.record === null) throw unreadable(id, found.reason);
      return found?.record;
    },
    list: () => files.list(),
    async remove(id, step = plainly) {
      if (!ID.test(id)) throw new PodscopeError('FAULT_NOT_FOUND', 'A fault id is 16 hexadecimal digits.', { hint: 'List the faults to see their ids.' });
      await step('remove the record', () => locked(() => files.remove(id)));
    },
    stop: (by) =>
      locked(async () => {
        if (!(await stopped())) await writeDurably(`${switchPath}.new`, switchPath, JSON.stringify({ since: new Date().toISOString(), by }));
      }),
    resume: () => locked(() => rm(switchPath, { force: true })),
    stopped,
    now: async () => Date.now(),
  };
}

function noFile(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
  throw error;
}

/** The key beside a directory. Two processes that make it at once get the same. */
async function keyBeside(directory: string): Promise<Uint8Array> {
  const path = `${directory}.key`;
  const found = await readFile(path, 'utf8').catch(noFile);
  if (found !== undefined) return Buffer.from(found.trim(), 'hex');
  const beside = `${path}.${randomBytes(4).toString('hex')}`;
  const file = await open(beside, 'wx', 0o600);
  try {
    await file.writeFile(`${Buffer.from(createStoreKey()).toString('hex')}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  // Never over the key of somebody who was quicker.
  await link(beside, path).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  });
  await rm(beside);
  return await keyBeside(directory);
}
