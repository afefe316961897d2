import type { ControlClient } from '../../control/api.ts';
import { is, newest, numberAt, since } from '../evidence.ts';
import { pause, type Rehearsal, type RehearsalSystem, until } from '../rehearsal.ts';
import { THRESHOLDS } from './thresholds.ts';

const BATCH = 500;

async function redisPods(control: ControlClient): Promise<readonly { readonly name: string; readonly role: string }[]> {
  const { pods } = await control.state();
  return pods.flatMap(({ name, role }) => (role === undefined ? [] : [{ name, role }]));
}

async function primaryOf(control: ControlClient): Promise<string> {
  const primary = (await redisPods(control)).find((pod) => pod.role === 'primary');
  if (!primary) throw new Error('there is no Redis primary');
  return primary.name;
}

async function redisCli(control: ControlClient, pod: string, ...args: readonly string[]): Promise<string> {
  const result = await control.exec(pod, ['redis-cli', ...args]);
  if (result.exitCode !== 0) throw new Error(`redis-cli ${args[0] ?? ''} in ${pod}: ${result.stderr.trim()}`);
  return result.stdout;
}

async function isFragmented(system: RehearsalSystem, instance: string): Promise<boolean | null> {
  const [sample] = await newest(system, 'redis-*', [is('redis.instance', instance), since(system.injectedAt)], 1);
  if (sample === undefined) return null;
  const { bytes, ratio } = THRESHOLDS.fragmented;
  return numberAt(sample, 'redis.mem_fragmentation_bytes') >= bytes && numberAt(sample, 'redis.allocator_frag_ratio') >= ratio;
}

/** The prefix that most keys have which are not the guestbook's. A sample tells: a list of all keys is too long to print. */
async function strangePrefix(control: ControlClient): Promise<string> {
  const counts = new Map<string, number>();
  for (const key of (await redisCli(control, await primaryOf(control), 'SCAN', '0', 'COUNT', '2000')).split('\n')) {
    const prefix = /^[^:]+:/.exec(key)?.[0];
    if (prefix !== undefined && prefix !== 'guestbook:') counts.set(prefix, (counts.get(prefix) ?? 0) + 1);
  }
  const [first] = [...counts].sort((one, other) => other[1] - one[1]);
  if (!first) throw new Error('every key is the guestbook’s');
  return first[0];
}

async function purgeAll(control: ControlClient): Promise<void> {
  for (const pod of await redisPods(control)) await redisCli(control, pod.name, 'MEMORY', 'PURGE');
}

async function isReady(control: ControlClient, pod: string): Promise<true | null> {
  try {
    const info = await redisCli(control, pod, 'INFO');
    return info.includes('loading:0') && !info.includes('master_link_status:down') ? true : null;
  } catch {
    // Refused while it restarts: ask again.
    return null;
  }
}

/** Plays fragmented-redis by its data. */
export const rehearsal: Rehearsal = {
  async notices(system) {
    const found = await Promise.all((await redisPods(system.control)).map((pod) => isFragmented(system, pod.name)));
    return found.every((each) => each !== null) && found.includes(true);
  },
  async investigate(system) {
    const instances: string[] = [];
    for (const pod of await redisPods(system.control)) if ((await isFragmented(system, pod.name)) === true) instances.push(pod.name);
    return {
      metric: 'allocator_frag_ratio',
      cause: 'Many values were written and most deleted again; the few left keep the memory pages in use',
      prefix: await strangePrefix(system.control),
      instances: instances.join(', '),
    };
  },
  mistake: (right) => ({ ...right, metric: 'connected_clients' }),
  bluntFixes: [
    { name: 'MEMORY PURGE alone', because: 'still show fragmented', apply: ({ control }) => purgeAll(control) },
    {
      name: 'restarting everything at once',
      because: 'same time',
      async apply({ control }) {
        const pods = await redisPods(control);
        await Promise.all(pods.map((pod) => control.restart(`pod/${pod.name}`)));
        for (const pod of pods) await until(`the restart of ${pod.name}`, 60, () => isReady(control, pod.name));
      },
    },
  ],
  async fixA({ control }) {
    const primary = await primaryOf(control);
    const keys = (await redisCli(control, primary, '--scan', '--pattern', `${await strangePrefix(control)}*`)).split('\n').filter((key) => key !== '');
    for (let start = 0; start < keys.length; start += BATCH) await redisCli(control, primary, 'UNLINK', ...keys.slice(start, start + BATCH));
    // The replicas remove them a moment later, and only empty pages can be given back.
    await pause(2_000);
    await purgeAll(control);
  },
  async fixB({ control }) {
    const pods = await redisPods(control);
    for (const pod of [...pods.filter((each) => each.role === 'primary'), ...pods.filter((each) => each.role !== 'primary')]) {
      await control.restart(`pod/${pod.name}`);
      await until(`the restart of ${pod.name}`, 60, () => isReady(control, pod.name));
      // The other instances must have noticed before the next one goes.
      await pause(4_000);
    }
  },
};
