import { readFile, rename, writeFile } from 'node:fs/promises';
import type { SystemTarget } from '../definition/targets.ts';
import { memoryTarget } from './memoryTarget.ts';

/** A target that outlives its injector: the replicas of its one deployment are a number in a file. */
export function fileTarget(path: string): SystemTarget {
  return {
    ...memoryTarget(),
    replicas: async () => Number(await readFile(path, 'utf8')),
    async setReplicas(_deployment, replicas) {
      await writeFile(`${path}.new`, String(replicas));
      await rename(`${path}.new`, path);
    },
  };
}
