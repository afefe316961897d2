import type { EChartsOption } from 'echarts';
import type { PanelFilter } from './filter.ts';

/** A chart, as an option object for ECharts. */
export interface ChartResult {
  readonly kind: 'chart';
  readonly option: EChartsOption;
  /** What a click on a data item narrows to; the indices are those of ECharts' click event. */
  filterFor(seriesIndex: number, dataIndex: number): readonly PanelFilter[];
  /** What a click on a legend's entry narrows to. */
  filterForSeries(name: string): readonly PanelFilter[];
}

/** One big number. */
export interface MetricValue {
  readonly label: string;
  readonly value: number | null;
  readonly formatted: string;
  readonly filters: readonly PanelFilter[];
}

/** Big numbers. */
export interface MetricResult {
  readonly kind: 'metric';
  readonly values: readonly MetricValue[];
}

/** A column of a table. */
export interface TableColumn {
  readonly id: string;
  readonly label: string;
  readonly numeric: boolean;
}

/** A cell of a table. */
export interface TableCell {
  readonly value: string | number | boolean | null;
  readonly formatted: string;
  /** What a click on the cell narrows to; nothing for metrics. */
  readonly filters: readonly PanelFilter[];
}

/** Rows of buckets and metrics. */
export interface TableResult {
  readonly kind: 'table';
  readonly columns: readonly TableColumn[];
  readonly rows: readonly (readonly TableCell[])[];
  readonly perPage: number;
}

/** A text in Markdown. It is to be rendered with HTML escaped. */
export interface MarkdownResult {
  readonly kind: 'markdown';
  readonly text: string;
}

/** Documents of a saved search. */
export interface DocumentsResult {
  readonly kind: 'documents';
  readonly columns: readonly TableColumn[];
  readonly rows: readonly (readonly TableCell[])[];
  /** The whole documents, in the order of the rows. */
  readonly documents: readonly Readonly<Record<string, unknown>>[];
  readonly total: number;
}

/** Nothing matched. */
export interface EmptyResult {
  readonly kind: 'empty';
}

/** What a panel shows. */
export type PanelResult = ChartResult | MetricResult | TableResult | MarkdownResult | DocumentsResult | EmptyResult;
