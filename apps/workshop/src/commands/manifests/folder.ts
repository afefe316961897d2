import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PodscopeError } from '@podscope/core';
import { type Component, MARK } from '../../targets/kubernetes/components.ts';

/** What became of each file of a folder. */
export interface WrittenFolder {
  readonly written: readonly string[];
  readonly unchanged: readonly string[];
  readonly removed: readonly string[];
}

/** The texts of the files that `synth` has written into a folder, by name; a folder that isn't there has none. @throws PodscopeError MANIFESTS_UNWRITABLE */
export async function ownFiles(folder: string): Promise<ReadonlyMap<string, string>> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw unwritable(folder, error);
  });
  const texts = new Map<string, string>();
  for (const name of names.filter((each) => each.endsWith('.yaml')).toSorted()) {
    const text = await ownText(join(folder, name));
    if (text !== undefined) texts.set(name, text);
  }
  return texts;
}

/** Undefined for what somebody else wrote, or isn't a file. */
async function ownText(path: string): Promise<string | undefined> {
  const file = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw unwritable(path, error);
  });
  if (file === undefined) return undefined;
  try {
    if (!(await file.stat()).isFile()) return undefined;
    const text = await file.readFile('utf8');
    return text.startsWith(MARK) ? text : undefined;
  } finally {
    await file.close();
  }
}

/**
 * Makes a folder hold the components: writes what differs, whole or not at all, and removes what an earlier run wrote and this one doesn't.
 * Files of others stay.
 *
 * @throws PodscopeError MANIFESTS_NOT_OURS before anything is written, when a file of somebody else has the name of a component; MANIFESTS_UNWRITABLE
 */
export async function writeFolder(folder: string, components: readonly Component[]): Promise<WrittenFolder> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw unwritable(folder, error as Error);
  }
  const before = await ownFiles(folder);
  const names = new Set(await readdir(folder));
  const foreign = components.find(({ file }) => names.has(file) && !before.has(file));
  if (foreign !== undefined) {
    throw new PodscopeError('MANIFESTS_NOT_OURS', `${join(folder, foreign.file)} is not a file that "podscope manifests synth" wrote.`, { hint: 'Name another folder, or move that file; nothing was written.' });
  }
  const changed = components.filter(({ file, yaml }) => before.get(file) !== yaml);
  const gone = [...before.keys()].filter((name) => !components.some(({ file }) => file === name));
  try {
    for (const { file, yaml } of changed) {
      const part = join(folder, `.${file}.${randomUUID()}`);
      await writeFile(part, yaml, { flag: 'wx' });
      await rename(part, join(folder, file)).catch(async (error: unknown) => {
        await rm(part, { force: true });
        throw error;
      });
    }
    for (const name of gone) await rm(join(folder, name), { force: true });
  } catch (error) {
    throw unwritable(folder, error as Error);
  }
  return { written: changed.map(({ file }) => file), unchanged: components.filter((each) => !changed.includes(each)).map(({ file }) => file), removed: gone };
}

function unwritable(path: string, cause: Error): PodscopeError<'MANIFESTS_UNWRITABLE'> {
  return new PodscopeError('MANIFESTS_UNWRITABLE', `${path} can't be read or written: ${cause.message}.`, { hint: 'Check that it is a folder that you may write to.', cause });
}
