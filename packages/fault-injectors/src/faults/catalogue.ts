import type { FaultKind } from '../definition/defineFault.ts';
import { notFoundStorm } from './not-found-storm/index.ts';
import { redisFragmentation } from './redis-fragmentation/index.ts';
import { replicaStorm } from './replica-storm/index.ts';

/** Every kind of fault that this package brings. */
export const faultCatalogue: readonly FaultKind[] = [notFoundStorm, redisFragmentation, replicaStorm];
