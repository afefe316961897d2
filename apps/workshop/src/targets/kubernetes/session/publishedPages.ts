import { PUBLISHED_KEY } from '@podscope/guestbook/web';
import type { RedisForwards } from './redisForwards.ts';

/** The pages that were published, in Redis, where every web pod looks for them. */
export interface PublishedPaths {
  list(): Promise<readonly string[]>;
  add(path: string): Promise<void>;
  remove(path: string): Promise<void>;
}

/** Reads and writes the set of published paths on the primary. */
export function publishedPaths(redis: RedisForwards): PublishedPaths {
  const command = async (...args: readonly string[]): Promise<unknown> => {
    const link = await redis.connect(await redis.primary());
    try {
      return await link.command(...args);
    } finally {
      link.close();
    }
  };
  return {
    list: async () => ((await command('SMEMBERS', PUBLISHED_KEY)) as readonly string[]).toSorted(),
    add: async (path) => void (await command('SADD', PUBLISHED_KEY, path)),
    remove: async (path) => void (await command('SREM', PUBLISHED_KEY, path)),
  };
}
