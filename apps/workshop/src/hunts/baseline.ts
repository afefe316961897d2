import { readEntries, repairGuestbook, type SeedTarget } from '@podscope/guestbook/seed';
import { VISITORS_ID } from '@podscope/guestbook/visitors';
import type { PublicVerbs } from '../control/controlHandlers.ts';

const WEB = 'frontend';

/** What has to be read and put back, on whatever target. */
export interface BaselineParts {
  readonly verbs: Pick<PublicVerbs, 'state' | 'scale' | 'setVisitorRate'>;
  /** The paths that were published on top of those that are always there. */
  published(): Promise<readonly string[]>;
  unpublish(path: string): Promise<void>;
  /** Runs a task over a connection to the Redis primary. */
  withPrimary<Value>(task: (target: SeedTarget) => Promise<Value>): Promise<Value>;
  /** Of the guestbook's archive. */
  readonly seed: string;
}

/**
 * Remembers, in memory only, what the public verbs can change: replicas, pages, visitors and the guestbook's data. What
 * it gives puts all of that back; may be called again.
 */
export async function keepBaseline({ verbs, published, unpublish, withPrimary, seed }: BaselineParts): Promise<() => Promise<void>> {
  const { deployments, clients } = await verbs.state();
  const replicas = deployments.find((each) => each.name === WEB)?.desired;
  const visitors = clients.find((each) => each.id === VISITORS_ID);
  const pages = await published();
  const entries = await withPrimary(readEntries);

  return async () => {
    const now = await verbs.state();
    if (replicas !== undefined && now.deployments.find((each) => each.name === WEB)?.desired !== replicas) await verbs.scale(WEB, replicas);
    if (visitors !== undefined && now.clients.find((each) => each.id === VISITORS_ID)?.rate !== visitors.rate) await verbs.setVisitorRate(visitors.rate);
    for (const page of await published()) if (!pages.includes(page)) await unpublish(page);
    await withPrimary((target) => repairGuestbook(target, entries, { seed }));
  };
}
