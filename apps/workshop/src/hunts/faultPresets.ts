import { type Fault, notFoundStorm, redisFragmentation, replicaStorm } from '@podscope/fault-injectors';
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
];
