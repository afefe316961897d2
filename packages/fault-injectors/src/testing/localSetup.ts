import { faultCatalogue } from '../faults/catalogue.ts';
import { diskStore } from '../stores/disk/diskStore.ts';
import type { WatchdogSetup } from '../watchdog/setup.ts';
import { localOfPorts, type Ports } from './systemOfPorts.ts';

/** Tells a watchdog of faults on local processes. */
const setup: WatchdogSetup = async (options) => {
  const { ports, directory } = options as { readonly ports: Ports; readonly directory: string };
  return { target: localOfPorts(ports), store: await diskStore({ directory }), faults: faultCatalogue };
};

export default setup;
