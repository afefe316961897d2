import { constants } from 'node:fs';
import { lstat, open, readdir, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { PodscopeError } from '@podscope/core';
import { meant } from '../lifecycle/shape.ts';
import type { SetupSection } from '../validate/sections.ts';
import { EXTENSIONS, LAYOUT, SETUP_FILE } from './layout.ts';
import { type Source, sourceOf } from './source.ts';

/** What a file says: one thing of a section, a whole section, or several sections (`setup`). */
export interface FolderEntry {
  readonly source: Source;
  readonly section?: SetupSection;
  /** The thing's name; its file has it. */
  readonly name?: string;
}

/** What is wrong with a file as a whole. */
export interface FileProblem {
  readonly file: string;
  /** What it may have had something of. */
  readonly section?: SetupSection;
  readonly what: string;
  readonly allowed?: string;
  readonly didYouMean?: string;
}

/** Everything that a folder has, in the order of the files' names. */
export interface Folder {
  readonly entries: readonly FolderEntry[];
  readonly problems: readonly FileProblem[];
}

const MIB = 1024 * 1024;
/** What one file may have; YAML takes a second for each. */
export const LARGEST_FILE = 4 * MIB;
const LARGEST_FOLDER = 64 * MIB;
const MOST_FILES = 10_000;

const FILES = [SETUP_FILE, ...LAYOUT.flatMap((place) => ('file' in place ? [place.file] : []))];
const FOLDERS = LAYOUT.flatMap((place) => ('folder' in place ? [place.folder] : []));
const FILE_NAMES = FILES.map((file) => `${file}.yaml`);
const FORM = EXTENSIONS.map((extension) => `.${extension}`).join(', ');
const EXTENSION = new RegExp(`^(.+)\\.(?:${EXTENSIONS.join('|')})$`, 'u');

/**
 * Reads the files of a folder. Files that begin with a dot, those that end in `.md` and those that are called README are left
 * alone; a symbolic link is followed inside of the folder only.
 *
 * @throws PodscopeError INDEX_FILES_UNREADABLE when the folder or a file in it can't be read.
 */
export async function readFolder(dir: string, largestFile: number): Promise<Folder> {
  const reader = new FolderReader(dir, largestFile);
  try {
    return await reader.read();
  } catch (error) {
    if (typeof error !== 'object' || error === null || !('code' in error) || !('syscall' in error)) throw error;
    throw new PodscopeError('INDEX_FILES_UNREADABLE', `The index setup can't be read from ${dir}: ${reader.reading} (${String(error.code)}).`, {
      hint: 'Name a folder that is there and that this user may read.',
      cause: error,
    });
  }
}

class FolderReader {
  /** What is being read, for errors. */
  reading = 'the folder itself';
  readonly #dir: string;
  readonly #largestFile: number;
  readonly #entries: FolderEntry[] = [];
  readonly #problems: FileProblem[] = [];
  #root = '';
  #bytes = 0;
  #files = 0;

  constructor(dir: string, largestFile: number) {
    this.#dir = dir;
    this.#largestFile = largestFile;
  }

  async read(): Promise<Folder> {
    this.#root = await realpath(this.#dir);
    for (const name of await namesIn(this.#root)) await this.#top(name);
    return { entries: this.#entries, problems: this.#problems };
  }

  async #top(name: string): Promise<void> {
    const path = await this.#resolved(name);
    if (path === undefined) return;
    const found = await stat(path);
    if (found.isDirectory()) {
      const place = LAYOUT.find((each) => 'folder' in each && each.folder === name);
      if (place === undefined) return this.#wrong(`${name}/`, 'is no folder of an index setup', `the folders ${FOLDERS.join(', ')}, and the files ${FILE_NAMES.join(', ')}`, meant(name, FOLDERS));
      for (const file of await namesIn(path)) await this.#inFolder(place.section, `${name}/${file}`);
      return;
    }
    const stem = EXTENSION.exec(name)?.[1];
    const place = LAYOUT.find((each) => 'file' in each && each.file === stem);
    if (place === undefined && stem !== SETUP_FILE) {
      const near = meant(stem ?? name.replace(/\.[^.]*$/u, ''), FILES).didYouMean;
      return this.#wrong(name, 'is no file of an index setup', `${FILE_NAMES.join(', ')} (or ${FORM}), and the folders ${FOLDERS.join(', ')}`, near === undefined ? {} : { didYouMean: `${near}.yaml` });
    }
    await this.#file(name, path, place === undefined ? {} : { section: place.section });
  }

  async #inFolder(section: SetupSection, file: string): Promise<void> {
    const path = await this.#resolved(file, section);
    if (path === undefined) return;
    if ((await stat(path)).isDirectory()) return this.#wrong(`${file}/`, 'is a folder in a folder', `files that end in ${FORM}`);
    const name = EXTENSION.exec(file.slice(file.indexOf('/') + 1))?.[1];
    if (name === undefined) return this.#wrong(file, 'is neither YAML nor JSON by its name', `the name of the thing and ${FORM}`);
    await this.#file(file, path, { section, name });
  }

  /** The path behind symbolic links; undefined, with a problem, where it leaves the folder. */
  async #resolved(file: string, section?: SetupSection): Promise<string | undefined> {
    this.reading = file;
    const path = join(this.#root, file);
    if (!(await lstat(path)).isSymbolicLink()) return path;
    const target = await realpath(path).catch(() => undefined);
    if (target?.startsWith(`${this.#root}${sep}`) === true) return target;
    this.#wrong(file, target === undefined ? 'is a symbolic link that leads nowhere' : 'is a symbolic link that leaves the folder', 'links inside of the folder', section === undefined ? {} : { section });
    return undefined;
  }

  async #file(file: string, path: string, entry: Omit<FolderEntry, 'source'>): Promise<void> {
    this.#files += 1;
    if (this.#files > MOST_FILES) {
      if (this.#files === MOST_FILES + 1) this.#wrong(file, 'is one file too many', `${MOST_FILES} files`);
      return;
    }
    const section = entry.section === undefined ? {} : { section: entry.section };
    if (!(await stat(path)).isFile()) return this.#wrong(file, 'is no plain file', 'files and folders');
    // Neither through a link that was put there meanwhile, nor waiting for a pipe.
    const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      const { size } = await handle.stat();
      if (size > this.#largestFile) return this.#wrong(file, `has ${size} bytes`, `at most ${this.#largestFile}`, section);
      this.#bytes += size;
      if (this.#bytes > LARGEST_FOLDER) return this.#wrong(file, 'makes the folder too large', `at most ${LARGEST_FOLDER} bytes in all files`, section);
      this.#entries.push({ ...entry, source: sourceOf(file, await handle.readFile()) });
    } finally {
      await handle.close();
    }
  }

  #wrong(file: string, what: string, allowed: string, further: Pick<FileProblem, 'didYouMean' | 'section'> = {}): void {
    this.#problems.push({ file, what, allowed, ...further });
  }
}

/** Whether a file is left alone, wherever it stands. */
export function isIgnored(name: string): boolean {
  return /^\.|\.md$|^readme(?:\.txt)?$/iu.test(name);
}

async function namesIn(path: string): Promise<readonly string[]> {
  return (await readdir(path)).filter((name) => !isIgnored(name)).sort();
}
