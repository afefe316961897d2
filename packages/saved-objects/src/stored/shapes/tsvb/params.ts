import type { FieldType } from '../indexPattern/indexPattern.ts';
import type { TsvbAnnotation } from './annotation.ts';
import type { TsvbBackgroundColorRule, TsvbBarColorRule, TsvbGaugeColorRule } from './colorRules.ts';
import type { NumberText, TsvbFields, TsvbFilter, TsvbIndexPattern, YesNo } from './scalars.ts';
import type { TsvbPanelType, TsvbSeries, TsvbTimeRangeMode } from './series.ts';

/**
 * Parameters of a TSVB visualization, kind `metrics` (`panel` of vis_type_timeseries/common/vis_schema.ts in OpenSearch Dashboards;
 * Kibana 7.17: vis_types/timeseries/common/types/panel_model.ts). The editor keeps what other types of panel had set.
 */
export interface TsvbParams extends PanelSource, PanelAxis, PanelColors, PanelMarkdown, PanelPivot {
  readonly id?: string;
  readonly type?: TsvbPanelType;
  readonly series?: readonly TsvbSeries[];
  readonly annotations?: readonly TsvbAnnotation[];
  readonly filter?: TsvbFilter;
  /** Whether the dashboard's query and filters are left out. */
  readonly ignore_global_filter?: YesNo;
  readonly ignore_global_filters?: YesNo;
  readonly time_range_mode?: TsvbTimeRangeMode | null;
  readonly background_color?: string | null;
  /** Of a top N: where a click goes, with `{{key}}` in it. */
  readonly drilldown_url?: string | null;
  /** Written by the editor: whether the last change could be used. */
  readonly isModelInvalid?: boolean;
}

/** What is searched. */
interface PanelSource {
  readonly index_pattern?: TsvbIndexPattern;
  /** The name of the reference to the data view (Kibana from 7.13). */
  readonly index_pattern_ref_name?: string;
  /** Kibana from 7.12: whether `index_pattern` is a data view, not the text of an index pattern. */
  readonly use_kibana_indexes?: boolean;
  /** What the editor shows where there is no index pattern. */
  readonly default_index_pattern?: string | null;
  readonly default_timefield?: string | null;
  readonly time_field?: string | null;
  /** Empty or `auto`, a time such as `1h`, or at least one such as `>=1h`. */
  readonly interval?: string | null;
  readonly drop_last_bucket?: YesNo;
  /** Kibana from 7.12: at most so many bars. */
  readonly max_bars?: NumberText;
  /** Kibana from 7.16: buckets of whole days have 24 hours even when clocks change. */
  readonly ignore_daylight_time?: boolean;
  /** OpenSearch Dashboards from 2.14: one of several data sources. */
  readonly data_source_id?: string | null;
}

/** Axes, legend and what is beside them. */
interface PanelAxis {
  readonly axis_formatter?: string | null;
  readonly axis_position?: 'left' | 'right';
  readonly axis_scale?: 'normal' | 'log';
  readonly axis_min?: NumberText;
  readonly axis_max?: NumberText;
  readonly show_grid?: YesNo;
  readonly show_legend?: YesNo;
  readonly legend_position?: 'left' | 'right' | 'bottom' | null;
  /** Kibana from 7.14. */
  readonly truncate_legend?: YesNo;
  readonly max_lines_legend?: NumberText;
  readonly tooltip_mode?: 'show_all' | 'show_focused';
  /** Kibana from 7.13: no note of how old the last value is. */
  readonly hide_last_value_indicator?: boolean;
}

/** Colours by value, and the gauge. */
interface PanelColors {
  readonly background_color_rules?: readonly TsvbBackgroundColorRule[];
  readonly bar_color_rules?: readonly TsvbBarColorRule[];
  readonly gauge_color_rules?: readonly TsvbGaugeColorRule[];
  readonly gauge_style?: 'half' | 'circle' | null;
  readonly gauge_max?: NumberText;
  readonly gauge_width?: NumberText;
  readonly gauge_inner_width?: NumberText;
  readonly gauge_inner_color?: string | null;
}

/** Of a text with values in it (components/panel_config/markdown of vis_type_timeseries). */
interface PanelMarkdown {
  /** Handlebars in Markdown. */
  readonly markdown?: string | null;
  readonly markdown_less?: string | null;
  /** What the product makes of `markdown_less`. */
  readonly markdown_css?: string | null;
  readonly markdown_scrollbars?: YesNo;
  readonly markdown_openLinksInNewTab?: YesNo;
  readonly markdown_vertical_align?: 'top' | 'middle' | 'bottom' | null;
}

/** Of a table: its rows (components/panel_config/table of vis_type_timeseries). */
interface PanelPivot {
  readonly pivot_id?: TsvbFields;
  readonly pivot_label?: string | null;
  readonly pivot_rows?: NumberText;
  readonly pivot_type?: FieldType | readonly (FieldType | null)[] | null;
}
