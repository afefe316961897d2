import { type FieldType, findField, nestedAbove, PodscopeError } from '@podscope/core';
import { type DataView, unknownField } from '../dataView.ts';
import { FIELD_TYPES_OF } from './fieldTypes.ts';

/** The types of fields that an aggregation takes; undefined for one that isn't built here. */
export function allowedTypes(kind: string): readonly FieldType[] | undefined {
  return Object.hasOwn(FIELD_TYPES_OF, kind) ? FIELD_TYPES_OF[kind as keyof typeof FIELD_TYPES_OF] : undefined;
}

/** Refuses a field that an aggregation cannot use: what the types refuse, for specifications that come as JSON. */
export function checkField(view: Pick<DataView, 'pattern' | 'fields'>, kind: keyof typeof FIELD_TYPES_OF, field: string): void {
  const problem = fieldProblem(view, kind, field, FIELD_TYPES_OF[kind]);
  if (problem) throw problem;
}

/** Why an aggregation cannot use a field, or undefined when it can. */
export function fieldProblem(view: Pick<DataView, 'pattern' | 'fields'>, kind: string, field: string, allowed: readonly FieldType[]): PodscopeError<'SAVED_OBJECT_FIELD_UNKNOWN' | 'SAVED_OBJECT_FIELD_TYPE'> | undefined {
  const type = findField(view.fields, field)?.type;
  if (type === undefined) return unknownField(view, field);
  const nested = nestedAbove(view.fields, field);
  if (nested !== undefined) {
    return new PodscopeError('SAVED_OBJECT_FIELD_TYPE', `${kind} cannot use "${field}" of "${view.pattern}": it is below the nested field "${nested}".`, {
      hint: 'A visualization’s aggregations see nothing below nested fields; choose a field outside.',
    });
  }
  if (allowed.includes(type)) return undefined;
  return new PodscopeError('SAVED_OBJECT_FIELD_TYPE', `${kind} cannot use "${field}" of "${view.pattern}": it is of type ${type}.`, {
    hint: `Choose a field of type ${allowed.join(', ')}.${type === 'text' ? ' A text field may have a keyword multi-field.' : ''}`,
  });
}
