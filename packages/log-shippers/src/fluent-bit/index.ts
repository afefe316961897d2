export { fluentBitConfig } from './config/fluentBitConfig.ts';
export { fluentBitFiles, parseFluentBit } from './files.ts';
export type { FluentBitFormat } from './files.ts';
export type { EnvironmentValue, FluentBitConfig, FluentBitCustom, FluentBitFilter, FluentBitInput, FluentBitMultilineParser, FluentBitOutput, FluentBitParser, FluentBitProcessor, FluentBitService, MultilineRule } from './model.ts';
export { lintFluentBit } from './lint/lintFluentBit.ts';
export { RULES } from './lint/rules.ts';
export type { FluentBitRule } from './lint/rules.ts';
export type { ParserKnowledge } from './lint/parsers.ts';
