import { diffLiveSavedObjects, diffSavedObjects, formatObjectDiffs, migrateSavedObject, type ObjectDiff, type StoredObject, type Target } from '@podscope/saved-objects';
import { exitCodes } from '../../terminal/exitCodes.ts';
import type { CommandAction, CommandContext } from '../command.ts';
import { usageError } from '../usageError.ts';
import { connectionTo, requireNoneOfAProduct } from './connection.ts';
import { readAll, requireReadable } from './reading.ts';

/** `podscope dashboards diff <before> [after]`; with `--url`, what a live product has is after. */
export const run: CommandAction = async (context, [before = '', after], options) => {
  if ((after === undefined) === (options['url'] === undefined)) throw usageError('A comparison needs one other side.', 'Name a second file or folder, or a live product with --url.');
  if (after !== undefined) {
    requireNoneOfAProduct(options);
    return said(context, before, after, diffSavedObjects((await objectsAt(before)).map(migrateSavedObject), (await objectsAt(after)).map(migrateSavedObject)));
  }
  const live = connectionTo(context, options);
  const target = options['target'] === undefined ? {} : { target: options['target'] as Target };
  return said(context, before, live.url, await diffLiveSavedObjects(live, { objects: await objectsAt(before) }, target));
};

function said({ output }: CommandContext, before: string, after: string, diffs: readonly ObjectDiff[]): number {
  output.result({ before, after, diffs }, () => formatObjectDiffs(diffs).trimEnd().split('\n'));
  return diffs.length === 0 ? exitCodes.ok : exitCodes.failed;
}

async function objectsAt(path: string): Promise<readonly StoredObject[]> {
  const reading = await readAll([path]);
  requireReadable(reading);
  return reading.objects.map(({ object }) => object);
}
