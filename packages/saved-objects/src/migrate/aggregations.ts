import { type Draft, draftsIn, isDraft, type ObjectDraft } from './draft.ts';

/** The parameters of all date histograms, those within a sibling aggregation included. */
function dateHistograms(state: Draft | undefined): readonly Draft[] {
  return draftsIn(state?.['aggs']).flatMap((agg) => {
    const params = agg['params'];
    if (!isDraft(params)) return [];
    const inner = params['customBucket'];
    return [...(agg['type'] === 'date_histogram' ? [params] : []), ...(isDraft(inner) && inner['type'] === 'date_histogram' && isDraft(inner['params']) ? [inner['params']] : [])];
  });
}

/** 6.7.2, and 7.0.1 again: the time zone is the reader's, not the author's. */
export function dropTimeZones({ state }: ObjectDraft): void {
  for (const params of dateHistograms(state)) delete params['time_zone'];
}

/** 7.2: an own interval stands where the others do. */
export function dropCustomInterval({ state }: ObjectDraft): void {
  for (const params of dateHistograms(state)) {
    if (params['interval'] === 'custom') params['interval'] = params['customInterval'];
    delete params['customInterval'];
  }
}

/** 7.0: of several splits of a table only the first splits it; the others are rows. */
export function keepOneTableSplit({ state }: ObjectDraft): void {
  if (state?.['type'] !== 'table') return;
  for (const agg of draftsIn(state['aggs']).filter(({ schema }) => schema === 'split').slice(1)) {
    agg['schema'] = 'bucket';
    if (isDraft(agg['params'])) delete agg['params']['row'];
  }
}

/** 7.7: whether charts stand in a row is the visualization's, not the aggregation's. */
export function moveSplitRow({ state }: ObjectDraft): void {
  if (!isDraft(state?.['params'])) return;
  for (const { type, schema, params } of draftsIn(state['aggs'])) {
    if (type !== 'terms' || schema !== 'split' || !isDraft(params) || !('row' in params)) continue;
    if (params['row'] !== undefined) state['params']['row'] = params['row'];
    delete params['row'];
  }
}

function filterInputs(state: Draft | undefined): readonly Draft[] {
  return draftsIn(state?.['aggs'])
    .filter(({ type }) => type === 'filters')
    .flatMap(({ params }) => draftsIn(isDraft(params) ? params['filters'] : undefined))
    .flatMap(({ input }) => (isDraft(input) ? [input] : []));
}

/** 7.3: the queries of a `filters` aggregation say their language. */
export function nameFilterLanguages({ state }: ObjectDraft): void {
  for (const input of filterInputs(state)) input['language'] ||= 'lucene';
}

/** 7.3.1: and are text. */
export function unwrapFilterQueries({ state }: ObjectDraft): void {
  for (const input of filterInputs(state)) {
    const inner = isDraft(input['query']) ? input['query']['query_string'] : undefined;
    if (isDraft(inner)) input['query'] = inner['query'];
  }
}

/** 7.3: gauges side by side or one below the other. */
export function nameGaugeAlignment({ state }: ObjectDraft): void {
  const gauge = state?.['type'] === 'gauge' && isDraft(state['params']) ? state['params']['gauge'] : undefined;
  if (!isDraft(gauge) || gauge['alignment']) return;
  gauge['alignment'] = gauge['verticalSplit'] ? 'vertical' : 'horizontal';
  delete gauge['verticalSplit'];
}
