import { diffLiveSavedObjects, diffSavedObjects, formatObjectDiffs, migrateSavedObject, type StoredObject } from '@podscope/saved-objects';
import { exitCodes } from '../../terminal/exitCodes.ts';
import type { CommandAction } from '../command.ts';
import { usageError } from '../usageError.ts';
import { connectionTo } from './connection.ts';
import { readAll, requireReadable } from './reading.ts';

/** `podscope dashboards diff <before> [after]`; with `--url`, what a live product has is after. */
export const run: CommandAction = async (context, [before = '', after], options) => {
  if ((after === undefined) === (options['url'] === undefined)) throw usageError('A comparison needs one other side.', 'Name a second file or folder, or a live product with --url.');
  const live = after === undefined ? connectionTo(context, options) : undefined;
  const diffs = live === undefined ? diffSavedObjects((await objectsAt(before)).map(migrateSavedObject), (await objectsAt(after ?? '')).map(migrateSavedObject)) : await diffLiveSavedObjects(live, { objects: await objectsAt(before) });
  context.output.result({ before, after: live?.url ?? after, diffs }, () => formatObjectDiffs(diffs).trimEnd().split('\n'));
  return diffs.length === 0 ? exitCodes.ok : exitCodes.failed;
};

async function objectsAt(path: string): Promise<readonly StoredObject[]> {
  const reading = await readAll([path]);
  requireReadable(reading);
  return reading.objects.map(({ object }) => object);
}
