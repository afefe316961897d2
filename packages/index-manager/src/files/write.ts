import { randomUUID } from 'node:crypto';
import { lstat, mkdir, readdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { PodscopeError } from '@podscope/core';
import type { IndexSetup, JsonValue } from '../model.ts';
import { invalidSetup, lineOf } from '../validate/problem.ts';
import { problemsOf } from '../validate/validate.ts';
import { isIgnored } from './folder.ts';
import { EXTENSIONS, LAYOUT, SETUP_FILE } from './layout.ts';
import type { SetupFileFormat, WriteIndexSetupOptions, WrittenIndexSetup } from './model.ts';
import { orderedThings } from './order.ts';
import { textOf } from './text.ts';

/** A file that should stand, and what stands there. */
interface Target {
  readonly file: string;
  readonly text: string;
  readonly now: 'absent' | 'same' | 'other';
  /** The same thing in files that end otherwise. */
  readonly twins: readonly string[];
}

/**
 * Writes a setup as a folder of files that {@link loadIndexSetup} reads: equal setups give equal bytes. A new folder is there
 * as a whole or not at all; in one that is there each file is replaced in one step, after all of them could be written.
 * Files of things that the setup does not have stay, and are named in `others`.
 *
 * @throws PodscopeError INDEX_SETUP_INVALID for a setup that could not be read back; INDEX_FILES_DIFFER when files are there
 * that say something else, and `overwrite` is not true: nothing is written then; INDEX_FILES_UNWRITABLE when writing fails.
 */
export async function writeIndexSetup(folder: string, setup: IndexSetup, options: WriteIndexSetupOptions = {}): Promise<WrittenIndexSetup> {
  const { format = 'yaml', overwrite = false } = options;
  const dir = resolve(folder);
  const problems = problemsOf(setup);
  if (problems.length > 0) throw invalidSetup(problems.map(lineOf));
  try {
    const present = await filesIn(dir);
    const targets = await Promise.all([...filesOf(setup, format)].map(([stem, text]) => targetOf(dir, present ?? [], stem, text, format)));
    if (!overwrite) refuseOthers(dir, targets);
    const changed = targets.filter(({ now }) => now !== 'same');
    const removed = targets.flatMap(({ twins }) => twins).sort();
    if (present === undefined) await writeNew(dir, changed);
    else await replace(dir, changed, removed);
    const known = new Set([...targets.map(({ file }) => file), ...removed]);
    return {
      written: changed.map(({ file }) => file),
      unchanged: targets.filter(({ now }) => now === 'same').map(({ file }) => file),
      removed,
      others: (present ?? []).filter((file) => !known.has(file)),
    };
  } catch (error) {
    if (typeof error !== 'object' || error === null || !('syscall' in error)) throw error;
    throw new PodscopeError('INDEX_FILES_UNWRITABLE', `The index setup can't be written to ${dir} (${'code' in error ? String(error.code) : 'unknown error'}).`, {
      hint: 'Name a folder that this user may write to, with space on its disk; what stands there already has no links and nothing else than files in the place of files.',
      cause: error,
    });
  }
}

/** Names that are no file names everywhere. */
const UNUSABLE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)|^.{200}/u;

/** By file name without its end, what the file says. */
function filesOf(setup: IndexSetup, format: SetupFileFormat): ReadonlyMap<string, string> {
  const inSetupFile: [string, JsonValue][] = [['owner', setup.owner]];
  const files: [string, JsonValue][] = [];
  for (const place of LAYOUT) {
    const things = setup[place.section];
    if (Object.keys(things).length === 0) continue;
    const value = Array.isArray(things) ? (things as readonly string[]) : orderedThings(things as Readonly<Record<string, unknown>>);
    if ('file' in place) files.push([place.file, value]);
    else {
      const entries = Object.entries(value) as [string, JsonValue][];
      const odd = entries.filter(([name]) => UNUSABLE.test(name));
      if (odd.length > 0) inSetupFile.push([place.section, Object.fromEntries(odd)]);
      files.push(...entries.filter(([name]) => !UNUSABLE.test(name)).map(([name, body]): [string, JsonValue] => [`${place.folder}/${name}`, body]));
    }
  }
  return new Map([[SETUP_FILE, Object.fromEntries(inSetupFile)] as const, ...files].map(([stem, value]) => [stem, textOf(value, format)]));
}

async function targetOf(dir: string, present: readonly string[], stem: string, text: string, format: SetupFileFormat): Promise<Target> {
  const file = `${stem}.${format}`;
  const twins = EXTENSIONS.map((extension) => `${stem}.${extension}`).filter((each) => each !== file && present.includes(each));
  if (!present.includes(file)) return { file, text, now: 'absent', twins };
  return { file, text, now: (await readFile(join(dir, file))).equals(Buffer.from(text)) ? 'same' : 'other', twins };
}

function refuseOthers(dir: string, targets: readonly Target[]): void {
  const details = targets.flatMap(({ file, now, twins }) => [...(now === 'other' ? [`${file} says something else`] : []), ...twins.map((twin) => `${twin} is there, and ${file} would stand for the same`)]);
  if (details.length === 0) return;
  throw new PodscopeError('INDEX_FILES_DIFFER', `${details.length} ${details.length === 1 ? 'file' : 'files'} in ${dir} would be replaced: ${details[0]}.`, {
    hint: 'Name another folder, or pass `overwrite: true`; nothing was written.',
    details,
  });
}

/** The setup files of a folder; undefined where there is no folder. */
async function filesIn(dir: string): Promise<readonly string[] | undefined> {
  const top = await readdir(dir, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (top === undefined) return undefined;
  const folders = top.filter((entry) => entry.isDirectory() && LAYOUT.some((place) => 'folder' in place && place.folder === entry.name)).map(({ name }) => name);
  const inside = await Promise.all(folders.map(async (folder) => (await readdir(join(dir, folder))).filter((name) => !isIgnored(name)).map((name) => `${folder}/${name}`)));
  return [...top.filter((entry) => !entry.isDirectory() && !isIgnored(entry.name)).map(({ name }) => name), ...inside.flat()].sort();
}

/** In a folder beside it, which then gets its name. */
async function writeNew(dir: string, targets: readonly Target[]): Promise<void> {
  await mkdir(dirname(dir), { recursive: true });
  const beside = join(dirname(dir), `.${randomUUID()}`);
  try {
    for (const { file, text } of targets) {
      await mkdir(dirname(join(beside, file)), { recursive: true });
      await writeFile(join(beside, file), text, { flag: 'wx', flush: true });
    }
    await rename(beside, dir);
  } finally {
    await rm(beside, { recursive: true, force: true });
  }
}

/** Each beside its target first: the reader leaves files alone that begin with a dot. */
async function replace(dir: string, targets: readonly Target[], removed: readonly string[]): Promise<void> {
  const staged: string[] = [];
  const made: string[] = [];
  try {
    for (const { file, text } of targets) {
      const folder = dirname(join(dir, file));
      if ((await mkdir(folder, { recursive: true })) !== undefined) made.push(folder);
      if (folder !== dir && !(await lstat(folder)).isDirectory()) throw Object.assign(new Error(`${folder} is a link`), { syscall: 'mkdir', code: 'ELOOP' });
      const path = join(folder, `.${randomUUID()}`);
      staged.push(path);
      await writeFile(path, text, { flag: 'wx', flush: true });
    }
    for (const [at, { file }] of targets.entries()) await rename(staged[at] as string, join(dir, file));
    for (const file of removed) await rm(join(dir, file));
  } catch (error) {
    await Promise.all(staged.map((path) => rm(path, { force: true })));
    // What has a file in it stays.
    await Promise.allSettled(made.map((folder) => rmdir(folder)));
    throw error;
  }
}
