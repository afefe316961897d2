import type { FieldName, Fields } from '@podscope/core';
import { type DataView, typeOfField } from '../../dataView.ts';
import { type Query, queryOf } from '../../savedObject.ts';
import { specInvalid } from '../../specInvalid.ts';

/** Marks of events on a time series. */
export interface Annotation {
  readonly view: DataView;
  readonly fields: readonly string[];
  readonly template: string;
  readonly options: AnnotationOptions;
}

/** Options of {@link annotation}. */
export interface AnnotationOptions {
  /** Which documents are events; a text is DQL. @default all */
  readonly filter?: string | Query;
  /** @default '#F00' */
  readonly color?: string;
  /** @default 'tag' */
  readonly icon?: 'asterisk' | 'bell' | 'bolt' | 'bomb' | 'bug' | 'comment' | 'exclamation-circle' | 'exclamation-triangle' | 'fire' | 'flag' | 'heart' | 'map-marker' | 'map-pin' | 'star' | 'tag';
  /** Let the dashboard's query and filters hold. @default false */
  readonly withDashboard?: boolean;
  /** Let the panel's filter hold. @default false */
  readonly withPanel?: boolean;
}

/** Marks events on a time series: `annotation(events, ['event.reason'], '{{event.reason}}')`. */
export function annotation<F extends Fields>(view: DataView<F>, fields: readonly FieldName<F>[], template: string, options: AnnotationOptions = {}): Annotation {
  if (fields.length === 0) throw specInvalid('An annotation names no fields.', 'Name those that its template shows.');
  if (view.timeField === undefined) throw specInvalid(`Documents of "${view.pattern}" cannot be marked: the view has no time field.`, 'Give the data view one.');
  for (const field of fields) typeOfField(view, field);
  return Object.freeze({ view, fields: [...fields], template, options });
}

/** An annotation as the product stores it; defaults from src/plugins/vis_type_timeseries/public/application/components/annotations_editor.js. */
export function storedAnnotation({ view, fields, template, options }: Annotation, index: number): Record<string, unknown> {
  return {
    id: `annotation-${index + 1}`,
    color: options.color ?? '#F00',
    index_pattern: view.pattern,
    time_field: view.timeField ?? '',
    icon: `fa-${options.icon ?? 'tag'}`,
    fields: fields.join(','),
    template,
    query_string: queryOf(options.filter),
    ignore_global_filters: options.withDashboard === true ? 0 : 1,
    ignore_panel_filters: options.withPanel === true ? 0 : 1,
  };
}
