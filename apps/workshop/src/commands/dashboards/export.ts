import { resolve } from 'node:path';
import { exportSavedObjects, type ExportSelection, toNdjson } from '@podscope/saved-objects';
import { exitCodes } from '../../terminal/exitCodes.ts';
import type { CommandAction } from '../command.ts';
import { usageError } from '../usageError.ts';
import { connectionTo } from './connection.ts';
import { writeWhole } from './writeWhole.ts';

/** `podscope dashboards export --url <address>` */
export const run: CommandAction = async (context, _, options) => {
  const { output } = context;
  const connection = connectionTo(context, options);
  const selection = selectionOf(options);
  const out = options['out'] === undefined ? undefined : resolve(String(options['out']));
  const objects = await exportSavedObjects(connection, selection, { withReferences: options['references'] !== false });
  const text = toNdjson({ objects });
  if (out !== undefined) await writeWhole(out, text, options['overwrite'] === true);
  output.note(`${objects.length} objects of ${connection.url}.`);
  if (out === undefined && !output.json) process.stdout.write(text);
  else output.result({ url: connection.url, ...(out === undefined ? { ndjson: text } : { out }), objects: objects.length }, () => [`✔ ${String(out)}`]);
  return exitCodes.ok;
};

/** Some objects, or all of some types. */
function selectionOf(options: Readonly<Record<string, unknown>>): ExportSelection {
  const named = options['object'] as readonly string[] | undefined;
  const types = options['type'] as readonly string[] | undefined;
  if (named === undefined) return { types: types ?? ['dashboard'] };
  if (types !== undefined) throw usageError('--type and --object are two ways to choose.', 'Use one of them.');
  return {
    objects: named.map((each) => {
      const [, type, id] = /^([^:]+):(.+)$/su.exec(each) ?? [];
      if (type === undefined || id === undefined) throw usageError(`"${each}" names no object.`, 'Give its type and id, as in --object dashboard:web.');
      return { type, id };
    }),
  };
}
