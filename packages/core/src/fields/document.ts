import type { AnyField, Fields } from './field.ts';
import type { ContainerType } from './fieldTypes.ts';

interface RangeOf<Value> {
  readonly gt?: Value;
  readonly gte?: Value;
  readonly lt?: Value;
  readonly lte?: Value;
}
type Json = Readonly<Record<string, unknown>>;
type Coordinates = readonly [number, number];

interface ValueOf {
  keyword: string | readonly string[];
  constant_keyword: string;
  wildcard: string | readonly string[];
  icu_collation_keyword: string | readonly string[];
  version: string;
  text: string;
  match_only_text: string;
  annotated_text: string;
  search_as_you_type: string;
  completion: string | readonly string[] | { readonly input: string | readonly string[]; readonly weight?: number; readonly contexts?: Json };
  byte: number;
  short: number;
  integer: number;
  long: number;
  unsigned_long: number;
  half_float: number;
  float: number;
  double: number;
  scaled_float: number;
  token_count: string;
  murmur3: string | number;
  date: string | number;
  date_nanos: string | number;
  boolean: boolean;
  ip: string;
  binary: string;
  integer_range: RangeOf<number>;
  long_range: RangeOf<number>;
  float_range: RangeOf<number>;
  double_range: RangeOf<number>;
  date_range: RangeOf<string | number>;
  ip_range: RangeOf<string> | string;
  geo_point: { readonly lat: number; readonly lon: number } | { readonly type: 'Point'; readonly coordinates: Coordinates } | Coordinates | string;
  geo_shape: Json | string;
  point: { readonly x: number; readonly y: number } | Coordinates | string;
  shape: Json | string;
  xy_point: { readonly x: number; readonly y: number } | Coordinates | string;
  xy_shape: Json | string;
  object: Json;
  nested: Json;
  flat_object: Json;
  flattened: Json;
  alias: never;
  join: string | { readonly name: string; readonly parent?: string };
  percolator: Json;
  histogram: { readonly values: readonly number[]; readonly counts: readonly number[] };
  rank_feature: number;
  rank_features: Readonly<Record<string, number>>;
  dense_vector: readonly number[];
  sparse_vector: Readonly<Record<string, number>>;
  knn_vector: readonly number[];
  semantic: string;
  other: unknown;
}

type Head<Name> = Name extends `${infer First}.${string}` ? First : Name;
type Tail<Name, First extends string> = Name extends `${First}.${infer Rest}` ? Rest : never;
type Under<F extends Fields, First extends string> = {
  readonly [Name in keyof F as Tail<Name, First>]: F[Name];
};
/** An alias is no part of a document. */
type StoredName<F extends Fields> = {
  [Name in keyof F]: F[Name]['type'] extends 'alias' ? never : Name;
}[keyof F];
/** A required field makes the objects above it required, up to one that has an entry of its own and so decides itself. */
type RequiredHead<F extends Fields> = {
  [Name in keyof F]: F[Name]['required'] extends true ? (Head<Name> extends keyof F ? Name & Head<Name> : Head<Name>) : never;
}[keyof F];

type OneOrMany<F extends AnyField, Value> = F['many'] extends true ? Value | readonly Value[] : F['type'] extends 'nested' ? Value | readonly Value[] : Value;
type Inside<F extends Fields, Type> = [keyof F] extends [never] ? (Type extends keyof ValueOf ? ValueOf[Type] : never) : Shape<F>;
type ValueAt<F extends Fields, First extends string> = First extends keyof F
  ? OneOrMany<F[First], F[First]['type'] extends ContainerType ? Inside<Under<F, First>, F[First]['type']> : ValueOf[F[First]['type']]>
  : Shape<Under<F, First>>;

type Shape<F extends Fields> = {
  readonly [First in RequiredHead<F> & string]: ValueAt<F, First>;
} & {
  readonly [First in Exclude<Head<StoredName<F>>, RequiredHead<F>> & string]?: ValueAt<F, First>;
};

/**
 * The document type of a catalogue: nested objects, as the document's `_source` carries them. Of a catalogue that is
 * known only at run time, any object.
 */
export type DocumentOf<F extends Fields> = string extends keyof F ? Json : Shape<F>;
