import type { Numeric } from '../aggregations/jsonInput.ts';

/** Parameters of controls (src/plugins/input_control_vis/public/{input_control_vis_type,editor_utils}.ts of OpenSearch Dashboards). */
export interface ControlsParams {
  readonly type?: 'input_control_vis';
  readonly controls?: readonly Control[];
  readonly updateFiltersOnChange?: boolean;
  readonly useTimeFilter?: boolean;
  readonly pinFilters?: boolean;
}

/** A list to choose from, or a slider. */
export interface Control {
  readonly id?: string;
  readonly type?: 'list' | 'range';
  readonly label?: string;
  readonly fieldName?: string | null;
  /** The id of the control whose choice narrows this one's. */
  readonly parent?: string;
  /** The name of the reference to the index pattern. */
  readonly indexPatternRefName?: string;
  /** The index pattern itself: before 7.0, or where none was chosen. */
  readonly indexPattern?: string;
  readonly options?: ControlOptions;
  readonly $$hashKey?: string;
}

/** What a control offers. */
export interface ControlOptions {
  readonly type?: 'terms';
  readonly multiselect?: boolean;
  readonly dynamicOptions?: boolean;
  readonly size?: Numeric;
  readonly order?: 'asc' | 'desc';
  /** Of a slider. */
  readonly decimalPlaces?: Numeric | null;
  readonly step?: Numeric | null;
}
