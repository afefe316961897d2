import { type BaselineParts, keepBaseline } from '../../../hunts/baseline.ts';
import type { SystemParts, Verbs } from './verbs.ts';

/** Long enough for 64 MB on a busy machine. */
const COMMAND_TIMEOUT = 60_000;

/** What a hunt's baseline is kept of on this target. @param seed of the guestbook's archive. */
export function keepEmbeddedBaseline({ redis, web }: SystemParts, verbs: Verbs, seed: string): Promise<() => Promise<void>> {
  const withPrimary: BaselineParts['withPrimary'] = async (task) => {
    await redis.observeRoles();
    const link = await redis.connect(redis.primary, COMMAND_TIMEOUT);
    try {
      return await task({ sendCommand: (command) => link.command(...command) });
    } finally {
      link.close();
    }
  };
  return keepBaseline({ verbs, published: async () => web.published, unpublish: (path) => web.unpublish(path), withPrimary, seed });
}
