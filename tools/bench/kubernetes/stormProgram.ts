import { injectFault, replicaStorm } from '@podscope/fault-injectors';
import { clusterStore, connectKubernetes } from '@podscope/fault-injectors/kubernetes';
import { clusterTarget } from '../../../packages/fault-injectors/src/testing/clusterTarget.ts';

/** Brings a replica storm, sees it, takes it back and sees that: `stormProgram.ts <kubeconfig> <namespace> <deployment> <replicas>`. Prints its seconds. */
const started = performance.now();
const [kubeconfig = '', namespace = '', deployment = '', replicas = ''] = process.argv.slice(2);
const api = await connectKubernetes({ kubeconfig });
// Injecting waits for the symptom, and reverting until all is as before.
const fault = await injectFault(replicaStorm({ namespace, deployment, replicas: Number(replicas) }), { target: clusterTarget(api), store: clusterStore(api) });
if (fault.state !== 'injected') throw new Error(`The storm is ${fault.state}.`);
const there = performance.now();
await fault.revert();
api.close();
const ended = performance.now();
process.stdout.write(`${JSON.stringify({ seconds: (ended - started) / 1000, there: (there - started) / 1000, back: (ended - there) / 1000 })}\n`);
