import { requestAggregations } from './aggregations.ts';
import type { PanelFilter } from './filter.ts';
import { boolQuery } from './query.ts';
import { indexPatternOf, layoutOf, type IndexPattern, type Query, queryOf, type SavedObject, visStateOf } from './savedObjects.ts';
import { resolveRange, type TimeRange } from './time.ts';

/** What a dashboard is narrowed to. */
export interface RequestOptions {
  readonly timeRange: TimeRange;
  /** Filters of the filter bar. */
  readonly filters?: readonly PanelFilter[];
  /** The query bar's content; a text is DQL. */
  readonly query?: Query | string;
  /** IANA name of the zone whose days and hours buckets follow. @default 'UTC' */
  readonly timeZone?: string;
  /** Epoch milliseconds that `now` means. @default the clock */
  readonly now?: number;
}

/** One search of one panel, in the terms of `_msearch`. */
export interface PanelRequest {
  readonly panelId: string;
  /** The saved object's id: of a visualization or a search. */
  readonly visualizationId: string;
  /** The index pattern to search. */
  readonly index: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Documents that a saved search shows at most. */
const SAMPLE_SIZE = 100;

/**
 * The searches of a dashboard's panels, one each; a panel that reads no documents (a text) has none.
 *
 * @throws PodscopeError `RENDERER_OBJECT_MISSING`, `RENDERER_OBJECT_BROKEN`, `RENDERER_QUERY_INVALID`,
 * `RENDERER_TIME_INVALID`, `RENDERER_UNSUPPORTED`
 */
export function requestsFor(objects: readonly SavedObject[], dashboardId: string, options: RequestOptions): readonly PanelRequest[] {
  const layout = layoutOf(objects, dashboardId);
  // One clock for all panels, so that their axes agree.
  const fixed = { ...options, now: options.now ?? Date.now() };
  return layout.panels.flatMap(({ panelId, object }) => {
    const request = requestFor(object, objects, { ...fixed, dashboardQuery: layout.query });
    return request ? [{ panelId, visualizationId: object.id, ...request }] : [];
  });
}

/**
 * The search of one visualization or saved search by itself, or undefined for one that reads no documents.
 *
 * @throws PodscopeError as {@link requestsFor}
 */
export function requestFor(
  object: SavedObject,
  objects: readonly SavedObject[],
  options: RequestOptions & { readonly dashboardQuery?: Query },
): Pick<PanelRequest, 'index' | 'body'> | undefined {
  const pattern = indexPatternOf(object, objects);
  if (!pattern) return undefined;
  const range = resolveRange(options.timeRange, options.now);
  const asked = typeof options.query === 'string' ? { query: options.query, language: 'kuery' } : options.query;
  const given = [asked, options.dashboardQuery, queryOf(object)].filter((query) => query !== undefined);
  const written = given.filter(({ query }) => query.trim() !== '');
  const query = boolQuery(pattern, {
    queries: written.length > 0 ? written : given.slice(0, 1),
    filters: options.filters ?? [],
    range,
  });
  const common = { ...computedFields(pattern), _source: { excludes: [] }, query, track_total_hits: true };
  if (object.type === 'search') {
    const sort = (object.attributes['sort'] ?? []) as readonly (readonly [string, string])[];
    const order = sort.map(([field, direction]) => ({ [field]: { order: direction, unmapped_type: 'boolean' } }));
    return { index: pattern.pattern, body: { size: SAMPLE_SIZE, sort: order, ...common } };
  }
  const aggs = requestAggregations(visStateOf(object), { pattern, range, timeZone: options.timeZone ?? 'UTC' });
  return { index: pattern.pattern, body: { aggs, size: 0, ...common } };
}

/** The product asks every search for all stored fields, all scripts, and all dates in one format. */
function computedFields(pattern: IndexPattern): Record<string, unknown> {
  const fields = [...pattern.fields.values()];
  const scripts = fields.filter(({ scripted }) => scripted === true);
  const dates = fields.filter(({ type, scripted }) => type === 'date' && scripted !== true);
  return {
    stored_fields: ['*'],
    script_fields: Object.fromEntries(scripts.map(({ name, script, lang }) => [name, { script: { source: script, lang } }])),
    docvalue_fields: dates.map(({ name }) => ({ field: name, format: 'date_time' })),
  };
}
