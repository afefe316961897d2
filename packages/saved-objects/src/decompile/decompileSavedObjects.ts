import { asStored } from '../asStored.ts';
import { isJsonObject, type Json, type JsonObject, type StoredObject } from '../read/storedObject.ts';
import type { SavedObject } from '../savedObject.ts';
import { migrateSavedObject } from '../migrate/migrate.ts';
import { decodeAttributes } from '../stored/innerJson.ts';
import { isShapedType, type ShapeProblem, shapeProblems } from '../stored/shapeProblems.ts';
import { newestShape, REST_MEMBERS } from '../stored/storedDefinition.ts';
import { withoutServersOwn } from '../diff/serversOwn.ts';
import { type Arranged, arrange } from './arrange.ts';
import { Code, type Printable, printCode, quoted, withRaw } from './printCode.ts';
import { shownByName } from './shownByName.ts';

const SPECIFICATION = ['visState', 'params', 'spec'];

/** One file of TypeScript. */
export interface SourceFile {
  /** From the folder that is written to, such as `web-overview.ts`. */
  readonly path: string;
  readonly text: string;
}

/** What could only be passed on. */
export interface RawPart {
  readonly type: string;
  readonly id: string;
  /** Inside the attributes, with inner JSON taken apart: `visState.params.plugin`. */
  readonly path: string;
  readonly what: string;
}

/** How code is written. */
export interface DecompileOptions {
  /**
   * How the files import each other. `.js` is what `tsc` and bundlers take, `.ts` what Node takes without a build (and `tsc`
   * with `allowImportingTsExtensions`).
   *
   * @default '.js'
   */
  readonly importExtension?: '.js' | '.ts';
}

/** TypeScript that makes saved objects. */
export interface Decompiled {
  /** `index.ts` exports all of them as `savedObjects`, in the order in which they were given. */
  readonly files: readonly SourceFile[];
  /** What is passed on with `raw`, because no type of this library describes it. */
  readonly raw: readonly RawPart[];
}

const LINE = 120;

const BUILDERS: Readonly<Record<string, string>> = {
  'index-pattern': 'storedIndexPattern',
  search: 'storedSearch',
  visualization: 'storedVisualization',
  dashboard: 'storedDashboard',
  query: 'storedQuery',
  url: 'storedUrl',
  config: 'storedConfig',
};

/**
 * TypeScript that makes the same saved objects with this library: a file for each dashboard with its visualizations, names
 * made from titles. Objects of any age come in the form of {@link migrateSavedObject}, with the JSON inside them as typed data.
 */
export function decompileSavedObjects(objects: readonly (SavedObject | StoredObject)[], { importExtension = '.js' }: DecompileOptions = {}): Decompiled {
  const arranged = arrange(objects.map((object) => migrateSavedObject(asStored(object))));
  const raw: RawPart[] = [];
  const written = new Map<string, Module>();
  const known = new Map<string, Arranged>();
  for (const each of arranged) {
    const module = written.get(each.file) ?? new Module(each.file, importExtension);
    written.set(each.file, module);
    module.add(each, known, raw);
    known.set(`${each.object.type}:${each.object.id}`, each);
  }
  const files = [...written.values()].map((module) => module.file());
  return { files: [...files, indexFile(arranged, importExtension)], raw };
}

/** A module on its way. */
class Module {
  readonly #name: string;
  readonly #extension: string;
  readonly #builders = new Set<string>();
  readonly #imports = new Map<string, Set<string>>();
  readonly #constants: string[] = [];

  constructor(name: string, extension: string) {
    this.#name = name;
    this.#extension = extension;
  }

  add({ object, constant }: Arranged, known: ReadonlyMap<string, Arranged>, raw: RawPart[]): void {
    const { type, id } = object;
    const nameOf = (target: { readonly type: string; readonly id: string }): Code | undefined => {
      const found = known.get(`${target.type}:${target.id}`);
      if (found === undefined) return undefined;
      // A dashboard's file is imported by none, so that files never import each other in a circle.
      if (found.file !== this.#name && found.object.type === 'dashboard') return undefined;
      if (found.file !== this.#name) this.#imports.set(found.file, (this.#imports.get(found.file) ?? new Set()).add(found.constant));
      return new Code(found.constant);
    };
    const decoded = decodedFor(object);
    const problems = isShapedType(type) ? shapeProblems(type, decoded) : [];
    const paths = problems.map(rawPath);
    raw.push(...problems.map(({ path, what }): RawPart => ({ type, id, path: path.map((part, at) => (typeof part === 'number' ? `[${part}]` : at === 0 ? part : `.${part}`)).join(''), what })));
    if (paths.length > 0) this.#builders.add('raw');
    const attributes = withRaw(decoded, paths);
    const { shown, left, view } = shownByName(object, attributes, nameOf);
    const references = left.map((reference): Printable => {
      const to = nameOf(reference);
      return to === undefined ? { ...reference } : { name: reference.name, to };
    });
    const versions = object.migrationVersion ?? {};
    const { rest } = withoutServersOwn(object);
    const unknown = Object.keys(rest).filter((name) => !REST_MEMBERS.includes(name));
    raw.push(...unknown.map((name): RawPart => ({ type, id, path: name, what: 'is not known' })));
    if (unknown.length > 0) this.#builders.add('raw');
    const options = {
      view,
      references: references.length === 0 ? undefined : references,
      migrationVersion: JSON.stringify(versions) === JSON.stringify(newestShape(type)) ? undefined : { ...versions },
      rest: Object.keys(rest).length === 0 ? undefined : withRaw(rest, unknown.length > 0 ? [[]] : []),
    };
    const builder = (Object.hasOwn(BUILDERS, type) ? BUILDERS[type] : undefined) ?? 'storedObject';
    this.#builders.add(builder);
    const args = [...(builder === 'storedObject' ? [quoted(type)] : []), quoted(id), printCode(shown), ...(Object.values(options).some((each) => each !== undefined) ? [printCode(options)] : [])];
    this.#constants.push(`export const ${constant} = ${builder}(${args.join(', ')});\n`);
  }

  file(): SourceFile {
    const imports = [...this.#imports].sort(([a], [b]) => (a < b ? -1 : 1));
    const lines = [
      importLine(this.#builders, '@podscope/saved-objects'),
      ...imports.map(([file, names]) => importLine(names, `./${file}${this.#extension}`)),
    ];
    return { path: `${this.#name}.ts`, text: `${lines.join('')}\n${this.#constants.join('\n')}` };
  }
}

/** Inner JSON as data; but a member `shows` that a panel has of its own would be taken for what the panel shows, so such panels stay text. */
function decodedFor({ type, attributes }: StoredObject): JsonObject {
  const decoded = decodeAttributes(type, attributes);
  const panels = type === 'dashboard' ? decoded['panelsJSON'] : undefined;
  const misleading = Array.isArray(panels) && panels.some((panel: Json) => isJsonObject(panel) && Object.hasOwn(panel, 'shows'));
  return misleading ? { ...decoded, panelsJSON: JSON.stringify(panels) } : decoded;
}

/**
 * Where to write `raw`: around what is wrong; around the whole object that has one member too many, or that says a type that
 * is not known; around a whole specification, of whose languages the compiler could not tell which one a part is of.
 */
function rawPath({ path, what }: ShapeProblem): readonly (string | number)[] {
  // The compiler takes a label such as `constructor` for the member that every object has, whatever type the labels have.
  const inherited = path.findIndex((part) => typeof part === 'string' && part in Object.prototype);
  if (inherited !== -1) return path.slice(0, inherited);
  if (path.length === SPECIFICATION.length + 1 && SPECIFICATION.every((part, at) => path[at] === part)) return SPECIFICATION;
  if (path.length === 3 && path[0] === 'fieldFormatMap' && path[2] === 'id') return path.slice(0, -1);
  return what === 'is not known' || path.at(-1) === 'type' ? path.slice(0, -1) : path;
}

function importLine(names: ReadonlySet<string>, from: string): string {
  const list = [...names].sort();
  const line = `import { ${list.join(', ')} } from '${from}';\n`;
  return line.length <= LINE ? line : `import {\n${list.map((name) => `  ${name},\n`).join('')}} from '${from}';\n`;
}

function indexFile(arranged: readonly Arranged[], extension: string): SourceFile {
  const byFile = new Map<string, Set<string>>();
  for (const { file, constant } of arranged) byFile.set(file, (byFile.get(file) ?? new Set()).add(constant));
  const inOrder = [...arranged].sort((a, b) => a.index - b.index);
  return {
    path: 'index.ts',
    text: `${[...byFile].sort(([a], [b]) => (a < b ? -1 : 1)).map(([file, names]) => importLine(names, `./${file}${extension}`)).join('')}
/** Everything, in the order of the files that it was made of. */
export const savedObjects = ${printCode({ objects: inOrder.map(({ constant }) => new Code(`${constant}.object`)) })};
`,
  };
}
