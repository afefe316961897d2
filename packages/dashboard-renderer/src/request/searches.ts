import { boundsSearches } from './boundsRequests.ts';
import { controlSearches } from './controlRequests.ts';
import { otherAggregations, withOther, withOtherBuckets } from './otherBucket.ts';
import { computedFields, type ObjectRequestOptions, queryFor, requestFor, settingFor } from './requests.ts';
import type { SearchResponse } from '../answer/rows.ts';
import { indexPatternOf, type SavedObject, visStateOf } from '../savedObjects.ts';
import { timelionRequest } from '../timelion/request.ts';
import { metricsRequest } from '../tsvb/request.ts';
import { VEGA_ANSWER } from '../vega/draw.ts';
import { vegaRequestsFor } from '../vega/vegaPanel.ts';

/** Something that a panel asks for. */
export interface PanelSearch {
  /** `main`, or such as `bounds:2`, `other:3`, `control:1`, `vega:table`: the answers are kept under it. */
  readonly name: string;
  /** `search` is a search of OpenSearch; `metrics` (TSVB) and `timelion` are asked of a server of OpenSearch Dashboards, at {@link API_PATHS}. */
  readonly api: 'search' | 'metrics' | 'timelion';
  /** The index pattern to search; empty for what a server of OpenSearch Dashboards is asked. */
  readonly index: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Where a server of OpenSearch Dashboards is asked for what is no search. */
export const API_PATHS = { metrics: '/api/metrics/vis/data', timelion: '/api/timeline/run' } as const;

/** Sends one search and gives its answer. */
export type Send = (search: PanelSearch) => Promise<SearchResponse>;

/** What a panel was answered, by the names of its searches; `main` is what the panel shows. */
export type PanelAnswers = ReadonlyMap<string, SearchResponse>;

/**
 * The searches of one object that can be written down before any is answered: the bounds of numeric histograms, the
 * main search, those of controls and Vega. {@link askPanel} sends all that the product sends.
 *
 * @throws PodscopeError as `requestFor`
 */
export function searchesFor(object: SavedObject, objects: readonly SavedObject[], options: ObjectRequestOptions): readonly PanelSearch[] {
  const search = (each: Omit<PanelSearch, 'api'>): PanelSearch => ({ ...each, api: 'search' });
  const kind = object.type === 'visualization' ? visStateOf(object).type : '';
  if (kind === 'input_control_vis') return controlSearches(object, objects, options).map(search);
  if (kind === 'vega') return vegaRequestsFor(object, objects, options).map((each) => search({ ...each, name: `${VEGA_ANSWER}${each.name}` }));
  if (kind === 'metrics') return [{ name: 'main', api: 'metrics', index: '', body: metricsRequest(object, objects, options) }];
  if (kind === 'timelion') return [{ name: 'main', api: 'timelion', index: '', body: timelionRequest(object, objects, options) }];
  const main = requestFor(object, objects, options);
  return main ? [...boundsFor(object, objects, options).map(search), search({ name: 'main', ...main })] : [];
}

function boundsFor(object: SavedObject, objects: readonly SavedObject[], options: ObjectRequestOptions): readonly Omit<PanelSearch, 'api'>[] {
  const pattern = indexPatternOf(object, objects);
  if (!pattern || object.type === 'search') return [];
  const query = queryFor(object, objects, pattern, options);
  return boundsSearches(visStateOf(object).aggs, pattern).map(({ name, aggs }) => {
    const body = { size: 0, aggs, ...computedFields(pattern), _source: { excludes: [] }, query, track_total_hits: true };
    return { name, index: pattern.pattern, body };
  });
}

/** The search for what is beside the terms of an answered visualization, for each that wants it; the terms' ids in its name. */
export function otherSearch(object: SavedObject, objects: readonly SavedObject[], options: ObjectRequestOptions, termsId: string, response: SearchResponse): PanelSearch | undefined {
  const pattern = indexPatternOf(object, objects);
  const state = visStateOf(object);
  const terms = withOther(state).find(({ id }) => id === termsId);
  if (!pattern || !terms || response.aggregations === undefined) return undefined;
  const aggs = otherAggregations(state, terms, response, settingFor(state.aggs, pattern, options));
  if (!aggs) return undefined;
  const body = { aggs, size: 0, ...computedFields(pattern), _source: { excludes: [] }, query: queryFor(object, objects, pattern, options), track_total_hits: true };
  return { name: `other:${termsId}`, api: 'search', index: pattern.pattern, body };
}

/**
 * Asks all that the product asks for one object, in its order: the bounds of numeric histograms, the main search with
 * the intervals that they give, and what is beside the terms of its answer, which is put into `main`.
 *
 * @throws PodscopeError as `requestFor`; and what `send` throws
 */
export async function askPanel(object: SavedObject, objects: readonly SavedObject[], options: ObjectRequestOptions, send: Send): Promise<PanelAnswers> {
  const answers = new Map<string, SearchResponse>(options.answers);
  const fixed = { ...options, now: options.now ?? Date.now(), answers };
  for (const first of searchesFor(object, objects, fixed)) {
    // The main search is written anew: the bounds are known by now.
    const search = first.name === 'main' ? (searchesFor(object, objects, fixed).at(-1) ?? first) : first;
    answers.set(search.name, await send(search));
  }
  const main = answers.get('main');
  const pattern = indexPatternOf(object, objects);
  if (object.type === 'search' || !main || !pattern) return answers;
  const state = visStateOf(object);
  let merged = main;
  for (const terms of withOther(state)) {
    const search = otherSearch(object, objects, fixed, terms.id, merged);
    if (!search) continue;
    const answer = await send(search);
    answers.set(search.name, answer);
    merged = withOtherBuckets(state, terms, merged, answer, settingFor(state.aggs, pattern, fixed));
  }
  return answers.set('main', merged);
}
