import type { FluentBitConfig } from '../../fluent-bit/index.ts';
import type { LogstashConfig } from '../../logstash/index.ts';

/** Each program's typed configuration. */
export type FluentBitModel = FluentBitConfig;
export type FluentdModel = object;
export type FilebeatModel = object;
export type MetricbeatModel = object;
export type LogstashModel = LogstashConfig;
export type OtelCollectorModel = object;
