import { isPodscopeError } from '@podscope/core';
import type { PublishedPages } from './pages.ts';
import { PUBLISHED_KEY } from './protocol.ts';
import type { RedisRoles } from './redisRoles.ts';

/** How often Redis is asked, milliseconds. */
const INTERVAL = 2_000;

/**
 * Keeps a web server's pages as Redis has them, so that pods that share nothing else serve the same ones. While Redis does not answer the
 * pages stay as they are. Ends with what it gives.
 */
export function followPublished(redis: Pick<RedisRoles, 'read'>, pages: PublishedPages, interval = INTERVAL): () => void {
  const follow = async (): Promise<void> => {
    let wanted: readonly string[];
    try {
      wanted = await redis.read((connection) => connection.sMembers(PUBLISHED_KEY));
    } catch (error) {
      if (isPodscopeError(error)) return;
      throw error;
    }
    const set = new Set(wanted);
    for (const path of pages.list()) if (!set.has(path)) pages.unpublish(path);
    for (const path of set) publish(pages, path);
  };
  const timer = setInterval(() => void follow(), interval);
  timer.unref();
  void follow();
  return () => clearInterval(timer);
}

/** What somebody else wrote into that set may be no path: the others are served all the same. */
function publish(pages: PublishedPages, path: string): void {
  if (pages.has(path)) return;
  try {
    pages.publish(path);
  } catch (error) {
    if (!isPodscopeError(error, 'GUESTBOOK_PAGE_INVALID')) throw error;
  }
}
