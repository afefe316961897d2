export { otelCollectorConfig } from './configure/otelCollectorConfig.ts';
export type { OtelCollectorOptions } from './configure/otelCollectorConfig.ts';
export { otelCollectorFiles } from './files.ts';
export type { OtelCollectorConfig, OtelComponents, OtelExporter, OtelExtension, OtelId, OtelOptions, OtelPipeline, OtelProcessor, OtelReceiver, OtelSection, OtelValue } from './model.ts';
export { parseOtelCollector } from './parse.ts';
export { lintOtelCollector } from './lint/lintOtelCollector.ts';
export { OTEL_COLLECTOR_RULES } from './lint/rules.ts';
export type { OtelCollectorRule } from './lint/rules.ts';
