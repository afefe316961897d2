import type { ClusterEvent } from '../../api/cluster.ts';

/** Events that say the same of several objects, one after the other. */
export interface EventGroup {
  /** The newest of them. */
  readonly event: ClusterEvent;
  /** How many other objects of the same kind it was said of. */
  readonly others: number;
}

/** Events newest first, with neighbours that differ in nothing but the object's name joined. */
export function groupEvents(events: readonly ClusterEvent[]): readonly EventGroup[] {
  const groups: { event: ClusterEvent; names: Set<string> }[] = [];
  for (const event of events.toReversed()) {
    const last = groups.at(-1);
    if (last && isSame(last.event, event)) last.names.add(event.name);
    else groups.push({ event, names: new Set([event.name]) });
  }
  return groups.map(({ event, names }) => ({ event, others: names.size - 1 }));
}

function isSame(one: ClusterEvent, other: ClusterEvent): boolean {
  return one.type === other.type && one.reason === other.reason && one.kind === other.kind && one.namespace === other.namespace && one.message === other.message;
}
