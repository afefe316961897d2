import type { Fault } from '@podscope/fault-injectors';
import type { IndexSetupInput } from '@podscope/index-manager';
import type { Definition } from '@podscope/saved-objects';
import type { WorkshopHunt } from '../hunts/publicState.ts';

/** A program that ships data of its own into OpenSearch, started and ended with the system. */
export interface WorkshopShipper {
  /** Lower-case letters, digits and dashes. */
  readonly id: string;
  readonly command: string;
  /** `{opensearch}` and `{runDir}` in an argument are replaced with the address and the run directory. */
  readonly args?: readonly string[];
}

/** What an extension adds to the workshop. */
export interface WorkshopConfig {
  /** Visualizations made with @podscope/saved-objects; they appear on the console's dashboards page. */
  readonly visualizations?: readonly Definition[];
  /** Dashboards made with @podscope/saved-objects, with everything that they use. */
  readonly dashboards?: readonly Definition[];
  readonly shippers?: readonly WorkshopShipper[];
  /** Faults made with `defineFault` of @podscope/fault-injectors. */
  readonly faults?: readonly Fault[];
  /** Hunts made with `defineHunt` of @podscope/mystery-hunts. */
  readonly hunts?: readonly WorkshopHunt[];
  /** Templates, pipelines and data streams, put in place before anything is shipped. */
  readonly indices?: IndexSetupInput;
}

/**
 * Describes an extension of the workshop, in a file `podscope.config.ts` of the working directory. `podscope up` loads
 * it, checks it, and adds everything in it to what the workshop has itself.
 */
export function defineWorkshop(config: WorkshopConfig): WorkshopConfig {
  return config;
}
