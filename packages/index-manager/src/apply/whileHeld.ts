import type { IndexClient } from '../client.ts';
import type { HeldLock } from './lock.ts';

/**
 * The client for changes that need the lock: it sends nothing without it, and gives up what is under way when it is lost.
 * What fails then fails for the lock, whatever the server says.
 *
 * The signatures of `request` are the client's own.
 */
export function whileHeld(client: IndexClient, lock: HeldLock): IndexClient {
  const underWay = new Set<{ abort(): unknown }>();
  lock.lost.addEventListener('abort', () => {
    for (const each of underWay) each.abort();
  });
  const request = async (...[params, options]: Parameters<IndexClient['transport']['request']>) => {
    lock.ensureHeld();
    const asking = client.transport.request(params, options);
    underWay.add(asking);
    try {
      return await asking;
    } catch (error) {
      lock.ensureHeld();
      throw error;
    } finally {
      underWay.delete(asking);
    }
  };
  return { transport: Object.assign(Object.create(client.transport) as IndexClient['transport'], { request }) };
}
