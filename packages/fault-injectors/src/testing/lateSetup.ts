import { existsSync } from 'node:fs';
import { diskStore } from '../stores/disk/diskStore.ts';
import type { WatchdogSetup } from '../watchdog/setup.ts';
import { fileTarget } from './fileTarget.ts';
import { sampleFault } from './sampleFault.ts';
import { sampleRecord } from './sampleRecord.ts';

/** Tells a watchdog of a store into which a fault comes right after it has taken back that it watches. Its injector is gone. */
const setup: WatchdogSetup = async (options) => {
  const { file, directory } = options as { readonly file: string; readonly directory: string };
  const store = await diskStore({ directory });
  let isLate = true;
  const list: typeof store.list = async () => {
    if (isLate && !existsSync(`${directory}.watchdog`)) {
      isLate = false;
      await store.reserve(sampleRecord({ params: { replicas: 97 }, state: 'injected' }));
    }
    return await store.list();
  };
  return { target: fileTarget(file), store: { ...store, list }, faults: [sampleFault] };
};

export default setup;
