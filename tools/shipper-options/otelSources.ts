import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A field of a Go struct that a configuration sets. */
interface Field {
  /** Undefined for a field whose own fields stand in its place. */
  readonly name: string | undefined;
  readonly type: string;
}

interface Package {
  readonly path: string;
  /** Structs, and other types by what they are made of. */
  readonly types: ReadonlyMap<string, { readonly fields?: readonly Field[]; readonly is?: string; readonly imports: ReadonlyMap<string, string> }>;
}

/** Options by name: a type, or the options under it. */
export interface OptionTree {
  readonly [name: string]: string | OptionTree;
}

const STRUCT = /^type (\w+)(?:\[[^\]]*\])? struct \{\n([\s\S]*?)^\}/gm;
const OTHER = /^type (\w+) (?:= )?(?!struct\b|interface\b|func\b)([\w.[\]*]+)$/gm;
const MEMBER = /^\s*(?:(\w+)\s+)?([\w.*[\]]+(?:\[[^\]]*\])?[\w.]*)\s+`[^`]*mapstructure:"([^"]*)"/;
const IMPORT = /^\s*(?:import\s+)?(?:(\w+)\s+)?"([\w./-]+)"/;

/** Reads structs with `mapstructure` tags out of Go sources. `folders` gives the folder of each import path. */
export class GoOptions {
  readonly #folders: ReadonlyMap<string, string>;
  readonly #packages = new Map<string, Package>();

  constructor(folders: ReadonlyMap<string, string>) {
    this.#folders = folders;
  }

  /** The options of a struct, by the mapstructure names. */
  tree(importPath: string, struct: string, seen: readonly string[] = []): OptionTree {
    const key = `${importPath}.${struct}`;
    const found = this.#package(importPath)?.types.get(struct);
    if (found?.fields === undefined || seen.includes(key)) return {};
    const tree: Record<string, string | OptionTree> = {};
    for (const { name, type } of found.fields) {
      const options = this.#typeOf(type, importPath, found.imports, [...seen, key]);
      if (name !== undefined) tree[name] = options;
      else if (typeof options !== 'string') Object.assign(tree, options);
    }
    return tree;
  }

  #typeOf(type: string, importPath: string, imports: ReadonlyMap<string, string>, seen: readonly string[]): string | OptionTree {
    const bare = type.replace(/^\*/, '');
    const optional = /^configoptional\.Optional\[(.+)\]$/.exec(bare)?.[1];
    if (optional !== undefined) return this.#typeOf(optional, importPath, imports, seen);
    if (bare.startsWith('[]')) return 'list';
    if (bare.startsWith('map[')) return 'map';
    const simple = SIMPLE[bare];
    if (simple !== undefined) return simple;
    const [alias, name] = bare.includes('.') ? bare.split('.') : [undefined, bare];
    const where = alias === undefined ? importPath : imports.get(alias);
    if (where === undefined || name === undefined) return 'any';
    const found = this.#package(where)?.types.get(name);
    if (found?.fields !== undefined) {
      const tree = this.tree(where, name, seen);
      return Object.keys(tree).length === 0 ? 'any' : tree;
    }
    return found?.is === undefined ? 'any' : this.#typeOf(found.is, where, found.imports, seen);
  }

  #package(importPath: string): Package | undefined {
    const known = this.#packages.get(importPath);
    if (known !== undefined) return known;
    const folder = this.#folders.get(importPath);
    if (folder === undefined) return undefined;
    const types = new Map<string, { fields?: readonly Field[]; is?: string; imports: ReadonlyMap<string, string> }>();
    for (const name of readdirSync(folder).filter((each) => each.endsWith('.go') && !each.endsWith('_test.go'))) {
      const source = readFileSync(join(folder, name), 'utf8');
      const imports = importsOf(source);
      for (const [, struct = '', body = ''] of source.matchAll(STRUCT)) types.set(struct, { fields: fieldsOf(body), imports });
      for (const [, other = '', is = ''] of source.matchAll(OTHER)) if (!types.has(other)) types.set(other, { is, imports });
    }
    const read = { path: importPath, types };
    this.#packages.set(importPath, read);
    return read;
  }
}

const SIMPLE: Readonly<Record<string, string>> = {
  string: 'string', bool: 'boolean', int: 'integer', int32: 'integer', int64: 'integer', uint: 'integer', uint32: 'integer', uint64: 'integer', uint16: 'integer', float64: 'number',
  'time.Duration': 'duration', 'configopaque.String': 'secret', 'helper.ByteSize': 'any', ByteSize: 'any', any: 'any', 'configopaque.MapList': 'any', 'configtelemetry.Level': 'string', 'component.ID': 'string', 'confignet.TransportType': 'string', 'configcompression.Type': 'string',
};

function importsOf(source: string): ReadonlyMap<string, string> {
  const head = source.slice(0, source.search(/^(?:type|func|const|var) /m) >>> 0);
  return new Map(
    head.split('\n').flatMap((line): [string, string][] => {
      const [, alias, path] = IMPORT.exec(line) ?? [];
      return path === undefined ? [] : [[alias ?? (path.replace(/\/v\d+$/, '').split('/').at(-1) ?? ''), path]];
    }),
  );
}

function fieldsOf(body: string): Field[] {
  return body.split('\n').flatMap((line): Field[] => {
    const [, , type, tag] = MEMBER.exec(line) ?? [];
    if (type === undefined || tag === undefined || tag === '-') return [];
    const [name = '', ...flags] = tag.split(',');
    if (flags.includes('remain')) return [];
    return [{ name: flags.includes('squash') && name === '' ? undefined : name === '' ? undefined : name, type }];
  });
}
