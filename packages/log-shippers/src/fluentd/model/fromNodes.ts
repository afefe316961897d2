import { knownInside, knownPlugin, optionOf, SYSTEM, type KnownSection } from '../options/plugins.ts';
import type { PluginKind } from '../options/pluginSpec.ts';
import type { ElementNode, ParameterNode, SyntaxNode } from '../syntax/syntax.ts';
import type { Directive } from './config.ts';
import { isRuby, valueOf } from './optionValue.ts';

type Values = Record<string, unknown>;

const KINDS: Readonly<Record<string, PluginKind>> = { source: 'input', filter: 'filter', match: 'output' };

/** The directives of a file or label. What isn't a directive is left out: the syntax keeps it. */
export function directivesOf(nodes: readonly SyntaxNode[]): readonly Directive[] {
  return nodes.flatMap((node): Directive[] => {
    const directive = directiveOf(node);
    return directive === undefined ? [] : [directive];
  });
}

/** The directive of a part of a file; undefined when it is none. */
export function directiveOf(node: SyntaxNode): Directive | undefined {
  const { line } = node;
  if (node.kind === 'parameter') return node.name === '@include' || node.name === 'include' ? { directive: 'include', path: node.value.value, line } : undefined;
  const kind = Object.hasOwn(KINDS, node.name) ? KINDS[node.name] : undefined;
  if (kind !== undefined) {
    const plugin = pluginOf(kind, node);
    // Which options a name has is known only when the file is read; the lists that were used are those that the type is made from.
    const directive: unknown = node.name === 'source' ? { directive: 'source', plugin, line } : { directive: node.name, pattern: node.argument, plugin, line };
    return directive as Directive;
  }
  if (node.name === 'system') return { directive: 'system', settings: valuesOf(SYSTEM, node), line };
  if (node.name === 'label') return { directive: 'label', name: node.argument as `@${string}`, directives: directivesOf(node.items), line };
  if (node.name === 'worker') return { directive: 'worker', workers: node.argument, directives: directivesOf(node.items), line };
  return undefined;
}

function pluginOf(kind: PluginKind, node: ElementNode): Values {
  const type = typeIn(node);
  const section = type === undefined ? undefined : knownPlugin(kind, type);
  const values = valuesOf(section, node);
  if (section !== undefined) return values;
  if (isRuby(values['@type'])) return values;
  const { type: old, ...extra } = (values['extra'] ?? {}) as Values;
  const named = { ...values, '@type': { other: type ?? '' } };
  // The old spelling of the plugin's name is no option of it.
  return old === undefined || values['@type'] !== undefined ? named : { ...named, extra };
}

/** `type` is an old spelling of `@type`. */
function typeIn({ items }: ElementNode): string | undefined {
  const found = parametersOf(items).findLast(({ name }) => name === '@type') ?? parametersOf(items).findLast(({ name }) => name === 'type');
  return found === undefined || found.value.kind === 'ruby' ? undefined : found.value.value;
}

function parametersOf(items: readonly SyntaxNode[]): readonly ParameterNode[] {
  return items.filter((item) => item.kind === 'parameter');
}

function valuesOf(section: KnownSection | undefined, node: ElementNode): Values {
  const values: Values = {};
  const extra: Values = {};
  for (const item of node.items) {
    const { name } = item;
    if (item.kind === 'parameter') {
      if (name === '@include') values[name] = [...((values[name] as readonly string[] | undefined) ?? []), item.value.value];
      else if (name === 'type' && section !== undefined && optionOf(section, name) === undefined) values['@type'] ??= item.value.value;
      else if (name.startsWith('@')) values[name] = valueOf(undefined, item.value);
      else if (section?.free === true) values[name] = valueOf(undefined, item.value);
      else {
        const option = section === undefined ? undefined : optionOf(section, name);
        if (option === undefined) extra[name] = valueOf(undefined, item.value);
        else values[name] = valueOf(option, item.value);
      }
      continue;
    }
    const spec = section !== undefined && Object.hasOwn(section.sections, name) ? section.sections[name] : undefined;
    const type = typeIn(item);
    const inner = spec === undefined || section === undefined ? undefined : knownInside(section, name, type);
    const value = valuesOf(inner, item);
    if (spec?.plugin !== undefined && type !== undefined && knownPlugin(spec.plugin, type) === undefined) value['@type'] = { other: type };
    if (item.argument !== '') value['@argument'] = item.argument;
    const into = spec === undefined ? extra : values;
    const before = into[name];
    const bothSections = typeof before === 'object' && before !== null && !isRuby(before);
    into[name] = bothSections ? [...(Array.isArray(before) ? (before as readonly unknown[]) : [before]), value] : value;
  }
  if (Object.keys(extra).length > 0) values['extra'] = extra;
  return values;
}
