import type { StoredObject } from '../read/storedObject.ts';
import { migrateSavedObject } from '../migrate/migrate.ts';
import { decodeAttributes } from '../stored/innerJson.ts';
import { isShapedType, type ShapeProblem, shapeProblems } from '../stored/shapeProblems.ts';
import { newestShape, REST_MEMBERS } from '../stored/storedDefinition.ts';
import { withoutServersOwn } from '../diff/serversOwn.ts';
import { type Arranged, arrange } from './arrange.ts';
import { Code, type Printable, printCode, quoted, withRaw } from './printCode.ts';
import { shownByName } from './shownByName.ts';

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
export function decompileSavedObjects(objects: readonly StoredObject[]): Decompiled {
  const arranged = arrange(objects.map(migrateSavedObject));
  const raw: RawPart[] = [];
  const written = new Map<string, Module>();
  const known = new Map<string, Arranged>();
  for (const each of arranged) {
    const module = written.get(each.file) ?? new Module(each.file);
    written.set(each.file, module);
    module.add(each, known, raw);
    known.set(`${each.object.type}:${each.object.id}`, each);
  }
  const files = [...written.values()].map((module) => module.file());
  return { files: [...files, indexFile(arranged)], raw };
}

/** A module on its way. */
class Module {
  readonly #name: string;
  readonly #builders = new Set<string>();
  readonly #imports = new Map<string, Set<string>>();
  readonly #constants: string[] = [];

  constructor(name: string) {
    this.#name = name;
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
    const decoded = decodeAttributes(type, object.attributes);
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
    const builder = BUILDERS[type] ?? 'storedObject';
    this.#builders.add(builder);
    const args = [...(builder === 'storedObject' ? [quoted(type)] : []), quoted(id), printCode(shown), ...(Object.values(options).some((each) => each !== undefined) ? [printCode(options)] : [])];
    this.#constants.push(`export const ${constant} = ${builder}(${args.join(', ')});\n`);
  }

  file(): SourceFile {
    const imports = [...this.#imports].sort(([a], [b]) => (a < b ? -1 : 1));
    const lines = [
      importLine(this.#builders, '@podscope/saved-objects'),
      ...imports.map(([file, names]) => importLine(names, `./${file}.ts`)),
    ];
    return { path: `${this.#name}.ts`, text: `${lines.join('')}\n${this.#constants.join('\n')}` };
  }
}

/** Where to write `raw`: around what is wrong; around the whole object that has one member too many, or that says a type that is not known. */
function rawPath({ path, what }: ShapeProblem): readonly (string | number)[] {
  return what === 'is not known' || path.at(-1) === 'type' ? path.slice(0, -1) : path;
}

function importLine(names: ReadonlySet<string>, from: string): string {
  const list = [...names].sort();
  const line = `import { ${list.join(', ')} } from '${from}';\n`;
  return line.length <= LINE ? line : `import {\n${list.map((name) => `  ${name},\n`).join('')}} from '${from}';\n`;
}

function indexFile(arranged: readonly Arranged[]): SourceFile {
  const byFile = new Map<string, Set<string>>();
  for (const { file, constant } of arranged) byFile.set(file, (byFile.get(file) ?? new Set()).add(constant));
  const inOrder = [...arranged].sort((a, b) => a.index - b.index);
  return {
    path: 'index.ts',
    text: `${[...byFile].sort(([a], [b]) => (a < b ? -1 : 1)).map(([file, names]) => importLine(names, `./${file}.ts`)).join('')}
/** Everything, in the order of the files that it was made of. */
export const savedObjects = ${printCode({ objects: inOrder.map(({ constant }) => new Code(`${constant}.object`)) })};
`,
  };
}
