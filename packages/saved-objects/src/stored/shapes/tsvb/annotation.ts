import type { TsvbFilter, TsvbIndexPattern, YesNo } from './scalars.ts';

/** What marks an annotation (components/icon_select of vis_type_timeseries). */
export type TsvbIcon =
  | 'fa-asterisk'
  | 'fa-bell'
  | 'fa-bolt'
  | 'fa-bomb'
  | 'fa-bug'
  | 'fa-comment'
  | 'fa-exclamation-circle'
  | 'fa-exclamation-triangle'
  | 'fa-fire'
  | 'fa-flag'
  | 'fa-heart'
  | 'fa-map-marker'
  | 'fa-map-pin'
  | 'fa-star'
  | 'fa-tag';

/** Documents marked on the time axis (annotationsItems of vis_type_timeseries/common/vis_schema.ts). */
export interface TsvbAnnotation {
  readonly id?: string | null;
  readonly index_pattern?: TsvbIndexPattern;
  /** The name of the reference to the data view (Kibana from 7.13). */
  readonly index_pattern_ref_name?: string;
  readonly time_field?: string | null;
  readonly query_string?: TsvbFilter;
  /** Fields the template uses, with commas between them. */
  readonly fields?: string | null;
  /** Handlebars, over the fields. */
  readonly template?: string | null;
  readonly icon?: TsvbIcon | null;
  readonly color?: string | null;
  readonly hidden?: boolean;
  readonly ignore_global_filters?: YesNo;
  readonly ignore_panel_filters?: YesNo;
}
