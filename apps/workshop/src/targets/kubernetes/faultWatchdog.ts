import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PodscopeError } from '@podscope/core';
import type { Watchdog } from '@podscope/fault-injectors';
import { clusterWatchdog, type KubernetesApi } from '@podscope/fault-injectors/kubernetes';
import { imageReference } from '@podscope/log-shippers/kubernetes';
import { fromSource, packageRoot } from '../embedded/entry.ts';

const FILE = 'watchdog-cluster.mjs';

/** The bundle of the watchdog's program: beside the app's own once published, in the library's `dist` in the repository. */
export function watchdogProgram(): string {
  return fromSource ? join(packageRoot(), '..', '..', 'packages', 'fault-injectors', 'dist', FILE) : join(packageRoot(), 'dist', FILE);
}

/**
 * The watchdog of faults that is a Job in the cluster that they are in.
 *
 * @param image With Node 22.19 or later as `node`. @default the one of the project's images
 * @throws PodscopeError FAULT_WATCHDOG_FAILED in a repository in which its program was not built
 */
export function faultWatchdog(api: KubernetesApi, image: string = imageReference('node@24').image): Watchdog {
  const file = watchdogProgram();
  if (!existsSync(file)) throw new PodscopeError('FAULT_WATCHDOG_FAILED', `The program of the watchdog in the cluster is not built: there is no ${file}.`, { hint: 'In a clone of the repository, build it once: "npm run nx -- build fault-injectors". Nothing was changed.' });
  return clusterWatchdog(api, { image, program: readFileSync(file, 'utf8') });
}
