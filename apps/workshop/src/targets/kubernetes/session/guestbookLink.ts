import { setTimeout as sleep } from 'node:timers/promises';
import { type Forward, forwardService, type KubernetesApi } from '@podscope/fault-injectors/kubernetes';
import { seedArchive } from '@podscope/guestbook/seed';
import type { ProcessLog } from '../../embedded/supervisor/processLog.ts';
import type { Visitors } from '../../embedded/supervisor/visitors.ts';
import type { RedisForwards } from './redisForwards.ts';

/** Long enough for 64 MB through the API server. */
const SEED_TIMEOUT = 180_000;
/** How long Redis is waited for at the start, milliseconds: a console is wanted most where something is broken. */
const FIRST_LOOK = 5_000;
const AGAIN = 10_000;

/** What a link is made from. */
export interface GuestbookLinkOptions {
  readonly api: KubernetesApi;
  readonly namespace: string;
  /** Of this machine. */
  readonly port: number;
  readonly redis: RedisForwards;
  readonly visitors: Visitors;
  readonly seed: string;
  readonly log: ProcessLog;
}

/** The way of visitors into the guestbook: a forwarded port, and pages in its archive for them to read. */
export interface GuestbookLink {
  /** True when visitors come; false while the guestbook or Redis does not answer, which is tried again. */
  readonly open: boolean;
  close(): Promise<void>;
}

/** Opens the way, or goes on trying to. */
export async function linkGuestbook(options: GuestbookLinkOptions): Promise<GuestbookLink> {
  const ending = new AbortController();
  let web: Forward | undefined;
  let isOpen = false;
  const attempt = async (waitMs: number): Promise<void> => {
    const { api, namespace, port, redis, visitors, seed, log } = options;
    try {
      web ??= await forwardService(api, { namespace, name: 'frontend' }, 80, { localPort: port });
      const link = await redis.connect(await redis.primary(waitMs), SEED_TIMEOUT);
      try {
        const { pages } = await seedArchive({ sendCommand: (command) => link.command(...command) }, { seed });
        await visitors.open(pages);
        isOpen = true;
      } finally {
        link.close();
      }
    } catch (error) {
      log.write('warning', 'guestbook', `no visitors yet: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  await attempt(FIRST_LOOK);
  const trying = (async () => {
    while (!isOpen && !ending.signal.aborted) {
      await sleep(AGAIN, undefined, { signal: ending.signal }).catch(() => undefined);
      if (!ending.signal.aborted) await attempt(FIRST_LOOK);
    }
  })();
  return {
    get open() {
      return isOpen;
    },
    async close() {
      ending.abort();
      await trying;
      await web?.close();
    },
  };
}
