import type { RedisSession } from '../../target.ts';

/** True where the server's jemalloc can be defragmented while it runs: Redis' own can, a distribution's cannot. */
export async function supportsActiveDefrag(session: RedisSession): Promise<boolean> {
  const current = await session.command('CONFIG', 'GET', 'activedefrag');
  const enabled = Array.isArray(current) ? String(current[1]) === 'yes' : JSON.stringify(current ?? '').includes('yes');
  if (enabled) return true;
  try {
    await session.command('CONFIG', 'SET', 'activedefrag', 'yes');
  } catch {
    // The refusal is the answer: this server was built with another allocator.
    return false;
  }
  await session.command('CONFIG', 'SET', 'activedefrag', 'no');
  return true;
}
