import type { LogstashConfig } from './config.ts';
import { parseSections } from './language/parse.ts';

/**
 * Reads a pipeline file. `logstashFiles` writes it again byte for byte; where plugins or options were changed, all else stays as it
 * was, comments too.
 *
 * @throws PodscopeError SHIPPER_BAD_SYNTAX with line and column, for what Logstash's grammar doesn't take.
 */
export function parseLogstash(text: string, options: { readonly file?: string } = {}): LogstashConfig {
  const { sections, end } = parseSections(text, options.file);
  const id = (options.file ?? '').split('/').at(-1)?.replace(/\.[^.]*$/, '').replaceAll(/[^A-Za-z0-9_-]+/g, '-') ?? '';
  return { settings: {}, pipelines: [{ id: id === '' ? 'main' : id, sections, end, ...(options.file === undefined ? {} : { file: options.file }) }] };
}
