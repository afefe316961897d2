import { clickedFilters } from '../query/query.ts';
import { storedClause } from '../query/storedFilters.ts';
import { narrowingOf, type ObjectRequestOptions } from '../request/requests.ts';
import { patternByTitle, type SavedObject } from '../savedObjects.ts';
import { resolveRange } from '../time/time.ts';
import { tsvbPanelOf } from './panel.ts';

/**
 * What the page asks the product's server for a TSVB panel, at `/api/metrics/vis/data`; the server makes the searches.
 * After src/plugins/vis_type_timeseries/public/request_handler.js.
 */
export function metricsRequest(object: SavedObject, objects: readonly SavedObject[], options: ObjectRequestOptions): Readonly<Record<string, unknown>> {
  const { from, to } = resolveRange(options.timeRange, options.now);
  const { queries, filters, stored, timeZone } = narrowingOf(object, objects, options);
  const panel = tsvbPanelOf(object);
  const clicked = clickedFilters(filters, patternByTitle(objects, String(panel['index_pattern'])), timeZone);
  return {
    timerange: { timezone: timeZone, min: new Date(from).toISOString(), max: new Date(to).toISOString() },
    query: queries,
    filters: [...stored.map((filter) => (filter.meta?.disabled === true ? filter : { ...filter, query: storedClause(filter) })), ...clicked],
    panels: [panel],
    state: {},
    savedObjectId: 'unsaved',
  };
}
