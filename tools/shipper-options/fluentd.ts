import { type PluginList, pluginLists } from './fluentdPlugins.ts';

/** Characters that a line may have. */
const LINE = 170;

/** The files that are written, by the kind of plugin that Fluentd names in `fluent-plugin-config-format <kind> <name>`. */
const FILES: Readonly<Record<string, { readonly file: string; readonly name: string }>> = {
  input: { file: 'inputs.ts', name: 'INPUTS' },
  filter: { file: 'filters.ts', name: 'FILTERS' },
  output: { file: 'outputs.ts', name: 'OUTPUTS' },
  opensearch: { file: 'openSearchOutputs.ts', name: 'OPENSEARCH_OUTPUTS' },
  parser: { file: 'parsers.ts', name: 'PARSERS' },
  formatter: { file: 'formatters.ts', name: 'FORMATTERS' },
  buffer: { file: 'buffers.ts', name: 'BUFFERS' },
  storage: { file: 'storages.ts', name: 'STORAGES' },
  service_discovery: { file: 'serviceDiscoveries.ts', name: 'SERVICE_DISCOVERIES' },
  base: { file: 'base.ts', name: 'BASE' },
};

/**
 * The option lists of Fluentd's plugins as files of typed data.
 *
 * `text` is JSON: for each plugin `"<kind>-<name>"` with what `fluent-plugin-config-format --format=json --verbose <kind> <name>` prints,
 * and as `"system-system"` what `Fluent::SystemConfig.dump_config_definition` gives.
 */
export function fluentdOptions(text: string): ReadonlyMap<string, string> {
  const all = JSON.parse(text) as Readonly<Record<string, unknown>>;
  const dumps = Object.keys(all).sort().map((plugin) => {
    const [kind = '', ...rest] = plugin.split('-');
    return { kind, name: rest.join('-'), dump: all[plugin] };
  });
  return new Map(
    Object.entries(pluginLists(dumps)).map(([kind, list]) => {
      const place = FILES[kind];
      if (place === undefined) throw new Error(`Nothing is known of the kind ${kind} of Fluentd's plugins (known: ${Object.keys(FILES).join(', ')}).`);
      return [place.file, moduleOf(place.name, list)];
    }),
  );
}

function moduleOf(name: string, list: PluginList): string {
  const body = Object.entries(list).map(([plugin, spec]) => `  ${key(plugin)}: ${literal(spec, 1)},\n`);
  return `// Written by \`npm run shipper-options -- fluentd <file>\`: names, types and defaults as Fluentd prints them. Refinements are in ../refinements.ts.
import type { PluginSpec } from '../pluginSpec.ts';

export const ${name} = {
${body.join('')}} as const satisfies Readonly<Record<string, PluginSpec>>;
`;
}

function key(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : text(name);
}

function text(value: string): string {
  return value.includes("'") && !value.includes('"') ? JSON.stringify(value) : `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n').replaceAll('\t', '\\t')}'`;
}

/** On one line where it fits. */
function literal(value: unknown, depth: number): string {
  if (typeof value === 'string') return text(value);
  if (Array.isArray(value)) return `[${value.map((item) => literal(item, depth)).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value);
  if (entries.length === 0) return '{}';
  const indent = '  '.repeat(depth);
  const line = `{ ${entries.map(([name, item]) => `${key(name)}: ${literal(item, 0)}`).join(', ')} }`;
  if (depth === 0 || line.length + indent.length < LINE) return line;
  return `{\n${entries.map(([name, item]) => `${indent}  ${key(name)}: ${literal(item, depth + 1)},\n`).join('')}${indent}}`;
}
