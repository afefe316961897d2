import { isHierarchical } from '../request/aggregations.ts';
import { formatNumber, formatPercent } from './formats.ts';
import { bucketLabel } from '../answer/labels.ts';
import { type MetricAnswer, type MetricColumn, metricColumns, metricFormatter } from '../answer/metricValues.ts';
import type { PanelStyle } from './panelStyle.ts';
import { bucketAggregations, type Row, rowsOf, type SearchResponse, totalOf } from '../answer/rows.ts';
import type { EmptyResult, TableCell, TableColumn, TableResult } from '../answer/result.ts';
import type { VisState } from '../savedObjects.ts';

/** A column of numbers, of one level where the table shows them on every level. */
interface NumberColumn extends TableColumn {
  readonly metric: MetricColumn;
  valueIn(row: Row): MetricAnswer;
}

/** Buckets and metrics as columns. After src/plugins/vis_type_table/public/utils/convert_to_formatted_data.ts. */
export function tablePanel(state: VisState, response: SearchResponse, style: PanelStyle): TableResult | EmptyResult {
  const { setting } = style;
  const buckets = bucketAggregations(state);
  const rows = rowsOf(state, response, setting);
  if (rows.length === 0 || (buckets.length === 0 && totalOf(response) === 0)) return { kind: 'empty' };
  const everywhere = isHierarchical(state) && state.params['showMetricsAtAllLevels'] === true;
  const metrics = metricColumns(state);
  const numbers = (level: number): readonly NumberColumn[] =>
    metrics.map((metric) => ({
      id: everywhere ? `${level}-${metric.id}` : metric.id,
      label: metric.label,
      numeric: true,
      metric,
      valueIn: (row) => (everywhere && level < buckets.length - 1 ? row.keys[level]?.values.get(metric.id) : row.values.get(metric.id)) ?? null,
    }));
  const columns = buckets.flatMap((bucket, level): (TableColumn | NumberColumn)[] => [
    { id: bucket.id, label: bucketLabel(bucket, setting), numeric: false },
    ...(everywhere || level === buckets.length - 1 ? numbers(level) : []),
  ]);
  const all = buckets.length === 0 ? [...numbers(0)] : columns;
  const cells = rows.map((row) => {
    let level = -1;
    return all.map((column): TableCell => {
      if ('metric' in column) {
        const value = column.valueIn(row);
        return { value, formatted: metricFormatter(column.metric.aggregation, setting, state.aggs)(value), filters: [] };
      }
      level += 1;
      const key = row.keys[level];
      return { value: key?.value ?? null, formatted: key?.label ?? '', filters: key?.filters ?? [] };
    });
  });
  const shown = withShares(state, all, cells);
  const totals = state.params['showTotal'] === true ? { totals: totalsOf(state, all, cells, style) } : {};
  return { kind: 'table', columns: shown.columns.map(({ id, label, numeric }) => ({ id, label, numeric })), rows: shown.rows, perPage: Number(state.params['perPage'] || 10), ...totals };
}

/** The column of shares that a table has after one of its numbers. */
function withShares(state: VisState, columns: readonly TableColumn[], rows: readonly (readonly TableCell[])[]): { readonly columns: readonly TableColumn[]; readonly rows: readonly (readonly TableCell[])[] } {
  const name = state.params['percentageCol'];
  const at = typeof name === 'string' && name !== '' ? columns.findIndex(({ label, numeric }) => numeric && label === name) : -1;
  const column = columns[at];
  if (!column) return { columns, rows };
  const sum = rows.reduce((total, row) => total + Number(row[at]?.value ?? 0), 0);
  const put = <T>(list: readonly T[], item: T): readonly T[] => [...list.slice(0, at + 1), item, ...list.slice(at + 1)];
  return {
    columns: put(columns, { id: `${column.id}-percents`, label: `${column.label} percentages`, numeric: true }),
    rows: rows.map((row) => {
      const share = Number(row[at]?.value ?? 0) / (sum || 1);
      return put(row, { value: share, formatted: formatPercent(share), filters: [] });
    }),
  };
}

function totalsOf(state: VisState, columns: readonly (TableColumn | NumberColumn)[], rows: readonly (readonly TableCell[])[], style: PanelStyle): readonly string[] {
  const totalled = String(state.params['totalFunc'] ?? 'sum');
  return columns.map((column, at) => {
    if (totalled === 'count') return formatNumber(rows.length);
    if (!('metric' in column)) return '';
    const values = rows.map((row) => row[at]?.value).filter((value): value is number => typeof value === 'number');
    if (values.length === 0) return '';
    const sum = values.reduce((total, value) => total + value, 0);
    const total = { sum, avg: sum / values.length, min: Math.min(...values), max: Math.max(...values) }[totalled] ?? sum;
    return metricFormatter(column.metric.aggregation, style.setting, state.aggs)(total);
  });
}
