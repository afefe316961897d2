import { NormalizedSchema } from '@smithy/core/schema';

/** A value of a request or an answer. */
export type Value = string | number | boolean | null | undefined | Date | Uint8Array | readonly Value[] | { readonly [name: string]: Value };
/** The members of a structure. */
export type Fields = { readonly [name: string]: Value };

/** An operation as a client of the SDK has it: its shape is `[9, namespace, name, traits, input, output]`. */
export interface Operation {
  readonly name: string;
  readonly http: { readonly method: string; readonly path: string; readonly status: number } | undefined;
  readonly input: NormalizedSchema;
  readonly output: NormalizedSchema;
}

/** What the SDK's model says of an error: its status, and the code on the wire where that differs from its name. */
export interface ErrorShape {
  readonly name: string;
  readonly code: string;
  readonly status: number;
}

type StaticOperation = readonly [9, string, string, { readonly http?: readonly [string, string, number] } | 0, () => never, () => never];
type StaticError = readonly [-3, string, string, { readonly httpError?: number; readonly awsQueryError?: readonly [string, number] }];

const isStatic = (value: unknown, kind: number): boolean => Array.isArray(value) && value[0] === kind;

/** Finds the operations among the exports of a client's package. */
export function operationsOf(exports: Readonly<Record<string, unknown>>): ReadonlyMap<string, Operation> {
  const found = Object.values(exports).filter((each): each is StaticOperation => isStatic(each, 9));
  return new Map(
    found.map(([, , name, traits, input, output]) => {
      const http = traits === 0 ? undefined : traits.http;
      return [name, { name, http: http === undefined ? undefined : { method: http[0], path: http[1], status: http[2] }, input: NormalizedSchema.of(input), output: NormalizedSchema.of(output) }];
    }),
  );
}

/** Finds the errors among the exports of a client's package. */
export function errorsOf(exports: Readonly<Record<string, unknown>>): readonly ErrorShape[] {
  const found = Object.values(exports).filter((each): each is StaticError => isStatic(each, -3));
  return found.map(([, , name, { httpError = 400, awsQueryError }]) => ({ name, code: awsQueryError?.[0] ?? name, status: awsQueryError?.[1] ?? httpError }));
}

/** How many of the first members a structure requires: the seventh part of its static form. */
function requiredOf(schema: NormalizedSchema): readonly string[] {
  const form = schema.getSchema() as unknown;
  if (!Array.isArray(form)) return [];
  const names = form[4] as readonly string[];
  return names.slice(0, typeof form[6] === 'number' ? form[6] : 0);
}

/**
 * What is wrong with a value, as the SDK's own model sees it: members that are required and missing, members that don't exist, and
 * values of another kind. Empty when nothing is.
 */
export function faultsOf(schema: NormalizedSchema, value: Value, at = ''): readonly string[] {
  const where = at === '' ? 'the request' : at;
  if (value === undefined || value === null) return [];
  if (schema.isStructSchema() || schema.isUnionSchema()) {
    if (!isFields(value)) return [`${where} is no structure`];
    const members = schema.getMemberSchemas();
    const missing = requiredOf(schema).filter((name) => value[name] === undefined || value[name] === null);
    return [
      ...missing.map((name) => `${dotted(at, name)} is missing`),
      ...Object.entries(value).flatMap(([name, each]) => {
        const member = members[name];
        if (member !== undefined) return faultsOf(member, each, dotted(at, name));
        return each === undefined ? [] : [`${dotted(at, name)} does not exist`];
      }),
    ];
  }
  if (schema.isListSchema()) return Array.isArray(value) ? value.flatMap((each: Value, index) => faultsOf(schema.getValueSchema(), each, `${at}[${index}]`)) : [`${where} is no list`];
  if (schema.isMapSchema()) return isFields(value) ? Object.entries(value).flatMap(([name, each]) => faultsOf(schema.getValueSchema(), each, dotted(at, name))) : [`${where} is no map`];
  if (schema.isDocumentSchema()) return [];
  if (schema.isTimestampSchema()) return value instanceof Date || typeof value === 'number' || typeof value === 'string' ? [] : [`${where} is no time`];
  if (schema.isBlobSchema()) return value instanceof Uint8Array || typeof value === 'string' ? [] : [`${where} is no blob`];
  if (schema.isStringSchema()) return typeof value === 'string' ? [] : [`${where} is no string`];
  if (schema.isBooleanSchema()) return typeof value === 'boolean' ? [] : [`${where} is no boolean`];
  if (schema.isNumericSchema()) return typeof value === 'number' ? [] : [`${where} is no number`];
  return [];
}

const dotted = (at: string, name: string): string => (at === '' ? name : `${at}.${name}`);

/** True for a structure or a map. */
export function isFields(value: Value): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date) && !(value instanceof Uint8Array);
}

/** A value without the members that the SDK's model does not have: moto answers some of its own. */
export function fitting(schema: NormalizedSchema, value: Value): Value {
  if (Array.isArray(value)) return schema.isListSchema() ? value.map((each: Value) => fitting(schema.getValueSchema(), each)) : value;
  if (!isFields(value)) return value;
  if (schema.isMapSchema()) return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, fitting(schema.getValueSchema(), each)]));
  if (!schema.isStructSchema()) return value;
  const members = schema.getMemberSchemas();
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, each]) => {
      const member = members[name];
      return member === undefined || each === null ? [] : [[name, fitting(member, each)] as const];
    }),
  );
}

/** The members of a list that are structures. */
export function structuresOf(value: Value): readonly Fields[] {
  return Array.isArray(value) ? value.filter((each: Value): each is Fields => isFields(each)) : [];
}
