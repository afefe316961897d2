import type { Options, OptionValue, Settings } from '../../options/option.ts';
import type { SecretReference } from '../../secrets/secretReference.ts';
import type { BASE } from './generated/base.ts';
import type { PLUGINS } from './plugins.ts';
import type { PluginKind, PluginSpec, SectionSpec } from './pluginSpec.ts';

/**
 * The inside of a double-quoted text in which Fluentd runs the Ruby between `#{` and `}` when it starts: `{ ruby: "#{ENV['NODE_NAME']}" }`.
 * Written as it is.
 */
export interface RubyText {
  readonly ruby: string;
}

/** A value of an option that no list has. */
export type FreeValue = string | number | boolean | RubyText | SecretReference | readonly (string | number | boolean)[] | FreeSection | readonly FreeSection[];
/** A section that no list has. Its `@argument` is the text after its name. */
export interface FreeSection {
  readonly [name: string]: FreeValue | undefined;
}

/** What `extra` holds: options and sections that the lists don't have. The linter names them. */
export interface Extra {
  readonly extra?: Readonly<Record<string, FreeValue>>;
}

/** A plugin that the lists don't have, or that shows only when Fluentd starts. */
export interface OtherPlugin extends Extra {
  readonly '@type': { readonly other: string } | RubyText;
  readonly '@id'?: string;
  readonly '@label'?: string;
  readonly '@log_level'?: LogLevel;
}

/** How much a plugin tells. */
export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal';

/** A value as its option says, or Ruby that gives it. */
type OrRuby<Value> = { readonly [Name in keyof Value]: Value[Name] | RubyText };
type Optional<Of extends Options> = { readonly [Name in keyof Of]?: OptionValue<Of[Name]> };

type Nested<Spec> = Spec extends { readonly sections: infer Inner extends Readonly<Record<string, SectionSpec>> }
  ? { readonly [Name in keyof Inner]?: SectionValue<Inner[Name]> }
  : unknown;
type SectionValue<Spec extends SectionSpec> = Spec extends { readonly multi: true } ? Section<Spec> | readonly Section<Spec>[] : Section<Spec>;
type Argument = { readonly '@argument'?: string };

/** One section. Where its `@type` names a plugin, that plugin's options are there too. */
export type Section<Spec extends SectionSpec> = Spec extends { readonly plugin: infer Kind extends PluginKind }
  ? (PluginOf<Kind> | OtherPlugin) & OrRuby<Optional<Spec['options']>> & Nested<Spec> & Argument & Extra
  : OrRuby<Settings<Spec['options']>> & Nested<Spec> & Argument & Extra;

type BaseOf<Spec> = Spec extends { readonly base: readonly (infer Name extends keyof typeof BASE)[] } ? Intersection<Name extends Name ? OrRuby<Optional<(typeof BASE)[Name]['options']>> & Nested<(typeof BASE)[Name]> : never> : unknown;
type Intersection<Union> = (Union extends Union ? (each: Union) => void : never) extends (all: infer All) => void ? All : never;

type NamesOf<Kind extends PluginKind> = Extract<keyof (typeof PLUGINS)[Kind], string>;
type SpecOf<Kind extends PluginKind, Name extends NamesOf<Kind>> = (typeof PLUGINS)[Kind][Name] extends infer Spec extends PluginSpec ? Spec : never;
type Own<Spec extends PluginSpec> = OrRuby<Settings<Spec['options']>> & Nested<Spec> & BaseOf<Spec>;
type Free<Kind extends PluginKind, Name> = Kind extends 'filter' ? (Name extends 'record_transformer' ? { readonly record?: FreeSection | readonly FreeSection[] } : unknown) : unknown;

/** A plugin of a kind with its options, by its name. */
export type PluginNamed<Kind extends PluginKind, Name extends NamesOf<Kind>> = { readonly '@type': Name; readonly '@id'?: string; readonly '@label'?: string; readonly '@log_level'?: LogLevel } & Own<SpecOf<Kind, Name>> & Free<Kind, Name> & Extra;
/** Any plugin of a kind with its options. */
export type PluginOf<Kind extends PluginKind> = { readonly [Name in NamesOf<Kind>]: PluginNamed<Kind, Name> }[NamesOf<Kind>];

/** What `<system>` takes. */
export type SystemSettings = OrRuby<Optional<(typeof BASE)['system']['options']>> & Nested<(typeof BASE)['system']> & Extra;
