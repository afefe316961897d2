import type { IndexSetupInput } from '../model.ts';
import { formProblems, subjectOf, thingProblems } from '../validate/shapes.ts';
import { SECTION_NAMES, SECTIONS, type SetupSection } from '../validate/sections.ts';
import { lineOf, type SetupPath } from '../validate/problem.ts';
import { problemsOf } from '../validate/validate.ts';
import { bodyIn } from './answers.ts';
import type { FileProblem, Folder, FolderEntry } from './folder.ts';
import { SETUP_FILE } from './layout.ts';
import { positionIn, type Source } from './source.ts';
import { type Located, placeIn, valueOf } from './tree.ts';

/** A place in a file. */
interface Place {
  readonly source: Source;
  readonly at: number;
}

/** One thing of a section, with the place of its name. */
interface Thing extends Place {
  readonly tree: Located;
}

/** What is wrong, and where. */
interface PlacedProblem extends Place {
  readonly line: string;
}

/** A folder as one setup. */
export interface Gathered {
  readonly input: IndexSetupInput;
  /** `file:line:column: …`, in the order of the files. */
  readonly problems: readonly string[];
}

/** Puts together what the files of a folder say, and says everything that is wrong with it. */
export function gather({ entries, problems }: Folder): Gathered {
  const gatherer = new Gatherer();
  for (const entry of entries) gatherer.add(entry);
  return gatherer.result(problems);
}

class Gatherer {
  readonly #things = new Map<SetupSection, Map<string, Thing>>(SECTION_NAMES.map((section) => [section, new Map()]));
  readonly #streams: Thing[] = [];
  /** Members of the setup that are no sections: the owner, and what is none. */
  readonly #others = new Map<string, Thing>();
  readonly #problems: PlacedProblem[] = [];
  /** Sections of which there may be more than could be read. */
  readonly #unread = new Set<SetupSection>();

  add({ source, section, name }: FolderEntry): void {
    for (const { at, also, what, allowed } of source.problems) this.#wrong({ source, at }, lineOf({ path: [], what, ...(allowed === undefined ? {} : { allowed }) }), also === undefined ? undefined : { source, at: also });
    const { tree } = source;
    if (tree === undefined) {
      for (const each of section === undefined ? SECTION_NAMES : [section]) this.#unread.add(each);
      // The name is known: what names it is not told that it isn't there.
      if (section !== undefined && name !== undefined) this.#thing(section, name, { source, at: 0, tree: { kind: 'scalar', at: 0, value: null } });
    } else if (section === undefined) this.#setup(source, tree);
    else if (name === undefined) this.#section(section, { source, at: tree.at, tree });
    else this.#thing(section, name, { source, at: tree.at, tree: bodyIn(section, name, tree) });
  }

  result(fileProblems: readonly FileProblem[]): Gathered {
    for (const { section } of fileProblems) if (section !== undefined) this.#unread.add(section);
    const input = this.#input();
    const unplaced: FileProblem[] = [];
    for (const problem of problemsOf(input)) {
      const place = this.#placeOf(problem.path);
      const also = problem.also === undefined ? undefined : this.#placeOf(problem.also);
      if (place === undefined) {
        const { what, allowed, didYouMean } = problem;
        unplaced.push({ file: `${SETUP_FILE}.yaml`, what, ...(allowed === undefined ? {} : { allowed }), ...(didYouMean === undefined ? {} : { didYouMean }) });
        continue;
      }
      // A file that can't be read is told about already, and may have what is missing.
      if (place.source.tree === undefined || (problem.missing !== undefined && this.#unread.has(problem.missing))) continue;
      this.#wrong(place, lineOf(problem), also);
    }
    return { input, problems: linesOf(this.#problems, [...fileProblems, ...unplaced]) };
  }

  #setup(source: Source, tree: Located): void {
    if (tree.kind !== 'object') {
      this.#wrong({ source, at: tree.at }, `the setup is ${tree.kind === 'list' ? 'a list' : 'no object'}; allowed: owner, ${SECTION_NAMES.join(', ')}`);
      return;
    }
    for (const [key, { at, value }] of tree.members) {
      const section = SECTION_NAMES.find((each) => each === key);
      if (section !== undefined) this.#section(section, { source, at, tree: value });
      else this.#once(this.#others, key, { source, at, tree: value }, `${key} is given twice`);
    }
  }

  #section(section: SetupSection, { source, at, tree }: Thing): void {
    if (section === 'dataStreams' && tree.kind === 'list') {
      this.#streams.push(...tree.items.map((item) => ({ source, at: item.at, tree: item })));
    } else if (section !== 'dataStreams' && tree.kind === 'object') {
      for (const [name, member] of tree.members) this.#thing(section, name, { source, at: member.at, tree: section === 'lifecyclePolicies' ? bodyIn(section, name, member.value) : member.value });
    } else {
      this.#unread.add(section);
      for (const problem of formProblems({ [section]: valueOf(tree) })) this.#wrong({ source, at }, lineOf(problem));
    }
  }

  #thing(section: SetupSection, name: string, thing: Thing): void {
    const isFirst = this.#once(this.#things.get(section) as Map<string, Thing>, name, thing, `${subjectOf(section, name)} is defined twice; allowed: one ${SECTIONS[section].one} of that name`);
    if (isFirst || thing.source.tree === undefined) return;
    for (const problem of thingProblems(section, name, valueOf(thing.tree))) this.#wrong(partOf(thing, problem.path.slice(2)), lineOf(problem));
  }

  #once(known: Map<string, Thing>, name: string, thing: Thing, line: string): boolean {
    const before = known.get(name);
    if (before === undefined) known.set(name, thing);
    else this.#wrong(thing, line, before);
    return before === undefined;
  }

  #input(): IndexSetupInput {
    const values = (things: ReadonlyMap<string, Thing>) => Object.fromEntries([...things].map(([name, { tree }]) => [name, valueOf(tree)]));
    const sections = [...this.#things].filter(([section, things]) => section !== 'dataStreams' && things.size > 0).map(([section, things]) => [section, values(things)]);
    const streams = this.#streams.length > 0 ? { dataStreams: this.#streams.map(({ tree }) => valueOf(tree)) } : {};
    return { ...values(this.#others), ...(Object.fromEntries(sections) as IndexSetupInput), ...(streams as IndexSetupInput) };
  }

  #placeOf([section, name, ...path]: SetupPath): Place | undefined {
    const thing = section === 'dataStreams' ? this.#streams[Number(name)] : name === undefined ? this.#others.get(String(section)) : this.#things.get(section as SetupSection)?.get(String(name));
    return thing === undefined ? undefined : partOf(thing, path);
  }

  #wrong({ source, at }: Place, line: string, also?: Place): void {
    const place = also === undefined ? '' : `; the other place is ${also.source.file}:${positionIn(also.source.text, also.at)}`;
    this.#problems.push({ source, at, line: `${line}${place}` });
  }
}

function partOf({ source, at, tree }: Thing, path: SetupPath): Place {
  return { source, at: placeIn(tree, path) ?? at };
}

function linesOf(placed: readonly PlacedProblem[], whole: readonly FileProblem[]): readonly string[] {
  const all = [
    ...placed.map(({ source, at, line }) => ({ file: source.file, at, line: `${source.file}:${positionIn(source.text, at)}: ${line}` })),
    ...whole.map(({ file, section: _, ...problem }) => ({ file, at: 0, line: `${file}:1:1: ${lineOf({ path: [], ...problem })}` })),
  ];
  return all.sort((one, other) => (one.file < other.file ? -1 : one.file > other.file ? 1 : one.at - other.at)).map(({ line }) => printable(line));
}

/** Control characters and those that turn the direction of writing, as their numbers. */
function printable(line: string): string {
  return line.replaceAll(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
