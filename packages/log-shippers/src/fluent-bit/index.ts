export { fluentBitConfig } from './config/fluentBitConfig.ts';
export { fluentBitFiles, parseFluentBit } from './files.ts';
export type { FluentBitFormat } from './files.ts';
export type { EnvironmentValue, FluentBitConfig, FluentBitCustom, FluentBitFilter, FluentBitInput, FluentBitMultilineParser, FluentBitOutput, FluentBitParser, FluentBitProcessor, FluentBitService, MultilineRule } from './model.ts';
