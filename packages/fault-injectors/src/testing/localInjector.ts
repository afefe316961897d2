import { writeSync } from 'node:fs';
import { injectFault } from '../engine/inject.ts';
import { memoryPressure } from '../faults/memory-pressure/index.ts';
import { processPause } from '../faults/process-pause/index.ts';
import { diskStore } from '../stores/disk/diskStore.ts';
import { localWatchdog } from '../watchdog/localWatchdog.ts';
import { localOfPorts, type Ports } from './systemOfPorts.ts';

/** Injects two faults into local processes under a watchdog, and waits to be killed: `node localInjector.ts <json>`. */
const { ports, directory, process: name } = JSON.parse(process.argv[2] ?? '') as { readonly ports: Ports; readonly directory: string; readonly process: string };
const store = await diskStore({ directory });
const watchdog = localWatchdog({ setup: new URL('./localSetup.ts', import.meta.url), options: { ports, directory }, directory, graceMs: 1_000 });
const ids: string[] = [];
for (const fault of [processPause({ process: name }), memoryPressure({ megabytes: 16, keepFreeMegabytes: 256 })]) {
  ids.push((await injectFault(fault, { target: localOfPorts(ports), store, watchdog, heartbeatMs: 200 })).id);
}
writeSync(1, `${ids.join(' ')}\n`);
setInterval(() => undefined, 60_000);
