import { expect, it } from 'vitest';
import { averageSession, planSession, type Session } from './session.ts';

const sessions = (seed: string, count: number): Session[] =>
  Array.from({ length: count }, (_, number) => planSession(seed, number, 2_000));
const SERVED = /^\/(?:|about|entries|style\.css|favicon\.ico|archive\/\d+)$/;

it('plans the same visits for the same seed', () => {
  expect(sessions('one', 50)).toEqual(sessions('one', 50));
  expect(sessions('one', 50)).not.toEqual(sessions('two', 50));
});

it('begins on the front page and thinks between pages', () => {
  const people = sessions('one', 2_000).filter((session) => !session.person.crawler);
  expect(people.every(({ steps }) => steps[0]?.path === '/' && steps[1]?.path === '/style.css')).toBe(true);
  const pauses = people.flatMap(({ steps }) => steps.filter((step) => step.path === '/entries').map((step) => step.afterMs)).sort((a, b) => a - b);
  expect(pauses[Math.floor(pauses.length / 2)]).toBeGreaterThan(2_500);
  expect(pauses[Math.floor(pauses.length / 2)]).toBeLessThan(4_500);
  expect(pauses.at(-1)).toBeLessThanOrEqual(30_000);
});

it.each(['one', 'two', 'three'])('asks for about one missing page in a hundred requests (%s)', (seed) => {
  const paths = sessions(seed, 5_000).flatMap(({ steps }) => steps.map((step) => step.path));
  const share = paths.filter((path) => !SERVED.test(path)).length / paths.length;
  expect(share).toBeGreaterThan(0.006);
  expect(share).toBeLessThan(0.013);
});

it('stays within the archive, also when there is none', () => {
  const paths = (pages: number): number[] =>
    Array.from({ length: 3_000 }, (_, number) => planSession('one', number, pages))
      .flatMap(({ steps }) => steps)
      .flatMap((step) => (step.path.startsWith('/archive/') ? [Number(step.path.slice(9))] : []));
  expect(paths(0)).toEqual([]);
  expect(Math.min(...paths(40))).toBe(1);
  expect(Math.max(...paths(40))).toBe(40);
});

it('comes from documentation addresses only', () => {
  const addresses = sessions('one', 3_000).map(({ person }) => person.address);
  expect(addresses.every((address) => /^(?:192\.0\.2|198\.51\.100|203\.0\.113)\.\d+$|^2001:db8:/.test(address))).toBe(true);
  expect(new Set(addresses).size).toBeGreaterThan(500);
});

it('averages what it plans', () => {
  const { requests } = averageSession('one', 2_000, 500);
  const counted = sessions('one', 500).reduce((sum, { steps }) => sum + steps.length, 0) / 500;
  expect(requests).toBe(counted);
});
