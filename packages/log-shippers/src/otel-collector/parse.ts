import { PodscopeError } from '@podscope/core';
import { LineCounter, parseDocument } from 'yaml';
import type { OtelCollectorConfig } from './model.ts';

/**
 * Reads a collector's YAML. `otelCollectorFiles` writes it again byte for byte where nothing was changed.
 *
 * @throws PodscopeError SHIPPER_BAD_SYNTAX, with line and column, for what is no YAML or no configuration of a collector.
 */
export function parseOtelCollector(text: string, options: { readonly file?: string } = {}): OtelCollectorConfig {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const refuse = (message: string, at = 0): PodscopeError<'SHIPPER_BAD_SYNTAX'> => {
    const { line, col } = lines.linePos(at);
    return new PodscopeError('SHIPPER_BAD_SYNTAX', `${options.file ?? 'collector.yaml'}:${line}:${col}: ${message}`, { hint: 'Sections receivers, processors, exporters and service, as YAML.' });
  };
  const [wrong] = document.errors;
  if (wrong !== undefined) throw refuse(wrong.message.split('\n')[0] ?? 'no YAML', wrong.pos[0]);
  let content: unknown;
  try {
    content = document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    throw refuse(error instanceof Error ? error.message : String(error));
  }
  if (!isRecord(content)) throw refuse('it is no mapping.');
  for (const [name, section] of Object.entries(content)) if (!isRecord(section) && section !== null) throw refuse(`${name} is no mapping.`);
  const service = isRecord(content['service']) ? content['service'] : {};
  const pipelines = isRecord(service['pipelines']) ? service['pipelines'] : {};
  for (const [name, pipeline] of Object.entries(pipelines)) if (!isRecord(pipeline)) throw refuse(`service.pipelines.${name} is no mapping.`);
  return {
    ...(content as Omit<OtelCollectorConfig, 'service'>),
    service: { ...service, ...(service['pipelines'] === undefined ? {} : { pipelines }) } as unknown as OtelCollectorConfig['service'],
    source: { text, ...(options.file === undefined ? {} : { file: options.file }) },
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
