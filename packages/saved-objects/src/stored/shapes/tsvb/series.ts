import type { TsvbTextColorRule } from './colorRules.ts';
import type { TsvbMetric, TsvbSeriesFunction } from './metric.ts';
import type { NumberText, TsvbFields, TsvbFilter, TsvbIndexPattern, YesNo } from './scalars.ts';

/** What is drawn of one calculation (seriesItems of vis_type_timeseries/common/vis_schema.ts; Kibana 7.17: vis_types/timeseries/common/types/panel_model.ts). */
export interface TsvbSeries extends SeriesSource, SeriesSplit, SeriesLook, SeriesOfTable {
  readonly id?: string;
  readonly metrics?: readonly TsvbMetric[];
  readonly label?: string | null;
  readonly filter?: TsvbFilter;
  readonly ignore_global_filter?: YesNo;
  /** Moved in time, such as `1d`. */
  readonly offset_time?: string | null;
  /** What one value is shown of: the last one, or one of the whole time range. */
  readonly time_range_mode?: TsvbTimeRangeMode | null;
  /** `default` (the field's own format), `number`, `bytes`, `percent`, a pattern of Numeral.js, or a duration such as `ms,s,2`. */
  readonly formatter?: string | null;
  /** With `{{value}}` in it. */
  readonly value_template?: string | null;
  /** Its name in Markdown. */
  readonly var_name?: string | null;
  readonly hidden?: boolean;
}

/** common/timerange_data_modes of vis_type_timeseries. */
export type TsvbTimeRangeMode = 'entire_time_range' | 'last_value';

/** An index pattern of its own instead of the panel's. */
interface SeriesSource {
  readonly override_index_pattern?: YesNo;
  readonly series_index_pattern?: TsvbIndexPattern;
  /** The name of the reference to the data view (Kibana from 7.13). */
  readonly series_index_pattern_ref_name?: string;
  readonly series_time_field?: string | null;
  readonly series_interval?: string | null;
  readonly series_drop_last_bucket?: YesNo;
  /** Kibana from 7.12: at most so many bars. */
  readonly series_max_bars?: NumberText;
}

/** How it is split into several (components/splits of vis_type_timeseries). */
interface SeriesSplit {
  readonly split_mode?: 'everything' | 'filter' | 'filters' | 'terms';
  readonly split_filters?: readonly TsvbSplitFilter[];
  readonly terms_field?: TsvbFields;
  readonly terms_size?: NumberText;
  /** `_count`, `_key` (before 7.0 `_term`), or a metric's id. */
  readonly terms_order_by?: string | null;
  readonly terms_direction?: 'asc' | 'desc' | null;
  readonly terms_include?: string | null;
  readonly terms_exclude?: string | null;
  /** `kibana` is OpenSearch Dashboards' `opensearchDashboards`. */
  readonly split_color_mode?: 'kibana' | 'opensearchDashboards' | 'rainbow' | 'gradient' | null;
  /** Kibana from 7.11, instead of `split_color_mode`. */
  readonly palette?: TsvbPalette | null;
}

/** One of the filters that split a series. */
export interface TsvbSplitFilter {
  readonly id?: string | null;
  readonly filter?: TsvbFilter;
  readonly label?: string | null;
  readonly color?: string | null;
}

/** Colours of split series (Kibana's src/plugins/charts/common/palette.ts). */
export interface TsvbPalette {
  readonly type?: 'palette' | 'system_palette';
  readonly name?: string;
  readonly params?: TsvbPaletteParams;
}

/** What a palette of one's own has. */
export interface TsvbPaletteParams {
  readonly colors?: readonly string[];
  readonly gradient?: boolean;
}

/** How it is drawn (components/vis_types/timeseries/config of vis_type_timeseries). */
interface SeriesLook {
  readonly color?: string | null;
  readonly chart_type?: 'line' | 'bar';
  readonly line_width?: NumberText;
  readonly point_size?: NumberText;
  readonly fill?: NumberText;
  readonly steps?: YesNo;
  readonly stacked?: 'none' | 'stacked' | 'stacked_within_series' | 'percent';
  readonly hide_in_legend?: YesNo;
  readonly separate_axis?: YesNo;
  /** As older versions spelled it. */
  readonly seperate_axis?: YesNo;
  readonly axis_position?: 'left' | 'right';
  readonly axis_min?: NumberText;
  readonly axis_max?: NumberText;
  readonly axis_scale?: 'normal' | 'log';
  /** Left from a copied panel; nothing reads it. */
  readonly type?: TsvbPanelType | null;
}

/** What a panel is drawn as (common/panel_types of vis_type_timeseries). */
export type TsvbPanelType = 'timeseries' | 'metric' | 'top_n' | 'gauge' | 'markdown' | 'table';

/** Of a column of a table (components/vis_types/table/config of vis_type_timeseries). */
interface SeriesOfTable {
  /** The field by whose values the column's series are made before they become one. */
  readonly aggregate_by?: string | null;
  readonly aggregate_function?: TsvbSeriesFunction | null;
  readonly trend_arrows?: YesNo;
  readonly color_rules?: readonly TsvbTextColorRule[];
}
