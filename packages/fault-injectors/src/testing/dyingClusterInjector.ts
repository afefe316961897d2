import { writeSync } from 'node:fs';
import { injectFault } from '../engine/inject.ts';
import { connectKubernetes } from '../kubernetes/api/api.ts';
import { clusterStore } from '../kubernetes/store/clusterStore.ts';
import { clusterTarget } from './clusterTarget.ts';
import { sampleObjectFault } from './sampleObjectFault.ts';

/**
 * Injects the sample fault into a cluster and reverts it, and kills itself at the n-th step: `node dyingClusterInjector.ts <kubeconfig> <n> <bytes>`. With `hold` for n
 * it injects, and waits to be killed. Writes down where it died, and `end` at its end.
 */
const [kubeconfig = '', at = '', padding = '0'] = process.argv.slice(2);
const api = await connectKubernetes({ kubeconfig });
let steps = 0;
const fault = await injectFault(sampleObjectFault({ padding: Number(padding) }), {
  target: clusterTarget(api),
  store: clusterStore(api),
  onStep({ phase, step, when }) {
    if (steps++ !== Number(at)) return;
    writeSync(1, `${phase}: ${when} ${step}\n`);
    process.kill(process.pid, 'SIGKILL');
  },
});
if (at === 'hold') {
  writeSync(1, `${fault.id}\n`);
  setInterval(() => undefined, 60_000);
} else {
  await fault.revert();
  writeSync(1, 'end\n');
  api.close();
}
