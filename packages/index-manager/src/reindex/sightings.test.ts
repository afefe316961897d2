import { expect, it } from 'vitest';
import type { Found } from './scan.ts';
import { Sightings } from './sightings.ts';

function found(id: string, seqNo: number): Found {
  return { id, routing: undefined, version: 1, write: { seqNo, primaryTerm: 1 }, source: undefined };
}

it('suspects only documents among whose writes one is missing, and those that it can not count', () => {
  const sightings = new Sightings([120_000, 99_999], [7]);
  expect([sightings.upTo, sightings.width]).toEqual([99_999, 2]);
  for (const [id, write] of [['a', 0], ['b', 1], ['c', 2], ['d', 3], ['other shard', 3], ['late', 100_001]] as const) sightings.add(found(id, write));
  expect(sightings.suspects(new Map([[0, 2], [1, 3]])).map(({ id }) => id)).toEqual(['late']);
  expect(sightings.suspects(new Map([[0, 2], [1, 2]])).map(({ id }) => id)).toEqual(['c', 'd', 'other shard', 'late']);
  expect(sightings.suspects(new Map([[1, 3]])).map(({ id }) => id)).toEqual(['a', 'b', 'late']);
  expect(sightings.complete).toBe(true);
});
