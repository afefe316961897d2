import { injectFault, openJournal, replicaStorm } from '../index.ts';
import { fileTarget } from './fileTarget.ts';

// Injects a fault that lasts a second, says so, and waits to be killed: `node dyingInjector.ts <journal> <target> <key>`.
const [directory = '', file = '', key = ''] = process.argv.slice(2);
const journal = await openJournal({ directory, key: Buffer.from(key, 'hex') });
await injectFault(replicaStorm({ deployment: 'frontend', replicas: 97 }), { target: fileTarget(file), journal, ttlMs: 1_000 });
process.stdout.write('injected\n');
setInterval(() => undefined, 60_000);
