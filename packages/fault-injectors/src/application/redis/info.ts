import type { RedisSession } from '../../target.ts';

/** What `INFO` says about one instance's memory and replication. Sizes in bytes. */
export interface RedisFigures {
  /** Of this process: another one has another. */
  readonly runId: string;
  readonly role: 'master' | 'slave';
  readonly masterHost: string | null;
  readonly masterPort: string | null;
  readonly linkUp: boolean;
  /** A replica that takes no writes of its own. */
  readonly readOnly: boolean;
  /** The instance's own position in the replication stream. */
  readonly offset: number;
  readonly usedMemory: number;
  readonly fragmentationRatio: number;
  readonly fragmentationBytes: number;
  readonly allocatorFragRatio: number;
  readonly lazyfreePending: number;
  readonly evictedKeys: number;
  /** Without replicas. */
  readonly connectedClients: number;
  readonly connectedReplicas: number;
  /** Keys that have an end, in all databases. */
  readonly volatileKeys: number;
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
    runId: values.get('run_id') ?? '',
    role: master ? 'master' : 'slave',
    masterHost: values.get('master_host') ?? null,
    masterPort: values.get('master_port') ?? null,
    linkUp: master || values.get('master_link_status') === 'up',
    readOnly: values.get('slave_read_only') === '1',
    offset: number(master ? 'master_repl_offset' : 'slave_repl_offset'),
    usedMemory: number('used_memory'),
    fragmentationRatio: number('mem_fragmentation_ratio'),
    fragmentationBytes: number('mem_fragmentation_bytes'),
    allocatorFragRatio: number('allocator_frag_ratio'),
    lazyfreePending: number('lazyfree_pending_objects'),
    evictedKeys: number('evicted_keys'),
    connectedClients: number('connected_clients'),
    connectedReplicas: number('connected_slaves'),
    volatileKeys: [...values].filter(([name]) => /^db\d+$/.test(name)).reduce((sum, [, value]) => sum + Number(/expires=(\d+)/.exec(value)?.[1] ?? 0), 0),
  };
}

/** A command that this server doesn't have, under that name, or that this user may not use (src/server.c, src/acl.c). */
const REFUSED = /^(?:ERR unknown (?:sub)?command|NOPERM)/;

/** Settings of an instance as `CONFIG GET` has them. What the server doesn't know, or doesn't tell this user, is left out. */
export async function readSettings(session: RedisSession, names: readonly string[]): Promise<Readonly<Record<string, string>>> {
  const settings: Record<string, string> = {};
  for (const name of names) {
    const answer = await session.command('CONFIG', 'GET', name).catch((error: unknown) => {
      if (error instanceof Error && REFUSED.test(error.message)) return null;
      throw error;
    });
    // RESP 3 answers with a map, which some clients give as an object.
    const value = Array.isArray(answer) ? (answer as readonly unknown[])[1] : (answer as Readonly<Record<string, unknown>> | null)?.[name];
    if (value !== undefined && value !== null) settings[name] = String(value);
  }
  return settings;
}
