import { isAlias, isMap, isScalar, isSeq, type ParsedNode, parseDocument, type Scalar, type YAMLMap } from 'yaml';
import { DEEPEST, type Located, type LocatedMember, numberIn, type ReadText, repeatedKey, type TextProblem, TOO_DEEP } from './tree.ts';

/** What the aliases of a document may unfold into. */
const MOST_VALUES = 1_000_000;

/** Unquoted words that are one thing to YAML 1.2 and another to YAML 1.1. */
const AMBIGUOUS: readonly (readonly [form: RegExp, what: string, allowed: (word: string) => string])[] = [
  [/^(?:yes|no|on|off)$/iu, 'is a text in YAML 1.2, and true or false in YAML 1.1', (word) => `true, false, or "${word}" in quotes`],
  [/^[-+]?0[0-9_]+$/u, 'is a decimal number in YAML 1.2, and an octal one in YAML 1.1', (word) => `the number without zeros before it, or "${word}" in quotes`],
  [/^[-+]?[0-9][0-9_]*_[0-9_]*$/u, 'is a text in YAML 1.2, and a number in YAML 1.1', (word) => `the number without "_", or "${word}" in quotes`],
  [/^[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/u, 'is a text in YAML 1.2, and a number of base 60 in YAML 1.1', (word) => `"${word}" in quotes`],
];

type Complaint = Pick<TextProblem, 'what' | 'allowed'>;

/** One document of YAML 1.2, with the place of each value. Nothing but plain data comes out, whatever tags it has. */
export function readYaml(text: string): ReadText {
  try {
    const document = parseDocument(text, { version: '1.2', schema: 'core', stringKeys: true, uniqueKeys: false, intAsBigInt: true, prettyErrors: false, logLevel: 'error' });
    const { version, explicit } = document.directives.yaml;
    if (explicit === true && version !== '1.2') return { problems: [{ at: 0, what: `is YAML ${version}`, allowed: 'YAML 1.2' }] };
    const [error] = [...document.errors, ...document.warnings].sort((one, other) => one.pos[0] - other.pos[0]);
    if (error !== undefined) return { problems: [problemOf(error)] };
    if (document.contents === null) return { problems: [] };
    return new YamlReader().read(document.contents);
  } catch (error) {
    if (error instanceof RangeError) return { problems: [{ at: 0, ...TOO_DEEP }] };
    throw error;
  }
}

function problemOf({ code, message, pos }: { readonly code: string; readonly message: string; readonly pos: readonly [number, number] }): TextProblem {
  if (code === 'MULTIPLE_DOCS') return { at: pos[0], what: 'a second document begins', allowed: 'one document in a file' };
  if (code === 'TAG_RESOLVE_FAILED') return { at: pos[0], ...foreignTag(message.replace(/^Unresolved tag: /u, '')) };
  if (code === 'RESOURCE_EXHAUSTION' || message.includes('call stack')) return { at: pos[0], ...TOO_DEEP };
  if (code === 'NON_STRING_KEY') return { at: pos[0], ...NO_TEXT };
  return { at: pos[0], what: `is no YAML: ${message.replaceAll(/\s+/gu, ' ')}`, allowed: 'YAML 1.2' };
}

const NO_TEXT: Complaint = { what: 'the name of a member is no text', allowed: 'a text' };

/** The tags that stand for what JSON has. */
const TAGS = new Set(['str', 'int', 'float', 'bool', 'null', 'map', 'seq'].map((name) => `tag:yaml.org,2002:${name}`));

function foreignTag(tag: string): Complaint {
  return { what: `the tag ${tag.replace('tag:yaml.org,2002:', '!!')} stands for nothing that JSON has`, allowed: 'texts, numbers, true, false, null, lists and objects' };
}

interface Extent {
  readonly values: number;
  readonly levels: number;
}

const ONE: Extent = { values: 1, levels: 1 };

class YamlReader {
  readonly #problems: TextProblem[] = [];
  /** By anchor, what it stands for; undefined as long as that is not complete. */
  readonly #anchors = new Map<string, Located | undefined>();
  /** How many values a part unfolds into, and how many levels. */
  readonly #extents = new Map<Located, Extent>();

  read(contents: ParsedNode): ReadText {
    const tree = this.#node(contents, 1);
    const { values, levels } = this.#extents.get(tree) ?? ONE;
    if (levels > DEEPEST) return { problems: this.#problems.length > 0 ? this.#problems : [{ at: tree.at, ...TOO_DEEP }] };
    if (values > MOST_VALUES) return { problems: [{ at: tree.at, what: 'unfolds through its aliases into too much', allowed: `${MOST_VALUES} values` }] };
    return { tree, problems: this.#problems };
  }

  #node(node: ParsedNode | null, depth: number, at = 0): Located {
    const place = node?.range[0] ?? at;
    if (depth > DEEPEST) return this.#wrong(place, TOO_DEEP);
    if (isAlias(node)) return this.#alias(node.source, place);
    if (node?.tag !== undefined && !TAGS.has(node.tag)) return this.#wrong(place, foreignTag(node.tag));
    const anchor = node?.anchor;
    if (anchor !== undefined) this.#anchors.set(anchor, undefined);
    const located = isMap(node) ? this.#map(node, depth, place) : isSeq(node) ? this.#list(node.items as readonly (ParsedNode | null)[], depth, place) : this.#scalar(isScalar(node) ? node : undefined, place);
    if (anchor !== undefined) this.#anchors.set(anchor, located);
    return located;
  }

  #alias(name: string, at: number): Located {
    const target = this.#anchors.get(name);
    if (target !== undefined) return target;
    const what = this.#anchors.has(name) ? `the alias *${name} stands inside of what it repeats` : `nothing before the alias *${name} is called so`;
    return this.#wrong(at, { what, allowed: 'the name of an anchor (&) before it' });
  }

  #list(nodes: readonly (ParsedNode | null)[], depth: number, at: number): Located {
    const items = nodes.map((item) => this.#node(item, depth + 1, at));
    return this.#counted({ kind: 'list', at, items }, items);
  }

  #map(node: YAMLMap, depth: number, at: number): Located {
    const members = new Map<string, LocatedMember>();
    for (const pair of node.items) {
      const key = pair.key as ParsedNode | null;
      const keyAt = key?.range[0] ?? at;
      if (!isScalar(key) || typeof key.value !== 'string') {
        this.#wrong(keyAt, NO_TEXT);
        continue;
      }
      if (key.value === '<<' && key.type === 'PLAIN') {
        this.#wrong(keyAt, { what: 'the merge key "<<" is no part of YAML 1.2', allowed: 'the members themselves, or an alias (*name) for a whole value' });
        continue;
      }
      const value = this.#node(pair.value as ParsedNode | null, depth + 1, keyAt);
      const before = members.get(key.value);
      if (before === undefined) members.set(key.value, { at: keyAt, value });
      else this.#problems.push({ at: keyAt, also: before.at, ...repeatedKey(key.value) });
    }
    return this.#counted({ kind: 'object', at, members }, [...members.values()].map(({ value }) => value));
  }

  #scalar(node: Scalar | undefined, at: number): Located {
    const { value, source = '', type } = node ?? {};
    if (type === 'PLAIN' && node?.tag === undefined) {
      const ambiguous = AMBIGUOUS.find(([form]) => form.test(source));
      if (ambiguous !== undefined) this.#wrong(at, { what: `${source} without quotes ${ambiguous[1]}`, allowed: ambiguous[2](source) });
    }
    if (typeof value === 'bigint') {
      const { problem } = numberIn(String(value));
      if (problem !== undefined) this.#problems.push({ at, ...problem });
      return { kind: 'scalar', at, value: Number(value) };
    }
    if (typeof value === 'number' && !Number.isFinite(value)) return this.#wrong(at, { what: `${source} is no number of JSON`, allowed: 'a number, or a text in quotes' });
    return { kind: 'scalar', at, value: (value ?? null) as string | number | boolean | null };
  }

  /** Counted by parts that are counted already: a bomb costs nothing. */
  #counted(tree: Located, parts: readonly Located[]): Located {
    const extents = parts.map((part) => this.#extents.get(part) ?? ONE);
    this.#extents.set(tree, extents.reduce((sum, { values, levels }) => ({ values: sum.values + values, levels: Math.max(sum.levels, levels + 1) }), ONE));
    return tree;
  }

  #wrong(at: number, problem: Complaint): Located {
    this.#problems.push({ at, ...problem });
    return { kind: 'scalar', at, value: null };
  }
}
