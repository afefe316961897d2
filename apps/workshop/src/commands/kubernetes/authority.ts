import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { usageError } from '../usageError.ts';

/** The certificate in a file. @throws PodscopeError CLI_USAGE */
export async function authorityIn(path: string): Promise<string> {
  try {
    return await readFile(resolve(path), 'utf8');
  } catch (error) {
    throw usageError(`The certificate ${resolve(path)} can't be read: ${error instanceof Error ? error.message : String(error)}.`, 'Check the path after --opensearch-ca.');
  }
}
