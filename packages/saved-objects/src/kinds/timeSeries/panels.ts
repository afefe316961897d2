import type { Fields } from '@podscope/core';
import { checkField } from '../../aggregations/fieldCheck.ts';
import type { FieldFor } from '../../aggregations/fieldTypes.ts';
import type { DataView } from '../../dataView.ts';
import { listOf } from '../lists.ts';
import type { Visualization } from '../visualization.ts';
import { type LastValueLook, timeSeriesPanel, timeSeriesParams, type TimeSeriesOptions } from './panel.ts';
import { type ColorRule, type ForeignSeries, type LooseSeries, storedRule, type TimeSeriesOf } from './series.ts';

/** Lines and bars along time, with a query for each series (TSVB). */
export function timeSeries<F extends Fields>(id: string, title: string, view: DataView<F>, options: TimeSeriesOptions<F>): Visualization {
  const { annotations } = options;
  const series = listOf(options.series) as readonly LooseSeries[];
  return timeSeriesPanel(id, title, view, { type: 'timeseries', series, look: options, params: timeSeriesParams(options), ...(annotations === undefined ? {} : { annotations }) });
}

/** Options of {@link timeSeriesMetric}. */
export interface TimeSeriesMetricOptions<F extends Fields> extends LastValueLook {
  /** The big number, and a small one below it. */
  readonly series: TimeSeriesOf<F> | readonly [TimeSeriesOf<F>] | readonly [TimeSeriesOf<F>, TimeSeriesOf<F>];
  /** Colours by value. */
  readonly colors?: readonly (ColorRule & { readonly background?: string; readonly text?: string })[];
}

/** A big number of a time series, and another below it (TSVB). */
export function timeSeriesMetric<F extends Fields>(id: string, title: string, view: DataView<F>, options: TimeSeriesMetricOptions<F>): Visualization {
  const rules = options.colors?.map((rule, index) => storedRule(rule, index, { background_color: rule.background, color: rule.text }));
  return timeSeriesPanel(id, title, view, { type: 'metric', series: listOf(options.series) as readonly LooseSeries[], most: 2, look: options, params: rules === undefined ? {} : { background_color_rules: rules } });
}

/** Options of {@link timeSeriesTopN}. */
export interface TimeSeriesTopNOptions<F extends Fields> extends LastValueLook {
  readonly series: TimeSeriesOf<F> | readonly (TimeSeriesOf<F> | ForeignSeries)[];
  /** Where a click goes; `{{key}}` is the value of the series. */
  readonly link?: string;
  /** Colours of bars by value. */
  readonly colors?: readonly (ColorRule & { readonly bar: string })[];
}

/** Series as bars, the largest first (TSVB). */
export function timeSeriesTopN<F extends Fields>(id: string, title: string, view: DataView<F>, options: TimeSeriesTopNOptions<F>): Visualization {
  const rules = options.colors?.map((rule, index) => storedRule(rule, index, { bar_color: rule.bar }));
  const params = { ...(rules === undefined ? {} : { bar_color_rules: rules }), ...(options.link === undefined ? {} : { drilldown_url: options.link }) };
  return timeSeriesPanel(id, title, view, { type: 'top_n', series: listOf(options.series) as readonly LooseSeries[], look: options, params });
}

/** Options of {@link timeSeriesGauge}. */
export interface TimeSeriesGaugeOptions<F extends Fields> extends LastValueLook {
  readonly series: TimeSeriesOf<F>;
  /** @default 'half' */
  readonly shape?: 'half' | 'circle';
  /** Where the scale ends. @default the largest value */
  readonly max?: number;
  /** @default 10 */
  readonly width?: number;
  /** @default 10 */
  readonly innerWidth?: number;
  /** As `#rrggbb`. */
  readonly innerColor?: string;
  /** Colours by value. */
  readonly colors?: readonly (ColorRule & { readonly gauge?: string; readonly text?: string })[];
}

/** A dial of a time series (TSVB). */
export function timeSeriesGauge<F extends Fields>(id: string, title: string, view: DataView<F>, options: TimeSeriesGaugeOptions<F>): Visualization {
  const params = {
    gauge_style: options.shape ?? 'half',
    gauge_width: options.width ?? 10,
    gauge_inner_width: options.innerWidth ?? 10,
    ...(options.max === undefined ? {} : { gauge_max: options.max }),
    ...(options.innerColor === undefined ? {} : { gauge_inner_color: options.innerColor }),
    gauge_color_rules: (options.colors ?? []).map((rule, index) => storedRule(rule, index, { gauge: rule.gauge, text: rule.text })),
  };
  return timeSeriesPanel(id, title, view, { type: 'gauge', series: [options.series as LooseSeries], most: 1, look: options, params });
}

/** Options of {@link timeSeriesMarkdown}. */
export interface TimeSeriesMarkdownOptions<F extends Fields> extends LastValueLook {
  /** What the text can show, each by its `variable`: `{{ errors.last.formatted }}`. */
  readonly series: TimeSeriesOf<F> | readonly (TimeSeriesOf<F> | ForeignSeries)[];
  /** Markdown with variables in double braces. */
  readonly text: string;
  /** @default 'top' */
  readonly align?: 'top' | 'middle' | 'bottom';
  /** @default false */
  readonly scrollbars?: boolean;
  /** @default false */
  readonly openLinksInNewTab?: boolean;
}

/** A text that shows values of time series (TSVB). */
export function timeSeriesMarkdown<F extends Fields>(id: string, title: string, view: DataView<F>, options: TimeSeriesMarkdownOptions<F>): Visualization {
  const params = {
    markdown: options.text,
    markdown_vertical_align: options.align ?? 'top',
    markdown_scrollbars: options.scrollbars === true ? 1 : 0,
    markdown_openLinksInNewTab: options.openLinksInNewTab === true ? 1 : 0,
  };
  return timeSeriesPanel(id, title, view, { type: 'markdown', series: listOf(options.series) as readonly LooseSeries[], look: options, params });
}

/** Options of {@link timeSeriesTable}. */
export interface TimeSeriesTableOptions<F extends Fields> extends LastValueLook {
  /** The columns. */
  readonly series: TimeSeriesOf<F> | readonly (TimeSeriesOf<F> | ForeignSeries)[];
  /** The field whose values are the rows. */
  readonly rows: FieldFor<F, 'terms'>;
  /** What the column of rows is called. @default the field's name */
  readonly rowsLabel?: string;
  /** How many rows at most. @default 10 */
  readonly size?: number;
  /** Where a click on a row goes; `{{key}}` is its value. */
  readonly link?: string;
}

/** A table whose columns are series (TSVB). */
export function timeSeriesTable<F extends Fields>(id: string, title: string, view: DataView<F>, options: TimeSeriesTableOptions<F>): Visualization {
  checkField(view, 'terms', options.rows);
  const params = {
    pivot_id: options.rows,
    ...(options.rowsLabel === undefined ? {} : { pivot_label: options.rowsLabel }),
    pivot_rows: String(options.size ?? 10),
    ...(options.link === undefined ? {} : { drilldown_url: options.link }),
  };
  return timeSeriesPanel(id, title, view, { type: 'table', series: listOf(options.series) as readonly LooseSeries[], look: options, params });
}
