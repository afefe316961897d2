import type { FaultLook } from '../../definition/defineFault.ts';
import type { KubernetesTarget } from '../../definition/targets.ts';

/** A fault in a cluster that is looked at: nothing is written. */
export type Look<Before> = FaultLook<KubernetesTarget, Before>;
