import { describe, expect, it } from 'vitest';
import { restrictedWorkload } from '../../kubernetes/objects/fixtures/restricted.ts';
import { seenPod } from '../../kubernetes/objects/fixtures/seen.ts';
import type { Workload } from '../../kubernetes/objects/workloads.ts';
import { judgeEmptied, scaleToZero } from './index.ts';

const asking = (replicas: number): Workload => restrictedWorkload('shop', 'web', { replicas }) as unknown as Workload;

describe('scale-to-zero', () => {
  it('is there when no pod is left, those that are ending too', () => {
    expect(judgeEmptied(asking(0), [])).toMatchObject({ symptom: 'present' });
    expect(judgeEmptied(asking(0), [seenPod('a', { deleting: true })])).toMatchObject({ symptom: 'partial' });
    expect(judgeEmptied(asking(0), [seenPod('a')])).toMatchObject({ symptom: 'absent' });
  });

  it('is not there when somebody scaled up again, or the workload is gone', () => {
    expect(judgeEmptied(asking(2), [])).toMatchObject({ symptom: 'absent', wait: false });
    expect(judgeEmptied(undefined, [])).toMatchObject({ symptom: 'absent', wait: false });
  });

  it('is for workloads that can be scaled', () => {
    expect(scaleToZero({ namespace: 'shop', workload: 'statefulset/store' }).params).toEqual({ namespace: 'shop', workload: 'statefulset/store' });
    expect(() => scaleToZero.from({ namespace: 'shop', workload: 'daemonset/agent' })).toThrow(expect.objectContaining({ code: 'FAULT_BAD_PARAMETERS' }));
  });
});
