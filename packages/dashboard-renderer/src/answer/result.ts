import type { EChartsOption } from 'echarts';
import type { Theme } from '../draw/colors.ts';
import type { PanelFilter } from '../query/filter.ts';

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
  /** False where the visualization hides its labels. @default true */
  readonly labelled?: boolean;
  /** Of the number, where the visualization colours it by its size. */
  readonly color?: string;
  /** Of its ground, likewise. */
  readonly background?: string;
}

/** Big numbers. */
export interface MetricResult {
  readonly kind: 'metric';
  /** In points, as the visualization has it. */
  readonly fontSize?: number;
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
  /** Of the text, where the panel colours it by its size. */
  readonly color?: string;
}

/** Rows of buckets and metrics. */
export interface TableResult {
  readonly kind: 'table';
  readonly columns: readonly TableColumn[];
  readonly rows: readonly (readonly TableCell[])[];
  readonly perPage: number;
  /** What stands below the rows, a text for each column, in tables with totals. */
  readonly totals?: readonly string[];
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

/** One word of a tag cloud. */
export interface Tag {
  readonly text: string;
  readonly value: number;
  readonly formatted: string;
  /** Pixels, before the words are made to fit. */
  readonly size: number;
  readonly color: string;
  readonly filters: readonly PanelFilter[];
}

/** Words as large as their numbers. */
export interface TagCloudResult {
  readonly kind: 'tagcloud';
  readonly tags: readonly Tag[];
  /** What stands below the words, where the visualization shows it. */
  readonly label: string | undefined;
}

/** A choice of values. */
export interface ListControl {
  readonly kind: 'list';
  readonly label: string;
  readonly field: string;
  /** False under a parent that has no value yet. */
  readonly enabled: boolean;
  readonly several: boolean;
  readonly choices: readonly { readonly value: string | number; readonly label: string }[];
}

/** A slider over numbers. */
export interface RangeControl {
  readonly kind: 'range';
  readonly label: string;
  readonly field: string;
  readonly enabled: boolean;
  readonly min: number | null;
  readonly max: number | null;
  readonly step: number;
}

/** Controls that narrow a dashboard. */
export interface ControlsResult {
  readonly kind: 'controls';
  readonly controls: readonly (ListControl | RangeControl)[];
  /** Whether changes wait for a button. */
  readonly buttons: boolean;
}

/** A Vega specification with its data in it. Only `@podscope/dashboard-renderer/svg` loads Vega to draw it. */
export interface VegaResult {
  readonly kind: 'vega';
  readonly spec: Readonly<Record<string, unknown>>;
  readonly language: 'vega' | 'vega-lite';
  readonly theme: Theme;
}

/** What a panel shows. */
export type PanelResult = ChartResult | MetricResult | TableResult | MarkdownResult | DocumentsResult | TagCloudResult | ControlsResult | VegaResult | EmptyResult;
