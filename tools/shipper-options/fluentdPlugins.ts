/** What Fluentd prints of one option or section. */
interface Printed {
  readonly type?: string;
  readonly default?: unknown;
  readonly list?: readonly string[];
  readonly required?: boolean;
  readonly secret?: boolean;
  readonly deprecated?: string;
  readonly obsoleted?: string;
  readonly alias?: string | null;
  readonly multi?: boolean;
  readonly section?: boolean;
  readonly argument?: boolean;
  readonly [name: string]: unknown;
}

/** One option or plugin as it is written; {@link PluginSpec} of the package is the type of it. */
type Written = Record<string, unknown>;
/** Plugins of one kind by name. */
export type PluginList = Record<string, Written>;

const TYPES: Readonly<Record<string, string>> = {
  string: 'string', regexp: 'string', integer: 'integer', float: 'number', bool: 'boolean', size: 'size', time: 'duration', array: 'list', hash: 'map', enum: 'enum',
};

/** Classes whose options every plugin of a kind has: they are written once. */
const BASE_CLASSES: Readonly<Record<string, string>> = {
  'Fluent::Plugin::Output': 'output',
  'Fluent::Plugin::Buffer': 'buffer',
  'Fluent::Plugin::Parser': 'parser',
  'Fluent::TimeMixin::TimeParameters': 'time',
  'Fluent::SystemConfig': 'system',
  'Fluent::PluginHelper::Inject::InjectParams': 'inject',
  'Fluent::PluginHelper::Extract::ExtractParams': 'extract',
  'Fluent::PluginHelper::Server::ServerTransportParams': 'transport',
};

/** Sections whose `@type` names a plugin of another kind. */
const PLUGIN_SECTIONS: Readonly<Record<string, string>> = {
  buffer: 'buffer', parse: 'parser', format: 'formatter', storage: 'storage', service_discovery: 'service_discovery', store: 'output', secondary: 'output',
};

/** Names that the kinesis plugin hides in its log, though they are none. */
const NO_SECRETS: ReadonlySet<string> = new Set(['role_arn', 'external_id', 'policy', 'http_proxy']);

/** Puts together what the classes of each plugin say, from the oldest ancestor to the plugin itself. */
export function pluginLists(dumps: readonly { readonly kind: string; readonly name: string; readonly dump: unknown }[]): Record<string, PluginList> {
  const lists: Record<string, PluginList> = { base: {} };
  for (const { kind, name, dump } of dumps) {
    let own: Record<string, Printed> = {};
    const ancestors: string[] = [];
    const prunable: Readonly<Record<string, Printed>>[] = [];
    for (const [className, printed] of Object.entries(dump as Readonly<Record<string, Readonly<Record<string, Printed>>>>)) {
      if (className === 'plugin_helpers') continue;
      const shared = BASE_CLASSES[className];
      if (shared === undefined) merge(own, printed);
      else {
        ancestors.push(shared);
        const common: Record<string, Printed> = {};
        merge(common, printed);
        (lists['base'] as PluginList)[shared] ??= specOf(common);
        prunable.push(common);
      }
    }
    for (const base of prunable) own = pruned(own, base);
    if (kind === 'system') continue;
    const list = (lists[kind === 'output' && name.startsWith('opensearch') ? 'opensearch' : kind] ??= {});
    list[name] = { ...(ancestors.length === 0 ? {} : { base: ancestors }), ...specOf(own) };
  }
  return lists;
}

/** A class that says only a new default keeps the type that an ancestor gave. */
function merge(into: Record<string, Printed>, printed: Readonly<Record<string, Printed>>): void {
  for (const [name, value] of Object.entries(printed)) {
    if (typeof value !== 'object' || value === null) continue;
    const before = into[name];
    // An option of the plugin's own may have the name of a section that it inherits: out_forward's transport.
    if (value.section !== true && value.type !== undefined) into[name] = before?.section === true ? value : { ...before, ...value };
    else if (value.section === true || before?.section === true) {
      const parts: Record<string, Printed> = {};
      if (before !== undefined) merge(parts, before as Readonly<Record<string, Printed>>);
      merge(parts, value as Readonly<Record<string, Printed>>);
      into[name] = { ...scalars(before), ...scalars(value), ...parts, section: true };
    } else into[name] = { ...before, ...value };
  }
}

/** Without what only sets another default of what the base has: the type is the base's. */
function pruned(own: Readonly<Record<string, Printed>>, base: Readonly<Record<string, Printed>>): Record<string, Printed> {
  const kept: Record<string, Printed> = {};
  for (const [name, value] of Object.entries(own)) {
    const inherited = base[name];
    if (inherited === undefined || typeof value !== 'object' || value === null) kept[name] = value;
    else if (value.section === true) {
      const parts = pruned(value as Readonly<Record<string, Printed>>, inherited as Readonly<Record<string, Printed>>);
      if (Object.values(parts).some((part) => typeof part === 'object' && part !== null)) kept[name] = { ...parts, section: true };
    } else if (value.type !== undefined) kept[name] = value;
  }
  return kept;
}

function scalars(printed: Printed | undefined): Printed {
  return Object.fromEntries(Object.entries(printed ?? {}).filter(([, value]) => typeof value !== 'object' || value === null));
}

function specOf(printed: Readonly<Record<string, Printed>>): Written {
  const options: Written = {};
  const sections: Written = {};
  let argument: string | undefined;
  for (const [name, value] of Object.entries(printed)) {
    if (value.section === true) {
      const { multi, required } = value;
      const parts = Object.fromEntries(Object.entries(value).filter(([, part]) => typeof part === 'object' && part !== null)) as Readonly<Record<string, Printed>>;
      const plugin = PLUGIN_SECTIONS[name];
      // Where the section is a plugin, an option without a type is a default of that plugin's own option.
      const own = plugin === undefined ? parts : Object.fromEntries(Object.entries(parts).filter(([, part]) => part.section === true || part.type !== undefined));
      const inner = name === 'secondary' ? { options: {} } : specOf(own);
      sections[name] = { ...(plugin === undefined ? {} : { plugin }), ...(multi === true ? { multi } : {}), ...(required === true ? { required } : {}), ...inner };
    } else if (value.argument === true) argument = name;
    else if (!name.startsWith('@')) options[name] = optionOf(name, value);
  }
  return { ...(argument === undefined ? {} : { argument }), options, ...(Object.keys(sections).length === 0 ? {} : { sections }) };
}

function optionOf(name: string, printed: Printed): Written {
  const { type = 'any', list, required, secret, deprecated, obsoleted, alias, default: standard } = printed;
  const scalar = ['string', 'number', 'boolean'].includes(typeof standard) && !(typeof standard === 'string' && standard.startsWith('(?-mix:'));
  return {
    type: TYPES[type] ?? 'any',
    ...(scalar ? { default: standard } : {}),
    ...(list === undefined ? {} : { values: list }),
    ...(required === true ? { required } : {}),
    ...(secret === true && !NO_SECRETS.has(name) ? { secret } : {}),
    ...(typeof alias === 'string' ? { aliases: [alias] } : {}),
    ...((deprecated ?? obsoleted) === undefined ? {} : { deprecated: deprecated ?? obsoleted }),
  };
}
