import type { Fields } from '@podscope/core';
import type { AnyBucketOf, Bucket } from '../aggregations/buckets.ts';
import type { ColumnMetricOf, Metric } from '../aggregations/metrics.ts';
import { storedAggregations } from '../aggregations/storedAggregations.ts';
import type { DataView } from '../dataView.ts';
import { type Charts, chartsOf, listOf, placed } from './lists.ts';
import type { LooseOptions } from './loose.ts';
import { type CommonOptions, type Visualization, visualization } from './visualization.ts';

/** How a table looks. */
export interface TableLook {
  /** Rows on a page. @default 10 */
  readonly perPage?: number;
  /** A row at the end with the total of each column. @default none */
  readonly totals?: 'sum' | 'avg' | 'min' | 'max' | 'count';
  /** Show metrics after each bucket, not only after the last. @default false */
  readonly metricsAtAllLevels?: boolean;
  /** Show rows that have no inner buckets. @default false */
  readonly partialRows?: boolean;
  /** The name of the column that is also shown in percent. */
  readonly percentageOf?: string;
  /** The column, from 0, that rows are sorted by at first. @default the request's order */
  readonly sort?: { readonly column: number; readonly direction: 'asc' | 'desc' };
}

/** Options of {@link table}. */
export interface TableOptions<F extends Fields> extends CommonOptions, TableLook {
  readonly y: ColumnMetricOf<F> | readonly ColumnMetricOf<F>[];
  /** One column for each, from left to right. @default one row */
  readonly rows?: AnyBucketOf<F> | readonly AnyBucketOf<F>[];
  /** One table for each of its buckets. */
  readonly charts?: Charts<AnyBucketOf<F>>;
}

/** A table, without the catalogue's types; defaults from src/plugins/vis_type_table/public/table_vis_type.ts. */
export function looseTable(id: string, title: string, view: DataView, options: LooseOptions & TableLook): Visualization {
  const charts = chartsOf(options.charts);
  const aggs = storedAggregations(view, { type: 'table', id, metrics: listOf(options.y), buckets: [...charts.buckets, ...placed(options.buckets, 'bucket')] });
  const params = {
    perPage: options.perPage ?? 10,
    showPartialRows: options.partialRows ?? false,
    showMetricsAtAllLevels: options.metricsAtAllLevels ?? false,
    showTotal: options.totals !== undefined,
    totalFunc: options.totals ?? 'sum',
    percentageCol: options.percentageOf ?? '',
    ...charts.params,
  };
  const sort = options.sort === undefined ? {} : { uiState: { vis: sortedBy(options.sort) } };
  return visualization({ id, title, kind: 'table', view, aggs, options, params, ...sort });
}

/** The products read the order from what people changed while they looked: OpenSearch Dashboards from 2.2 on as `sortColumn`, the others as parameters. */
function sortedBy({ column, direction }: NonNullable<TableLook['sort']>): Record<string, unknown> {
  return { params: { sort: { columnIndex: column, direction } }, sortColumn: { colIndex: column, direction } };
}

/** Buckets and metrics as columns. */
export function table<F extends Fields>(id: string, title: string, view: DataView<F>, options: TableOptions<F>): Visualization {
  const { rows, ...others } = options;
  return looseTable(id, title, view, {
    ...(others as TableLook & Pick<LooseOptions, 'charts'>),
    y: options.y as Metric | readonly Metric[],
    buckets: listOf(rows as Bucket | readonly Bucket[] | undefined),
  });
}
