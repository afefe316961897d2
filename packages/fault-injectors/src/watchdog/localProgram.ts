import { appendFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { toldError } from '../engine/steps.ts';
import type { LocalOrder } from './localWatchdog.ts';
import { findLocalWatchdog, watchdogFile } from './localWatchdogFile.ts';
import type { WatchdogSetup } from './setup.ts';
import { watchFaults } from './watchFaults.ts';

/**
 * The local watchdog's program. Reads its order from stdin, where no list of processes shows it, and ends when no fault has been in the store for
 * a while.
 */
const { setup, options, directory, graceMs, intervalMs, idleMs } = JSON.parse(await text(process.stdin)) as LocalOrder;
const say = (line: object): void => appendFileSync(`${directory}.watchdog.log`, `${JSON.stringify({ time: new Date().toISOString(), ...line })}\n`, { mode: 0o600 });

try {
  const { default: open } = (await import(setup)) as { readonly default: WatchdogSetup };
  const opened = await open(options);
  let idleSince = performance.now();
  const watch = watchFaults({
    ...opened,
    graceMs,
    intervalMs,
    journal: say,
    onOutcome: ({ id, outcome, message }) => say({ id, outcome, message }),
    onError: (error) => say({ error: toldError(error) }),
    onLook(left) {
      if (left > 0) idleSince = performance.now();
      if (performance.now() - idleSince < idleMs) return;
      void watch.close().then(() => end());
    },
  });
} catch (error) {
  say({ error: toldError(error) });
  await end(1);
}

async function end(code = 0): Promise<void> {
  // Another one may have taken this one's place.
  if ((await findLocalWatchdog(directory))?.pid === process.pid) await rm(watchdogFile(directory), { force: true });
  process.exit(code);
}
