import { diskStore } from '../stores/disk/diskStore.ts';
import type { WatchdogSetup } from '../watchdog/setup.ts';
import { fileTarget } from './fileTarget.ts';
import { sampleFault } from './sampleFault.ts';

/** Tells a watchdog of the sample fault on a {@link fileTarget}. */
const setup: WatchdogSetup = async (options) => {
  const { file, directory } = options as { readonly file: string; readonly directory: string };
  return { target: fileTarget(file), store: await diskStore({ directory }), faults: [sampleFault] };
};

export default setup;
