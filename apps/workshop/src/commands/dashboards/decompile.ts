import { randomUUID } from 'node:crypto';
import { access, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { PodscopeError } from '@podscope/core';
import { decompileSavedObjects, type SourceFile } from '@podscope/saved-objects';
import { exitCodes } from '../../terminal/exitCodes.ts';
import type { CommandAction } from '../command.ts';
import { readAll, requireReadable } from './reading.ts';

/** `podscope dashboards decompile <files...> --out <folder>` */
export const run: CommandAction = async ({ output }, paths, options) => {
  const out = resolve(String(options['out']));
  const reading = await readAll(paths);
  requireReadable(reading);
  const { files, raw } = decompileSavedObjects(reading.objects.map(({ object }) => object));
  await writeAll(out, files, options['overwrite'] === true);
  for (const { type, id, path, what } of raw) output.note(`${type} ${id}: ${path} ${what}; it is passed on with raw(…)`);
  const written = files.map(({ path }) => join(out, path));
  output.result({ out, objects: reading.objects.length, files: written, raw }, () => [...written, `✔ ${reading.objects.length} objects in ${files.length} files; index.ts exports all of them as savedObjects.`]);
  return exitCodes.ok;
};

/** All files or none, and nobody's file is replaced without being asked for. */
async function writeAll(out: string, files: readonly SourceFile[], overwrite: boolean): Promise<void> {
  const part = `${out}.${randomUUID()}.part`;
  try {
    const there = await Promise.all(files.map(async ({ path }) => ((await exists(join(out, path))) ? path : undefined)));
    const taken = there.filter((path) => path !== undefined);
    if (taken.length > 0 && !overwrite) {
      throw new PodscopeError('SAVED_OBJECT_NOT_WRITTEN', `${join(out, taken[0] ?? '')} is there already${taken.length === 1 ? '' : `, and ${taken.length - 1} more`}.`, { hint: 'Name another folder, or add --overwrite.' });
    }
    await mkdir(part, { recursive: true });
    for (const { path, text } of files) await writeFile(join(part, path), text);
    await mkdir(out, { recursive: true });
    for (const { path } of files) await rename(join(part, path), join(out, path));
  } catch (error) {
    if (error instanceof PodscopeError) throw error;
    throw new PodscopeError('SAVED_OBJECT_NOT_WRITTEN', `${out} can't be written to: ${(error as Error).message}.`, { hint: 'Name a folder that can be written to.', cause: error });
  } finally {
    // Where a file stands in the way of the folder, nothing was written.
    await rm(part, { recursive: true, force: true }).catch(() => undefined);
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
