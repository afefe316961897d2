import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { PodscopeError } from '@podscope/core';
import { decompileSavedObjects, type SourceFile } from '@podscope/saved-objects';
import { exitCodes } from '../../terminal/exitCodes.ts';
import type { CommandAction } from '../command.ts';
import { interruptedError, listenForInterrupts } from '../indices/interrupts.ts';
import { readAll, requireReadable } from './reading.ts';

/** `podscope dashboards decompile <files...> --out <folder>` */
export const run: CommandAction = async ({ output }, paths, options) => {
  const out = resolve(String(options['out']));
  const reading = await readAll(paths);
  requireReadable(reading);
  const { files, raw } = decompileSavedObjects(reading.objects.map(({ object }) => object), { importExtension: options['tsImports'] === true ? '.ts' : '.js' });
  await writeAll(out, files, options['overwrite'] === true);
  for (const { type, id, path, what } of raw) output.note(`${type} ${id}: ${path} ${what}; it is passed on with raw(…)`);
  const written = files.map(({ path }) => join(out, path));
  output.result({ out, objects: reading.objects.length, files: written, raw }, () => [...written, `✔ ${reading.objects.length} objects in ${files.length} files; index.ts exports all of them as savedObjects.`]);
  return exitCodes.ok;
};

/** All files or none, and nobody's file is replaced without being asked for. */
async function writeAll(out: string, files: readonly SourceFile[], overwrite: boolean): Promise<void> {
  const part = `${out}.${randomUUID()}.part`;
  // From here on Ctrl-C leaves nothing half-written behind.
  using interrupts = listenForInterrupts(() => undefined);
  try {
    const there = (await Promise.all(files.map(({ path }) => whatIsAt(join(out, path))))).filter((each) => each !== undefined);
    const [first] = there;
    if (first !== undefined && !overwrite) {
      throw new PodscopeError('SAVED_OBJECT_NOT_WRITTEN', `${first.path} is there already${there.length === 1 ? '' : `, and ${there.length - 1} more`}.`, { hint: 'Name another folder, or add --overwrite.' });
    }
    const folder = there.find(({ isFolder }) => isFolder);
    if (folder !== undefined) throw new PodscopeError('SAVED_OBJECT_NOT_WRITTEN', `${folder.path} is a folder, where a file is to be.`, { hint: 'Name another folder.' });
    await makeFolder(part);
    for (const { path, text } of files) {
      if (interrupts.isWanted) throw interruptedError('Interrupted.', 'Nothing was written.');
      await writeFile(join(part, path), text);
    }
    await makeFolder(out);
    for (const { path } of files) await rename(join(part, path), join(out, path));
  } catch (error) {
    if (error instanceof PodscopeError) throw error;
    throw new PodscopeError('SAVED_OBJECT_NOT_WRITTEN', `${out} can't be written to: ${(error as Error).message}.`, { hint: 'Name a folder that can be written to.', cause: error });
  } finally {
    // Where a file stands in the way of the folder, nothing was written.
    await rm(part, { recursive: true, force: true }).catch(() => undefined);
  }
}

async function whatIsAt(path: string): Promise<{ readonly path: string; readonly isFolder: boolean } | undefined> {
  return stat(path).then(
    (found) => ({ path, isFolder: found.isDirectory() }),
    () => undefined,
  );
}

/** As `mkdir` with `recursive`, which never ends where a folder that is there takes no others, such as /proc. */
async function makeFolder(path: string): Promise<void> {
  if ((await whatIsAt(path))?.isFolder === true) return;
  if (dirname(path) !== path) await makeFolder(dirname(path));
  await mkdir(path);
}
