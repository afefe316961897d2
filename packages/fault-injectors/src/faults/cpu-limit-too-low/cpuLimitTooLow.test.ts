import { describe, expect, it } from 'vitest';
import { podWith } from '../../kubernetes/objects/fixtures/kubelets.ts';
import { cpuLimitTooLow, runsWithLimit } from './index.ts';

describe('cpu-limit-too-low', () => {
  it('is there when a kubelet says that a container runs with that limit', () => {
    expect(runsWithLimit(podWith({ resources: { limits: { cpu: '10m' } } }), 'web', 10)).toBe('container web runs with at most 10m of CPU');
    expect(runsWithLimit(podWith({ resources: { limits: { cpu: '1' } } }), 'web', 1_000)).toBe('container web runs with at most 1 of CPU');
  });

  it('is not there with more, without word of it, or while nothing runs', () => {
    expect(runsWithLimit(podWith({ resources: { limits: { cpu: '500m' } } }), 'web', 10)).toBeUndefined();
    expect(runsWithLimit(podWith({}), 'web', 10)).toBeUndefined();
    expect(runsWithLimit(podWith({ resources: { limits: { cpu: '10m' } }, state: { waiting: { reason: 'ContainerCreating' } } }), 'web', 10)).toBeUndefined();
  });

  it('is not there for another container of the pod', () => {
    expect(runsWithLimit(podWith({ resources: { limits: { cpu: '10m' } } }), 'helper', 10)).toBeUndefined();
  });

  it.each([{ cpuMillicores: 0 }, { cpuMillicores: 0.5 }])('refuses %j', (wrong) => {
    expect(() => cpuLimitTooLow.from({ namespace: 'shop', workload: 'web', ...wrong })).toThrow(expect.objectContaining({ code: 'FAULT_BAD_PARAMETERS' }));
  });
});
