import { boolQuery, clickedFilters, NO_PATTERN } from '../query/query.ts';
import { narrowingOf, type ObjectRequestOptions } from '../request/requests.ts';
import { type SavedObject, visStateOf } from '../savedObjects.ts';
import { resolveRange } from '../time/time.ts';

/**
 * What the page asks the product's server for a Timelion visualization, at `/api/timeline/run`; the server reads the
 * expression and makes the searches. After
 * src/plugins/vis_type_timeline/public/helpers/timeline_request_handler.ts.
 */
export function timelionRequest(object: SavedObject, objects: readonly SavedObject[], options: ObjectRequestOptions): Readonly<Record<string, unknown>> {
  const { from, to } = resolveRange(options.timeRange, options.now);
  const { expression, interval } = visStateOf(object).params;
  const { filters, stored, ...narrowing } = narrowingOf(object, objects, options);
  const filter = boolQuery(NO_PATTERN, { ...narrowing, filters: [], stored: [...stored, ...clickedFilters(filters, undefined, narrowing.timeZone)], range: undefined });
  return {
    sheet: [expression],
    extended: { opensearch: { filter } },
    time: { from: new Date(from).toISOString(), to: new Date(to).toISOString(), interval: interval ?? 'auto', timezone: narrowing.timeZone },
  };
}
