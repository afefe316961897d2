import { lazy, Suspense } from 'react';
import { dashboardsOf, titleOf } from '../api/savedObjects.ts';
import { useSavedObjects } from '../api/SavedObjectsContext.ts';
import { LogsView } from '../logs/LogsView.tsx';
import { EmptyNote, Skeleton } from '../parts/notes.tsx';
import { useRoute } from '../state/useRoute.ts';

const DashboardView = lazy(async () => ({ default: (await import('../dashboards/DashboardView.tsx')).DashboardView }));

/** Dashboards and logs beside a hunt; the hunt's own dashboards come first. */
export function Evidence({ dashboards }: { readonly dashboards: readonly string[] }) {
  const { params, setParams } = useRoute();
  const { data: objects } = useSavedObjects();
  const all = dashboardsOf(objects ?? []);
  const named = dashboards.flatMap((name) => all.filter((entry) => entry.id === name || titleOf(entry) === name));
  const ordered = [...named, ...all.filter((entry) => !named.includes(entry))];
  const wanted = params['d'];
  const shown = wanted === 'logs' ? undefined : (ordered.find((entry) => entry.id === wanted) ?? ordered[0]);
  return (
    <div className="evidence">
      <nav className="tabs" aria-label="Evidence">
        {ordered.map((entry) => (
          <button key={entry.id} type="button" aria-pressed={entry === shown} onClick={() => setParams({ d: entry.id })}>
            {titleOf(entry)}
          </button>
        ))}
        <button type="button" aria-pressed={wanted === 'logs'} onClick={() => setParams({ d: 'logs' })}>
          Logs
        </button>
      </nav>
      {wanted === 'logs' ? (
        <LogsView />
      ) : shown ? (
        <Suspense fallback={<Skeleton height={320} label="Loading the dashboard" />}>
          <DashboardView key={shown.id} id={shown.id} />
        </Suspense>
      ) : (
        <EmptyNote title="No dashboards are installed." />
      )}
    </div>
  );
}
