import type { FaultKind } from '../definition/defineFault.ts';
import { badConfig } from './bad-config/index.ts';
import { badImage } from './bad-image/index.ts';
import { clockSkew } from './clock-skew/index.ts';
import { connectionExhaustion } from './connection-exhaustion/index.ts';
import { cpuBurn } from './cpu-burn/index.ts';
import { cpuLimitTooLow } from './cpu-limit-too-low/index.ts';
import { crashLoop } from './crash-loop/index.ts';
import { diskQuota } from './disk-quota/index.ts';
import { dnsMisdirection } from './dns-misdirection/index.ts';
import { failingReadinessProbe } from './failing-readiness-probe/index.ts';
import { httpErrors } from './http-errors/index.ts';
import { httpLatency } from './http-latency/index.ts';
import { logFlood } from './log-flood/index.ts';
import { logFormatChange } from './log-format-change/index.ts';
import { memoryLimitTooLow } from './memory-limit-too-low/index.ts';
import { memoryPressure } from './memory-pressure/index.ts';
import { networkCutOff } from './network-cut-off/index.ts';
import { nodeCordon } from './node-cordon/index.ts';
import { nodeDrain } from './node-drain/index.ts';
import { notFoundStorm } from './not-found-storm/index.ts';
import { podKill } from './pod-kill/index.ts';
import { podKillLoop } from './pod-kill-loop/index.ts';
import { processKill } from './process-kill/index.ts';
import { processPause } from './process-pause/index.ts';
import { pvcFull } from './pvc-full/index.ts';
import { quotaTooSmall } from './quota-too-small/index.ts';
import { redisFragmentation } from './redis-fragmentation/index.ts';
import { redisMaxmemoryEviction } from './redis-maxmemory-eviction/index.ts';
import { redisReplicationBroken } from './redis-replication-broken/index.ts';
import { redisSlowCommands } from './redis-slow-commands/index.ts';
import { replicaStorm } from './replica-storm/index.ts';
import { scaleToZero } from './scale-to-zero/index.ts';
import { serviceSelectorTypo } from './service-selector-typo/index.ts';

/** Every kind of fault that this package brings. */
export const faultCatalogue: readonly FaultKind[] = [
  badConfig,
  badImage,
  clockSkew,
  connectionExhaustion,
  cpuBurn,
  cpuLimitTooLow,
  crashLoop,
  diskQuota,
  dnsMisdirection,
  failingReadinessProbe,
  httpErrors,
  httpLatency,
  logFlood,
  logFormatChange,
  memoryLimitTooLow,
  memoryPressure,
  networkCutOff,
  nodeCordon,
  nodeDrain,
  notFoundStorm,
  podKill,
  podKillLoop,
  processKill,
  processPause,
  pvcFull,
  quotaTooSmall,
  redisFragmentation,
  redisMaxmemoryEviction,
  redisReplicationBroken,
  redisSlowCommands,
  replicaStorm,
  scaleToZero,
  serviceSelectorTypo,
];
