import { lazy, useMemo } from 'react';
import { dashboardsOf, titleOf } from '../api/savedObjects.ts';
import { useSavedObjects } from '../api/SavedObjectsContext.ts';
import { Icon } from '../parts/Icon.tsx';
import { EmptyNote, ErrorNote, Skeleton } from '../parts/notes.tsx';
import { useRoute } from '../state/useRoute.ts';
import { DashboardView } from './DashboardView.tsx';
import { PanelGrid } from './PanelGrid.tsx';
import { loosePanels } from './panels.ts';

const Builder = lazy(async () => ({ default: (await import('../builder/Builder.tsx')).Builder }));

/** Places beside the dashboards' own ids, which never begin with an underscore. */
const OWN = '_own';
const NEW = '_new';

/** The Dashboards page: one dashboard at a time, own visualizations, and the builder. */
export default function DashboardsPage() {
  const { path, params, href } = useRoute();
  const { data: objects, error, reload } = useSavedObjects();
  const dashboards = useMemo(() => dashboardsOf(objects ?? []), [objects]);
  const own = useMemo(() => loosePanels(objects ?? []), [objects]);
  if (!objects) return error ? <ErrorNote error={error} onRetry={reload} /> : <Skeleton height={400} label="Loading the dashboards" />;
  const wanted = path[1] ?? '';
  const shown = dashboards.find((entry) => entry.id === wanted) ?? dashboards[0];
  const place = wanted === OWN || wanted === NEW ? wanted : shown?.id;
  const keep = { f: params['f'] };
  return (
    <div className="dashboards">
      <div className="dashboards-head">
        <nav className="tabs" aria-label="Dashboards">
          {dashboards.map((entry) => (
            <a key={entry.id} href={href(['dashboards', entry.id], keep)} aria-current={entry.id === place ? 'page' : undefined}>
              {titleOf(entry)}
            </a>
          ))}
          {own.length > 0 ? (
            <a href={href(['dashboards', OWN], keep)} aria-current={place === OWN ? 'page' : undefined}>
              Own visualizations
            </a>
          ) : null}
        </nav>
        <a className="button" href={href(['dashboards', NEW])} aria-current={place === NEW ? 'page' : undefined}>
          <Icon name="plus" size={16} /> New visualization
        </a>
      </div>
      <h2 className="visually-hidden">{place === NEW ? 'New visualization' : place === OWN ? 'Own visualizations' : shown ? titleOf(shown) : 'No dashboard'}</h2>
      {place === NEW ? (
        <Builder objects={objects} />
      ) : place === OWN ? (
        <PanelGrid objects={objects} panels={own} />
      ) : shown ? (
        <DashboardView key={shown.id} id={shown.id} />
      ) : (
        <EmptyNote title="No dashboards are installed.">They come with &ldquo;podscope up&rdquo;.</EmptyNote>
      )}
    </div>
  );
}
