import { describe, expect, it } from 'vitest';
import { podWith } from '../../kubernetes/objects/fixtures/kubelets.ts';
import { killedForMemory, memoryLimitTooLow } from './index.ts';

describe('memory-limit-too-low', () => {
  it('is there when a container was killed for its memory, now or before', () => {
    expect(killedForMemory(podWith({ state: { terminated: { reason: 'OOMKilled', exitCode: 137 } } }), 'web')).toBe('container web: OOMKilled (exit code 137)');
    expect(killedForMemory(podWith({ restartCount: 1, lastState: { terminated: { reason: 'OOMKilled', exitCode: 137 } } }), 'web')).toBe('container web: OOMKilled (exit code 137)');
  });

  it('is there when a container can’t even be started with so little', () => {
    const message = 'failed to create containerd task: runc create failed: container init was OOM-killed (memory limit too low?): unknown';
    expect(killedForMemory(podWith({ lastState: { terminated: { reason: 'StartError', exitCode: 128, message } } }), 'web')).toBe('container web: StartError (exit code 128)');
  });

  it('is not there for another end', () => {
    expect(killedForMemory(podWith({ lastState: { terminated: { reason: 'Error', exitCode: 137 } } }), 'web')).toBeUndefined();
    expect(killedForMemory(podWith({}), 'web')).toBeUndefined();
  });

  it('is not there for another container of the pod', () => {
    expect(killedForMemory(podWith({ state: { terminated: { reason: 'OOMKilled', exitCode: 137 } } }), 'helper')).toBeUndefined();
  });

  it.each([{ memoryMiB: 3 }, { memoryMiB: 8.5 }, { memoryMiB: '8Mi' }])('refuses %j', (wrong) => {
    expect(() => memoryLimitTooLow.from({ namespace: 'shop', workload: 'web', ...wrong })).toThrow(expect.objectContaining({ code: 'FAULT_BAD_PARAMETERS' }));
  });
});
