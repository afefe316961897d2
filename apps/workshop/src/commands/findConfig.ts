import { access } from 'node:fs/promises';
import { resolve } from 'node:path';
import { usageError } from './usageError.ts';

const NAMES = ['podscope.config.ts', 'podscope.config.mjs', 'podscope.config.js'];

/** The workshop's configuration: what `--config` names, or what lies in the working directory. @throws CLI_USAGE */
export async function findConfig(given: unknown): Promise<string | undefined> {
  const readable = (path: string) => access(path).then(() => true, () => false);
  if (typeof given === 'string') {
    const path = resolve(given);
    if (!(await readable(path))) throw usageError(`There is no configuration file ${path}.`, 'Check the path after --config.');
    return path;
  }
  for (const name of NAMES) if (await readable(resolve(name))) return resolve(name);
  return undefined;
}
