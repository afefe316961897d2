import { seededRandom } from '../../random.ts';
import type { RedisSession } from '../../target.ts';

/** How much is written, and what of it stays. */
export interface Churn {
  readonly prefix: string;
  /** How many keys are written. */
  readonly keys: number;
  readonly minBytes: number;
  readonly maxBytes: number;
  /** Of this many keys in a row one is kept; the rest is deleted again. */
  readonly keepEvery: number;
  /** Draws names and sizes. */
  readonly seed: string;
}

const BATCH = 4_000;
const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** The names of the keys in the order of writing. Odd multipliers permute the 32-bit numbers, so no name comes twice. */
export function* keyNames(churn: Churn): Generator<string> {
  const random = seededRandom(`${churn.seed}:names`);
  const factor = (Math.floor(random() * 0x7fffffff) << 1) | 1;
  const offset = Math.floor(random() * 0xffffffff);
  for (let index = 0; index < churn.keys; index++) {
    const number = (Math.imul(index, factor) + offset) >>> 0;
    yield churn.prefix + number.toString(16).padStart(8, '0');
  }
}

/** The names that stay: every `keepEvery`-th. */
export function keptNames(churn: Churn): readonly string[] {
  const kept: string[] = [];
  let index = 0;
  for (const name of keyNames(churn)) if (index++ % churn.keepEvery === 0) kept.push(name);
  return kept;
}

/**
 * Writes the keys. Values of mixed sizes fill many slabs of the allocator, and the few that stay keep each slab from being given back: memory is
 * really fragmented, on the replicas too.
 */
export async function writeKeys(session: RedisSession, churn: Churn): Promise<void> {
  const random = seededRandom(`${churn.seed}:values`);
  const filler = Array.from({ length: churn.maxBytes * 4 }, () => LETTERS[Math.floor(random() * LETTERS.length)]).join('');
  const span = churn.maxBytes - churn.minBytes + 1;
  await inBatches(keyNames(churn), session, (name) => {
    const size = churn.minBytes + Math.floor(random() * span);
    const start = Math.floor(random() * (filler.length - size));
    return ['SET', name, filler.slice(start, start + size)];
  });
}

/** Deletes all keys but every `keepEvery`-th. */
export async function deleteMost(session: RedisSession, churn: Churn): Promise<void> {
  let index = 0;
  await inBatches(keyNames(churn), session, (name) => (index++ % churn.keepEvery === 0 ? undefined : ['DEL', name]));
}

/** Sends one command for each item, a batch at a time so that neither side holds them all. */
export async function inBatches<Item>(
  items: Iterable<Item>,
  session: RedisSession,
  commandOf: (item: Item) => readonly string[] | undefined,
): Promise<void> {
  let batch: (readonly string[])[] = [];
  for (const item of items) {
    const command = commandOf(item);
    if (command) batch.push(command);
    if (batch.length < BATCH) continue;
    await session.pipeline(batch);
    batch = [];
  }
  if (batch.length > 0) await session.pipeline(batch);
}

/** Every key under a prefix, by `SCAN`, without blocking the server. */
export async function scanPrefix(session: RedisSession, prefix: string): Promise<readonly string[]> {
  const found = new Set<string>();
  const pattern = `${prefix.replace(/[\\*?[\]]/g, '\\$&')}*`;
  let cursor = '0';
  do {
    const answer = await session.command('SCAN', cursor, 'MATCH', pattern, 'COUNT', '5000');
    if (!Array.isArray(answer) || !Array.isArray(answer[1])) throw new TypeError('SCAN did not answer with a cursor and keys.');
    cursor = String(answer[0]);
    for (const key of answer[1]) found.add(String(key));
  } while (cursor !== '0');
  return [...found];
}
