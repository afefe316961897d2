import type { HuntRandom } from '@podscope/mystery-hunts';
import type { PublicState } from '../publicState.ts';

/** What an attempt of runaway-replicas draws. */
export interface RunawayTruth {
  readonly deployment: string;
  /** How many replicas the mystery script asks for. */
  readonly replicas: number;
  /** How many pods of the deployment fit. */
  readonly room: number;
  /** How many of them stay pending. */
  readonly pending: number;
}

/** About a hundred replicas, in a cluster with room for some forty. */
export function drawRunaway(random: HuntRandom, baseline: PublicState): RunawayTruth {
  const deployment = 'frontend';
  const replicas = random.integer(88, 112);
  const slots = baseline.nodes.reduce((sum, node) => sum + node.capacity, 0);
  const others = baseline.pods.filter((pod) => pod.deployment !== deployment && pod.node !== null).length;
  const room = slots - others;
  return { deployment, replicas, room, pending: replicas - room };
}
