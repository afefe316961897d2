import { randomUUID } from 'node:crypto';
import { link, rename, rm, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { PodscopeError } from '@podscope/core';
import { CONVERSION_RULES, convertSavedObjects, type Target, toNdjson } from '@podscope/saved-objects';
import { exitCodes } from '../../terminal/exitCodes.ts';
import type { CommandAction } from '../command.ts';
import { readAll, requireReadable } from './reading.ts';

/** `podscope dashboards convert <files...> --to <product>` */
export const run: CommandAction = async ({ output }, paths, options) => {
  const to = options['to'] as Target;
  const out = options['out'] === undefined ? undefined : resolve(String(options['out']));
  const reading = await readAll(paths);
  requireReadable(reading);
  const { objects, changes, refused } = convertSavedObjects(reading.objects.map(({ object }) => object), { to });
  const text = toNdjson({ objects }, { target: to });
  if (out !== undefined) await writeWhole(out, text, options['overwrite'] === true);
  const lost = changes.filter(({ rule }) => CONVERSION_RULES[rule].lost);
  for (const { object, what } of lost) output.note(`${object.type} ${object.id}: ${what}`);
  for (const { object, why } of refused) output.note(`${object.type} ${object.id} is left out: ${why}`);
  output.note(`${objects.length} objects for ${to}, ${changes.length} changes (${lost.length} that show), ${refused.length} left out.`);
  if (out === undefined && !output.json) process.stdout.write(text);
  else output.result({ to, ...(out === undefined ? { ndjson: text } : { out }), objects: objects.length, changes, refused }, () => [`✔ ${String(out)}`]);
  return exitCodes.ok;
};

/** All of it or nothing, and nobody's file is replaced without being asked for. */
async function writeWhole(file: string, text: string, overwrite: boolean): Promise<void> {
  const part = `${file}.${randomUUID()}.part`;
  try {
    await writeFile(part, text, { flag: 'wx' });
    if (overwrite) await rename(part, file);
    else await link(part, file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EEXIST') throw new PodscopeError('SAVED_OBJECT_NOT_WRITTEN', `${file} can't be written: ${(error as Error).message}.`, { hint: 'Check that the folder is there and can be written to.', cause: error });
    throw new PodscopeError('SAVED_OBJECT_NOT_WRITTEN', `${file} is there already.`, { hint: 'Name another file, or add --overwrite.' });
  } finally {
    await rm(part, { force: true });
  }
}
