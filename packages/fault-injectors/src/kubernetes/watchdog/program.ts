import { writeSync } from 'node:fs';
import { env } from 'node:process';
import { faultCatalogue } from '../../faults/catalogue.ts';
import { connectKubernetes } from '../api/api.ts';
import { kubernetesTarget } from '../application/kubernetesTarget.ts';
import { clusterStore } from '../store/clusterStore.ts';
import { watchOne } from './watchOne.ts';

/**
 * The program of the watchdog's Job: `node watchdog.mjs <id> <namespace of the store> <grace in milliseconds>`. As the pod's own service account,
 * or as the user of $KUBECONFIG. Prints what it does as JSON lines.
 */
const [id = '', namespace = '', graceMs = ''] = process.argv.slice(2);
const api = await connectKubernetes({ environment: env });
const target = await kubernetesTarget(api, { redisPassword: env['PODSCOPE_REDIS_PASSWORD'], switchToken: env['PODSCOPE_SWITCH_TOKEN'] });
await watchOne({
  id,
  target,
  store: clusterStore(api, { namespace }),
  faults: faultCatalogue,
  graceMs: Number(graceMs),
  tell: (line) => void writeSync(1, `${JSON.stringify(line)}\n`),
});
api.close();
