import { useSharedOverview } from '../api/OverviewContext.ts';
import { Icon } from '../parts/Icon.tsx';
import { ErrorNote, Skeleton, StaleNote } from '../parts/notes.tsx';
import { Events, Nodes } from './ClusterSide.tsx';
import { RequestFlow } from './RequestFlow.tsx';
import { ShippingFlow } from './ShippingFlow.tsx';

/** The system itself, as the flow of its data. */
export default function OverviewPage() {
  const { data, error, at } = useSharedOverview();
  if (!data) {
    return error ? (
      <ErrorNote error={error} />
    ) : (
      <div className="overview">
        <Skeleton height={260} label="Loading the overview" />
        <Skeleton height={260} label="Loading the overview" />
      </div>
    );
  }
  return (
    <div className="overview">
      {error ? <StaleNote error={error} /> : null}
      {!error && data.health === 'unreachable' ? (
        <p className="stale" role="status">
          <Icon name="warning" size={16} /> OpenSearch does not answer: until it does, there are no figures. What runs is shown as it is.
        </p>
      ) : null}
      <section className="lane" aria-labelledby="requests-title">
        <header>
          <h2 id="requests-title">Requests</h2>
          <p>{data.state.target === 'kubernetes' ? 'A guestbook on a Kubernetes cluster; its visitors come from this machine.' : 'A guestbook on a simulated cluster: real servers on this machine, Kubernetes’ words, no Kubernetes.'}</p>
        </header>
        <RequestFlow overview={data} />
      </section>
      <section className="lane" aria-labelledby="shipping-title">
        <header>
          <h2 id="shipping-title">Logs and metrics</h2>
          <p>Documents a second over the last 30 seconds.</p>
        </header>
        <ShippingFlow overview={data} />
      </section>
      <div className="overview-side">
        <Nodes state={data.state} />
        <Events state={data.state} now={at ?? Date.now()} />
      </div>
    </div>
  );
}
