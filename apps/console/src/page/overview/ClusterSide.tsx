import type { ClusterState } from '../../api/cluster.ts';
import { ago, clock, visible } from '../parts/format.ts';
import { EmptyNote } from '../parts/notes.tsx';
import { formatFilters } from '../state/filters.ts';
import { useRoute } from '../state/useRoute.ts';
import { groupEvents } from './events.ts';

/** The nodes with their slots; each opens its own log. */
export function Nodes({ state }: { readonly state: ClusterState }) {
  const { href } = useRoute();
  return (
    <section className="card" aria-labelledby="nodes-title">
      <h2 id="nodes-title">Nodes</h2>
      <ul className="nodes">
        {state.nodes.map((node) => (
          <li key={node.name}>
            <a href={href(['logs'], { p: 'filebeat-*', f: formatFilters([{ field: 'host.name', value: node.name, negate: false }]) })}>{node.name}</a>
            <meter
              min={0}
              max={node.capacity}
              low={node.capacity - 0.5}
              high={node.capacity}
              optimum={0}
              value={node.allocated}
              aria-label={`${node.name}: ${node.allocated} of ${node.capacity} slots taken`}
            />
            <span className="number">
              {node.allocated}/{node.capacity}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

const MOST_EVENTS = 60;

/** What the cluster did, newest first. */
export function Events({ state, now }: { readonly state: ClusterState; readonly now: number }) {
  const groups = groupEvents(state.events).slice(0, MOST_EVENTS);
  return (
    <section className="card" aria-labelledby="events-title">
      <h2 id="events-title">Events</h2>
      {groups.length === 0 ? (
        <EmptyNote title="Nothing happened yet." />
      ) : (
        <ol className="events" tabIndex={0} aria-label="Events, newest first">
          {groups.map(({ event, others }, index) => (
            <li key={`${event.at}-${index}`} className={event.type === 'Warning' ? 'event-warning' : ''}>
              <time dateTime={event.at} title={clock(event.at)}>
                {ago(event.at, now)}
              </time>
              <b>{event.reason}</b>
              <span>
                {visible(`${event.kind} ${event.name}${others > 0 ? ` and ${others} more` : ''}: ${event.message}`)}
              </span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
