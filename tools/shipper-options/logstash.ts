import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type DeclaredOption, declaredOptions } from './logstashSources.ts';

const KINDS = ['input', 'filter', 'output', 'codec'] as const;
type Kind = (typeof KINDS)[number];
type Tables = Readonly<Record<Kind, Map<string, DeclaredOption[]>>>;

/** Mixins whose options belong to a plugin, by a part of the mixin's path. */
const MIXINS: readonly { readonly path: string; readonly kind: Kind; readonly plugin: string }[] = [
  { path: 'plugin_mixins/opensearch/api_configs', kind: 'output', plugin: 'opensearch' },
  { path: 'plugin_mixins/elasticsearch/api_configs', kind: 'output', plugin: 'elasticsearch' },
  { path: 'outputs/elasticsearch/data_stream_support', kind: 'output', plugin: 'elasticsearch' },
  { path: 'plugin_mixins/kafka/', kind: 'input', plugin: 'kafka' },
];

/** Every plugin with the mixin for it takes this one, and a plugin without it fails on it only where it stands. */
const ECS_COMPATIBILITY: DeclaredOption = { name: 'ecs_compatibility', validate: ['disabled', 'v1', 'v8'], list: false, required: false, default: undefined, replacedBy: undefined };

/**
 * The option lists of Logstash's plugins as TypeScript files, read from a folder with a subfolder for each plugin's sources and
 * `core` for Logstash's own (their `base.rb` has the options that all plugins of a kind take).
 */
export function logstashOptionFiles(folder: string): Record<string, string> {
  const tables: Tables = { input: new Map(), filter: new Map(), output: new Map(), codec: new Map() };
  const common: Record<Kind, DeclaredOption[]> = { input: [], filter: [], output: [], codec: [] };
  const every: DeclaredOption[] = [ECS_COMPATIBILITY];
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.rb')).toSorted()) {
    const source = readFileSync(join(folder, path), 'utf8');
    const kind = KINDS.find((name) => basename(dirname(path)) === `${name}s`);
    const mixin = MIXINS.find((known) => path.includes(known.path));
    if (mixin !== undefined) add(tables[mixin.kind], mixin.plugin, declaredOptions(source));
    else if (path.endsWith('lib/logstash/plugin.rb')) every.push(...declaredOptions(source));
    else if (kind !== undefined && basename(path) === 'base.rb') common[kind].push(...declaredOptions(source));
    else if (kind !== undefined) {
      const name = /^\s*config_name\s+['"]([\w-]+)['"]/m.exec(source)?.[1];
      if (name !== undefined) add(tables[kind], name, declaredOptions(source));
    }
  }
  const settings = readFileSync(join(folder, 'core/lib/logstash/environment.rb'), 'utf8');
  return { 'settings.ts': settingsFile(settings), ...Object.fromEntries(KINDS.map((kind) => [`${kind}s.ts`, file(kind, tables[kind], [...every, ...common[kind]])])) };
}

function add(table: Map<string, DeclaredOption[]>, plugin: string, options: DeclaredOption[]): void {
  table.set(plugin, [...(table.get(plugin) ?? []), ...options]);
}

function file(kind: Kind, table: ReadonlyMap<string, readonly DeclaredOption[]>, common: readonly DeclaredOption[]): string {
  const upper = kind.toUpperCase();
  const plugins = [...table].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([name, options]) => `  ${key(name)}: {\n${lines(options, '    ')}  },\n`);
  return [
    '// Made by tools/shipper-options/logstash.ts out of the plugins\' sources; names, types and defaults only.\n',
    "import type { Options } from '../../options/option.ts';\n\n",
    `/** Options that every ${kind} takes. */\nexport const COMMON_${upper}_OPTIONS = {\n${lines(common, '  ')}} as const satisfies Options;\n\n`,
    `/** Options of each ${kind}, without the common ones. */\nexport const ${upper}_OPTIONS = {\n${plugins.join('')}} as const satisfies Readonly<Record<string, Options>>;\n`,
  ].join('');
}

function lines(options: readonly DeclaredOption[], indent: string): string {
  const unique = new Map(options.map((option) => [option.name, option]));
  return [...unique.values()].map((option) => `${indent}${key(option.name)}: { ${members(option).join(', ')} },\n`).join('');
}

function members(option: DeclaredOption): string[] {
  const parts = [`type: '${typeOf(option)}'`];
  if (Array.isArray(option.validate) && !option.list) parts.push(`values: [${option.validate.map(quote).join(', ')}]`);
  if (option.default !== undefined) parts.push(`default: ${typeof option.default === 'string' ? quote(option.default) : String(option.default)}`);
  if (option.required) parts.push('required: true');
  if (option.validate === 'password' || /(?:^|_)(?:secret_key|secret_access_key|metrics_secret_key)$/.test(option.name)) parts.push('secret: true');
  if (option.replacedBy !== undefined) parts.push(`deprecated: ${option.replacedBy === true ? "''" : quote(option.replacedBy)}`);
  return parts;
}

function typeOf(option: DeclaredOption): string {
  if (option.list) return 'list';
  if (Array.isArray(option.validate)) return option.validate.every((value) => /^\d+$/.test(value)) ? 'integer' : 'enum';
  if (option.name === 'port' && option.validate === 'number') return 'port';
  switch (option.validate) {
    case 'string': case 'path': case 'password': case 'uri': case 'field_reference': return 'string';
    case 'boolean': return 'boolean';
    case 'number': return 'number';
    case 'bytes': return 'size';
    case 'array': case 'string_list': case 'uri_list': return 'list';
    case 'hash': return 'map';
    default: return 'any';
  }
}

function key(name: string): string {
  return /^[a-zA-Z_]\w*$/.test(name) ? name : quote(name);
}

function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

const SETTING = /Setting(?:::(\w+))?\.new\("([\w.-]+)"(?:,\s*([^,)]+))?/g;

/** The settings of logstash.yml, out of the lines that register them. */
function settingsFile(source: string): string {
  const found = [...source.matchAll(SETTING)].map(([line, kind, name, standard]) => {
    const rest = source.slice(source.indexOf(line), source.indexOf('\n', source.indexOf(line)));
    const values = /%w[[(]([^\])]*)[\])]|\[((?:"[^"]*",?\s*)+)\]/.exec(rest);
    const allowed = values?.[1]?.split(' ') ?? values?.[2]?.split(',').map((value) => value.replaceAll(/["\s]/g, '')) ?? [];
    return `  '${name ?? ''}': { ${settingMembers((kind ?? '').replace(/Setting$/, ''), standard?.trim() ?? '', name === 'pipeline.ordered' || kind?.startsWith('StringArray') === true ? [] : allowed).join(', ')} },\n`;
  });
  return `// Made by tools/shipper-options/logstash.ts out of Logstash's sources; names, types and defaults only.\nimport type { Options } from '../../options/option.ts';\n\n/** Settings of logstash.yml; those of a pipeline may stand in pipelines.yml too. */\nexport const SETTINGS = {\n${[...new Set(found)].join('')}} as const satisfies Options;\n`;
}

const SETTING_TYPES: Readonly<Record<string, string>> = { Boolean: 'boolean', PositiveInteger: 'integer', Numeric: 'number', Bytes: 'size', TimeValue: 'any', PortRange: 'any', CoercibleString: 'any', StringArray: 'list' };

function settingMembers(kind: string, standard: string, values: readonly string[]): string[] {
  const parts = [`type: '${values.length > 0 && kind === 'String' ? 'enum' : (SETTING_TYPES[kind] ?? 'string')}'`];
  if (values.length > 0 && kind === 'String') parts.push(`values: [${values.map(quote).join(', ')}]`);
  if (/^(?:true|false|-?\d+)$/.test(standard)) parts.push(`default: ${standard}`);
  else if (/^"[^"]*"$/.test(standard)) parts.push(`default: ${quote(standard.slice(1, -1))}`);
  if (kind === 'Password') parts.push('secret: true');
  return parts;
}
