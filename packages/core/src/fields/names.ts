import type { Fields } from './field.ts';
import type { FieldType } from './fieldTypes.ts';

type MultiName<F extends Fields> = {
  [Name in keyof F & string]: `${Name}.${keyof F[Name]['multi'] & string}`;
}[keyof F & string];

/** Every name that a search may use: the fields and their multi-fields. */
export type FieldName<F extends Fields> = (keyof F & string) | MultiName<F>;

/** The type that a search finds under a name: an alias has that of the field it leads to. */
type TypeAt<F extends Fields, Name extends keyof F> = F[Name] extends { readonly type: 'alias'; readonly parameters: { readonly path: infer Path extends keyof F } }
  ? F[Path]['type']
  : F[Name]['type'];

type NestedName<F extends Fields> = {
  [Name in keyof F & string]: F[Name]['type'] extends 'nested' ? Name : never;
}[keyof F & string];

/**
 * The names of the fields (or multi-fields) whose type is one of `Type`. Fields below a nested one are left out: a
 * plain query or aggregation finds nothing there.
 */
export type FieldNameOfType<F extends Fields, Type extends FieldType> = Exclude<
  | { [Name in keyof F & string]: TypeAt<F, Name> extends Type ? Name : never }[keyof F & string]
  | {
      [Name in keyof F & string]: {
        [Sub in keyof F[Name]['multi'] & string]: F[Name]['multi'][Sub]['type'] extends Type ? `${Name}.${Sub}` : never;
      }[keyof F[Name]['multi'] & string];
    }[keyof F & string],
  `${NestedName<F>}.${string}`
>;
