import { PodscopeError } from '@podscope/core';
import { builtInPaths } from './protocol.ts';

const MOST_PAGES = 10_000;

/** The pages that were published on top of the built-in ones. */
export interface PublishedPages {
  /** @throws PodscopeError GUESTBOOK_PAGE_INVALID */
  publish(path: string): void;
  unpublish(path: string): void;
  has(path: string): boolean;
  /** Sorted. */
  list(): readonly string[];
}

/** Keeps the published paths of all pods. */
export function publishedPages(initial: readonly string[] = []): PublishedPages {
  const paths = new Set<string>();
  const publish = (path: string): void => {
    const reason = refusal(path) ?? (paths.size >= MOST_PAGES ? `there are ${MOST_PAGES} pages already` : undefined);
    if (reason !== undefined) {
      throw new PodscopeError('GUESTBOOK_PAGE_INVALID', `Cannot publish ${JSON.stringify(path)}: ${reason}.`, {
        hint: 'Give the path as the access log shows it, such as /spring/offer.html.',
      });
    }
    paths.add(path);
  };
  for (const path of initial) publish(path);
  return {
    publish,
    unpublish: (path) => void paths.delete(path),
    has: (path) => paths.has(path),
    list: () => [...paths].sort(),
  };
}

function refusal(path: unknown): string | undefined {
  if (typeof path !== 'string' || !path.startsWith('/')) return 'a path starts with "/"';
  if (path.length > 1024) return 'a path has at most 1,024 characters';
  if (!/^[!-~]+$/.test(path)) return 'a path has no spaces and only ASCII; write the others as %HH';
  if (/[?#]/.test(path)) return 'a path has no "?" and no "#"';
  if (builtInPaths.includes(path) || /^\/archive\//.test(path)) return 'the guestbook serves it by itself';
  return undefined;
}
