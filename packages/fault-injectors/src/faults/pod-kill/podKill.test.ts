import { describe, expect, it } from 'vitest';
import { seenPod } from '../../kubernetes/objects/fixtures/seen.ts';
import { someOf } from '../../kubernetes/objects/podKills.ts';
import { judgeKilled, podKill } from './index.ts';

describe('pod-kill', () => {
  const [a, b] = [seenPod('a'), seenPod('b')];

  it('is there when the pods are gone, whatever has their names now', () => {
    expect(judgeKilled([seenPod('a', { uid: 'another' }), b], [a])).toMatchObject({ symptom: 'present', findings: ['1 of 1 killed pods are gone', '2 pods are there, 2 of them ready'] });
  });

  it('is partly there, or not at all', () => {
    expect(judgeKilled([b], [a, b])).toMatchObject({ symptom: 'partial' });
    expect(judgeKilled([a, b], [a, b])).toMatchObject({ symptom: 'absent' });
    expect(judgeKilled([seenPod('a', { deleting: true })], [a])).toMatchObject({ symptom: 'absent' });
  });

  it('chooses each pod once, and no more than there are', () => {
    const names = ['a', 'b', 'c', 'd'];
    expect(new Set(someOf(names, 3)).size).toBe(3);
    expect([...someOf(names, 9)].sort()).toEqual(names);
    const chosen = new Set(Array.from({ length: 200 }, () => someOf(names, 1)[0]));
    expect([...chosen].sort()).toEqual(names);
  });

  it.each([{ count: 0 }, { gracePeriodSeconds: -1 }, { count: 1_001 }])('refuses %j', (wrong) => {
    expect(() => podKill.from({ namespace: 'shop', workload: 'web', ...wrong })).toThrow(expect.objectContaining({ code: 'FAULT_BAD_PARAMETERS' }));
  });
});
