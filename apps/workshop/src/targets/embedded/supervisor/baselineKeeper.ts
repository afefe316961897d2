import { readEntries, repairGuestbook, type SeedTarget } from '@podscope/guestbook/seed';
import { VISITORS_ID } from '@podscope/guestbook/visitors';
import type { SystemParts, Verbs } from './verbs.ts';

/** Long enough for 64 MB on a busy machine. */
const COMMAND_TIMEOUT = 60_000;
const WEB = 'frontend';

/**
 * Remembers, in memory only, what the public verbs can change: replicas, pages, visitors and the guestbook's data. What
 * it gives puts all of that back; may be called again.
 *
 * @param seed of the guestbook's archive.
 */
export async function keepBaseline(parts: SystemParts, verbs: Verbs, seed: string): Promise<() => Promise<void>> {
  const { deployments, clients } = await verbs.state();
  const replicas = deployments.find((each) => each.name === WEB)?.desired;
  const visitors = clients.find((each) => each.id === VISITORS_ID);
  const pages = parts.web.published;
  const entries = await withPrimary(parts, readEntries);

  return async () => {
    const now = await verbs.state();
    if (replicas !== undefined && now.deployments.find((each) => each.name === WEB)?.desired !== replicas) await verbs.scale(WEB, replicas);
    if (visitors !== undefined && now.clients.find((each) => each.id === VISITORS_ID)?.rate !== visitors.rate) await verbs.setVisitorRate(visitors.rate);
    for (const page of parts.web.published) if (!pages.includes(page)) await parts.web.unpublish(page);
    await withPrimary(parts, (target) => repairGuestbook(target, entries, { seed }));
  };
}

async function withPrimary<Value>({ redis }: SystemParts, task: (target: SeedTarget) => Promise<Value>): Promise<Value> {
  await redis.observeRoles();
  const link = await redis.connect(redis.primary, COMMAND_TIMEOUT);
  try {
    return await task({ sendCommand: (command) => link.command(...command) });
  } finally {
    link.close();
  }
}
