import { afterAll, beforeAll, expect, it } from 'vitest';
import { readEntries, repairGuestbook, seedArchive } from '../src/seed/index.ts';
import { startRedisServers, type TestRedisSet } from './redisServers.ts';

const options = { bytes: 1_000_000, seed: 's' };
let redis: TestRedisSet;
const command = (...words: string[]): Promise<unknown> => redis.servers[0].command(...words);
const target = { sendCommand: (words: readonly string[]) => command(...words) };
const pages = async (): Promise<number> => Number(await command('DBSIZE'));

beforeAll(async () => {
  redis = await startRedisServers();
  await seedArchive(target, options);
}, 60_000);
afterAll(() => redis?.[Symbol.asyncDispose]());

it('finds nothing to repair where nothing is missing', async () => {
  const entries = await readEntries(target);
  expect(entries).toHaveLength(12);
  expect(await repairGuestbook(target, entries, options)).toEqual({ entries: 0, archive: false });
});

it('puts everything back after FLUSHALL, and keeps what came since', async () => {
  for (let count = 0; count < 1_100; count++) await command('RPUSH', 'guestbook:entries', `{"id":"${count}"}`);
  const entries = await readEntries(target);
  const before = await pages();
  const first = await command('GET', 'guestbook:archive:1');
  await command('FLUSHALL');
  await command('RPUSH', 'guestbook:entries', '{"id":"new"}');
  expect(await repairGuestbook(target, entries, options)).toEqual({ entries: 1_112, archive: true });
  expect(await readEntries(target)).toEqual([...entries, '{"id":"new"}']);
  expect(await pages()).toBe(before);
  expect(await command('GET', 'guestbook:archive:1')).toBe(first);
});

it('sees that one page or one entry is missing, or that the key holds something else', async () => {
  const entries = await readEntries(target);
  await command('DEL', 'guestbook:archive:7');
  await command('LPOP', 'guestbook:entries');
  expect(await repairGuestbook(target, entries, options)).toEqual({ entries: 1, archive: true });
  expect(await readEntries(target)).toEqual(entries);
  await command('SET', 'guestbook:entries', 'nonsense');
  expect(await repairGuestbook(target, entries, options)).toEqual({ entries: entries.length, archive: false });
  expect(await readEntries(target)).toEqual(entries);
});
