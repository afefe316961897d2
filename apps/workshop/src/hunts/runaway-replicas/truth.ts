import { PodscopeError } from '@podscope/core';
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

/** So many more than fit are asked for: about a hundred in a cluster with room for some forty. */
const BEYOND = { least: 49, most: 73 } as const;
/** More pods than this are no lesson but a load test of somebody's control plane. */
const MOST_ROOM = 1_000;

/**
 * Draws how many replicas are asked for, by what the cluster has room for.
 *
 * @throws PodscopeError HUNT_START_FAILED where there is no room to speak of, or so much that filling it would be an attack.
 */
export function drawRunaway(random: HuntRandom, baseline: PublicState): RunawayTruth {
  const deployment = 'frontend';
  const beyond = random.integer(BEYOND.least, BEYOND.most);
  const slots = baseline.nodes.reduce((sum, node) => sum + node.capacity, 0);
  const others = baseline.pods.filter((pod) => pod.deployment !== deployment && pod.node !== null).length;
  const room = slots - others;
  if (room < 2 || room > MOST_ROOM) {
    throw new PodscopeError('HUNT_START_FAILED', `The cluster has room for ${room} web pods, and this hunt fills it.`, {
      hint: room < 2 ? 'Make room, or add a node.' : `Play it on a cluster with room for at most ${MOST_ROOM}, or raise what a web pod asks for.`,
    });
  }
  return { deployment, replicas: room + beyond, room, pending: beyond };
}
