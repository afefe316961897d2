import { isMap, isSeq, type Document, LineCounter, type Node, parseDocument, stringify, type YAMLMap, type YAMLSeq, type Pair as YamlPair, isScalar } from 'yaml';
import { yamlStyle } from '../config/yamlStyle.ts';
import { badValue } from '../quantities/quantities.ts';
import { isSecretReference } from '../secrets/secretReference.ts';
import { align } from './align.ts';
import type { FluentBitConfig, Section } from './model.ts';
import { flat } from './model.ts';
import { LISTS, type ListName, listOf, toSection } from './shape.ts';
import { rememberPlace } from './source.ts';

const YAML_NAMES: Readonly<Record<ListName, string>> = { customs: 'customs', parsers: 'parsers', multilineParsers: 'multiline_parsers', inputs: 'inputs', filters: 'filters', outputs: 'outputs' };
const IN_PIPELINE: readonly ListName[] = ['inputs', 'filters', 'outputs'];
const OWN: ReadonlySet<string> = new Set(['env', 'includes', 'service', 'pipeline', 'parsers', 'multiline_parsers', 'customs']);
const WRITING = { lineWidth: 0, indentSeq: true } as const;

type Data = Record<string, unknown>;

/** The configuration as Fluent Bit's YAML has it. */
function toData(config: FluentBitConfig): Data {
  const data: Data = {};
  if (config.env !== undefined) data['env'] = config.env;
  if (config.includes !== undefined) data['includes'] = config.includes;
  if (config.service !== undefined) data['service'] = plain(flat(config.service));
  const pipeline: Data = {};
  for (const list of LISTS) {
    if (config[list] === undefined) continue;
    (IN_PIPELINE.includes(list) ? pipeline : data)[YAML_NAMES[list]] = listOf(config, list).map((section) => plain(flat(section)));
  }
  Object.assign(data, config.sections);
  if (Object.keys(pipeline).length > 0) data['pipeline'] = pipeline;
  return data;
}

/** Values as YAML takes them: references as variables; a list of texts that the program reads as one text with commas is one. */
function plain(value: unknown, key = ''): unknown {
  if (isSecretReference(value)) return `\${${value.variable}}`;
  if (Array.isArray(value)) {
    if (COMMA_LISTS.has(key)) return value.join(',');
    return value.map((each) => plain(typeof each === 'object' && each !== null ? flat(each as object) : each));
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined).map(([name, each]) => [name, plain(each, name)]));
}

/** Options that hold several texts in one, parted by commas. */
export const COMMA_LISTS: ReadonlySet<string> = new Set(['path', 'exclude_path', 'multiline.parser']);

/** A configuration as one YAML text. */
export function writeYaml(config: FluentBitConfig): string {
  return stringify(toData(config), WRITING);
}

/** Reads YAML. @throws PodscopeError SHIPPER_BAD_VALUE when it is none, with the line. */
export function readYaml(text: string, file: string | undefined): FluentBitConfig {
  const counter = new LineCounter();
  const document = yamlDocument(text, file, counter);
  const data = plainData(document, file);
  if (typeof data !== 'object' || Array.isArray(data)) throw badValue(file ?? 'Fluent Bit', 'the YAML is no map.', 'It begins with service: or pipeline:.');
  const where = (list: ListName, index?: number): readonly (string | number)[] => [...(IN_PIPELINE.includes(list) ? ['pipeline'] : []), YAML_NAMES[list], ...(index === undefined ? [] : [index])];
  const pipeline = (typeof data['pipeline'] === 'object' && data['pipeline'] !== null ? data['pipeline'] : {}) as Data;
  const config: Data = {};
  if (data['env'] !== undefined) config['env'] = data['env'] ?? {};
  if (data['includes'] !== undefined) config['includes'] = data['includes'];
  if (data['service'] !== undefined) config['service'] = section('service', (data['service'] ?? {}) as Section, ['service']);
  for (const list of LISTS) {
    const given = (IN_PIPELINE.includes(list) ? pipeline : data)[YAML_NAMES[list]];
    if (given === undefined) continue;
    if (given !== null && !Array.isArray(given)) throw badValue(`${file ?? 'Fluent Bit'}: ${where(list).join('.')}`, 'this is no list.', '- name: …');
    config[list] = ((given ?? []) as readonly unknown[]).map((each, index) => {
      if (typeof each !== 'object' || each === null) throw badValue(`${file ?? 'Fluent Bit'}: ${where(list, index).join('.')}`, 'this is no map.', '- name: …');
      return section(list, each as Section, where(list, index));
    });
  }
  const others = Object.entries(data).filter(([key]) => !OWN.has(key));
  if (others.length > 0) config['sections'] = Object.fromEntries(others);
  return config as FluentBitConfig;

  function section(list: ListName | 'service', raw: Section, path: readonly (string | number)[]): Section {
    const made = toSection(list, raw);
    rememberAt(made, path);
    const key = Object.keys(raw).find((each) => each.toLowerCase() === 'processors');
    for (const [signal, processors] of Object.entries((made['processors'] ?? {}) as Data)) {
      if (key !== undefined && Array.isArray(processors)) for (const [at, each] of (processors as readonly unknown[]).entries()) if (typeof each === 'object' && each !== null) rememberAt(each, [...path, key, signal, at]);
    }
    return made;
  }

  function rememberAt(made: object, path: readonly (string | number)[]): void {
    const node = document.getIn(path, true) as Node | undefined;
    const lines: Record<string, number> = {};
    if (isMap(node)) for (const pair of node.items as YamlPair[]) if (isScalar(pair.key) && pair.key.range) lines[String(pair.key.value).toLowerCase()] = counter.linePos(pair.key.range[0]).line;
    if (node?.range) rememberPlace(made, { ...(file === undefined ? {} : { file }), line: counter.linePos(node.range[0]).line, lines });
  }
}

/** @throws PodscopeError SHIPPER_BAD_VALUE when its aliases would blow it up. */
function plainData(document: Document, file: string | undefined): Data {
  try {
    return (document.toJS({ maxAliasCount: 100 }) ?? {}) as Data;
  } catch (error) {
    throw badValue(file ?? 'Fluent Bit', error instanceof Error ? error.message : String(error), 'Write out what the aliases stand for.');
  }
}

function yamlDocument(text: string, file: string | undefined, lineCounter: LineCounter): Document {
  let document: Document;
  try {
    document = parseDocument(text, { lineCounter, uniqueKeys: false });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw badValue(file ?? 'Fluent Bit', 'the YAML is nested too deep.', 'Correct the YAML first.');
  }
  const [error] = document.errors;
  if (error !== undefined) throw badValue(`${file ?? 'Fluent Bit'}${error.linePos === undefined ? '' : `:${error.linePos[0].line}`}`, error.message.split('\n')[0]?.replace(/ at line.*$/, '') ?? '', 'Correct the YAML first.');
  return document;
}

/** The text with only that changed in which the configuration differs from what stands in the text. */
export function changeYaml(text: string, config: FluentBitConfig): string {
  const before = toData(readYaml(text, undefined));
  const after = toData(config);
  if (equal(before, after)) return text;
  const document = yamlDocument(text, undefined, new LineCounter());
  if (!isMap(document.contents)) return stringify(after, WRITING);
  changeMap(document, document.contents, before, after);
  return document.toString(yamlStyle(text));
}

function equal(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function changeMap(document: Document, map: YAMLMap, before: Data, after: Data): void {
  const nodeOf = (name: string): YamlPair | undefined => (map.items as YamlPair[]).find(({ key }) => isScalar(key) && String(key.value).toLowerCase() === name.toLowerCase());
  for (const name of Object.keys(before)) {
    if (Object.hasOwn(after, name)) continue;
    const pair = nodeOf(name);
    if (pair !== undefined) map.items.splice(map.items.indexOf(pair as never), 1);
  }
  for (const [name, value] of Object.entries(after)) {
    if (equal(before[name], value)) continue;
    const pair = nodeOf(name);
    if (pair === undefined) map.items.push(document.createPair(name, value) as never);
    else if (isMap(pair.value) && isData(before[name]) && isData(value)) changeMap(document, pair.value, before[name], value);
    else if (isSeq(pair.value) && Array.isArray(before[name]) && Array.isArray(value)) changeList(document, pair.value, before[name], value);
    else if (isScalar(pair.value) && (typeof value !== 'object' || value === null)) pair.value.value = value;
    else pair.value = document.createNode(value);
  }
}

function changeList(document: Document, list: YAMLSeq, before: readonly unknown[], after: readonly unknown[]): void {
  const nodes = [...list.items] as Node[];
  const items: Node[] = [];
  for (const { from, to } of align(before, after, (each) => JSON.stringify(each) ?? '', sameName)) {
    if (to === undefined) continue;
    const node = from === undefined ? undefined : nodes[from];
    const value = after[to];
    const old = from === undefined ? undefined : before[from];
    if (node !== undefined && isMap(node) && isData(old) && isData(value)) changeMap(document, node, old, value);
    items.push(node !== undefined && (isMap(node) || equal(old, value)) ? node : (document.createNode(value) as Node));
  }
  list.items = items;
}

function isData(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function sameName(a: unknown, b: unknown): boolean {
  return isData(a) && isData(b) && a['name'] === b['name'];
}
