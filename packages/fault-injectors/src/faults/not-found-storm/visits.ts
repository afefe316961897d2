import type { KubernetesTarget } from '../../definition/targets.ts';
import { askPod } from '../../kubernetes/application/podHttp.ts';
import type { WebPod } from '../../application/web/tier.ts';
import type { StormParams } from './params.ts';

/** Each request is a forward of its own: more than that many in a second are too much for it. */
const MOST_RATE = 20;
const MOST_UNANSWERED = 8;

/** Asks the pods in turn, at the client's rate, until the returned function is called. When all are gone, it looks for new ones. */
export function startVisits(target: KubernetesTarget, pods: readonly WebPod[], { client, namespace, port }: StormParams, find: () => Promise<readonly WebPod[]>): () => void {
  let names = pods.map(({ name }) => name);
  let unanswered = 0;
  let turn = 0;
  const visit = async (): Promise<void> => {
    if (unanswered >= MOST_UNANSWERED) return;
    unanswered++;
    const name = names[turn % names.length] ?? '';
    const path = client.paths[turn % client.paths.length] ?? '/';
    turn++;
    try {
      await askPod(await target.connect({ namespace, name }, port), `${namespace}/${name}, port ${port}`, { path, headers: { 'user-agent': client.userAgent } });
    } catch {
      // A pod that has gone; another one may be there.
      names = await find().then((found) => found.map((each) => each.name), () => names);
    } finally {
      unanswered--;
    }
  };
  const timer = setInterval(() => void visit(), 1_000 / Math.min(MOST_RATE, client.rate));
  timer.unref();
  return () => clearInterval(timer);
}
