import { boolQuery } from '../query/query.ts';
import type { ObjectRequestOptions } from '../request/requests.ts';
import { filtersOf, type SavedObject, visStateOf } from '../savedObjects.ts';
import { resolveRange } from '../time/time.ts';

/**
 * What the page asks the product's server for a Timelion visualization, at `/api/timeline/run`; the server reads the
 * expression and makes the searches. After
 * src/plugins/vis_type_timeline/public/helpers/timeline_request_handler.ts.
 */
export function timelionRequest(object: SavedObject, options: ObjectRequestOptions): Readonly<Record<string, unknown>> {
  const { from, to } = resolveRange(options.timeRange, options.now);
  const { expression, interval } = visStateOf(object).params;
  const asked = typeof options.query === 'string' ? { query: options.query, language: 'kuery' } : options.query;
  const timeZone = options.timeZone ?? 'UTC';
  const filter = boolQuery(NO_PATTERN, {
    queries: [asked ?? options.dashboardQuery ?? { query: '', language: 'kuery' }],
    filters: options.filters ?? [],
    stored: [...(options.dashboardFilters ?? []), ...filtersOf(object)],
    range: undefined,
    timeZone,
  });
  return {
    sheet: [expression],
    extended: { opensearch: { filter } },
    time: { from: new Date(from).toISOString(), to: new Date(to).toISOString(), interval: interval ?? 'auto', timezone: timeZone },
  };
}

/** The page translates its query without an index pattern. */
const NO_PATTERN = { id: '', pattern: '', timeField: undefined, fields: new Map(), formats: {} };
