import { filebeatConfig, filebeatFiles, lintFilebeat, lintMetricbeat, metricbeatConfig, metricbeatFiles } from '../../../packages/log-shippers/src/beats/index.ts';
import { fluentBitConfig, fluentBitFiles, lintFluentBit } from '../../../packages/log-shippers/src/fluent-bit/index.ts';
import { fluentdConfig, fluentdFiles, lintFluentd } from '../../../packages/log-shippers/src/fluentd/index.ts';
import type { ConfigFiles, Problem, Shipper } from '../../../packages/log-shippers/src/index.ts';
import { lintLogstash, logstashConfig, logstashFiles } from '../../../packages/log-shippers/src/logstash/index.ts';
import { lintOtelCollector, otelCollectorConfig, otelCollectorFiles } from '../../../packages/log-shippers/src/otel-collector/index.ts';
import type { Format, MatrixCase, MatrixOptions } from './matrix.ts';

/** A configuration as files, with what the linter says of it. */
export interface Rendered {
  readonly files: ConfigFiles;
  readonly problems: readonly Problem[];
}

function rendered<Config>(config: Config, files: ConfigFiles, lint: (config: Config) => readonly Problem[]): Rendered {
  return { files, problems: lint(config) };
}

/** The matrix knows by the compatibility data what goes together; the types would have to be told case by case. */
const RENDERERS: Readonly<Record<Shipper, (options: MatrixOptions, format: Format | undefined) => Rendered>> = {
  'fluent-bit': (options, format) => {
    const config = fluentBitConfig(options as never);
    return rendered(config, fluentBitFiles(config, format === undefined ? {} : { format }), lintFluentBit);
  },
  fluentd: (options) => {
    const config = fluentdConfig(options as never);
    return rendered(config, fluentdFiles(config), lintFluentd);
  },
  filebeat: (options) => {
    const config = filebeatConfig(options as never);
    return rendered(config, filebeatFiles(config), lintFilebeat);
  },
  metricbeat: (options) => {
    const config = metricbeatConfig(options as never);
    return rendered(config, metricbeatFiles(config), lintMetricbeat);
  },
  logstash: (options) => {
    const config = logstashConfig(options as never);
    return rendered(config, logstashFiles(config), lintLogstash);
  },
  'otel-collector': (options) => {
    const config = otelCollectorConfig(options as never);
    return rendered(config, otelCollectorFiles(config), lintOtelCollector);
  },
};

/** A case of the matrix as files, with what the linter says. @throws PodscopeError where the library refuses it. */
export function render({ shipper, options, format }: Pick<MatrixCase, 'shipper' | 'options' | 'format'>): Rendered {
  return RENDERERS[shipper](options, format);
}
