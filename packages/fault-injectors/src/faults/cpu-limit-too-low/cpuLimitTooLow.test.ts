import { describe, expect, it } from 'vitest';
import { podWith } from '../../kubernetes/objects/fixtures/kubelets.ts';
import { cpuLimitTooLow, runsWithLimit } from './index.ts';

describe('cpu-limit-too-low', () => {
  it('is there when a kubelet says that a container runs with that limit', () => {
    expect(runsWithLimit(podWith({ resources: { limits: { cpu: '10m' } } }), 10)).toBe('container web runs with at most 10m of CPU');
    expect(runsWithLimit(podWith({ resources: { limits: { cpu: '1' } } }), 1_000)).toBe('container web runs with at most 1 of CPU');
  });

  it('is not there with more, without word of it, or while nothing runs', () => {
    expect(runsWithLimit(podWith({ resources: { limits: { cpu: '500m' } } }), 10)).toBeUndefined();
    expect(runsWithLimit(podWith({}), 10)).toBeUndefined();
    expect(runsWithLimit(podWith({ resources: { limits: { cpu: '10m' } }, state: { waiting: { reason: 'ContainerCreating' } } }), 10)).toBeUndefined();
  });

  it.each([{ cpuMillicores: 0 }, { cpuMillicores: 0.5 }])('refuses %j', (wrong) => {
    expect(() => cpuLimitTooLow.from({ namespace: 'shop', workload: 'web', ...wrong })).toThrow(expect.objectContaining({ code: 'FAULT_BAD_PARAMETERS' }));
  });
});
