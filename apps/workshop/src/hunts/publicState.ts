import type { ClusterState } from '@podscope/console/api';
import type { Fault } from '@podscope/fault-injectors';
import type { Hunt } from '@podscope/mystery-hunts';

/** What everybody can see: the cluster's state, and how many entries the guestbook says it has. */
export interface PublicState extends ClusterState {
  /** `null` while the guestbook does not answer. */
  readonly entries: number | null;
}

/** A hunt on the workshop's system. */
export type WorkshopHunt = Hunt<PublicState, Fault>;

const TIMEOUT_MS = 3_000;

/** Completes the cluster's state with what the guestbook answers on its public address. */
export async function readPublicState(state: ClusterState): Promise<PublicState> {
  return { ...state, entries: await countEntries(state.urls.guestbook) };
}

async function countEntries(guestbook: string): Promise<number | null> {
  try {
    const response = await fetch(new URL('/entries?limit=1', guestbook), {
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: { 'user-agent': 'podscope-check' },
    });
    if (!response.ok) return null;
    const body: unknown = await response.json();
    return typeof body === 'object' && body !== null && 'total' in body && typeof body.total === 'number' ? body.total : null;
  } catch {
    // Not reachable: that is a state that a checker must see, not an error of the checker.
    return null;
  }
}
