import { Document, isMap, isScalar, isSeq, parseDocument, type Pair, type YAMLMap, type YAMLSeq } from 'yaml';
import { yamlStyle } from '../../config/yamlStyle.ts';
import type { BeatsConfig } from '../model/beatsConfig.ts';
import { nested } from '../model/flat.ts';
import { isTree, treeOf, type Tree, type TreeValue } from '../model/tree.ts';
import { configOf } from '../parse/configOf.ts';

const STYLE = { lineWidth: 0, indentSeq: true } as const;

/** The text of a configuration: its source where that says the same, the source with what was changed, or a new text. */
export function writeText(config: BeatsConfig): string {
  const tree = treeOf(config);
  const { source } = config;
  if (source === undefined) {
    const document = new Document(tree, { aliasDuplicateObjects: false });
    return document.toString(STYLE);
  }
  const before = nested(treeOf(configOf(config.kind, config.version, source)));
  const after = nested(tree);
  if (same(before, after)) return source.text;
  const document = parseDocument(source.text);
  if (document.contents === null) return new Document(tree, { aliasDuplicateObjects: false }).toString(STYLE);
  if (isMap(document.contents)) changeMap(document, document.contents, before, after);
  return document.toString(yamlStyle(source.text));
}

function same(one: TreeValue, other: TreeValue): boolean {
  if (Array.isArray(one) && Array.isArray(other)) return one.length === other.length && one.every((each, at) => same(each as TreeValue, other[at] as TreeValue));
  if (isTree(one) && isTree(other)) {
    const keys = Object.keys(one);
    return keys.length === Object.keys(other).length && keys.every((key) => Object.hasOwn(other, key) && same(one[key], other[key]));
  }
  return one === other;
}

interface Found {
  readonly map: YAMLMap;
  readonly pair: Pair;
  /** What of the key is left below the pair's own key; empty when the pair is the key's. */
  readonly rest: string;
}

/** The pairs that say something of a key: its own, one whose dotted name begins with it, one that it begins with. */
function pairsOf(map: YAMLMap, key: string): Found[] {
  return map.items.flatMap((pair): Found[] => {
    const name = String(isScalar(pair.key) ? pair.key.value : pair.key);
    if (name === key) return [{ map, pair, rest: '' }];
    return name.startsWith(`${key}.`) ? [{ map, pair, rest: name.slice(key.length + 1) }] : [];
  });
}

/** Changes what differs between two trees of one map; `prefix` is the part of the dotted keys that the map's own pairs begin with. */
function changeMap(document: Document, map: YAMLMap, before: Tree, after: Tree, prefix = ''): void {
  for (const key of Object.keys(before)) if (!Object.hasOwn(after, key)) for (const { pair } of pairsOf(map, `${prefix}${key}`)) map.items.splice(map.items.indexOf(pair), 1);
  for (const [key, value] of Object.entries(after)) {
    const name = `${prefix}${key}`;
    const old = Object.hasOwn(before, key) ? before[key] : undefined;
    if (same(old, value)) continue;
    const found = pairsOf(map, name);
    const own = found.find(({ rest }) => rest === '');
    if (found.length === 0) add(document, map, name, value);
    else if (isTree(old) && isTree(value)) {
      // Some of it may stand under dotted names, some below the key itself: what is new goes where the key itself is, if it is.
      if (own !== undefined && isMap(own.pair.value) && found.length === 1) changeMap(document, own.pair.value, old, value);
      else if (own === undefined) changeMap(document, map, old, value, `${name}.`);
      else replace(document, found, value);
    } else if (own !== undefined && found.length === 1 && Array.isArray(old) && Array.isArray(value) && isSeq(own.pair.value)) changeList(document, own.pair.value, old as TreeValue[], value as TreeValue[]);
    else replace(document, found, value);
  }
}

/** A setting that wasn't there, in the short way: `http.port: 5066`. */
function add(document: Document, map: YAMLMap, name: string, value: TreeValue): void {
  const [only, ...others] = isTree(value) ? Object.entries(value) : [];
  if (only !== undefined && others.length === 0) add(document, map, `${name}.${only[0]}`, only[1]);
  else map.add(document.createPair(name, value));
}

function replace(document: Document, found: readonly Found[], value: TreeValue): void {
  const [first, ...others] = found;
  if (first === undefined) return;
  for (const { map, pair } of others) map.items.splice(map.items.indexOf(pair), 1);
  if (first.rest !== '') {
    const name = String(isScalar(first.pair.key) ? first.pair.key.value : first.pair.key);
    first.pair.key = document.createNode(name.slice(0, name.length - first.rest.length - 1));
  }
  const comment = isScalar(first.pair.value) ? first.pair.value.comment : undefined;
  const node = document.createNode(value);
  if (comment !== undefined && comment !== null && isScalar(node)) node.comment = comment;
  first.pair.value = node;
}

/** Items that are still there keep their nodes, and so their comments; one that was changed in its place is changed inside. */
function changeList(document: Document, list: YAMLSeq, before: readonly TreeValue[], after: readonly TreeValue[]): void {
  const nodes = [...list.items];
  const taken = new Set<number>();
  const kept = after.map((value) => {
    const at = before.findIndex((each, index) => !taken.has(index) && same(each, value));
    if (at >= 0) taken.add(at);
    return at;
  });
  list.items = after.map((value, index) => {
    const at = kept[index] ?? -1;
    if (at >= 0) return nodes[at];
    const old = before[index];
    const node = nodes[index];
    if (!taken.has(index) && isTree(old) && isTree(value) && isMap(node)) {
      taken.add(index);
      changeMap(document, node, nested(old), nested(value));
      return node;
    }
    return document.createNode(value);
  });
}
