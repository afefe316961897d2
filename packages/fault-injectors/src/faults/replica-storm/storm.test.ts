import { describe, expect, it } from 'vitest';
import { restrictedWorkload } from '../../kubernetes/objects/fixtures/restricted.ts';
import { seenPod } from '../../kubernetes/objects/fixtures/seen.ts';
import type { Workload } from '../../kubernetes/objects/workloads.ts';
import { replicaStorm } from './index.ts';
import { judgeStorm } from './storm.ts';

const asking = (replicas: number): Workload => restrictedWorkload('shop', 'web', { replicas }) as unknown as Workload;
const housed = seenPod('housed');
const homeless = { phase: 'Pending', node: undefined, ready: false, unschedulable: '0/4 nodes are available: 4 Too many pods.' };

describe('a storm', () => {
  it('is there when every pod is made and the scheduler has spoken on each', () => {
    const pods = [housed, housed, seenPod('a', homeless), seenPod('b', homeless)];
    expect(judgeStorm(asking(4), pods, 4)).toEqual({ symptom: 'present', findings: ['2 of 4 pods are Pending with the reason Unschedulable, 2 are Running', homeless.unschedulable] });
  });

  it('is partly there before that', () => {
    expect(judgeStorm(asking(5), [housed, seenPod('a', homeless)], 5)).toMatchObject({ symptom: 'partial' });
    expect(judgeStorm(asking(2), [seenPod('a', homeless), seenPod('b', { ...homeless, unschedulable: undefined })], 2)).toMatchObject({ symptom: 'partial' });
  });

  it('is not there when all pods fit, when pods are ending, or when somebody scaled back', () => {
    expect(judgeStorm(asking(2), [housed, housed], 2)).toMatchObject({ symptom: 'absent', findings: expect.arrayContaining(['all of them fit: ask for more replicas']) });
    expect(judgeStorm(asking(2), [housed, seenPod('a', { ...homeless, deleting: true })], 2)).toMatchObject({ symptom: 'absent' });
    expect(judgeStorm(asking(3), [seenPod('a', homeless)], 100)).toEqual({ symptom: 'absent', findings: ['web asks for 3 replicas'], wait: false });
  });

  it('says why pods are not even made', () => {
    const status = { conditions: [{ type: 'ReplicaFailure', status: 'True', message: 'exceeded quota: small' }] };
    expect(judgeStorm({ ...asking(9), status }, [housed], 9).findings).toContain('ReplicaFailure: exceeded quota: small');
  });

  it.each([{ replicas: 0 }, { replicas: 5_001 }, { replicas: 1.5 }, { replicas: 10, deployment: '' }])('refuses %j', (wrong) => {
    expect(() => replicaStorm.from({ deployment: 'web', ...wrong })).toThrow(expect.objectContaining({ code: 'FAULT_BAD_PARAMETERS' }));
  });
});
