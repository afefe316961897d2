import { requestAggregations } from './aggregations.ts';
import type { RequestSetting } from './aggregationTypes.ts';
import { boundsFrom } from './boundsRequests.ts';
import type { PanelFilter } from '../query/filter.ts';
import { boolQuery, type Narrowing } from '../query/query.ts';
import type { SearchResponse } from '../answer/rows.ts';
import { filtersOf, type IndexPattern, indexPatternOf, layoutOf, type Query, queryOf, type SavedObject, sourceSearchOf, type StoredFilter, visStateOf } from '../savedObjects.ts';
import { resolveRange, type TimeRange } from '../time/time.ts';

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
  /** How many documents a saved search shows. @default 500 */
  readonly documents?: number;
}

/** What one object is asked for with: also what the dashboard around it narrows it to. */
export interface ObjectRequestOptions extends RequestOptions {
  readonly dashboardQuery?: Query;
  readonly dashboardFilters?: readonly StoredFilter[];
  /** Answers that later searches need, by the names that {@link searchesFor} gives: the bounds of numeric histograms. */
  readonly answers?: ReadonlyMap<string, SearchResponse>;
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

/** The product's setting `discover:sampleSize` at its default. */
const SAMPLE_SIZE = 500;

/**
 * The main searches of a dashboard's panels, one each; a panel that reads no documents (a text) has none. Panels that
 * ask more than once are asked with `searchesFor`.
 *
 * @throws PodscopeError `RENDERER_OBJECT_MISSING`, `RENDERER_OBJECT_BROKEN`, `RENDERER_QUERY_INVALID`,
 * `RENDERER_TIME_INVALID`, `RENDERER_UNSUPPORTED`
 */
export function requestsFor(objects: readonly SavedObject[], dashboardId: string, options: RequestOptions): readonly PanelRequest[] {
  const layout = layoutOf(objects, dashboardId);
  // One clock for all panels, so that their axes agree.
  const fixed = { ...options, now: options.now ?? Date.now() };
  return layout.panels.flatMap(({ panelId, object }) => {
    const request = requestFor(object, objects, { ...fixed, dashboardQuery: layout.query, dashboardFilters: layout.filters });
    return request ? [{ panelId, visualizationId: object.id, ...request }] : [];
  });
}

/**
 * The main search of one visualization or saved search, or undefined for one that reads no documents by aggregations
 * of its own: a text, controls, TSVB, Vega and Timelion.
 *
 * @throws PodscopeError as {@link requestsFor}
 */
export function requestFor(object: SavedObject, objects: readonly SavedObject[], options: ObjectRequestOptions): Pick<PanelRequest, 'index' | 'body'> | undefined {
  if (object.type !== 'search' && object.type !== 'visualization') return undefined;
  const pattern = indexPatternOf(object, objects);
  if (!pattern || (object.type !== 'search' && OWN_WAY.includes(visStateOf(object).type))) return undefined;
  const common = { ...computedFields(pattern), _source: { excludes: [] }, query: queryFor(object, objects, pattern, options), track_total_hits: true };
  if (object.type === 'search') {
    const body = { version: true, size: options.documents ?? SAMPLE_SIZE, sort: sortOf(object, pattern), ...common, highlight: HIGHLIGHT };
    return { index: pattern.pattern, body };
  }
  const state = visStateOf(object);
  return { index: pattern.pattern, body: { aggs: requestAggregations(state, settingFor(state.aggs, pattern, options)), size: 0, ...common } };
}

/** Kinds that ask in a way of their own. */
const OWN_WAY: readonly string[] = ['input_control_vis', 'metrics', 'vega', 'timelion', 'markdown'];

/** What the aggregations of a visualization are written for. */
export function settingFor(all: RequestSetting['all'], pattern: IndexPattern, options: ObjectRequestOptions): RequestSetting {
  return { pattern, range: resolveRange(options.timeRange, options.now), timeZone: options.timeZone ?? 'UTC', all, bounds: boundsFrom(all, options.answers) };
}

/** The queries and filters of the object, of the saved search that it was made from, and of what is around it. */
export function queryFor(object: SavedObject, objects: readonly SavedObject[], pattern: IndexPattern, options: ObjectRequestOptions): ReturnType<typeof boolQuery> {
  return boolQuery(pattern, { ...narrowingOf(object, objects, options), range: resolveRange(options.timeRange, options.now) });
}

/**
 * What an object is narrowed to beside the time range. The product gives it to every kind, also to those that search in a way of
 * their own: src/plugins/visualizations/public/legacy/build_pipeline.ts puts the stored query and filters into the context of all.
 */
export function narrowingOf(object: SavedObject, objects: readonly SavedObject[], options: ObjectRequestOptions): Required<Omit<Narrowing, 'range'>> {
  const source = sourceSearchOf(object, objects);
  const asked = typeof options.query === 'string' ? { query: options.query, language: 'kuery' } : options.query;
  const given = [asked, options.dashboardQuery, queryOf(object), source && queryOf(source)].filter((query) => query !== undefined);
  const written = given.filter(({ query }) => query.trim() !== '');
  return {
    queries: written.length > 0 ? written : given.slice(0, 1),
    filters: options.filters ?? [],
    stored: [...(options.dashboardFilters ?? []), ...filtersOf(object), ...(source ? filtersOf(source) : [])],
    timeZone: options.timeZone ?? 'UTC',
  };
}

/** A saved search from before 7.0 has one pair, and one without any order shows the newest first. */
function sortOf(object: SavedObject, { timeField }: IndexPattern): readonly unknown[] {
  const stored = object.attributes['sort'];
  const list = Array.isArray(stored) ? (stored as readonly unknown[]) : [];
  const pairs = (typeof list[0] === 'string' ? [list] : list) as readonly (readonly [string, string])[];
  const used = pairs.length > 0 || timeField === undefined ? pairs : [[timeField, 'desc'] as const];
  return used.map(([field, direction]) => ({ [field]: { order: direction, unmapped_type: 'boolean' } }));
}

/** src/plugins/data/common/field_formats/utils/highlight/highlight_request.ts. */
const HIGHLIGHT = {
  pre_tags: ['@opensearch-dashboards-highlighted-field@'],
  post_tags: ['@/opensearch-dashboards-highlighted-field@'],
  fields: { '*': {} },
  fragment_size: 2 ** 31 - 1,
};

/** The product asks every search for all stored fields, all scripts, and all dates in one format. */
export function computedFields(pattern: IndexPattern): Record<string, unknown> {
  const fields = [...pattern.fields.values()];
  const scripts = fields.filter(({ scripted }) => scripted === true);
  const dates = fields.filter(({ type, scripted }) => type === 'date' && scripted !== true);
  return {
    stored_fields: ['*'],
    script_fields: Object.fromEntries(scripts.map(({ name, script, lang }) => [name, { script: { source: script, lang } }])),
    docvalue_fields: dates.map(({ name }) => ({ field: name, format: 'date_time' })),
  };
}
