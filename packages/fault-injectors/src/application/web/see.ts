import { randomBytes } from 'node:crypto';
import type { WebTier } from './tier.ts';

const FEWEST = 4;
const MOST = 40;
const LOOKS = 20;
const LOOK_MS = 150;
const TAIL = 400;

/** A page that needs no Redis. */
export const SAMPLE_PATH = '/about';

/** Asks a pod for a path often enough that a share of that size must show, twice over. */
export async function ask(web: WebTier, pod: string, path: string, share: number): Promise<readonly { readonly status: number; readonly milliseconds: number }[]> {
  const times = Math.min(MOST, Math.max(FEWEST, Math.ceil(2 / share)));
  const answers: { readonly status: number; readonly milliseconds: number }[] = [];
  while (answers.length < times) answers.push(await web.request(pod, path));
  return answers;
}

/** Asks for a page that nobody else asks for, and gives the pod's line about it; undefined where it can't be found. */
export async function lineOfRequest(web: WebTier, pod: string): Promise<string | undefined> {
  const mark = randomBytes(6).toString('hex');
  await web.request(pod, `${SAMPLE_PATH}?v=${mark}`);
  // A log that is written in batches takes a moment.
  for (let look = 0; look < LOOKS; look++) {
    const lines = await web.log(pod, TAIL);
    if (lines === undefined) return undefined;
    const line = lines.find((each) => each.includes(mark));
    if (line !== undefined) return line;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
  return undefined;
}
