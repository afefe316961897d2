import type { PodState } from '../../api/cluster.ts';

/** How a pod's tile looks. */
export type TileState = 'running' | 'pending' | 'failing' | 'ended';

/** One web instance as a tile. */
export interface Tile {
  readonly pod: PodState;
  readonly state: TileState;
  /** Requests in a second. */
  readonly rate: number;
  /** From 0 to 1: its share of the busiest instance's rate. */
  readonly load: number;
  /** What a screen reader says and the tooltip shows. */
  readonly label: string;
}

/** The state of a pod as the page colours it. */
export function tileState(pod: PodState): TileState {
  if (pod.phase === 'Failed' || pod.reason === 'CrashLoopBackOff') return 'failing';
  if (pod.phase === 'Pending') return 'pending';
  return pod.phase === 'Succeeded' ? 'ended' : 'running';
}

/** Tiles in a steady order: running ones by name, then those that wait or fail. */
export function tilesOf(pods: readonly PodState[], rates: readonly { readonly pod: string; readonly perSecond: number }[]): readonly Tile[] {
  const rateOf = new Map(rates.map((entry) => [entry.pod, entry.perSecond]));
  const busiest = Math.max(0.001, ...rateOf.values());
  const rank: Readonly<Record<TileState, number>> = { running: 0, failing: 1, pending: 2, ended: 3 };
  return pods
    .map((pod) => {
      const state = tileState(pod);
      const perSecond = rateOf.get(pod.name) ?? 0;
      const words = [pod.name, pod.reason ?? pod.phase, pod.node ? `on ${pod.node}` : 'on no node'];
      if (state === 'running') words.push(`${perSecond.toFixed(1)} requests a second`);
      if (pod.restarts > 0) words.push(`${pod.restarts} restarts`);
      return { pod, state, rate: perSecond, load: Math.min(1, perSecond / busiest), label: words.join(', ') };
    })
    .sort((one, other) => rank[one.state] - rank[other.state] || one.pod.name.localeCompare(other.pod.name));
}

/** `39 running, 61 pending`. */
export function tileSummary(tiles: readonly Tile[]): string {
  const words: readonly (readonly [TileState, string])[] = [
    ['running', 'running'],
    ['failing', 'failing'],
    ['pending', 'pending'],
    ['ended', 'ended'],
  ];
  return words
    .map(([state, word]) => [tiles.filter((tile) => tile.state === state).length, word] as const)
    .filter(([many]) => many > 0)
    .map(([many, word]) => `${many} ${word}`)
    .join(', ') || 'none';
}
