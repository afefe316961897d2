import type { HuntRandom } from '@podscope/mystery-hunts';
import type { PublicState } from '../publicState.ts';

/** What an attempt of fragmented-redis draws. */
export interface FragmentedTruth {
  readonly prefix: string;
  /** Draws the keys' names and sizes. */
  readonly seed: string;
  /** Redis pods whose memory is fragmented. */
  readonly fragmented: readonly string[];
  /** Replicas that were restarted after the churn: their memory is whole. */
  readonly spared: readonly string[];
}

// Short, so that a list of 40,000 keys stays under a megabyte.
const WORDS = ['cart', 'view', 'hit', 'job', 'seen', 'mail', 'tag', 'lock', 'poll', 'vote'] as const;

/** A prefix that looks like any application's, and which of the instances are left fragmented. */
export function drawFragmented(random: HuntRandom, baseline: PublicState): FragmentedTruth {
  const redis = baseline.pods.filter((pod) => pod.role !== undefined).map((pod) => ({ name: pod.name, role: pod.role }));
  const replicas = redis.filter((pod) => pod.role === 'replica').map((pod) => pod.name).sort();
  const spared = [...random.sample(replicas, random.integer(0, replicas.length))].sort();
  return {
    prefix: `${random.pick(WORDS)}${random.integer(2, 99)}:`,
    seed: random.hex(16),
    spared,
    fragmented: redis.map((pod) => pod.name).filter((name) => !spared.includes(name)).sort(),
  };
}
