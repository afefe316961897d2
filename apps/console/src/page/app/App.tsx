import { Suspense, useEffect } from 'react';
import { OverviewContext } from '../api/OverviewContext.ts';
import { useOverview } from '../api/useOverview.ts';
import { SavedObjectsContext } from '../api/SavedObjectsContext.ts';
import { useLoadSavedObjects } from '../api/useLoadSavedObjects.ts';
import { Skeleton } from '../parts/notes.tsx';
import { RefreshContext } from '../state/RefreshContext.ts';
import { useRefreshClock } from '../state/useRefreshClock.ts';
import { useRoute } from '../state/useRoute.ts';
import { useTimeRange } from '../state/useTimeRange.ts';
import { Page } from './Page.tsx';
import { PAGES } from './pages.ts';
import { Problem } from './Problem.tsx';
import { Rail } from './Rail.tsx';
import { TopBar } from './TopBar.tsx';

/** The frame around every page, and what all pages share. */
export function App() {
  const { path } = useRoute();
  const { range, live } = useTimeRange();
  const clock = useRefreshClock(range.to === 'now' ? live : 0);
  const overview = useOverview(clock.tick);
  const savedObjects = useLoadSavedObjects();
  const page = PAGES.find((entry) => entry.id === path[0]) ?? PAGES[0];
  useEffect(() => {
    document.title = page ? `${page.title} · Podscope` : 'Podscope';
  }, [page]);
  if (!page) return null;
  return (
    <RefreshContext value={clock}>
      <OverviewContext value={overview}>
        <SavedObjectsContext value={savedObjects}>
          <a className="skip" href="#main" onClick={focusMain}>
            Skip to the content
          </a>
          <div className="shell">
            <Rail active={page.id} />
            <div className="shell-body">
              <TopBar title={page.title} />
              <main id="main" tabIndex={-1}>
                <Problem key={path.join('/')}>
                  <Suspense fallback={<Skeleton height={320} label="Loading the page" />}>
                    <Page id={page.id} />
                  </Suspense>
                </Problem>
              </main>
            </div>
          </div>
        </SavedObjectsContext>
      </OverviewContext>
    </RefreshContext>
  );
}

/** The hash belongs to the routes, so the skip link moves the focus itself. */
function focusMain(event: { preventDefault(): void }): void {
  event.preventDefault();
  document.getElementById('main')?.focus();
}
