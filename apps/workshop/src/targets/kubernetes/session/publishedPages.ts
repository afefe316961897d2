import { PUBLISHED_KEY } from '@podscope/guestbook/web';
import type { RedisForwards } from './redisForwards.ts';

/** The pages that were published, in Redis, where every web pod looks for them. */
export interface PublishedPaths {
  /** @param waitMs how long the primary may be away. @default as `RedisForwards.primary` */
  list(waitMs?: number): Promise<readonly string[]>;
  add(path: string): Promise<void>;
  remove(path: string): Promise<void>;
}

/** Reads and writes the set of published paths on the primary. */
export function publishedPaths(redis: RedisForwards): PublishedPaths {
  const command = async (args: readonly string[], waitMs?: number): Promise<unknown> => {
    const link = await redis.connect(await redis.primary(waitMs));
    try {
      return await link.command(...args);
    } finally {
      link.close();
    }
  };
  return {
    list: async (waitMs) => ((await command(['SMEMBERS', PUBLISHED_KEY], waitMs)) as readonly string[]).toSorted(),
    add: async (path) => void (await command(['SADD', PUBLISHED_KEY, path])),
    remove: async (path) => void (await command(['SREM', PUBLISHED_KEY, path])),
  };
}
