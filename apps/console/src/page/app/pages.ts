import type { IconName } from '../parts/Icon.tsx';

/** One entry of the rail. */
export interface PageEntry {
  readonly id: 'overview' | 'dashboards' | 'logs' | 'hunts' | 'guide';
  readonly title: string;
  readonly icon: IconName;
}

/** The pages, in the rail's order. */
export const PAGES: readonly PageEntry[] = [
  { id: 'overview', title: 'Overview', icon: 'overview' },
  { id: 'dashboards', title: 'Dashboards', icon: 'dashboards' },
  { id: 'logs', title: 'Logs', icon: 'logs' },
  { id: 'hunts', title: 'Hunts', icon: 'hunts' },
  { id: 'guide', title: 'Guide', icon: 'guide' },
];
