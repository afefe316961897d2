import type { AggregatableType, FieldNameOfType, Fields } from '@podscope/core';
import type { FieldFor } from '../aggregations/fieldTypes.ts';
import { checkField } from '../aggregations/fieldCheck.ts';
import type { DataView } from '../dataView.ts';
import type { SavedObjectReference } from '../savedObject.ts';
import { specInvalid } from '../specInvalid.ts';
import { type Visualization, visualization } from './visualization.ts';

/** Options of {@link listControl}. */
export interface ListControlOptions {
  /** @default the field's name */
  readonly label?: string;
  /** Let several values be chosen. @default true */
  readonly multiple?: boolean;
  /** Ask for values anew while one types. @default true */
  readonly dynamic?: boolean;
  /** Without `dynamic`: how many values. @default 5 */
  readonly size?: number;
  /** Only values that go with what was chosen there. */
  readonly parent?: ListControl;
}

/** Options of {@link rangeControl}. */
export interface RangeControlOptions {
  /** @default the field's name */
  readonly label?: string;
  /** @default 1 */
  readonly step?: number;
  /** @default 0 */
  readonly decimals?: number;
}

/** A list of a field's values to choose from. */
export interface ListControl {
  readonly kind: 'list';
  readonly view: DataView;
  readonly field: string;
  readonly options: ListControlOptions;
}

/** A slider over a number. */
export interface RangeControl {
  readonly kind: 'range';
  readonly view: DataView;
  readonly field: string;
  readonly options: RangeControlOptions;
}

/** What controls look like and do. */
export interface ControlsOptions {
  /** Filter at once, without a button. @default false */
  readonly updateOnChange?: boolean;
  /** Only values within the time range. @default false */
  readonly useTimeRange?: boolean;
  /** Keep the filters on other pages. @default false */
  readonly pinFilters?: boolean;
  readonly description?: string;
}

/** A list of a field's values to choose from. */
export function listControl<F extends Fields>(view: DataView<F>, field: FieldNameOfType<F, AggregatableType>, options: ListControlOptions = {}): ListControl {
  checkField(view, 'terms', field);
  return Object.freeze({ kind: 'list', view, field, options });
}

/** A slider over a number. */
export function rangeControl<F extends Fields>(view: DataView<F>, field: FieldFor<F, 'range'>, options: RangeControlOptions = {}): RangeControl {
  checkField(view, 'range', field);
  return Object.freeze({ kind: 'range', view, field, options });
}

/**
 * Controls that filter a dashboard. Each names its data view by a reference of its own
 * (visualizations/…/saved_visualization_references/controls_references.ts); defaults from src/plugins/input_control_vis/public/editor_utils.ts.
 */
export function controls(id: string, title: string, list: readonly (ListControl | RangeControl)[], options: ControlsOptions = {}): Visualization {
  if (list.length === 0) throw specInvalid(`"${id}" has no controls.`, 'Pass at least one, such as listControl(view, field).');
  const params = {
    controls: list.map((control, index) => ({
      id: controlId(index),
      fieldName: control.field,
      parent: parentOf(id, control, index, list),
      label: control.options.label ?? '',
      type: control.kind,
      options: control.kind === 'list' ? listOptions(control.options) : { decimalPlaces: control.options.decimals ?? 0, step: control.options.step ?? 1 },
      indexPatternRefName: referenceName(index),
    })),
    updateFiltersOnChange: options.updateOnChange ?? false,
    useTimeFilter: options.useTimeRange ?? false,
    pinFilters: options.pinFilters ?? false,
  };
  const references: readonly SavedObjectReference[] = list.map(({ view }, index) => ({ name: referenceName(index), type: 'index-pattern', id: view.id }));
  const description = options.description === undefined ? {} : { description: options.description };
  return visualization({ id, title, kind: 'controls', aggs: [], options: description, params, references, uses: list.map(({ view }) => view) });
}

function controlId(index: number): string {
  return `control-${index + 1}`;
}

function referenceName(index: number): string {
  return `control_${index}_index_pattern`;
}

function listOptions({ multiple, dynamic, size }: ListControlOptions): Record<string, unknown> {
  return { type: 'terms', multiselect: multiple ?? true, dynamicOptions: dynamic ?? true, size: size ?? 5, order: 'desc' };
}

function parentOf(id: string, control: ListControl | RangeControl, index: number, list: readonly (ListControl | RangeControl)[]): string {
  const parent = control.kind === 'list' ? control.options.parent : undefined;
  if (parent === undefined) return '';
  const found = list.indexOf(parent);
  if (found !== -1 && found < index) return controlId(found);
  throw specInvalid(`Control ${index + 1} of "${id}" follows one that does not stand before it.`, 'Put the control that it follows into the list, before it.');
}
