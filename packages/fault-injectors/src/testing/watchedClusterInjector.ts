import { readFileSync, writeSync } from 'node:fs';
import { injectFault } from '../engine/inject.ts';
import { scaleToZero } from '../faults/scale-to-zero/index.ts';
import { connectKubernetes } from '../kubernetes/api/api.ts';
import { kubernetesTarget } from '../kubernetes/application/kubernetesTarget.ts';
import { clusterStore } from '../kubernetes/store/clusterStore.ts';
import { clusterWatchdog } from '../kubernetes/watchdog/clusterWatchdog.ts';

/**
 * Scales `shop/web` to zero under a watchdog in the cluster, says the fault's id, and waits to be killed; with `leave` it leaves:
 * `node watchedClusterInjector.ts <kubeconfig> <program's file> <ttl> [leave]`.
 */
const [kubeconfig = '', file = '', ttl = '', leave] = process.argv.slice(2);
const api = await connectKubernetes({ kubeconfig });
const fault = await injectFault(scaleToZero({ namespace: 'shop', workload: 'deployment/web' }), {
  target: await kubernetesTarget(api),
  store: clusterStore(api),
  ttl,
  watchdog: clusterWatchdog(api, { image: 'node:24', program: readFileSync(file, 'utf8'), graceMs: 5_000 }),
});
writeSync(1, `${fault.id}\n`);
if (leave === 'leave') {
  await fault.leave();
  api.close();
} else {
  setInterval(() => undefined, 60_000);
}
