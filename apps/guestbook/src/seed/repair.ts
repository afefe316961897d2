import { archiveKey, ENTRIES_KEY } from '../entry.ts';
import { DONE_KEY, seedArchive, type SeedOptions, type SeedTarget } from './seedArchive.ts';

const KEYS_A_COMMAND = 500;

/** Every entry of the guestbook as Redis holds it, the oldest first. */
export async function readEntries(target: SeedTarget): Promise<readonly string[]> {
  if (String(await target.sendCommand(['TYPE', ENTRIES_KEY])) !== 'list') return [];
  const entries = await target.sendCommand(['LRANGE', ENTRIES_KEY, '0', '-1']);
  return Array.isArray(entries) ? entries.map(String) : [];
}

/** What {@link repairGuestbook} put back. */
export interface Repaired {
  readonly entries: number;
  /** True when pages were missing, and the archive was written again. */
  readonly archive: boolean;
}

/**
 * Puts back what is missing of the archive, and of entries that {@link readEntries} gave once. Entries that came since
 * stay, after the old ones.
 *
 * @throws whatever the client throws, such as a connection that was lost.
 */
export async function repairGuestbook(target: SeedTarget, entries: readonly string[], options: SeedOptions = {}): Promise<Repaired> {
  const there = new Set(await readEntries(target));
  const missing = entries.filter((entry) => !there.has(entry));
  // Something else under the guestbook's key would refuse every entry from now on.
  if (there.size === 0) await target.sendCommand(['DEL', ENTRIES_KEY]);
  for (let end = missing.length; end > 0; end -= KEYS_A_COMMAND) {
    await target.sendCommand(['LPUSH', ENTRIES_KEY, ...missing.slice(Math.max(0, end - KEYS_A_COMMAND), end).toReversed()]);
  }
  if (!(await isComplete(target))) await target.sendCommand(['DEL', DONE_KEY]);
  const { written } = await seedArchive(target, options);
  return { entries: missing.length, archive: written };
}

async function isComplete(target: SeedTarget): Promise<boolean> {
  if (String(await target.sendCommand(['TYPE', DONE_KEY])) !== 'string') return false;
  const pages = Number(String(await target.sendCommand(['GET', DONE_KEY])).split(' ')[0]);
  for (let first = 1; first <= pages; first += KEYS_A_COMMAND) {
    const keys = Array.from({ length: Math.min(KEYS_A_COMMAND, pages + 1 - first) }, (_, index) => archiveKey(first + index));
    if (Number(await target.sendCommand(['EXISTS', ...keys])) < keys.length) return false;
  }
  return pages > 0;
}
