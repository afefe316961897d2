import type { OtherPlugin, PluginOf, SystemSettings } from '../options/settings.ts';

interface Placed {
  /** 1-based line in the file that it was read from. */
  readonly line?: number;
}

/** Where events come from. */
export interface SourceDirective extends Placed {
  readonly directive: 'source';
  readonly plugin: PluginOf<'input'> | OtherPlugin;
}

/** What changes events whose tag matches. */
export interface FilterDirective extends Placed {
  readonly directive: 'filter';
  /** Patterns of tags, separated by spaces: `*` is one part, `**` any number of them. */
  readonly pattern: string;
  readonly plugin: PluginOf<'filter'> | OtherPlugin;
}

/** Where events whose tag matches go; what a match takes, no later one sees. */
export interface MatchDirective extends Placed {
  readonly directive: 'match';
  readonly pattern: string;
  readonly plugin: PluginOf<'output'> | OtherPlugin;
}

/** Settings of the process. */
export interface SystemDirective extends Placed {
  readonly directive: 'system';
  readonly settings: SystemSettings;
}

/** Filters and matches that only events with this label meet. `@ERROR` gets what plugins could not use. */
export interface LabelDirective extends Placed {
  readonly directive: 'label';
  readonly name: `@${string}`;
  readonly directives: readonly Directive[];
}

/** Directives of some of several workers: `0` or `0-1`. */
export interface WorkerDirective extends Placed {
  readonly directive: 'worker';
  readonly workers: string;
  readonly directives: readonly Directive[];
}

/** Another file, or files with `*`, put in here. */
export interface IncludeDirective extends Placed {
  readonly directive: 'include';
  readonly path: string;
}

/** One directive of a configuration; their order counts. */
export type Directive = SourceDirective | FilterDirective | MatchDirective | SystemDirective | LabelDirective | WorkerDirective | IncludeDirective;

/** A configuration of Fluentd. */
export interface FluentdConfig {
  readonly directives: readonly Directive[];
  /** The text that it was read from. What is unchanged is written as it stood there, comments and all. */
  readonly origin?: { readonly text: string; readonly file?: string };
}

/** Where events come from. */
export const source = (plugin: SourceDirective['plugin']): SourceDirective => ({ directive: 'source', plugin });
/** What changes events whose tag matches `pattern`. */
export const filter = (pattern: string, plugin: FilterDirective['plugin']): FilterDirective => ({ directive: 'filter', pattern, plugin });
/** Where events whose tag matches `pattern` go. */
export const match = (pattern: string, plugin: MatchDirective['plugin']): MatchDirective => ({ directive: 'match', pattern, plugin });
/** Settings of the process. */
export const system = (settings: SystemSettings): SystemDirective => ({ directive: 'system', settings });
/** Filters and matches of the events with a label. */
export const label = (name: `@${string}`, directives: readonly Directive[]): LabelDirective => ({ directive: 'label', name, directives });
/** Directives of some of several workers. */
export const worker = (workers: string, directives: readonly Directive[]): WorkerDirective => ({ directive: 'worker', workers, directives });
/** Another file. */
export const include = (path: string): IncludeDirective => ({ directive: 'include', path });
