import { Icon } from '../parts/Icon.tsx';
import { useSharedOverview } from '../api/OverviewContext.ts';
import { useRefresh } from '../state/RefreshContext.ts';
import { HealthDot } from './HealthDot.tsx';
import { LiveChoice } from './LiveChoice.tsx';
import { TimeRangeChoice } from './TimeRangeChoice.tsx';

/** Target, time range, live mode, refresh and health: the same on every page. */
export function TopBar({ title }: { readonly title: string }) {
  const { refresh } = useRefresh();
  const overview = useSharedOverview();
  const context = overview.data?.state.context;
  return (
    <header className="topbar">
      <h1>{title}</h1>
      <span className="badge" title={context === undefined ? 'The system runs on a simulated cluster on this machine' : 'The system runs on the cluster of this context'}>
        {context ?? overview.data?.state.target ?? 'embedded'}
      </span>
      <div className="topbar-tools">
        <TimeRangeChoice />
        <LiveChoice />
        <button type="button" className="button button-icon" onClick={refresh} aria-label="Refresh now" title="Refresh now">
          <Icon name="refresh" size={18} />
        </button>
        <HealthDot overview={overview} />
      </div>
    </header>
  );
}
