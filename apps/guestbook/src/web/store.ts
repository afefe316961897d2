import { randomUUID } from 'node:crypto';
import { archiveKey, ENTRIES_KEY, type Entry, isEntry, parseEntry } from '../entry.ts';
import type { RedisRoles } from './redisRoles.ts';

/** The guestbook's data: writes go to the primary, reads to the replicas. */
export interface Store {
  add(name: string, message: string): Promise<Entry>;
  /** The newest entries, newest first, and how many there are in all. */
  latest(limit: number): Promise<{ readonly entries: readonly Entry[]; readonly total: number }>;
  /** One page of the archive, or undefined where there is none of that number. */
  archive(page: number): Promise<readonly Entry[] | undefined>;
}

/** Keeps the guestbook in Redis. Every method may throw GUESTBOOK_NO_PRIMARY or GUESTBOOK_REDIS_FAILED. */
export function redisStore(redis: RedisRoles): Store {
  return {
    async add(name, message) {
      const entry: Entry = { id: randomUUID(), name, message, at: new Date().toISOString() };
      await redis.write((connection) => connection.rPush(ENTRIES_KEY, JSON.stringify(entry)));
      return entry;
    },
    async latest(limit) {
      const [newest, total] = await redis.read((connection) =>
        Promise.all([connection.lRange(ENTRIES_KEY, -limit, -1), connection.lLen(ENTRIES_KEY)]),
      );
      const entries = newest.map(parseEntry).filter((entry) => entry !== undefined);
      return { entries: entries.reverse(), total };
    },
    async archive(page) {
      const json = await redis.read((connection) => connection.get(archiveKey(page)));
      if (json === null) return undefined;
      const entries: unknown = JSON.parse(json);
      return Array.isArray(entries) ? entries.filter(isEntry) : [];
    },
  };
}
