/** What the generators use of Nx's tree of files. */
export interface Tree {
  exists(path: string): boolean;
  read(path: string, encoding: 'utf8'): string | null;
  write(path: string, content: string): void;
}

/** What a generator is asked for. */
export interface Item {
  /** `stuck-client` */
  readonly name: string;
  /** `Stuck client` */
  readonly title?: string;
}

/** An item's name in the forms that code and prose want. */
export interface Names {
  readonly kebab: string;
  readonly camel: string;
  readonly pascal: string;
  readonly title: string;
}

/** The forms of an item's name. @throws Error when the name is none. */
export function namesOf({ name, title }: Item): Names {
  if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(name)) throw new Error(`"${name}" is no name. Use small letters, digits and dashes, as in "stuck-client".`);
  const pascal = name.split('-').map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join('');
  const words = name.replaceAll('-', ' ');
  return { kebab: name, camel: pascal.charAt(0).toLowerCase() + pascal.slice(1), pascal, title: title ?? words.charAt(0).toUpperCase() + words.slice(1) };
}

/** Writes new files. @throws Error when one is there already: nothing is written over. */
export function create(tree: Tree, folder: string, files: Readonly<Record<string, string>>): void {
  for (const name of Object.keys(files)) if (tree.exists(`${folder}/${name}`)) throw new Error(`${folder}/${name} is there already.`);
  for (const [name, text] of Object.entries(files)) tree.write(`${folder}/${name}`, text);
}

/**
 * Replaces the one place that `pattern` finds.
 *
 * @throws Error when there is none: then the file has changed its shape, and the generator must follow.
 */
export function edit(tree: Tree, path: string, pattern: RegExp, replace: (...found: string[]) => string): void {
  const text = tree.read(path, 'utf8');
  if (text === null || !pattern.test(text)) throw new Error(`${path} has no place for a new item (looked for ${pattern}). Edit it by hand, and tools/generators too.`);
  tree.write(path, text.replace(pattern, (...found: string[]) => replace(...found)));
}

/** Adds an import after the last one of the file. */
export function addImport(tree: Tree, path: string, line: string): void {
  edit(tree, path, /^(?:import [^;]+;\n)+/, (imports) => `${imports}${line}\n`);
}
