import { resolve } from 'node:path';
import { PHP_CANNOT } from '../../targets/kubernetes/guestbook/index.ts';
import { exitCodes } from '../../terminal/exitCodes.ts';
import type { CommandAction } from '../command.ts';
import { usageError } from '../usageError.ts';
import { writeFolder } from './folder.ts';
import { synthesize } from './wanted.ts';

/** `podscope manifests synth` */
export const run: CommandAction = async ({ output }, _args, options) => {
  const toStdout = options['stdout'] === true;
  if (toStdout === (options['out'] !== undefined)) throw usageError('The manifests need one place to go.', 'Name a folder with --out, or print them with --stdout.');
  const components = await synthesize(options);
  if (options['guestbook'] === 'php') for (const fault of PHP_CANNOT) output.note(`The PHP image: ${fault}.`);
  const shown = components.map(({ name, file, objects }) => ({ name, file, objects: objects.length }));
  if (toStdout) {
    output.painted({ components: components.map(({ name, file, objects }) => ({ name, file, objects })) }, () => components.map(({ yaml }) => yaml).join(''));
    return exitCodes.ok;
  }
  const folder = resolve(String(options['out']));
  const result = await writeFolder(folder, components);
  output.result({ folder, components: shown, ...result }, () => [
    ...result.written.map((file) => `✔ ${file}`),
    ...result.removed.map((file) => `✖ ${file}: no longer made, removed`),
    `${components.length} files, ${result.written.length} written, ${result.unchanged.length} unchanged, ${result.removed.length} removed.`,
    `Apply them: kubectl apply -f ${folder}`,
  ]);
  return exitCodes.ok;
};
