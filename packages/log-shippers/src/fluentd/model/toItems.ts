import { badValue } from '../../quantities/quantities.ts';
import { nearest } from '../../lint/problem.ts';
import { isSecretReference } from '../../secrets/secretReference.ts';
import { knownInside, knownPlugin, optionOf, SYSTEM, type KnownSection } from '../options/plugins.ts';
import type { Options } from '../../options/option.ts';
import type { PluginKind } from '../options/pluginSpec.ts';
import type { Item } from '../syntax/element.ts';
import type { Directive } from './config.ts';
import { faultOf, isRuby, literalOf } from './optionValue.ts';

type Values = Readonly<Record<string, unknown>>;

const KINDS = { source: 'input', filter: 'filter', match: 'output' } as const satisfies Readonly<Record<string, PluginKind>>;
/** Parameters that Fluentd itself reads. */
const RESERVED: ReadonlySet<string> = new Set(['@id', '@label', '@log_level', '@include']);

/**
 * A directive as sections and parameters.
 *
 * @throws PodscopeError SHIPPER_BAD_VALUE where `check` is set, for an unknown option ("did you mean") or a value that the option doesn't take.
 */
export function itemOf(directive: Directive, check: boolean): Item {
  switch (directive.directive) {
    case 'include':
      return { kind: 'parameter', name: '@include', value: { kind: 'text', value: directive.path } };
    case 'system':
      return { kind: 'element', name: 'system', argument: '', items: itemsOf('system', SYSTEM, { ...directive.settings }, check) };
    case 'label':
      return { kind: 'element', name: 'label', argument: directive.name, items: directive.directives.map((inner) => itemOf(inner, check)) };
    case 'worker':
      return { kind: 'element', name: 'worker', argument: directive.workers, items: directive.directives.map((inner) => itemOf(inner, check)) };
    case 'source':
    case 'filter':
    case 'match': {
      const kind = KINDS[directive.directive];
      const values: Values = { ...directive.plugin };
      const { type, other } = typeOf(values);
      const section = other || type === undefined ? undefined : knownPlugin(kind, type);
      if (check && !other && section === undefined && !isRuby(values['@type'])) throw badValue(`<${directive.directive}>`, `there is no ${kind} ${JSON.stringify(type)} here.`, "Another plugin: { '@type': { other: 'name' }, extra: { … } }.");
      const argument = directive.directive === 'source' ? '' : directive.pattern;
      return { kind: 'element', name: directive.directive, argument, items: itemsOf(`${directive.directive} ${type ?? ''}`, section, values, check) };
    }
  }
}

/** The name in `@type`, and whether it is one that the lists don't have. */
export function typeOf(values: Values): { readonly type: string | undefined; readonly other: boolean } {
  const type = values['@type'];
  if (typeof type === 'string') return { type, other: false };
  const other = (type as { readonly other?: unknown } | undefined)?.other;
  return { type: typeof other === 'string' ? other : undefined, other: typeof other === 'string' };
}

function itemsOf(where: string, section: KnownSection | undefined, values: Values, check: boolean): readonly Item[] {
  const items: Item[] = [];
  const { type } = typeOf(values);
  if (type !== undefined && type !== '') items.push(parameter('@type', type));
  else if (isRuby(values['@type'])) items.push(parameter('@type', values['@type']));
  for (const name of RESERVED) for (const value of listOf(values[name])) items.push(parameter(name, value));
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined || name === '@type' || name === '@argument' || name === 'extra' || RESERVED.has(name)) continue;
    add(items, where, section, name, value, check);
  }
  for (const [name, value] of Object.entries((values['extra'] ?? {}) as Values)) if (value !== undefined) add(items, where, section, name, value, false);
  if (check && section !== undefined) requireAll(where, section, values);
  return [...items.filter(({ kind }) => kind === 'parameter'), ...items.filter(({ kind }) => kind === 'element')];
}

function add(items: Item[], where: string, section: KnownSection | undefined, name: string, value: unknown, check: boolean): void {
  const option = section === undefined || section.free ? undefined : optionOf(section, name);
  const inside = section === undefined ? undefined : section.sections[name];
  if (inside !== undefined && typeof value === 'object' && !isRuby(value) && !isSecretReference(value)) {
    for (const each of listOf(value)) {
      const inner = each as Values;
      const { type, other } = typeOf(inner);
      const known = section === undefined || other ? undefined : knownInside(section, name, type);
      if (check && inside.plugin !== undefined && type !== undefined && !other && knownPlugin(inside.plugin, type) === undefined) {
        throw badValue(`${where}.${name}`, `there is no ${inside.plugin} ${JSON.stringify(type)} here.`, "Another plugin: { '@type': { other: 'name' }, extra: { … } }.");
      }
      items.push({ kind: 'element', name, argument: String(inner['@argument'] ?? ''), items: itemsOf(`${where}.${name}`, known, inner, check) });
    }
    return;
  }
  if (check && section !== undefined && !section.free) {
    if (option === undefined) {
      const meant = nearest(name, [...Object.keys(section.options), ...Object.keys(section.sections)]);
      throw badValue(`${where}.${name}`, 'there is no such option.', meant === undefined ? 'What the lists do not have goes into extra.' : `Did you mean ${meant}?`);
    }
    const fault = faultOf(option, value);
    if (fault !== undefined) throw badValue(`${where}.${name}`, option.secret === true ? 'this is no value for it.' : fault.what, fault.hint);
    if (option.secret === true && !isRuby(value) && !isSecretReference(value) && value !== '') throw badValue(`${where}.${name}`, 'a secret stands there in plain text.', "Give fromSecret('name', 'key').");
  }
  if (option === undefined && section?.free !== true && isSection(value)) {
    for (const each of listOf(value)) items.push({ kind: 'element', name, argument: String((each as Values)['@argument'] ?? ''), items: itemsOf(`${where}.${name}`, undefined, each as Values, false) });
    return;
  }
  items.push(parameter(name, value));
}

/** An option that no list has is a section when it is an object, or a list of them. */
function isSection(value: unknown): boolean {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return typeof first === 'object' && first !== null && !isRuby(first) && !isSecretReference(first);
}

/** The spellings of what each list of options requires, looked up once: few of many. */
const required = new WeakMap<Options, readonly (readonly [name: string, ...spellings: string[]])[]>();

function requiredIn(options: Options): readonly (readonly [name: string, ...spellings: string[]])[] {
  const found = required.get(options) ?? Object.entries(options).flatMap(([name, option]): readonly [name: string, ...spellings: string[]][] => (option.required === true ? [[name, ...(option.aliases ?? [])]] : []));
  required.set(options, found);
  return found;
}

function requireAll(where: string, section: KnownSection, values: Values): void {
  for (const spellings of requiredIn(section.options)) {
    const [name] = spellings;
    if (spellings.every((spelling) => values[spelling] === undefined && (values['extra'] as Values | undefined)?.[spelling] === undefined)) throw badValue(`${where}.${name}`, 'it is missing.', 'Fluentd does not start without it.');
  }
}

function listOf(value: unknown): readonly unknown[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}

function parameter(name: string, value: unknown): Item {
  return { kind: 'parameter', name, value: literalOf(value) };
}
