import type { Overview } from '../../api/http.ts';
import { count, rate } from '../parts/format.ts';
import { useRoute } from '../state/useRoute.ts';
import { Edge, Part } from './Part.tsx';
import { SOURCES } from './sources.ts';
import { useDashboardLink } from './useDashboardLink.ts';

const HEALTH_STATE = { green: 'good', yellow: 'warn', red: 'bad', unreachable: 'bad' } as const;

/** Sources → collector → OpenSearch, with what is shipped. */
export function ShippingFlow({ overview }: { readonly overview: Overview }) {
  const { href } = useRoute();
  const dashboard = useDashboardLink();
  const rows = SOURCES.map((source) => {
    const shipped = overview.shipping.find((entry) => entry.pattern === source.pattern);
    return { ...source, perSecond: shipped?.perSecond ?? 0, total: shipped?.total ?? 0 };
  });
  // Without OpenSearch nothing is known, which is not the same as nothing shipped.
  const known = overview.health !== 'unreachable';
  const most = Math.max(0.001, ...rows.map((row) => row.perSecond));
  const sum = rows.reduce((total, row) => total + row.perSecond, 0);
  const stored = rows.reduce((total, row) => total + row.total, 0);
  const collector = overview.state.pods.find((pod) => pod.deployment === 'collector');

  return (
    <div className="flow flow-shipping">
      <Part title="Sources" note="Logs and metrics of everything above" className="part-sources">
        <ul className="sources">
          {rows.map((row) => (
            <li key={row.pattern}>
              <a href={href(['logs'], { p: row.pattern })} title={row.from}>
                <b>{row.title}</b>
                <code>{row.pattern}</code>
              </a>
              <span className="bar" aria-hidden="true">
                <i style={{ width: `${(row.perSecond / most) * 100}%` }} />
              </span>
              <span className="number">{known ? `${rate(row.perSecond)}/s` : '–'}</span>
              {dashboard('Dashboard', row.dashboard).map((link) => (
                <a key={link.text} className="source-link" href={link.href} aria-label={`${row.title}: dashboard`}>
                  {link.text}
                </a>
              ))}
            </li>
          ))}
        </ul>
      </Part>
      <Edge label={known ? `${rate(sum)} docs/s` : '– docs/s'} still={sum === 0} />
      {overview.state.target === 'kubernetes' ? (
        <Part title="Shippers" note={sum > 0 ? 'Documents arrive' : 'Nothing arrives now'} state={sum > 0 ? 'good' : 'bad'} links={[{ text: 'Logs', href: href(['logs'], { p: 'filebeat-*' }) }]}>
          <p className="quiet">They run on the cluster.</p>
        </Part>
      ) : (
        <Part
          title="Collector"
          note={collector ? (collector.reason ?? collector.phase) : 'not running'}
          state={collector?.phase === 'Running' ? 'good' : 'bad'}
          links={[{ text: 'Logs', href: href(['logs'], { p: 'filebeat-*' }) }]}
        >
          <p className="quiet">Remembers its place in every file and writes each line once.</p>
        </Part>
      )}
      <Edge label="bulk" still={sum === 0} />
      <Part
        title="OpenSearch"
        note={overview.health === 'unreachable' ? 'does not answer' : `health ${overview.health}`}
        state={HEALTH_STATE[overview.health]}
        links={[{ text: 'Search', href: href(['logs']) }, { text: 'Dashboards', href: href(['dashboards']) }]}
      >
        <p className="big-number">
          {known ? count(stored) : '–'} <span>documents</span>
        </p>
      </Part>
    </div>
  );
}
