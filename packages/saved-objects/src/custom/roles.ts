import { AGGREGATABLE_TYPES, DATE_TYPES, type Field, type FieldNameOfType, type Fields, type FieldType, NUMERIC_TYPES, PodscopeError } from '@podscope/core';
import { fieldProblem } from '../aggregations/fieldCheck.ts';
import type { DataView } from '../dataView.ts';

/** What a field must be to fill a role, and the types of the catalogue that are. */
export const ROLE_TYPES = {
  date: DATE_TYPES,
  number: NUMERIC_TYPES,
  /** Exact texts. */
  keyword: ['keyword', 'constant_keyword', 'wildcard', 'icu_collation_keyword', 'version', 'ip'],
  boolean: ['boolean'],
  /** Whatever an aggregation can tell apart: numbers, dates and truth values, too. */
  value: AGGREGATABLE_TYPES,
  text: ['text', 'match_only_text', 'annotated_text', 'search_as_you_type'],
  geoPoint: ['geo_point'],
} as const satisfies Readonly<Record<string, readonly FieldType[]>>;

/** What a field must be to fill a role. */
export type RoleKind = keyof typeof ROLE_TYPES;

/** A role that a field of the user's data view fills: its kind, or the kind and more. */
export type Role = RoleKind | { readonly type: RoleKind; /** @default false */ readonly optional?: boolean; readonly description?: string };

/** Roles by name. */
export type Roles = Readonly<Record<string, Role>>;

type KindOf<R> = R extends RoleKind ? R : R extends { readonly type: infer Kind extends RoleKind } ? Kind : never;
type TypesOf<R> = (typeof ROLE_TYPES)[KindOf<R>][number];
type OptionalIn<R extends Roles> = { [Name in keyof R]: R[Name] extends { readonly optional: true } ? Name : never }[keyof R];

/** The fields that a user of a kind names: one of the right type for each role. */
export type FieldsFor<R extends Roles, F extends Fields> = {
  readonly [Name in Exclude<keyof R, OptionalIn<R>>]: FieldNameOfType<F, TypesOf<R[Name]>>;
} & { readonly [Name in OptionalIn<R>]?: FieldNameOfType<F, TypesOf<R[Name]>> };

/** The name that a role's field has for the compiler while a kind is written: whatever field the user names later. */
export type RoleField<Name> = `<${Name & string}>`;

/** The fields by role, as a kind gets them. */
export type FieldsByRole<R extends Roles> = {
  readonly [Name in Exclude<keyof R, OptionalIn<R>>]: RoleField<Name>;
} & { readonly [Name in OptionalIn<R>]?: RoleField<Name> };

/** The catalogue that a kind may count on: its roles. */
export type CatalogueOf<R extends Roles> = { readonly [Name in keyof R as RoleField<Name>]: Field<TypesOf<R[Name]>, boolean> };

/**
 * Holds the fields that were named against the roles.
 *
 * @param place Where they were given, such as `pod-timeline "pods": fields`.
 * @throws PodscopeError `SAVED_OBJECT_SPEC_INVALID`, `SAVED_OBJECT_FIELD_UNKNOWN`, `SAVED_OBJECT_FIELD_TYPE`
 */
export function filledRoles(roles: Roles, view: DataView, given: unknown, place: string): Readonly<Record<string, string>> {
  const named = typeof given === 'object' && given !== null ? (given as Readonly<Record<string, unknown>>) : {};
  const unknown = Object.keys(named).find((name) => !Object.hasOwn(roles, name));
  if (unknown !== undefined) {
    throw new PodscopeError('SAVED_OBJECT_SPEC_INVALID', `${place}.${unknown} is no role of this kind.`, { hint: `Its roles are ${listed(roles)}.` });
  }
  return Object.fromEntries(Object.entries(roles).flatMap(([name, role]): (readonly [string, string])[] => {
    const kind = kindOf(role);
    const field = named[name];
    if (field === undefined && typeof role === 'object' && role.optional === true) return [];
    if (typeof field !== 'string' || field === '') {
      throw new PodscopeError('SAVED_OBJECT_SPEC_INVALID', `${place}.${name} names no field.`, { hint: `Name a field of "${view.pattern}" of the kind ${kind}: ${ROLE_TYPES[kind].join(', ')}.` });
    }
    const problem = fieldProblem(view, kind, field, ROLE_TYPES[kind]);
    if (problem === undefined) return [[name, field]];
    const why = problem.code === 'SAVED_OBJECT_FIELD_UNKNOWN' ? 'which is not there' : `but the role takes ${kind}`;
    throw new PodscopeError(problem.code, `${place}.${name} is "${field}" of "${view.pattern}", ${why}.`, { cause: problem, ...(problem.hint === undefined ? {} : { hint: problem.hint }) });
  }));
}

/** @throws PodscopeError `SAVED_OBJECT_SPEC_INVALID` for a role of a kind that there isn't. */
export function checkRoles(roles: Roles, place: string): void {
  for (const [name, role] of Object.entries(roles)) {
    if (Object.hasOwn(ROLE_TYPES, String(kindOf(role)))) continue;
    throw new PodscopeError('SAVED_OBJECT_SPEC_INVALID', `${place}.${name} is of the kind "${String(kindOf(role))}", which there isn't.`, { hint: `Use one of ${Object.keys(ROLE_TYPES).join(', ')}.` });
  }
}

function kindOf(role: Role): RoleKind {
  return typeof role === 'object' ? role.type : role;
}

function listed(roles: Roles): string {
  return Object.entries(roles).map(([name, role]) => `${name} (${kindOf(role)})`).join(', ');
}
