import { resolve } from 'node:path';
import { CONVERSION_RULES, convertSavedObjects, type Target, toNdjson } from '@podscope/saved-objects';
import { exitCodes } from '../../terminal/exitCodes.ts';
import type { CommandAction } from '../command.ts';
import { readAll, requireReadable } from './reading.ts';
import { writeWhole } from './writeWhole.ts';

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
