import { writeSync } from 'node:fs';
import { injectFault } from '../engine/inject.ts';
import { diskStore } from '../stores/disk/diskStore.ts';
import { fileTarget } from './fileTarget.ts';
import { localWatchdog } from '../watchdog/localWatchdog.ts';
import { sampleFault } from './sampleFault.ts';

/**
 * Injects the sample fault and reverts it, and kills itself at the n-th step: `node dyingInjector.ts <store's directory> <target's file> <n>`. With
 * `hold` for n it injects under a local watchdog, and waits to be killed. Writes down where it died, and `end` at its end.
 */
const [directory = '', file = '', at = ''] = process.argv.slice(2);
let steps = 0;
const fault = await injectFault(sampleFault({ replicas: 97 }), {
  target: fileTarget(file),
  store: await diskStore({ directory }),
  ...(at === 'hold' ? { watchdog: localWatchdog({ setup: new URL('./fileSetup.ts', import.meta.url), options: { file, directory }, directory }) } : {}),
  onStep({ phase, step, when }) {
    if (steps++ !== Number(at)) return;
    writeSync(1, `${phase}: ${when} ${step}\n`);
    process.kill(process.pid, 'SIGKILL');
  },
});
if (at === 'hold') {
  writeSync(1, 'injected\n');
  setInterval(() => undefined, 60_000);
} else {
  await fault.revert();
  writeSync(1, 'end\n');
}
