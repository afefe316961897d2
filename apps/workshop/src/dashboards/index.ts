import { bundle, type SavedObject } from '@podscope/saved-objects';
import { apache, filebeat, kubernetes, metricbeat, redis } from './dataViews.ts';
import { guestbookWeb } from './guestbookWeb.ts';
import { kubernetesDashboard } from './kubernetes.ts';
import { overview } from './overview.ts';
import { redisDashboard } from './redis.ts';
import { system } from './system.ts';

/** The workshop's data views, by what they hold. */
export const workshopDataViews = { apache, filebeat, kubernetes, metricbeat, redis } as const;

/** The ids of the workshop's dashboards, in the order of their use. */
export const dashboardIds = ['overview', 'guestbook-web', 'redis', 'kubernetes', 'system'] as const;

/** The workshop's dashboards with everything they use. */
export const workshopBundle = bundle(
  ...Object.values(workshopDataViews),
  overview,
  guestbookWeb,
  redisDashboard,
  kubernetesDashboard,
  system,
);

/** All data views, searches, visualizations and dashboards of the workshop. */
export const workshopObjects: readonly SavedObject[] = workshopBundle.objects;
