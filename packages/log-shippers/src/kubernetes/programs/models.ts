import type { FilebeatConfig, MetricbeatConfig } from '../../beats/index.ts';
import type { FluentBitConfig } from '../../fluent-bit/index.ts';
import type { FluentdConfig } from '../../fluentd/index.ts';
import type { LogstashConfig } from '../../logstash/index.ts';
import type { OtelCollectorConfig } from '../../otel-collector/index.ts';

/** Each program's typed configuration. */
export type FluentBitModel = FluentBitConfig;
export type FluentdModel = FluentdConfig;
export type FilebeatModel = FilebeatConfig;
export type MetricbeatModel = MetricbeatConfig;
export type LogstashModel = LogstashConfig;
export type OtelCollectorModel = OtelCollectorConfig;
