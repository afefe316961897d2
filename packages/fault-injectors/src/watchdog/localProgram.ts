import { appendFileSync, writeSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { toldError } from '../engine/steps.ts';
import type { LocalOrder } from './localWatchdog.ts';
import { announceLocalWatchdog, findLocalWatchdog, withdrawLocalWatchdog } from './localWatchdogFile.ts';
import type { WatchdogSetup } from './setup.ts';
import { type FaultWatch, watchFaults } from './watchFaults.ts';

/**
 * The local watchdog's program. Reads its order from stdin, where no list of processes shows it, says on stdout that it watches, or why it can't, and
 * ends when no fault has been in the store for a while.
 */
const { setup, options, directory, graceMs, intervalMs, idleMs } = JSON.parse(await text(process.stdin)) as LocalOrder;
const say = (line: object): void => appendFileSync(`${directory}.watchdog.log`, `${JSON.stringify({ time: new Date().toISOString(), ...line })}\n`, { mode: 0o600 });
/** What was said last of a fault, or of the store: the same again every second would fill the disk. */
const last = new Map<string, string>();
const sayOnce = (about: string, line: object): void => {
  const told = JSON.stringify(line);
  if (last.get(about) !== told) say(line);
  last.set(about, told);
};

const watched = await opened();
await announceLocalWatchdog(directory);
answer('watching');
watch();

async function opened() {
  try {
    const { default: open } = (await import(setup)) as { readonly default: WatchdogSetup };
    return await open(options);
  } catch (error) {
    say({ error: toldError(error) });
    // Only to the one who gave the order: it may hold secrets.
    answer(error instanceof Error ? error.message : String(error));
    return process.exit(1);
  }
}

/** To the one who started it, who may be dead by now. */
function answer(line: string): void {
  try {
    writeSync(1, `${line}\n`);
  } catch {
    // As above.
  }
}

function watch(): void {
  let idleSince = performance.now();
  let isLeaving = false;
  const running = watchFaults({
    ...watched,
    graceMs,
    intervalMs,
    journal: say,
    onOutcome: ({ id, outcome, message }) => sayOnce(id, { id, outcome, message }),
    onError: (error) => sayOnce('store', { error: toldError(error) }),
    onLook(left) {
      last.delete('store');
      if (left > 0) idleSince = performance.now();
      if (isLeaving || performance.now() - idleSince < idleMs) return;
      isLeaving = true;
      void leave(running);
    },
  });
}

/** Ends, unless somebody has put a fault into the store meanwhile. An injector looks for a watchdog after that: it finds none, or is found here. */
async function leave(running: FaultWatch): Promise<void> {
  await running.close();
  await withdrawLocalWatchdog(directory);
  const isEmpty = await watched.store.list().then((faults) => faults.length === 0, () => false);
  if (isEmpty || (await findLocalWatchdog(directory))) process.exit(0);
  await announceLocalWatchdog(directory);
  watch();
}
