import type { ClusterState } from '@podscope/console/api';
import type { PodPlace } from './origin.ts';

/** Pods that are gone are remembered this long: their last lines may still be unread. */
const REMEMBER_MS = 600_000;

/** Where each pod runs, as of the last state that was seen. */
export class PodDirectory {
  readonly #places = new Map<string, PodPlace & { readonly seen: number }>();

  learn(state: ClusterState): void {
    const seen = performance.now();
    for (const { namespace, name, node, deployment } of state.pods) {
      // A pod without a node has no log either; its place is not settled.
      if (node !== null) this.#places.set(`${namespace}/${name}`, { node, deployment, seen });
    }
    for (const [name, place] of this.#places) if (seen - place.seen > REMEMBER_MS) this.#places.delete(name);
  }

  find(namespace: string, pod: string): PodPlace | undefined {
    return this.#places.get(`${namespace}/${pod}`);
  }
}
