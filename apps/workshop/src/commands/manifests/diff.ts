import { resolve } from 'node:path';
import type { CommandAction } from '../command.ts';
import { compareFolder } from './compare.ts';
import { ownFiles } from './folder.ts';
import { synthesize } from './wanted.ts';

/** Something would change, as of `podscope indices plan`. */
const DIFFERENT = 2;
const MOST_PATHS = 8;

/** `podscope manifests diff <folder>` */
export const run: CommandAction = async ({ output }, [given = ''], options) => {
  const folder = resolve(given);
  const differences = compareFolder(await ownFiles(folder), await synthesize(options));
  output.result({ folder, differences }, () => [
    ...differences.flatMap(({ file, change, objects }) => [
      `${change} ${file}${objects.length === 0 ? ': its text only' : ''}`,
      ...objects.map(({ object, change: what, paths }) => `  ${what} ${object}${paths.length === 0 ? '' : `: ${paths.slice(0, MOST_PATHS).join(', ')}${paths.length > MOST_PATHS ? ` and ${paths.length - MOST_PATHS} more` : ''}`}`),
    ]),
    differences.length === 0 ? 'Nothing differs.' : `${differences.length} file${differences.length === 1 ? ' differs' : 's differ'}; "podscope manifests synth" with the same options makes it so.`,
  ]);
  return differences.length === 0 ? 0 : DIFFERENT;
};
