import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Watchdog } from '@podscope/fault-injectors';
import { clusterWatchdog, type KubernetesApi } from '@podscope/fault-injectors/kubernetes';
import { imageReference } from '@podscope/log-shippers/kubernetes';
import { fromSource, packageRoot } from '../embedded/entry.ts';

const FILE = 'watchdog-cluster.mjs';

/** The watchdog of faults on a cluster; undefined in a repository in which its program was not built. */
export function faultWatchdog(api: KubernetesApi): Watchdog | undefined {
  const file = fromSource ? join(packageRoot(), '..', '..', 'packages', 'fault-injectors', 'dist', FILE) : join(packageRoot(), 'dist', FILE);
  if (!existsSync(file)) return undefined;
  return clusterWatchdog(api, { image: imageReference('node@24').image, program: readFileSync(file, 'utf8') });
}
