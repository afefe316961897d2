import type { RedisSession } from '../../target.ts';

/** What `INFO` says about one instance's memory and replication. Sizes in bytes. */
export interface RedisFigures {
  readonly role: 'master' | 'slave';
  readonly masterHost: string | null;
  readonly masterPort: string | null;
  readonly linkUp: boolean;
  /** The instance's own position in the replication stream. */
  readonly offset: number;
  readonly usedMemory: number;
  readonly fragmentationRatio: number;
  readonly fragmentationBytes: number;
  readonly allocatorFragRatio: number;
  readonly lazyfreePending: number;
}

/** Reads `INFO` of one instance. */
export async function readFigures(session: RedisSession): Promise<RedisFigures> {
  const answer = String(await session.command('INFO', 'everything'));
  const values = new Map<string, string>();
  for (const line of answer.split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon > 0) values.set(line.slice(0, colon), line.slice(colon + 1));
  }
  const number = (name: string) => Number(values.get(name) ?? 0);
  const master = values.get('role') === 'master';
  return {
    role: master ? 'master' : 'slave',
    masterHost: values.get('master_host') ?? null,
    masterPort: values.get('master_port') ?? null,
    linkUp: master || values.get('master_link_status') === 'up',
    offset: number(master ? 'master_repl_offset' : 'slave_repl_offset'),
    usedMemory: number('used_memory'),
    fragmentationRatio: number('mem_fragmentation_ratio'),
    fragmentationBytes: number('mem_fragmentation_bytes'),
    allocatorFragRatio: number('allocator_frag_ratio'),
    lazyfreePending: number('lazyfree_pending_objects'),
  };
}

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
