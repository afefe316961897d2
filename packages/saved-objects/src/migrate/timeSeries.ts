import { type Draft, draftsIn, isDraft, type ObjectDraft } from './draft.ts';

/** The panel model of a TSVB visualization. */
function modelOf({ state }: ObjectDraft): Draft | undefined {
  return state?.['type'] === 'metrics' && isDraft(state['params']) ? state['params'] : undefined;
}

function metricsOf(draft: ObjectDraft): readonly Draft[] {
  return draftsIn(modelOf(draft)?.['series']).flatMap((series) => draftsIn(series['metrics']));
}

/** 7.2: several ranks at once. */
export function listPercentileRanks(draft: ObjectDraft): void {
  for (const metric of metricsOf(draft)) {
    if (metric['type'] !== 'percentile_rank' || !('value' in metric)) continue;
    metric['values'] = [metric['value']];
    delete metric['value'];
  }
}

const PANEL_TYPES: readonly unknown[] = ['metric', 'markdown', 'top_n', 'gauge', 'table', 'timeseries'];

/** The product tells TSVB by the panel's type here, not by the visualization's. */
function panelOf({ state }: ObjectDraft): Draft | undefined {
  const params = state?.['params'];
  return isDraft(params) && PANEL_TYPES.includes(params['type']) ? params : undefined;
}

function nameLanguage(holder: Draft, member: string): void {
  const text = holder[member];
  if (typeof text === 'string' && text !== '') holder[member] = { query: text, language: 'lucene' };
}

/** 7.3: filters say their language. */
export function nameFilterLanguage(draft: ObjectDraft): void {
  const panel = panelOf(draft);
  if (panel === undefined) return;
  nameLanguage(panel, 'filter');
  for (const annotation of draftsIn(panel['annotations'])) nameLanguage(annotation, 'query_string');
  for (const series of draftsIn(panel['series'])) {
    if (!series['filter']) continue;
    nameLanguage(series, 'filter');
    for (const split of draftsIn(series['split_filters'])) nameLanguage(split, 'filter');
  }
}

/** 7.4.2: also those of series without a filter of their own, empty ones included. */
export function nameSplitLanguages(draft: ObjectDraft): void {
  for (const series of draftsIn(panelOf(draft)?.['series'])) {
    for (const split of draftsIn(series['split_filters'])) {
      if (typeof split['filter'] === 'string') split['filter'] = { query: split['filter'], language: 'lucene' };
    }
  }
}

/** 7.3: the server's `moving_avg` is gone; these are the parameters of what came instead. */
export function replaceMovingAverage(draft: ObjectDraft): void {
  for (const metric of metricsOf(draft)) {
    if (metric['type'] !== 'moving_average') continue;
    const settings = isDraft(metric['settings']) ? metric['settings'] : {};
    metric['model_type'] = metric['model'];
    metric['alpha'] = settings['alpha'] ?? 0.3;
    metric['beta'] = settings['beta'] ?? 0.1;
    metric['gamma'] = settings['gamma'] ?? 0.3;
    metric['period'] = settings['period'] ?? 1;
    metric['multiplicative'] = settings['type'] === 'mult';
    for (const gone of ['minimize', 'model', 'settings', 'predict']) Reflect.deleteProperty(metric, gone);
  }
}

/** 7.7: a member that was misspelt and never read. */
export function dropMisspeltOperator(draft: ObjectDraft): void {
  for (const rule of draftsIn(modelOf(draft)?.['gauge_color_rules'])) if (rule['opperator']) delete rule['opperator'];
}

/** 7.8: the default of colours changed; what was made before keeps its own. */
export function keepGradient(draft: ObjectDraft): void {
  for (const series of draftsIn(modelOf(draft)?.['series'])) series['split_color_mode'] ||= 'gradient';
}

/** 7.10: the two sides of a ratio say their language. */
export function nameRatioLanguages(draft: ObjectDraft): void {
  for (const metric of metricsOf(draft)) {
    if (metric['type'] !== 'filter_ratio') continue;
    for (const side of ['numerator', 'denominator']) if (typeof metric[side] === 'string') metric[side] = { query: metric[side], language: 'lucene' };
  }
}

/** 7.10: TSVB asks by its panel model, and never used the search source. */
export function dropSearchSource(draft: ObjectDraft): void {
  if (draft.state?.['type'] !== 'metrics' || draft.searchSource === undefined) return;
  for (const member of Object.keys(draft.searchSource)) Reflect.deleteProperty(draft.searchSource, member);
}
