export type { LogstashConfig, LogstashPipeline, LogstashSettings } from './config.ts';
export { logstashConfig } from './configure/logstashConfig.ts';
export type { LogstashOptions } from './configure/logstashConfig.ts';
export { logstashFiles } from './files.ts';
export { absent, and, equal, field, filters, inputs, outputs, present, when } from './language/build.ts';
export type {
  BranchLayout,
  LogstashBranch,
  LogstashCodec,
  LogstashCondition,
  LogstashExpression,
  LogstashField,
  LogstashFilter,
  LogstashInput,
  LogstashNode,
  LogstashOperand,
  LogstashOutput,
  LogstashPattern,
  LogstashPlugin,
  LogstashSection,
  LogstashValue,
  PluginLayout,
  SectionLayout,
} from './language/model.ts';
export { lintLogstash } from './lint/lintLogstash.ts';
export { LOGSTASH_RULES } from './lint/rules.ts';
export type { LogstashRule } from './lint/rules.ts';
export { parseLogstash } from './parse.ts';
