import type { FaultKind } from '../definition/defineFault.ts';
import { clockSkew } from './clock-skew/index.ts';
import { connectionExhaustion } from './connection-exhaustion/index.ts';
import { cpuBurn } from './cpu-burn/index.ts';
import { diskQuota } from './disk-quota/index.ts';
import { httpErrors } from './http-errors/index.ts';
import { httpLatency } from './http-latency/index.ts';
import { logFlood } from './log-flood/index.ts';
import { logFormatChange } from './log-format-change/index.ts';
import { memoryPressure } from './memory-pressure/index.ts';
import { notFoundStorm } from './not-found-storm/index.ts';
import { processKill } from './process-kill/index.ts';
import { processPause } from './process-pause/index.ts';
import { redisFragmentation } from './redis-fragmentation/index.ts';
import { redisMaxmemoryEviction } from './redis-maxmemory-eviction/index.ts';
import { redisReplicationBroken } from './redis-replication-broken/index.ts';
import { redisSlowCommands } from './redis-slow-commands/index.ts';
import { replicaStorm } from './replica-storm/index.ts';

/** Every kind of fault that this package brings. */
export const faultCatalogue: readonly FaultKind[] = [
  clockSkew,
  connectionExhaustion,
  cpuBurn,
  diskQuota,
  httpErrors,
  httpLatency,
  logFlood,
  logFormatChange,
  memoryPressure,
  notFoundStorm,
  processKill,
  processPause,
  redisFragmentation,
  redisMaxmemoryEviction,
  redisReplicationBroken,
  redisSlowCommands,
  replicaStorm,
];
