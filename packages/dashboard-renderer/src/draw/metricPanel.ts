import { classOf, colorClasses } from './colorSchemas.ts';
import { formatPercent } from './formats.ts';
import { metricColumns, metricFormatter } from '../answer/metricValues.ts';
import { ownColors, type PanelStyle } from './panelStyle.ts';
import { rowsOf, type SearchResponse } from '../answer/rows.ts';
import type { EmptyResult, MetricResult, MetricValue } from '../answer/result.ts';
import type { VisState } from '../savedObjects.ts';

interface StoredMetric {
  readonly percentageMode?: boolean;
  readonly useRanges?: boolean;
  readonly colorSchema?: string;
  readonly metricColorMode?: string;
  readonly colorsRange?: readonly { readonly from: number; readonly to: number }[];
  readonly invertColors?: boolean;
  readonly labels?: { readonly show?: boolean };
  readonly style?: { readonly fontSize?: number; readonly subText?: string };
}

/** Big numbers: one for each row and metric. After src/plugins/vis_type_metric/public/components/metric_vis_component.tsx. */
export function metricPanel(state: VisState, response: SearchResponse, style: PanelStyle): MetricResult | EmptyResult {
  const stored = (state.params['metric'] ?? {}) as StoredMetric;
  const columns = metricColumns(state);
  const ranges = stored.colorsRange ?? [{ from: 0, to: 10_000 }];
  const classes = colorClasses(ranges, { schema: stored.colorSchema, inverted: stored.invertColors === true, own: ownColors(style), label: String });
  const [low, high] = [ranges[0]?.from ?? 0, ranges.at(-1)?.to ?? 1];
  const values = rowsOf(state, response, style.setting).flatMap((row) =>
    columns.map((column): MetricValue => {
      const answer = row.values.get(column.id) ?? null;
      const value = typeof answer === 'string' ? null : answer;
      const group = row.keys.map(({ label }) => label).join(' - ');
      const formatted = stored.percentageMode === true && value !== null ? formatPercent((value - low) / (high - low || 1)) : metricFormatter(column.aggregation, style.setting, state.aggs)(answer);
      const color = stored.metricColorMode === undefined || stored.metricColorMode === 'None' || !(ranges.length > 1) ? undefined : classOf(classes, value)?.color;
      return {
        label: group === '' ? column.label : `${group} - ${column.label}`,
        ...(stored.labels?.show === false ? { labelled: false } : {}),
        value,
        formatted,
        ...(color === undefined ? {} : stored.metricColorMode === 'Background' ? { background: color } : { color }),
        filters: row.keys.flatMap(({ filters }) => filters),
      };
    }),
  );
  const none = values.every(({ value, formatted }) => value === null && (formatted === '' || formatted === '–'));
  const size = stored.style?.fontSize;
  return none ? { kind: 'empty' } : { kind: 'metric', values, ...(size === undefined ? {} : { fontSize: size }) };
}
