import { lazy } from 'react';
import type { PageEntry } from './pages.ts';

const OverviewPage = lazy(() => import('../overview/OverviewPage.tsx'));
const DashboardsPage = lazy(() => import('../dashboards/DashboardsPage.tsx'));
const LogsPage = lazy(() => import('../logs/LogsPage.tsx'));
const HuntsPage = lazy(() => import('../hunts/HuntsPage.tsx'));
const GuidePage = lazy(() => import('../guide/GuidePage.tsx'));

/** The page of that id. */
export function Page({ id }: { readonly id: PageEntry['id'] }) {
  switch (id) {
    case 'overview':
      return <OverviewPage />;
    case 'dashboards':
      return <DashboardsPage />;
    case 'logs':
      return <LogsPage />;
    case 'hunts':
      return <HuntsPage />;
    case 'guide':
      return <GuidePage />;
  }
}
