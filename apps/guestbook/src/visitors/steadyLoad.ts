import { seededRandom } from '../seededRandom.ts';
import type { SteadyClient } from './protocol.ts';
import type { Sender } from './sender.ts';

/** Requests of one client that may be unanswered at a time. */
const MOST_UNANSWERED = 64;
/** Gaps shorter than this are made up for by several requests at once. Milliseconds. */
const SHORTEST_GAP = 4;

/** Sends a client's requests at its rate until the returned function is called. Paths and gaps are drawn by its id. */
export function startSteadyLoad(client: SteadyClient, sender: Sender): () => void {
  const random = seededRandom(client.id);
  const [first, ...rest] = client.paths;
  if (first === undefined) return () => undefined;
  const paths: readonly [string, ...string[]] = [first, ...rest];
  let unanswered = 0;
  let due = performance.now();
  let timer: NodeJS.Timeout | undefined;

  const sendOne = (): void => {
    if (unanswered >= MOST_UNANSWERED) {
      sender.skip();
      return;
    }
    unanswered++;
    const path = random.pick(paths);
    void sender.send({ method: 'GET', path, address: client.address, userAgent: client.userAgent }).then(() => {
      unanswered--;
    });
  };
  const tick = (): void => {
    const now = performance.now();
    // After a long stop of this process the backlog is not sent at once.
    if (now - due > 1_000) due = now;
    while (due <= now) {
      sendOne();
      due += random.exponential(1000 / client.rate);
    }
    timer = setTimeout(tick, Math.max(SHORTEST_GAP, due - now));
  };
  tick();
  return () => clearTimeout(timer);
}
