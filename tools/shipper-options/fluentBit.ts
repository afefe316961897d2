/** One option as `fluent-bit -J` tells it. */
interface SchemaOption {
  readonly name: string;
  readonly type: string;
  readonly default: string | null;
}

interface SchemaPlugin {
  readonly name: string;
  readonly properties: Readonly<Record<string, readonly SchemaOption[]>>;
}

/** The lists of plugins in the schema. */
const KINDS = ['customs', 'inputs', 'filters', 'processors', 'outputs'] as const;
/** Groups of options that plugins share: each distinct one is written once. */
const SHARED = ['global_options', 'networking', 'network_tls'] as const;

/**
 * The option lists of all plugins from the schema that `fluent-bit -J` prints: a file a plugin, one for the groups that plugins share,
 * and an index of each kind. Texts by path.
 *
 * @throws Error when the text is no such schema, or when it names a type that isn't known here: saying what is new is better than guessing.
 */
export function fluentBitOptions(text: string): ReadonlyMap<string, string> {
  const schema = JSON.parse(text) as Readonly<Record<string, unknown>> | null;
  const about = schema?.['fluent-bit'] as { readonly version?: unknown; readonly schema_version?: unknown } | undefined;
  if (typeof about?.version !== 'string') throw new Error('This is no schema of Fluent Bit: there is no "fluent-bit" with a version. It is what `fluent-bit -J` prints.');
  if (about.schema_version !== '1') throw new Error(`Schema version ${JSON.stringify(about.schema_version)} is not known; this tool reads version 1.`);
  const files = new Map<string, string>();
  const shared = new Map<string, string>();
  const head = `// Made by \`npm run shipper-options -- fluent-bit\` from Fluent Bit ${about.version}: not to be edited.\n`;
  for (const kind of KINDS) {
    const plugins = pluginsOf(schema?.[kind], kind);
    for (const plugin of plugins) files.set(`${kind}/${fileName(plugin.name)}.ts`, pluginFile(head, kind, plugin, shared));
    files.set(`${kind}.ts`, indexFile(head, kind, plugins));
  }
  const groups = [...shared].map(([body, name]) => `/** Options that several plugins share. */\nexport const ${name} = ${body} as const satisfies Options;\n`);
  files.set('groups.ts', `${head}import type { Options } from '../../options/option.ts';\n\n${groups.join('\n')}`);
  files.set('version.ts', `${head}\n/** The version whose options these are. */\nexport const OPTIONS_VERSION = ${quote(about.version)};\n`);
  return files;
}

function pluginsOf(list: unknown, kind: string): readonly SchemaPlugin[] {
  if (!Array.isArray(list)) throw new Error(`The schema has no list of ${kind}.`);
  return list.map((plugin: SchemaPlugin) => {
    if (typeof plugin.name !== 'string' || typeof plugin.properties !== 'object') throw new Error(`A plugin of ${kind} has no name or no properties.`);
    const other = Object.keys(plugin.properties).find((group) => group !== 'options' && !(SHARED as readonly string[]).includes(group));
    if (other !== undefined) throw new Error(`${kind} ${plugin.name}: the group ${other} is not known here.`);
    return plugin;
  }).sort((a, b) => (a.name < b.name ? -1 : 1));
}

function pluginFile(head: string, kind: string, plugin: SchemaPlugin, shared: Map<string, string>): string {
  const spreads = SHARED.flatMap((group) => {
    const options = plugin.properties[group];
    if (options === undefined || options.length === 0) return [];
    const body = bodyOf(options, `${kind} ${plugin.name}`);
    const name = shared.get(body) ?? groupName(kind, group, options, shared);
    shared.set(body, name);
    return [name];
  });
  // The plugin's own options repeat those of its groups; only where they differ do they stand again, and win, as in the program.
  const inherited = new Map(SHARED.flatMap((group) => plugin.properties[group] ?? []).map((option) => [option.name, optionText(option, plugin.name)]));
  const options = (plugin.properties['options'] ?? []).filter((option) => inherited.get(option.name) !== optionText(option, `${kind} ${plugin.name}`));
  const own = bodyOf(options, `${kind} ${plugin.name}`).slice(2);
  const imports = spreads.length === 0 ? '' : `import { ${[...spreads].sort().join(', ')} } from '../groups.ts';\n`;
  return `${head}import type { Options } from '../../../options/option.ts';\n${imports}\n/** Options of ${plugin.name}. */\nexport const ${constName(plugin.name)} = {\n${spreads.map((name) => `  ...${name},\n`).join('')}${own} as const satisfies Options;\n`;
}

function indexFile(head: string, kind: string, plugins: readonly SchemaPlugin[]): string {
  const imports = plugins.map(({ name }) => `import { ${constName(name)} } from './${kind}/${fileName(name)}.ts';\n`).join('');
  const entries = plugins.map(({ name }) => (constName(name) === name ? `  ${name},\n` : `  ${key(name)}: ${constName(name)},\n`)).join('');
  return `${head}${imports}\n/** All ${kind} by name. */\nexport const ${kind.toUpperCase()} = {\n${entries}} as const;\n`;
}

/** Listening and connecting plugins have other network options; the rest differs by kind. */
function groupName(kind: string, group: string, options: readonly SchemaOption[], shared: ReadonlyMap<string, string>): string {
  const listens = options.some(({ name }) => name === 'net.backlog');
  const base = group === 'network_tls' ? 'tls' : group === 'networking' ? (listens ? 'listening' : 'connecting') : `any${kind[0]?.toUpperCase()}${kind.slice(1, -1)}`;
  const taken = new Set(shared.values());
  let name = base;
  for (let number = 2; taken.has(name); number++) name = `${base}${number}`;
  return name;
}

function bodyOf(options: readonly SchemaOption[], where: string): string {
  const seen = new Map(options.map((option) => [option.name, option]));
  return `{\n${[...seen.values()].map((option) => `  ${key(option.name.toLowerCase())}: ${optionText(option, where)},\n`).join('')}}`;
}

const SIMPLE: Readonly<Record<string, string>> = { string: 'string', boolean: 'boolean', integer: 'integer', double: 'number', size: 'size', time: 'duration', variant: 'any' };
const ON = new Set(['on', 'true', 'yes']);

function optionText({ name, type, default: usual }: SchemaOption, where: string): string {
  if (type === 'deprecated') return "{ type: 'any', deprecated: 'It does nothing any more.' }";
  if (type === 'prefixed string') return "{ type: 'string' }";
  if (type.startsWith('multiple ')) return "{ type: 'list' }";
  if (type.startsWith('space delimited strings')) return "{ type: 'string', repeatable: true }";
  const known = name === 'port' || name.endsWith('_port') ? (type === 'integer' ? 'port' : SIMPLE[type]) : SIMPLE[type];
  if (known === undefined) throw new Error(`${where}: option ${name} has the type ${JSON.stringify(type)}, which is not known here.`);
  const given = usual === null || usual === '' || (known === 'port' && usual === '0') ? '' : `, default: ${defaultText(known, usual)}`;
  return `{ type: '${known}'${given} }`;
}

function defaultText(type: string, usual: string): string {
  if (type === 'boolean') return String(ON.has(usual.toLowerCase()));
  const bare = usual.replace(/^\((.*)\)$/, '$1');
  return ['integer', 'number', 'port'].includes(type) && /^-?\d+(\.\d+)?$/.test(bare) ? bare : quote(usual);
}

function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n')}'`;
}

function key(name: string): string {
  return /^[a-z_$][\w$]*$/i.test(name) ? name : quote(name);
}

const RESERVED = new Set(['null', 'exit', 'lib']);

function constName(name: string): string {
  const camel = name.replaceAll(/[^a-z0-9]+(.)?/gi, (_, next: string | undefined) => (next ?? '').toUpperCase());
  return RESERVED.has(name) ? `${camel}Plugin` : camel;
}

function fileName(name: string): string {
  return constName(name);
}
