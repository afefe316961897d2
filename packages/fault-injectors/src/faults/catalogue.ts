import type { FaultKind } from '../definition/defineFault.ts';
import { badConfig } from './bad-config/index.ts';
import { badImage } from './bad-image/index.ts';
import { cpuLimitTooLow } from './cpu-limit-too-low/index.ts';
import { crashLoop } from './crash-loop/index.ts';
import { dnsMisdirection } from './dns-misdirection/index.ts';
import { failingReadinessProbe } from './failing-readiness-probe/index.ts';
import { memoryLimitTooLow } from './memory-limit-too-low/index.ts';
import { networkCutOff } from './network-cut-off/index.ts';
import { nodeCordon } from './node-cordon/index.ts';
import { nodeDrain } from './node-drain/index.ts';
import { notFoundStorm } from './not-found-storm/index.ts';
import { podKill } from './pod-kill/index.ts';
import { podKillLoop } from './pod-kill-loop/index.ts';
import { pvcFull } from './pvc-full/index.ts';
import { quotaTooSmall } from './quota-too-small/index.ts';
import { redisFragmentation } from './redis-fragmentation/index.ts';
import { replicaStorm } from './replica-storm/index.ts';
import { scaleToZero } from './scale-to-zero/index.ts';
import { serviceSelectorTypo } from './service-selector-typo/index.ts';

/** Every kind of fault that this package brings. */
export const faultCatalogue: readonly FaultKind[] = [
  badConfig,
  badImage,
  cpuLimitTooLow,
  crashLoop,
  dnsMisdirection,
  failingReadinessProbe,
  memoryLimitTooLow,
  networkCutOff,
  nodeCordon,
  nodeDrain,
  notFoundStorm,
  podKill,
  podKillLoop,
  pvcFull,
  quotaTooSmall,
  redisFragmentation,
  replicaStorm,
  scaleToZero,
  serviceSelectorTypo,
];
