import {
  clockSkew, connectionExhaustion, cpuBurn, diskQuota, type Fault, httpErrors, httpLatency, logFlood, logFormatChange, memoryPressure, notFoundStorm,
  processKill, processPause, redisFragmentation, redisMaxmemoryEviction, redisReplicationBroken, redisSlowCommands, replicaStorm,
} from '@podscope/fault-injectors';
import type { HuntRandom } from '@podscope/mystery-hunts';
import { drawFragmented } from './fragmented-redis/truth.ts';
import { drawNotFound } from './not-found-storm/truth.ts';
import type { PublicState } from './publicState.ts';
import { drawRunaway } from './runaway-replicas/truth.ts';

/** A fault that `podscope fault inject <kind>` can make: its parameters are drawn by the seed. */
export interface FaultPreset {
  readonly kind: string;
  readonly description: string;
  draw(random: HuntRandom, state: PublicState): Fault;
}

const REPLICAS = ['redis-replica-0', 'redis-replica-1'] as const;

/** The faults that the workshop has itself. */
export const faultPresets: readonly FaultPreset[] = [
  {
    kind: replicaStorm.id,
    description: 'scales the web tier to about a hundred replicas',
    draw(random, state) {
      const { deployment, replicas } = drawRunaway(random, state);
      return replicaStorm({ deployment, replicas });
    },
  },
  {
    kind: notFoundStorm.id,
    description: 'starts a client that asks for pages that do not exist',
    draw(random, state) {
      const { clientId, userAgent, address, rate, paths } = drawNotFound(random, state);
      return notFoundStorm({ client: { id: clientId, userAgent, address, rate, paths } });
    },
  },
  {
    kind: redisFragmentation.id,
    description: 'fragments the memory of Redis, on the replicas too',
    draw(random, state) {
      const { prefix, seed } = drawFragmented(random, state);
      return redisFragmentation({ prefix, seed });
    },
  },
  { kind: redisSlowCommands.id, description: 'keeps the Redis primary busy with a script', draw: (random) => redisSlowCommands({ milliseconds: random.integer(150, 400) }) },
  { kind: redisReplicationBroken.id, description: 'takes its primary from a Redis replica', draw: (random) => redisReplicationBroken({ replicas: [random.pick(REPLICAS)] }) },
  { kind: redisMaxmemoryEviction.id, description: 'gives the Redis primary a limit, and keys to evict', draw: () => redisMaxmemoryEviction({}) },
  { kind: connectionExhaustion.id, description: 'lets a Redis replica take no more connections', draw: (random) => connectionExhaustion({ instance: random.pick(REPLICAS) }) },
  { kind: httpErrors.id, description: 'lets the guestbook answer a share of the requests with an error', draw: (random) => httpErrors({ share: random.integer(10, 40) / 100, status: random.pick([500, 502, 503]) }) },
  { kind: httpLatency.id, description: 'lets a share of the requests to the guestbook wait', draw: (random) => httpLatency({ milliseconds: random.integer(800, 2_500) }) },
  { kind: logFlood.id, description: 'lets a web pod flood its log', draw: (random) => logFlood({ perSecond: random.integer(100, 400) }) },
  { kind: logFormatChange.id, description: 'lets a web pod write its access log in another format', draw: (random) => logFormatChange({ format: random.pick(['json', 'pipes']) }) },
  { kind: clockSkew.id, description: 'lets a web pod’s clock go wrong', draw: (random) => clockSkew({ offsetSeconds: -60 * random.integer(20, 90) }) },
  { kind: processPause.id, description: 'stops the process of a Redis replica', draw: (random) => processPause({ process: random.pick(REPLICAS) }) },
  { kind: processKill.id, description: 'kills the process of a Redis replica', draw: (random) => processKill({ process: random.pick(REPLICAS) }) },
  { kind: cpuBurn.id, description: 'keeps a processor of this machine busy', draw: () => cpuBurn({}) },
  { kind: memoryPressure.id, description: 'holds memory of this machine', draw: () => memoryPressure({}) },
  { kind: diskQuota.id, description: 'lets the run directory grow', draw: () => diskQuota({ megabytes: 256, keepFreePercent: 8 }) },
];
