import type { Overview } from '../../api/http.ts';
import { bytes, count, rate } from '../parts/format.ts';
import { formatFilters } from '../state/filters.ts';
import { useRoute } from '../state/useRoute.ts';
import { Edge, Part } from './Part.tsx';
import { PodTiles } from './PodTiles.tsx';
import { tilesOf, tileSummary } from './tiles.ts';
import { useDashboardLink } from './useDashboardLink.ts';

/** Visitors → web instances → Redis primary → replicas. */
export function RequestFlow({ overview }: { readonly overview: Overview }) {
  const { href } = useRoute();
  const dashboard = useDashboardLink();
  const { state } = overview;
  const tiles = tilesOf(state.pods.filter((pod) => pod.role === undefined && pod.deployment === 'frontend'), overview.web);
  const frontend = state.deployments.find((deployment) => deployment.name === 'frontend');
  const known = overview.health !== 'unreachable';
  const perSecond = overview.web.reduce((sum, entry) => sum + entry.perSecond, 0);
  const primaries = redisPods(overview, 'primary');
  const replicas = redisPods(overview, 'replica');
  const waiting = tiles.filter((tile) => tile.state !== 'running').length;

  return (
    <div className="flow flow-requests">
      <Part
        title="Visitors"
        note={`${count(state.clients.length)} ${state.clients.length === 1 ? 'client' : 'clients'}`}
        links={[{ text: 'Requests', href: href(['logs'], { p: 'apache-*' }) }, ...dashboard('Dashboard', /web|apache|guestbook/i)]}
      >
        <ul className="lines">
          {state.clients.slice(0, 5).map((client) => (
            <li key={client.id}>
              <a href={href(['logs'], { p: 'apache-*', f: addressFilter(client.address) })}>{client.id}</a>
              <span>{rate(client.rate)}/s aimed at</span>
            </li>
          ))}
          {state.clients.length > 5 ? <li>and {state.clients.length - 5} more</li> : null}
        </ul>
      </Part>
      <Edge label={known ? `${rate(perSecond)} req/s` : '– req/s'} still={perSecond === 0} />
      <Part
        title="Web instances"
        note={`${tileSummary(tiles)}${frontend ? `; ${frontend.desired} desired` : ''}`}
        state={waiting > 0 ? 'warn' : 'good'}
        className="part-web"
        links={[
          { text: 'Logs', href: href(['logs'], { p: 'apache-*' }) },
          { text: 'Events', href: href(['logs'], { p: 'kubernetes-*' }) },
          ...dashboard('Dashboard', /kubernetes|workload/i),
        ]}
      >
        {tiles.length > 0 ? <PodTiles tiles={tiles} /> : <p className="quiet">No instance runs.</p>}
        <ul className="legend" aria-hidden="true">
          <li><i className="tile tile-running" /> running, fuller is busier</li>
          <li><i className="tile tile-pending" /> pending</li>
          <li><i className="tile tile-failing" /> failing</li>
        </ul>
      </Part>
      <Edge label={known ? `${rate(primaries.reduce((sum, pod) => sum + pod.opsPerSecond, 0))} ops/s` : '– ops/s'} still={!primaries.some((pod) => pod.opsPerSecond > 0)} />
      <RedisPart title="Redis primary" role="master" pods={primaries} />
      <Edge label={known ? `lag ${bytes(Math.max(0, ...replicas.map((pod) => pod.lagBytes)))}` : 'lag –'} still={!replicas.some((pod) => pod.sampled)} />
      <RedisPart title="Replicas" role="slave" pods={replicas} />
    </div>
  );
}

/** Ordinary visitors come from many addresses; only one address makes a filter. */
function addressFilter(address: string): string | undefined {
  return /^[\da-f.:]+$/i.test(address) ? formatFilters([{ field: 'source.ip', value: address, negate: false }]) : undefined;
}

interface RedisPodView {
  readonly pod: string;
  readonly running: boolean;
  readonly sampled: boolean;
  readonly opsPerSecond: number;
  readonly usedMemory: number;
  readonly lagBytes: number;
}

function redisPods(overview: Overview, role: 'primary' | 'replica'): readonly RedisPodView[] {
  return overview.state.pods
    .filter((pod) => pod.role === role)
    .map((pod) => {
      const sample = overview.redis.find((entry) => entry.pod === pod.name);
      return {
        pod: pod.name,
        running: pod.phase === 'Running',
        sampled: sample !== undefined,
        opsPerSecond: sample?.opsPerSecond ?? 0,
        usedMemory: sample?.usedMemory ?? 0,
        lagBytes: sample?.lagBytes ?? 0,
      };
    });
}

/** `role` is the word of Redis itself, as it stands in the documents. */
function RedisPart({ title, role, pods }: { readonly title: string; readonly role: 'master' | 'slave'; readonly pods: readonly RedisPodView[] }) {
  const { href } = useRoute();
  const dashboard = useDashboardLink();
  const down = pods.filter((pod) => !pod.running).length;
  const ofRole = formatFilters([{ field: 'redis.role', value: role, negate: false }]);
  return (
    <Part
      title={title}
      note={down > 0 ? `${down} not running` : `${pods.length} running`}
      state={down > 0 ? 'bad' : 'good'}
      links={[{ text: 'Samples', href: href(['logs'], { p: 'redis-*', f: ofRole }) }, ...dashboard('Dashboard', /redis/i, ofRole)]}
    >
      <ul className="lines">
        {pods.map((pod) => (
          <li key={pod.pod}>
            <a href={href(['logs'], { p: 'redis-*', f: formatFilters([{ field: 'redis.instance', value: pod.pod, negate: false }]) })}>{pod.pod}</a>
            <span>{pod.sampled ? `${rate(pod.opsPerSecond)} ops/s, ${bytes(pod.usedMemory)}` : 'no sample yet'}</span>
          </li>
        ))}
      </ul>
    </Part>
  );
}
