import { storedClause } from '../query/storedFilters.ts';
import type { ObjectRequestOptions } from '../request/requests.ts';
import type { SavedObject } from '../savedObjects.ts';
import { resolveRange } from '../time/time.ts';
import { tsvbPanelOf } from './panel.ts';

/**
 * What the page asks the product's server for a TSVB panel, at `/api/metrics/vis/data`; the server makes the searches.
 * After src/plugins/vis_type_timeseries/public/request_handler.js.
 */
export function metricsRequest(object: SavedObject, options: ObjectRequestOptions): Readonly<Record<string, unknown>> {
  const { from, to } = resolveRange(options.timeRange, options.now);
  const asked = typeof options.query === 'string' ? { query: options.query, language: 'kuery' } : options.query;
  return {
    timerange: { timezone: options.timeZone ?? 'UTC', min: new Date(from).toISOString(), max: new Date(to).toISOString() },
    query: [asked ?? options.dashboardQuery ?? { query: '', language: 'kuery' }],
    filters: (options.dashboardFilters ?? []).map((filter) => (filter.meta?.disabled === true ? filter : { ...filter, query: storedClause(filter) })),
    panels: [tsvbPanelOf(object)],
    state: {},
    savedObjectId: 'unsaved',
  };
}
