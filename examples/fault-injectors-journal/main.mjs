import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createStoreKey, diskStore, faultCatalogue, injectFault, planFault, recoverFaults, replicaStorm } from '@podscope/fault-injectors';

// A system that faults may change: here two numbers in memory.
const replicas = new Map([['frontend', 3], ['worker', 2]]);
const unsupported = () => Promise.reject(new Error('not in this example'));
const target = {
  kind: 'system',
  id: 'example',
  pods: async () => [],
  replicas: async (name) => replicas.get(name),
  setReplicas: async (name, count) => void replicas.set(name, count),
  clients: async () => [],
  startClient: unsupported,
  stopClient: unsupported,
  publishedPages: async () => [],
  unpublish: unsupported,
  redis: unsupported,
  restart: unsupported,
};

const directory = await mkdtemp(join(tmpdir(), 'faults-'));
const key = createStoreKey();
const fault = replicaStorm({ deployment: 'frontend', replicas: 100 });
console.log('would change:', (await planFault(fault, { target })).plan.changes[0].reason);

await injectFault(fault, { target, store: await diskStore({ directory, key }) });
console.log('injected, replicas:', replicas.get('frontend'));
const [file] = await readdir(directory);
const text = await readFile(join(directory, file), 'utf8');
console.log(`the store's file ${file} names the deployment:`, text.includes('frontend'));

// The injecting process is gone; another one opens the store.
const [withoutKey] = await recoverFaults({ target, store: await diskStore({ directory, key: createStoreKey() }), graceMs: 0, faults: faultCatalogue });
console.log('without the key:', withoutKey.outcome);
const [withKey] = await recoverFaults({ target, store: await diskStore({ directory, key }), graceMs: 0, faults: faultCatalogue });
console.log('with the key:', withKey.outcome, 'replicas:', replicas.get('frontend'));
await rm(directory, { recursive: true });

const right = !text.includes('frontend') && withoutKey.outcome === 'unreadable' && withKey.outcome === 'reverted' && replicas.get('frontend') === 3;
process.exitCode = right ? 0 : 1;
