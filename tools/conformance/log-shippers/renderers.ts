import type { ConfigFiles, Problem, Shipper } from '../../../packages/log-shippers/src/index.ts';
import type { Format, MatrixCase, MatrixOptions } from './matrix.ts';

/** How a shipper's configuration is made, written and linted. */
export interface Renderer {
  readonly config: (options: MatrixOptions) => unknown;
  readonly files: (config: unknown, options: { readonly format?: Format }) => ConfigFiles;
  readonly lint: (config: unknown) => readonly Problem[];
}

const FOLDERS: Readonly<Record<Shipper, readonly [folder: string, name: string]>> = {
  'fluent-bit': ['fluent-bit', 'fluentBit'],
  fluentd: ['fluentd', 'fluentd'],
  filebeat: ['beats', 'filebeat'],
  metricbeat: ['beats', 'metricbeat'],
  logstash: ['logstash', 'logstash'],
  'otel-collector': ['otel-collector', 'otelCollector'],
};

async function load([folder, name]: readonly [string, string]): Promise<Renderer> {
  const module = (await import(`../../../packages/log-shippers/src/${folder}/index.ts`)) as Readonly<Record<string, unknown>>;
  const pick = (wanted: string): never => (module[wanted] ?? (() => { throw new Error(`${folder} has no ${wanted}`); })) as never;
  return { config: pick(`${name}Config`), files: pick(`${name}Files`), lint: pick(`lint${name.charAt(0).toUpperCase()}${name.slice(1)}`) };
}

/** The library's functions by shipper. */
export const RENDERERS: Readonly<Record<Shipper, Renderer>> = Object.fromEntries(await Promise.all(Object.entries(FOLDERS).map(async ([shipper, place]) => [shipper, await load(place)]))) as Record<Shipper, Renderer>;

/** A case of the matrix as files, with what the linter says. */
export function render({ shipper, options, format }: MatrixCase): { readonly files: ConfigFiles; readonly problems: readonly Problem[] } {
  const renderer = RENDERERS[shipper];
  const config = renderer.config(options);
  return { files: renderer.files(config, format === undefined ? {} : { format }), problems: renderer.lint(config) };
}
