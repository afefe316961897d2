import type { Fields } from '@podscope/core';
import type { DataView } from '../../dataView.ts';
import type { Query } from '../../savedObject.ts';
import { specInvalid } from '../../specInvalid.ts';
import { type Visualization, visualization } from '../visualization.ts';
import type { Annotation } from './annotation.ts';
import { storedAnnotation } from './annotation.ts';
import { filterOf, type ForeignSeries, formatterOf, type LooseSeries, storedSeries, type TimeSeriesOf, type ValueFormat } from './series.ts';

/** Options that every panel of time series takes. */
export interface TimeSeriesPanelLook {
  /** `auto`, a number and a unit, or with `>=` before it the smallest one. @default the product's */
  readonly interval?: string;
  /** Leave out the last bucket, which is not full yet. @default the product's, which is true */
  readonly dropLastBucket?: boolean;
  /** Only documents that match; a text is DQL. */
  readonly filter?: string | Query;
  /** Take no notice of the dashboard's query and filters. @default false */
  readonly ignoreDashboard?: boolean;
  /** As `#rrggbb`. */
  readonly background?: string;
  readonly description?: string;
}

/** Options of panels that show one value of each series. */
export interface LastValueLook extends TimeSeriesPanelLook {
  /** Of the whole time range, or of its last bucket. @default the product's */
  readonly of?: 'range' | 'last';
}

/** Options of {@link timeSeries}, however the series are typed. */
export interface TimeSeriesLook extends TimeSeriesPanelLook {
  /** @default 'right' */
  readonly legend?: 'right' | 'left' | 'bottom' | 'none';
  /** @default 'left' */
  readonly axis?: 'left' | 'right';
  /** @default 'normal' */
  readonly scale?: 'normal' | 'log';
  /** Where the axis begins and ends. */
  readonly axisBounds?: { readonly min?: number; readonly max?: number };
  /** @default 'number' */
  readonly axisFormat?: ValueFormat;
  /** @default true */
  readonly grid?: boolean;
  /** What a pointer shows: all series, or the one below it. @default 'all' */
  readonly tooltip?: 'all' | 'focused';
  /** Marks of events, from documents. */
  readonly annotations?: readonly Annotation[];
}

/** Options of {@link timeSeries}. */
export interface TimeSeriesOptions<F extends Fields> extends TimeSeriesLook {
  readonly series: TimeSeriesOf<F> | readonly (TimeSeriesOf<F> | ForeignSeries)[];
}

/** What a panel is made of. */
export interface PanelParts {
  readonly type: 'timeseries' | 'metric' | 'top_n' | 'gauge' | 'markdown' | 'table';
  readonly series: readonly LooseSeries[];
  /** How many series the product shows. @default any number */
  readonly most?: number;
  readonly look: LastValueLook;
  readonly params: Readonly<Record<string, unknown>>;
  readonly annotations?: readonly Annotation[];
}

/** A panel of time series; defaults from src/plugins/vis_type_timeseries/public/metrics_type.ts. */
export function timeSeriesPanel(id: string, title: string, view: DataView, parts: PanelParts): Visualization {
  const { type, series, most = Infinity, look, annotations } = parts;
  if (series.length === 0 || series.length > most) throw specInvalid(`The ${type} panel "${id}" has ${series.length} series.`, most === Infinity ? 'Pass at least one.' : `Pass at least one, and at most ${most}: it shows no more.`);
  const params = {
    id,
    type,
    series: series.map((each, index) => storedSeries(view, each, index)),
    time_field: view.timeField ?? '',
    index_pattern: view.pattern,
    interval: look.interval ?? '',
    axis_position: 'left',
    axis_formatter: 'number',
    axis_scale: 'normal',
    show_legend: 1,
    show_grid: 1,
    tooltip_mode: 'show_all',
    ...(look.dropLastBucket === undefined ? {} : { drop_last_bucket: look.dropLastBucket ? 1 : 0 }),
    ...filterOf(look.filter),
    ...(look.ignoreDashboard === undefined ? {} : { ignore_global_filter: look.ignoreDashboard ? 1 : 0 }),
    ...(look.background === undefined ? {} : { background_color: look.background }),
    ...(look.of === undefined ? {} : { time_range_mode: look.of === 'range' ? 'entire_time_range' : 'last_value' }),
    ...parts.params,
    ...(annotations === undefined ? {} : { annotations: annotations.map(storedAnnotation) }),
  };
  const uses = [view, ...series.flatMap((each) => each.view ?? []), ...(annotations ?? []).map((each) => each.view)];
  return visualization({ id, title, kind: 'timeSeries', aggs: [], options: look.description === undefined ? {} : { description: look.description }, params, uses });
}

/** The parameters of lines and bars along time. */
export function timeSeriesParams(look: TimeSeriesLook): Record<string, unknown> {
  const { legend = 'right', axisBounds: bounds } = look;
  return {
    axis_position: look.axis ?? 'left',
    axis_formatter: formatterOf(look.axisFormat ?? 'number'),
    axis_scale: look.scale ?? 'normal',
    ...(bounds?.min === undefined ? {} : { axis_min: bounds.min }),
    ...(bounds?.max === undefined ? {} : { axis_max: bounds.max }),
    show_legend: legend === 'none' ? 0 : 1,
    ...(look.legend === undefined || legend === 'none' ? {} : { legend_position: legend }),
    show_grid: look.grid === false ? 0 : 1,
    tooltip_mode: look.tooltip === 'focused' ? 'show_focused' : 'show_all',
  };
}
