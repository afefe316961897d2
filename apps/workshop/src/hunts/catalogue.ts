import { fragmentedRedis } from './fragmented-redis/index.ts';
import { notFoundStorm } from './not-found-storm/index.ts';
import type { WorkshopHunt } from './publicState.ts';
import { runawayReplicas } from './runaway-replicas/index.ts';

/** The workshop's own hunts, the easiest first. */
export const huntCatalogue: readonly WorkshopHunt[] = [runawayReplicas, notFoundStorm, fragmentedRedis];
