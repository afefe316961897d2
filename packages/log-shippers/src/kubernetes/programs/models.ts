/** Each program's typed configuration. */
export type FluentBitModel = object;
export type FluentdModel = object;
export type FilebeatModel = object;
export type MetricbeatModel = object;
export type LogstashModel = object;
export type OtelCollectorModel = object;
