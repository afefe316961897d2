import { describe, expect, it } from 'vitest';
import { seenPod } from '../../kubernetes/objects/fixtures/seen.ts';
import { judgeReplaced, podKillLoop } from './index.ts';

describe('pod-kill-loop', () => {
  it('is there when there are pods that were not there before', () => {
    const pods = [seenPod('a'), seenPod('b'), seenPod('old', { deleting: true })];
    expect(judgeReplaced(pods, ['uid-of-b', 'uid-of-old'], 3)).toEqual({ symptom: 'present', findings: ['1 of 2 pods are gone, 1 of 2 pods were made since, 2 of them are ready, 3 are asked for'] });
    expect(judgeReplaced(pods, ['uid-of-a', 'uid-of-b'], 2)).toMatchObject({ symptom: 'absent' });
    // Somebody has scaled it up.
    expect(judgeReplaced([...pods, seenPod('c')], ['uid-of-a', 'uid-of-b'], 3)).toMatchObject({ symptom: 'absent' });
  });

  it.each([{ rounds: 1 }, { rounds: 361 }, { everySeconds: 0 }, { count: 0 }])('refuses %j', (wrong) => {
    expect(() => podKillLoop.from({ namespace: 'shop', workload: 'web', ...wrong })).toThrow(expect.objectContaining({ code: 'FAULT_BAD_PARAMETERS' }));
  });
});
