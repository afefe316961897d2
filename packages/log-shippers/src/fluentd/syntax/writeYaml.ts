import { Document, isMap, Scalar, type YAMLMap } from 'yaml';
import { badValue } from '../../quantities/quantities.ts';
import type { Element, Item } from './element.ts';
import type { Literal } from './syntax.ts';

/** The names that parameters with an `@` have in YAML. */
const DOLLAR: Readonly<Record<string, string>> = { '@type': '$type', '@id': '$id', '@label': '$label', '@log_level': '$log_level' };

/**
 * Directives in Fluentd's YAML format (lib/fluent/config/yaml_parser of Fluentd 1.18): `system` and `config`, with `!fluent/s` for
 * embedded Ruby and `!fluent/json` for JSON.
 *
 * @throws PodscopeError SHIPPER_BAD_VALUE for what that format can't say: several sections of one name with a text after the name.
 */
export function yamlOf(items: readonly Item[]): string {
  const document = new Document({}, { version: '1.1' });
  const isSystem = ({ kind, name }: Item): boolean => kind === 'element' && name === 'system';
  const system = items.find(isSystem);
  if (system?.kind === 'element') document.set('system', sectionOf(document, system, undefined));
  document.set('config', document.createNode(items.filter((item) => !isSystem(item)).map((item) => directiveOf(document, item))));
  return document.toString({ lineWidth: 0, directives: false });
}

function directiveOf(document: Document, item: Item): unknown {
  if (item.kind === 'parameter') return tagged('!include', item.value.value);
  const map = document.createNode({}) as YAMLMap;
  if (item.name === 'label' || item.name === 'worker') {
    const inner = document.createNode({}) as YAMLMap;
    inner.set(item.name === 'label' ? '$name' : '$arg', item.argument);
    inner.set('config', document.createNode(item.items.map((each) => directiveOf(document, each))));
    map.set(item.name, inner);
  } else map.set(item.name, sectionOf(document, item, '$tag'));
  return map;
}

function sectionOf(document: Document, { argument, items, name }: Element, argumentName: string | undefined): YAMLMap {
  const map = document.createNode({}) as YAMLMap;
  const into = (key: string, value: unknown): void => {
    map.set(key, value);
  };
  for (const item of items) if (item.kind === 'parameter' && DOLLAR[item.name] !== undefined) into(DOLLAR[item.name] as string, scalarOf(item.value));
  if (argument !== '' && argumentName !== undefined) into(argumentName, argument);
  for (const item of items) if (item.kind === 'parameter' && DOLLAR[item.name] === undefined) into(item.name, scalarOf(item.value));
  const sections = items.filter((item) => item.kind === 'element');
  for (const section of new Set(sections.map((each) => each.name))) {
    const all = sections.filter((each) => each.name === section);
    if (all.length > 1 && all.some((each) => each.argument !== '')) throw badValue(`<${name}>`, `several <${section}> with a text behind the name can't be said in YAML.`, "Write it in Fluentd's own format.");
    const written = all.map((each) => sectionOf(document, each, '$arg'));
    into(section, written.length === 1 ? written[0] : document.createNode(written));
  }
  return map;
}

function scalarOf({ kind, value }: Literal): unknown {
  if (kind === 'ruby') return tagged('!fluent/s', value);
  if (kind === 'json') {
    const node = new Document(JSON.parse(value) as unknown).contents;
    if (node !== null) {
      node.tag = '!fluent/json';
      if (isMap(node)) node.flow = true;
    }
    return node;
  }
  // Always a text: Fluentd 1.18 fails on a boolean or number of an option that it doesn't know (config/element.rb, unescape_parameter).
  return value;
}

function tagged(tag: string, value: string): Scalar {
  const scalar = new Scalar(value);
  scalar.tag = tag;
  scalar.type = Scalar.QUOTE_SINGLE;
  return scalar;
}
