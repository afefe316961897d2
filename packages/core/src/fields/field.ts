import type { FieldType } from './fieldTypes.ts';

/** A value of a mapping parameter: plain JSON. */
export type ParameterValue = string | number | boolean | null | readonly ParameterValue[] | { readonly [key: string]: ParameterValue };

/** Mapping parameters by name, such as `ignore_above`. */
export type Parameters = Readonly<Record<string, ParameterValue>>;

/** Multi-fields by name. */
export type MultiFields = Readonly<Record<string, Field>>;

/** A field without multi-fields. */
export type NoMulti = { readonly [Name in never]: Field };

/** One field: its mapping type, whether every document has it, its multi-fields, and whether it is a list. */
export interface Field<
  Type extends FieldType = FieldType,
  Required extends boolean = boolean,
  Multi extends MultiFields = NoMulti,
  Many extends boolean = boolean,
> {
  readonly type: Type;
  readonly required: Required;
  readonly multi: Multi;
  /** True when documents may carry a list of values. A mapping doesn't say it. */
  readonly many: Many;
  /** Further mapping parameters, such as `ignore_above`. */
  readonly parameters: Parameters;
}

/** A second name of a field. Searches may use it, documents may not. */
export interface AliasField<Path extends string = string> extends Field<'alias', false, NoMulti, false> {
  readonly parameters: Parameters & { readonly path: Path };
}

/** A field of any type with any multi-fields. */
export type AnyField = Field<FieldType, boolean, MultiFields>;

/** A catalogue: dotted field name → field. */
export type Fields = Readonly<Record<string, AnyField>>;

/** What every field builder takes. */
export interface FieldOptions {
  /** True when every document carries the field. @default false */
  readonly required?: boolean;
  /** True when documents may carry a list of values. Keywords always may. @default false */
  readonly many?: boolean;
  /** Multi-fields: the same value indexed in other ways. */
  readonly fields?: MultiFields;
  /** Mapping parameters, in place of those that the builder sets by itself. */
  readonly parameters?: Parameters & { readonly type?: never };
}

/** The field that a builder makes with options. */
export type FieldWith<Type extends FieldType, Options> = Field<
  Type,
  Options extends { readonly required: true } ? true : false,
  Options extends { readonly fields: infer Multi extends MultiFields } ? Multi : NoMulti,
  Options extends { readonly many: true } ? true : false
>;

/** Refuses options that there are not. */
export type ExactOptions<Options, Known> = { readonly [Name in Exclude<keyof Options, keyof Known>]: never };

/**
 * Builds fields of one type. The options are the only type parameter, and no return type gives it away: where a
 * catalogue expects any field, a field's own type must still be found.
 */
export interface FieldBuilder<Type extends FieldType> {
  (): Field<Type, false, NoMulti, false>;
  <const Options extends FieldOptions>(options: Options & ExactOptions<Options, FieldOptions>): FieldWith<Type, Options>;
}

/** Builds fields of one type that the server refuses without certain parameters. */
export interface FieldBuilderNeeding<Type extends FieldType, Needed> {
  <const Options extends FieldOptions & { readonly parameters: Needed }>(options: Options & ExactOptions<Options, FieldOptions>): FieldWith<Type, Options>;
}
