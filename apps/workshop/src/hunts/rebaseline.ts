import type { FaultTarget, RedisSession } from '@podscope/fault-injectors';

/** Names as `redis-fragmentation` draws them: a word and a number, a colon, eight hexadecimal digits. */
const CHURNED = /^[a-z]+\d+:[0-9a-f]{8}$/;
const BATCH = 100;

/**
 * Undoes what a hunt may have left when the key of its journal is gone with its process. Replicas, clients and pages
 * are set up anew at every start; only Redis keeps its data, so keys that look like a hunt's are removed there.
 *
 * @returns how many keys were removed.
 */
export async function removeChurnedKeys(target: FaultTarget): Promise<number> {
  const pods = (await target.pods()).filter((pod) => pod.role !== undefined);
  let removed = 0;
  for (const pod of pods.filter((each) => each.role === 'primary')) {
    removed += await within(target, pod.name, removeFrom);
  }
  if (removed > 0) for (const pod of pods) await within(target, pod.name, (session) => session.command('MEMORY', 'PURGE'));
  return removed;
}

async function removeFrom(session: RedisSession): Promise<number> {
  const found = new Set<string>();
  let cursor = '0';
  do {
    const answer = await session.command('SCAN', cursor, 'COUNT', '5000');
    if (!Array.isArray(answer) || !Array.isArray(answer[1])) throw new TypeError('SCAN did not answer with a cursor and keys.');
    cursor = String(answer[0]);
    for (const key of answer[1]) if (CHURNED.test(String(key))) found.add(String(key));
  } while (cursor !== '0');
  const keys = [...found];
  for (let start = 0; start < keys.length; start += BATCH) await session.command('UNLINK', ...keys.slice(start, start + BATCH));
  return keys.length;
}

async function within<Value>(target: FaultTarget, pod: string, task: (session: RedisSession) => Promise<Value>): Promise<Value> {
  const session = await target.redis(pod);
  try {
    return await task(session);
  } finally {
    await session.close();
  }
}
