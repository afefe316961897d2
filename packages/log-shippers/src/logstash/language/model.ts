import type { Settings } from '../../options/option.ts';
import type { SecretReference } from '../../secrets/secretReference.ts';
import type { CODEC_OPTIONS } from '../options/codecs.ts';
import type { COMMON_FILTER_OPTIONS, FILTER_OPTIONS } from '../options/filters.ts';
import type { COMMON_INPUT_OPTIONS, INPUT_OPTIONS } from '../options/inputs.ts';
import type { COMMON_OUTPUT_OPTIONS, OUTPUT_OPTIONS } from '../options/outputs.ts';

/** A codec with options: `codec => json { charset => "UTF-8" }`. One without is its name as text. */
export interface LogstashCodec {
  readonly $codec: string;
  readonly options: Readonly<Record<string, LogstashValue>>;
}

/** A value of the pipeline language. Barewords are texts, `true` and `false` booleans; a secret is written as `"${VARIABLE}"`. */
export type LogstashValue =
  | string
  | number
  | boolean
  | SecretReference
  | LogstashCodec
  | readonly LogstashValue[]
  | { readonly [name: string]: LogstashValue };

/** A field, as `[kubernetes][pod][name]`. */
export interface LogstashField {
  readonly kind: 'field';
  readonly path: string;
}

/** A regular expression, without its slashes. */
export interface LogstashPattern {
  readonly kind: 'pattern';
  readonly source: string;
}

/** What stands on a side of an operator. */
export type LogstashOperand =
  | string
  | number
  | LogstashField
  | LogstashPattern
  | { readonly kind: 'array'; readonly values: readonly LogstashValue[] }
  | { readonly kind: 'call'; readonly method: string; readonly arguments: readonly LogstashOperand[] };

/** One expression of a condition. */
export type LogstashExpression =
  | { readonly kind: 'group'; readonly condition: LogstashCondition }
  | { readonly kind: 'not'; readonly of: LogstashField | { readonly kind: 'group'; readonly condition: LogstashCondition } }
  | { readonly kind: 'compare'; readonly operator: '==' | '!=' | '<=' | '>=' | '<' | '>'; readonly left: LogstashOperand; readonly right: LogstashOperand }
  | { readonly kind: 'in'; readonly negated: boolean; readonly left: LogstashOperand; readonly right: LogstashOperand }
  | { readonly kind: 'matches'; readonly negated: boolean; readonly left: LogstashOperand; readonly pattern: string | LogstashPattern }
  | { readonly kind: 'value'; readonly value: LogstashOperand };

/** Expressions with operators between them, as they stand; Logstash gives `and` and `nand` precedence. */
export type LogstashCondition =
  | LogstashExpression
  | { readonly kind: 'chain'; readonly first: LogstashExpression; readonly rest: readonly { readonly operator: 'and' | 'or' | 'xor' | 'nand'; readonly expression: LogstashExpression }[] };

/** What was between the tokens of a text that was read, and how values were spelt: {@link parseLogstash} makes it, the renderer uses it. */
export interface PluginLayout {
  readonly line: number;
  readonly before: string;
  readonly name: string;
  readonly open: string;
  readonly attributes: readonly { readonly before: string; readonly name: string; readonly raw: string; readonly value: LogstashValue; readonly line: number }[];
  readonly close: string;
}

/** As {@link PluginLayout}, of an `if`, `else if` or `else`. */
export interface BranchLayout {
  readonly line: number;
  readonly clauses: readonly { readonly before: string; readonly head: string; readonly when?: LogstashCondition; readonly close: string }[];
}

/** As {@link PluginLayout}, of a section. */
export interface SectionLayout {
  readonly before: string;
  readonly open: string;
  readonly close: string;
}

/** A plugin whose name and options the types don't check; {@link lintLogstash} does. */
export interface LogstashPlugin {
  readonly plugin: string;
  readonly options: Readonly<Record<string, LogstashValue>>;
  readonly layout?: PluginLayout;
}

/** `if … { } else if … { } else { }`. */
export interface LogstashBranch<Plugin = LogstashPlugin> {
  readonly if: readonly { readonly when: LogstashCondition; readonly body: readonly LogstashNode<Plugin>[] }[];
  readonly else?: readonly LogstashNode<Plugin>[];
  readonly layout?: BranchLayout;
}

/** A plugin or a condition. */
export type LogstashNode<Plugin = LogstashPlugin> = Plugin | LogstashBranch<Plugin>;

/** A section of a pipeline. */
export interface LogstashSection {
  readonly section: 'input' | 'filter' | 'output';
  readonly body: readonly LogstashNode[];
  readonly layout?: SectionLayout;
}

type Codecs = keyof typeof CODEC_OPTIONS | 'plain' | 'line' | 'json_lines' | 'rubydebug' | 'dots';
type WithCodec<Given> = Given extends { readonly codec?: unknown } ? Omit<Given, 'codec'> & { readonly codec?: Codecs | LogstashCodec } : Given;
type Typed<Tables, Common> = {
  readonly [Name in keyof Tables & string]: {
    readonly plugin: Name;
    readonly options: WithCodec<Settings<Tables[Name] & Common & Record<never, never>>>;
    /** Options that the list of the plugin doesn't know. */
    readonly extra?: Readonly<Record<string, LogstashValue>>;
  };
}[keyof Tables & string];

/** An input with the options that it has. */
export type LogstashInput = Typed<typeof INPUT_OPTIONS, typeof COMMON_INPUT_OPTIONS>;
/** A filter with the options that it has. */
export type LogstashFilter = Typed<typeof FILTER_OPTIONS, typeof COMMON_FILTER_OPTIONS>;
/** An output with the options that it has. */
export type LogstashOutput = Typed<typeof OUTPUT_OPTIONS, typeof COMMON_OUTPUT_OPTIONS>;
