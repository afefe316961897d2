import { isJsonObject, type Json, type JsonObject } from '../read/storedObject.ts';
import type { Said } from './finding.ts';
import { objectsIn } from './parts.ts';

/** src/plugins/vis_type_timeseries/common/vis_schema.ts and public/application/components/lib/agg_lookup.js. */
const PANELS: readonly string[] = ['timeseries', 'metric', 'top_n', 'gauge', 'markdown', 'table'];
const METRICS: readonly string[] = [
  'count', 'avg', 'max', 'min', 'sum', 'std_deviation', 'sum_of_squares', 'variance', 'value_count', 'cardinality', 'percentile', 'percentile_rank', 'static', 'filter_ratio', 'positive_rate', 'top_hit',
  'calculation', 'cumulative_sum', 'derivative', 'moving_average', 'positive_only', 'serial_diff', 'math', 'series_agg',
  'sum_bucket', 'avg_bucket', 'min_bucket', 'max_bucket', 'std_deviation_bucket', 'sum_of_squares_bucket', 'variance_bucket',
];
/** These are over documents, or over other series. */
const OF_NO_METRIC: readonly string[] = ['series_agg', 'math', 'calculation', 'top_hit', 'static', 'count', 'filter_ratio'];

/** What a TSVB panel breaks on. */
export function timeSeriesFindings(params: JsonObject, path: string): readonly Said[] {
  const type = params['type'];
  const panel: readonly Said[] =
    typeof type === 'string' && PANELS.includes(type) ? [] : [{ rule: 'unknown-kind', path: `${path}.type`, what: `TSVB has no panel of type ${JSON.stringify(type ?? null)}`, fix: `Use one of ${PANELS.join(', ')}.` }];
  return [...panel, ...objectsIn(params['series']).flatMap((series, at) => metricFindings(objectsIn(series['metrics']), `${path}.series[${at}].metrics`))];
}

function metricFindings(metrics: readonly JsonObject[], path: string): readonly Said[] {
  const ids = new Set(metrics.map(({ id }) => String(id)));
  return metrics.flatMap(({ type, field }, at): readonly Said[] => {
    if (typeof type !== 'string' || !METRICS.includes(type)) return [{ rule: 'unknown-aggregation', path: `${path}[${at}].type`, what: `TSVB has no aggregation ${JSON.stringify(type ?? null)}`, fix: 'Use another aggregation, or take it away.' }];
    if (OF_NO_METRIC.includes(type) || !isPipeline(type)) return [];
    const [of = ''] = textOf(field).split('[');
    return ids.has(of) ? [] : [{ rule: 'missing-metric', path: `${path}[${at}].field`, what: `${type} of the metric "${of}", which is not there`, fix: 'Name the id of a metric of the same series.' }];
  });
}

function isPipeline(type: string): boolean {
  return type.endsWith('_bucket') || ['cumulative_sum', 'derivative', 'moving_average', 'positive_only', 'serial_diff'].includes(type);
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

/** The fields that TSVB, controls and filters name, with the place of each. */
export interface NamedField {
  readonly path: string;
  readonly field: string;
}

/** Of a TSVB panel: time fields, fields of metrics, of terms, and of annotations. */
export function timeSeriesFields(params: JsonObject, path: string): readonly NamedField[] {
  const named = (holder: JsonObject, member: string, at: string): readonly NamedField[] => (textOf(holder[member]) === '' ? [] : [{ path: `${at}.${member}`, field: textOf(holder[member]) }]);
  return [
    ...named(params, 'time_field', path),
    // A series with an index pattern of its own has other fields.
    ...objectsIn(params['series']).flatMap((series, at) => {
      if (series['override_index_pattern'] === 1 || series['override_index_pattern'] === true) return [];
      const where = `${path}.series[${at}]`;
      const terms = series['split_mode'] === 'terms' ? named(series, 'terms_field', where) : [];
      const metrics = objectsIn(series['metrics']).flatMap((metric, index) => (OF_NO_METRIC.includes(textOf(metric['type'])) || isPipeline(textOf(metric['type'])) ? [] : named(metric, 'field', `${where}.metrics[${index}]`)));
      return [...terms, ...metrics];
    }),
  ];
}

/** Of filters: the field of each that names one. */
export function filterFields(filters: Json | undefined, path: string): readonly NamedField[] {
  return objectsIn(filters).flatMap((filter, at): readonly NamedField[] => {
    const meta = filter['meta'];
    if (!isJsonObject(meta) || !['phrase', 'phrases', 'range', 'exists', undefined].includes(meta['type'] as string | undefined)) return [];
    const key = textOf(meta['key']);
    return key === '' || key === 'query' ? [] : [{ path: `${path}[${at}].meta.key`, field: key }];
  });
}
