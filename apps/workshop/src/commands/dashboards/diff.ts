import { diffSavedObjects, formatObjectDiffs, migrateSavedObject, type StoredObject } from '@podscope/saved-objects';
import { exitCodes } from '../../terminal/exitCodes.ts';
import type { CommandAction } from '../command.ts';
import { readAll, requireReadable } from './reading.ts';

/** `podscope dashboards diff <before> <after>` */
export const run: CommandAction = async ({ output }, [before = '', after = '']) => {
  const diffs = diffSavedObjects(await objectsAt(before), await objectsAt(after));
  output.result({ before, after, diffs }, () => formatObjectDiffs(diffs).trimEnd().split('\n'));
  return diffs.length === 0 ? exitCodes.ok : exitCodes.failed;
};

/** In the form that an import gives them, so that a server's migrations are no differences. */
async function objectsAt(path: string): Promise<readonly StoredObject[]> {
  const reading = await readAll([path]);
  requireReadable(reading);
  return reading.objects.map(({ object }) => migrateSavedObject(object));
}
