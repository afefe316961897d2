export { fluentdFiles, parseFluentd } from './files.ts';
export type { FluentdFilesOptions } from './files.ts';
export { fluentdConfig } from './generate/fluentdConfig.ts';
export { filter, include, label, match, source, system, worker } from './model/config.ts';
export type { Directive, FilterDirective, FluentdConfig, IncludeDirective, LabelDirective, MatchDirective, SourceDirective, SystemDirective, WorkerDirective } from './model/config.ts';
export type { Extra, FreeSection, FreeValue, LogLevel, OtherPlugin, PluginNamed, PluginOf, RubyText, SystemSettings } from './options/settings.ts';
export { lintFluentd } from './lint/lintFluentd.ts';
export { RULES } from './lint/rules.ts';
export type { FluentdRule } from './lint/rules.ts';
