import type { Options } from '../../options/option.ts';

/** Kinds of plugins that a section's `@type` can name. */
export type PluginKind = 'input' | 'filter' | 'output' | 'parser' | 'formatter' | 'buffer' | 'storage' | 'service_discovery';

/** What stands between `<name>` and `</name>`. */
export interface SectionSpec {
  /** What the text after the section's name is called: `<buffer tag,time>` has `chunk_keys`. */
  readonly argument?: string;
  readonly options: Options;
  readonly sections?: Readonly<Record<string, SectionSpec>>;
  /** The section's `@type` is a plugin of this kind, whose options stand there too. */
  readonly plugin?: PluginKind;
  /** May stand several times. */
  readonly multi?: boolean;
  readonly required?: boolean;
  /** Takes any name: what stands in it are the user's own names. */
  readonly free?: boolean;
}

/** One plugin. */
export interface PluginSpec extends SectionSpec {
  /** What it shares with others of its kind: names in `BASE`. */
  readonly base?: readonly ('output' | 'buffer' | 'parser' | 'time' | 'system' | 'inject' | 'extract' | 'transport')[];
}
