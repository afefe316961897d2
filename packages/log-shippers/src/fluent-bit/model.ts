import type { Options, OptionValue } from '../options/option.ts';
import type { CUSTOMS } from './options/customs.ts';
import type { FILTERS } from './options/filters.ts';
import type { INPUTS } from './options/inputs.ts';
import type { OUTPUTS } from './options/outputs.ts';
import type { PROCESSORS } from './options/processors.ts';
import type { FILTER_ADDITIONS, FILTER_REFINEMENTS, INPUT_ADDITIONS, INPUT_REFINEMENTS, OUTPUT_ADDITIONS, OUTPUT_REFINEMENTS, systemd } from './refinements.ts';
import type { MULTILINE_PARSER, PARSER, SERVICE } from './serviceOptions.ts';

/** A value that the environment gives: `${NODE_NAME}`. */
export type EnvironmentValue = `\${${string}}`;

/** A plugin's options that this library doesn't know. They are written as they are, and the linter tells of them. */
export interface Extra {
  readonly extra?: Readonly<Record<string, unknown>>;
}

type Required<Of extends Options> = { [Name in keyof Of]: Of[Name] extends { readonly required: true } ? Name : never }[keyof Of];
type Refined<Of, With, More> = Omit<Of, keyof With | keyof More> & Omit<More, keyof With> & With;
type FluentSettings<Of extends Options> = { readonly [Name in Required<Of>]: OptionValue<Of[Name]> | EnvironmentValue } & {
  readonly [Name in Exclude<keyof Of, Required<Of>>]?: OptionValue<Of[Name]> | EnvironmentValue;
};
type Plugin<Name extends string, Of, With, More> = { readonly name: Name } & Extra & (Refined<Of, With, More> extends infer All extends Options ? FluentSettings<All> : never);
type RefinementOf<All, Name> = Name extends keyof All ? All[Name] : unknown;

type Inputs = typeof INPUTS & { readonly systemd: typeof systemd };

/** One input: the plugin by `name`, and its options. */
export type FluentBitInput<Name extends keyof Inputs = keyof Inputs> = {
  [Each in Name]: Plugin<Each, Inputs[Each], RefinementOf<typeof INPUT_REFINEMENTS, Each>, typeof INPUT_ADDITIONS> & WithProcessors;
}[Name];
/** One filter. */
export type FluentBitFilter<Name extends keyof typeof FILTERS = keyof typeof FILTERS> = {
  [Each in Name]: Plugin<Each, (typeof FILTERS)[Each], RefinementOf<typeof FILTER_REFINEMENTS, Each>, typeof FILTER_ADDITIONS>;
}[Name];
/** One output. */
export type FluentBitOutput<Name extends keyof typeof OUTPUTS = keyof typeof OUTPUTS> = {
  [Each in Name]: Plugin<Each, (typeof OUTPUTS)[Each], RefinementOf<typeof OUTPUT_REFINEMENTS, Each>, typeof OUTPUT_ADDITIONS> & WithProcessors;
}[Name];
/** One custom plugin. */
export type FluentBitCustom = { [Name in keyof typeof CUSTOMS]: Plugin<Name, (typeof CUSTOMS)[Name], unknown, unknown> }[keyof typeof CUSTOMS];
/** A processor, or a filter that stands as one. */
export type FluentBitProcessor =
  | { [Name in keyof typeof PROCESSORS]: Plugin<Name, (typeof PROCESSORS)[Name], unknown, { readonly condition: { readonly type: 'any' } }> }[keyof typeof PROCESSORS]
  | FluentBitFilter;

/** Processors of an input or an output; YAML only. */
export interface WithProcessors {
  readonly processors?: { readonly logs?: readonly FluentBitProcessor[]; readonly metrics?: readonly FluentBitProcessor[]; readonly traces?: readonly FluentBitProcessor[] };
}

/** The service section. */
export type FluentBitService = FluentSettings<typeof SERVICE> & Extra;
/** A parser of the parsers section or file. */
export type FluentBitParser = FluentSettings<typeof PARSER> & Extra;
/** A rule of a multiline parser. */
export interface MultilineRule {
  readonly state: string;
  /** Between slashes: `/^\s+at /`. */
  readonly regex: string;
  readonly next_state: string;
}
/** A multiline parser. */
export type FluentBitMultilineParser = FluentSettings<typeof MULTILINE_PARSER> & Extra & { readonly rules?: readonly MultilineRule[] };

/** Fluent Bit's configuration. Option names are in lower case here; the program takes them in any. */
export interface FluentBitConfig {
  /** Variables of the configuration: `env` in YAML, `@SET` in the classic format. */
  readonly env?: Readonly<Record<string, string | number | boolean>>;
  /** Other files: `includes` in YAML, `@INCLUDE`. */
  readonly includes?: readonly string[];
  readonly service?: FluentBitService;
  readonly customs?: readonly FluentBitCustom[];
  readonly parsers?: readonly FluentBitParser[];
  readonly multilineParsers?: readonly FluentBitMultilineParser[];
  readonly inputs?: readonly FluentBitInput[];
  readonly filters?: readonly FluentBitFilter[];
  readonly outputs?: readonly FluentBitOutput[];
  /** Other sections, as they are in the file: `stream_processor`, `upstream_servers`, `plugins`. */
  readonly sections?: Readonly<Record<string, unknown>>;
}

/** One section, by what it holds at run time: the linter and the renderers don't ask which plugin it is. */
export type Section = Readonly<Record<string, unknown>>;

/** A section as data, with `extra` put among its options. */
export function flat(section: object): Section {
  const { extra, ...rest } = section as { extra?: Section } & Section;
  return { ...rest, ...extra };
}
