import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { LocalTarget } from '../definition/targets.ts';
import { endStrains } from './strain.ts';

/** Where the fault `disk-quota` writes: named after the fault, so that a revert knows it, whatever was written down. */
export function ballastPath({ runDirectory }: Pick<LocalTarget, 'runDirectory'>, id: string): string {
  return join(runDirectory, `ballast-${id}.bin`);
}

/**
 * Removes what a fault on local processes has left although its record can't be read any more: its processes and its file, which are known by its
 * id. A process that was stopped isn't among them: it ends, or goes on, with its owner.
 */
export async function removeLocalLeftovers(target: LocalTarget, id: string): Promise<void> {
  if (process.platform === 'linux') await endStrains(id);
  await rm(ballastPath(target, id), { force: true });
}
