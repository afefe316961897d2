import { importSavedObjects, type ImportOptions, type Target } from '@podscope/saved-objects';
import { exitCodes } from '../../terminal/exitCodes.ts';
import type { CommandAction } from '../command.ts';
import { connectionTo } from './connection.ts';
import { readAll, requireReadable } from './reading.ts';

/** `podscope dashboards import <files...> --url <address>` */
export const run: CommandAction = async (context, paths, options) => {
  const { output } = context;
  const connection = connectionTo(context, options);
  const reading = await readAll(paths);
  requireReadable(reading);
  const dryRun = options['dryRun'] === true;
  const { imported, overwritten, product } = await importSavedObjects(connection, { objects: reading.objects.map(({ object }) => object) }, {
    overwrite: options['overwrite'] === true,
    dryRun,
    ...(options['target'] === undefined ? {} : { target: options['target'] as Target }),
    ...(options['dataSource'] === undefined ? {} : { dataSource: String(options['dataSource']) }),
    onProgress: progressOf(output.note.bind(output)),
  });
  output.result({ url: connection.url, product, imported, overwritten, dryRun }, () => [
    `${dryRun ? 'Nothing was written; this would be:' : '✔'} ${imported} objects in ${product.name} ${product.version}, ${overwritten} of them in the place of others.`,
  ]);
  return exitCodes.ok;
};

/** A line for each part of what is more than one import takes. */
function progressOf(note: (line: string) => void): NonNullable<ImportOptions['onProgress']> {
  return ({ done, total }) => {
    if (done < total) note(`${done} of ${total} objects are imported …`);
  };
}
