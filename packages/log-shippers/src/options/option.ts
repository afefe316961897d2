import type { SecretReference } from '../secrets/secretReference.ts';

/**
 * The type of one option. `size` is bytes with a unit (`5M`), `duration` a time with a unit (`10s`), both as the program
 * spells them; `list` is several values in one text or YAML list, and `map` names with values.
 */
export type OptionType = 'string' | 'boolean' | 'integer' | 'number' | 'size' | 'duration' | 'port' | 'list' | 'map' | 'enum' | 'any';

/** What is known of one option of a plugin. */
export interface Option {
  readonly type: OptionType;
  /** What the program takes when the option is left out, as the program spells it. */
  readonly default?: string | number | boolean;
  /** The values that an `enum` takes. */
  readonly values?: readonly string[];
  readonly required?: boolean;
  /** May stand several times. */
  readonly repeatable?: boolean;
  /** Its value is a secret: only a reference may stand there. */
  readonly secret?: boolean;
  /** Other spellings that the program takes. */
  readonly aliases?: readonly string[];
  /** What to use instead, where the program says that the option is going. */
  readonly deprecated?: string;
  /** The first version that has it, and the first that has it no more. */
  readonly since?: string;
  readonly until?: string;
}

/** The options of one plugin by their name as the program's documentation writes it. */
export type Options = Readonly<Record<string, Option>>;

/** A size as text with its unit, or a number of bytes. */
export type Size = number | `${number}${'' | 'k' | 'K' | 'm' | 'M' | 'g' | 'G' | 'kb' | 'KB' | 'mb' | 'MB' | 'gb' | 'GB' | 'KiB' | 'MiB' | 'GiB'}`;
/** A time as text with its unit, or a number of seconds. */
export type Duration = number | `${number}${'ns' | 'us' | 'ms' | 's' | 'm' | 'h' | 'd' | ''}`;

interface ValueTypes {
  string: string;
  boolean: boolean;
  integer: number;
  number: number;
  size: Size;
  duration: Duration;
  port: number;
  list: string | readonly string[];
  map: Readonly<Record<string, unknown>>;
  enum: string;
  any: unknown;
}

type Single<Spec extends Option> = Spec extends { readonly secret: true }
  ? SecretReference
  : Spec extends { readonly values: readonly (infer Value)[] }
    ? Value
    : Spec['type'] extends 'string'
      ? string | SecretReference
      : ValueTypes[Spec['type']];

/** The type of an option's value. */
export type OptionValue<Spec extends Option> = Spec extends { readonly repeatable: true } ? Single<Spec> | readonly Single<Spec>[] : Single<Spec>;

type RequiredNames<Of extends Options> = { [Name in keyof Of]: Of[Name] extends { readonly required: true } ? Name : never }[keyof Of];

/** The settings of a plugin: what is required must be there, and what the plugin doesn't have can't. */
export type Settings<Of extends Options> = {
  readonly [Name in RequiredNames<Of>]: OptionValue<Of[Name]>;
} & {
  readonly [Name in Exclude<keyof Of, RequiredNames<Of>>]?: OptionValue<Of[Name]>;
};
