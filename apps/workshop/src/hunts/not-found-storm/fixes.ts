import { countsBy, is, since } from '../evidence.ts';
import { pause, type Rehearsal, type RehearsalSystem, until } from '../rehearsal.ts';

const STORM = 15;
const LEAST = 3;

function notFound(system: RehearsalSystem) {
  return [is('event.dataset', 'access'), is('http.response.status_code', 404), since(system.startedAt)];
}

async function stormAddress(system: RehearsalSystem): Promise<string | null> {
  const [first] = await countsBy(system, 'apache-*', notFound(system), 'source.ip', 1);
  return first && first.doc_count >= STORM ? first.key : null;
}

async function stormPaths(system: RehearsalSystem, address: string): Promise<readonly string[]> {
  const counts = await countsBy(system, 'apache-*', [...notFound(system), is('source.ip', address)], 'url.path');
  return counts.filter((bucket) => bucket.doc_count >= LEAST).map((bucket) => bucket.key).sort();
}

/** Plays not-found-storm by its data. */
export const rehearsal: Rehearsal = {
  notices: async (system) => (await stormAddress(system)) !== null,
  async investigate(system) {
    const address = await until('a storm from one address', 20, () => stormAddress(system));
    // Every path is drawn at random: after a few more seconds none is missing.
    await pause(4_000);
    return { address, cause: 'One client keeps asking for pages that are not there', paths: (await stormPaths(system, address)).join(', ') };
  },
  mistake: (right) => ({ ...right, paths: `${right['paths'] ?? ''}, /favicon.png` }),
  bluntFixes: [
    { name: 'restarting every web pod', because: 'still there', apply: ({ control }) => control.restart('deployment/frontend') },
    {
      name: 'scaling to zero',
      because: 'too small',
      apply: ({ control }) => control.scale('frontend', 0),
      undo: ({ control }) => control.scale('frontend', 3),
    },
    {
      name: 'stopping every client',
      because: 'had nothing to do with it',
      async apply({ control }) {
        for (const client of (await control.state()).clients) await control.stopClient(client.id);
      },
    },
  ],
  async fixA(system) {
    const address = await until('a storm from one address', 20, () => stormAddress(system));
    const client = (await system.control.state()).clients.find((each) => each.address === address);
    if (!client) throw new Error('no client has the address of the storm');
    await system.control.stopClient(client.id);
  },
  async fixB(system) {
    const address = await until('a storm from one address', 20, () => stormAddress(system));
    for (const path of await stormPaths(system, address)) await system.control.publish(path);
  },
};
