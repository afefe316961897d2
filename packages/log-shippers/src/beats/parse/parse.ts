import type { BeatsVersion, FilebeatConfig, MetricbeatConfig } from '../model/beatsConfig.ts';
import { configOf } from './configOf.ts';

/** Options of {@link parseFilebeat} and {@link parseMetricbeat}. */
export interface ParseBeatsOptions {
  /** The file's name, for messages. */
  readonly file?: string;
  /** The version that it is for. @default '7.17' */
  readonly version?: BeatsVersion;
}

/**
 * Reads a configuration of Filebeat. Its text is kept, so that {@link filebeatFiles} writes it back with its comments.
 *
 * @throws PodscopeError SHIPPER_BAD_SYNTAX when it is no YAML.
 */
export function parseFilebeat(text: string, { file, version = '7.17' }: ParseBeatsOptions = {}): FilebeatConfig {
  return configOf('filebeat', version, { ...(file === undefined ? {} : { file }), text }) as FilebeatConfig;
}

/** Reads a configuration of Metricbeat. @throws PodscopeError SHIPPER_BAD_SYNTAX when it is no YAML. */
export function parseMetricbeat(text: string, { file, version = '7.17' }: ParseBeatsOptions = {}): MetricbeatConfig {
  return configOf('metricbeat', version, { ...(file === undefined ? {} : { file }), text }) as MetricbeatConfig;
}
