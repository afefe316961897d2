import { describe, expect, it } from 'vitest';
import { unsettled, type Workload } from './workloads.ts';

function workload(kind: string, spec: object, status: object): Workload {
  return { apiVersion: 'apps/v1', kind, metadata: { name: 'web', generation: 2 }, spec: { selector: {}, template: { spec: { containers: [] } }, ...spec }, status: { observedGeneration: 2, ...status } } as Workload;
}
const deployment = (replicas: number, there: number, updated: number): Workload => workload('Deployment', { replicas }, { replicas: there, updatedReplicas: updated });

describe('a workload is at rest', () => {
  it('with all its pods of the current template', () => {
    expect(unsettled(deployment(3, 3, 3))).toBeUndefined();
    expect(unsettled(deployment(3, 4, 3))).toBe('4 pods are there of 3');
    expect(unsettled(deployment(3, 2, 2))).toBe('2 pods are there of 3');
    expect(unsettled(deployment(3, 3, 1))).toBe('1 of 3 pods are of the current template');
    expect(unsettled(workload('DaemonSet', {}, { desiredNumberScheduled: 2, currentNumberScheduled: 2, updatedNumberScheduled: 1 }))).toBe('1 of 2 pods are of the current template');
    expect(unsettled(workload('Deployment', { replicas: 0 }, { observedGeneration: 1 }))).toBe('its controller has not seen the last change yet');
  });

  it.each([
    ['a rollout that was paused', deployment(2, 2, 0), deployment(2, 2, 0), undefined],
    ['a rollout that was stuck', deployment(3, 4, 1), deployment(3, 4, 1), undefined],
    ['pods that were kept out', deployment(3, 2, 2), deployment(3, 2, 2), undefined],
    ['what has got better since', deployment(3, 2, 1), deployment(3, 3, 3), undefined],
    ['fewer pods than then', deployment(3, 3, 3), deployment(3, 2, 2), '2 pods are there of 3'],
    ['more pods than then', deployment(3, 3, 3), deployment(3, 4, 3), '4 pods are there of 3'],
    ['fewer of the current template than then', deployment(3, 3, 2), deployment(3, 3, 1), '1 of 3 pods are of the current template'],
    ['a smaller number that somebody asked for', deployment(3, 3, 3), deployment(2, 2, 2), undefined],
  ])('beside what it was before: %s', (_what, before, now, expected) => {
    expect(unsettled(now, before)).toBe(expected);
  });
});
