import type { PanelEnhancements } from './drilldown.ts';

/** The controls above a dashboard (Kibana from 7.17; src/plugins/controls/common/control_group/types.ts). */
export interface ControlGroupInput {
  readonly controlStyle?: 'oneLine' | 'twoLine';
  readonly chainingSystem?: 'HIERARCHICAL' | 'NONE';
  readonly panelsJSON?: ControlPanels;
  readonly ignoreParentSettingsJSON?: IgnoreParentSettings;
  /** Kibana from 8.14. */
  readonly showApplySelections?: boolean;
  readonly showSelectionReset?: boolean;
}

/** By name: a control by its id. */
export interface ControlPanels {
  readonly [id: string]: ControlPanel;
}

/** What of the dashboard the controls' own searches leave out. */
export interface IgnoreParentSettings {
  readonly ignoreFilters?: boolean;
  readonly ignoreQuery?: boolean;
  readonly ignoreTimerange?: boolean;
  readonly ignoreValidations?: boolean;
}

/**
 * One control and its place.
 *
 * @discriminator type
 */
export type ControlPanel = OptionsListControl | RangeSliderControl | TimeSliderControl;

/** A control's place. */
interface ControlPlace {
  readonly order?: number;
  readonly width?: 'auto' | 'small' | 'medium' | 'large';
  readonly grow?: boolean;
}

/** A list of a field's values. */
export interface OptionsListControl extends ControlPlace {
  readonly type: 'optionsListControl';
  readonly explicitInput?: OptionsListInput;
}

/** A range of a field's numbers. */
export interface RangeSliderControl extends ControlPlace {
  readonly type: 'rangeSliderControl';
  readonly explicitInput?: RangeSliderInput;
}

/** A part of the time range. */
export interface TimeSliderControl extends ControlPlace {
  readonly type: 'timeSlider';
  readonly explicitInput?: TimeSliderInput;
}

/** What any control has. */
interface ControlInput {
  readonly id?: string;
  readonly title?: string;
  readonly enhancements?: PanelEnhancements;
  /** Of the control's place, which some versions keep here, too. */
  readonly width?: 'auto' | 'small' | 'medium' | 'large';
  readonly grow?: boolean;
}

/** Of a control over a field. Exports name the data view by a reference `controlGroup_<id>:<type>DataView`. */
interface FieldControlInput extends ControlInput {
  readonly fieldName?: string;
  readonly parentFieldName?: string;
  readonly childFieldName?: string;
  readonly dataViewId?: string;
}

/** src/plugins/controls/common/options_list/types.ts. */
export interface OptionsListInput extends FieldControlInput {
  readonly selectedOptions?: readonly (string | number)[];
  readonly existsSelected?: boolean;
  readonly exclude?: boolean;
  readonly singleSelect?: boolean;
  readonly runPastTimeout?: boolean;
  readonly hideExclude?: boolean;
  readonly hideExists?: boolean;
  readonly hideSort?: boolean;
  readonly hideActionBar?: boolean;
  readonly placeholder?: string;
  readonly searchTechnique?: 'prefix' | 'wildcard' | 'exact';
  readonly sort?: OptionsListSort;
  readonly textFieldName?: string;
}

/** In which order the values are. */
export interface OptionsListSort {
  readonly by: '_count' | '_key';
  readonly direction: 'asc' | 'desc';
}

/** src/plugins/controls/common/range_slider/types.ts. */
export interface RangeSliderInput extends FieldControlInput {
  /** From and to; empty where there is no end. */
  readonly value?: readonly (string | number)[];
  readonly step?: number;
}

/** src/plugins/controls/common/time_slider/types.ts. */
export interface TimeSliderInput extends ControlInput {
  readonly timesliceStartAsPercentageOfTimeRange?: number;
  readonly timesliceEndAsPercentageOfTimeRange?: number;
  readonly isAnchored?: boolean;
}
