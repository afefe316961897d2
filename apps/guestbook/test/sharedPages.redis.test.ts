import { createClient } from 'redis';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { publishedPages } from '../src/web/pages.ts';
import { PUBLISHED_KEY } from '../src/web/protocol.ts';
import { RedisRoles } from '../src/web/redisRoles.ts';
import { followPublished } from '../src/web/sharedPages.ts';
import { eventually, startRedisServers, type TestRedisSet } from './redisServers.ts';

let redis: TestRedisSet;
beforeAll(async () => {
  redis = await startRedisServers();
});
afterAll(() => redis[Symbol.asyncDispose]());

it('serves what any of the web servers was told to publish, and no longer what was taken back', async () => {
  const roles = new RedisRoles(redis.servers.map(({ pod, port }) => ({ pod, port })));
  const [one, other] = [publishedPages(['/old']), publishedPages()];
  const both = (): string => `${one.list().join()}|${other.list().join()}`;
  const ends = [followPublished(roles, one, 50), followPublished(roles, other, 50)];
  const primary = createClient({ socket: { host: '127.0.0.1', port: redis.servers[0]?.port ?? 0 } });
  await primary.connect();
  try {
    await eventually(() => both() === '|');
    await primary.sAdd(PUBLISHED_KEY, ['/spring/offer.html', 'no path', '/about']);
    await eventually(() => both() === '/spring/offer.html|/spring/offer.html');
    await primary.del(PUBLISHED_KEY);
    await eventually(() => both() === '|');
    expect(await primary.exists(PUBLISHED_KEY)).toBe(0);
  } finally {
    for (const end of ends) end();
    primary.destroy();
    roles.close();
  }
});
