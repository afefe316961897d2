import { describe, expect, it } from 'vitest';
import { podWith } from '../../kubernetes/objects/fixtures/kubelets.ts';
import { crashes, crashLoop } from './index.ts';

describe('crash-loop', () => {
  it('is there when a kubelet waits before it starts a container again', () => {
    expect(crashes(podWith({ restartCount: 2, state: { waiting: { reason: 'CrashLoopBackOff' } }, lastState: { terminated: { reason: 'Error', exitCode: 1 } } }), 'web')).toBe('container web: CrashLoopBackOff after Error (exit code 1)');
    expect(crashes(podWith({ restartCount: 1, lastState: { terminated: { reason: 'StartError', exitCode: 128 } } }), 'web')).toBe('container web: restarted after StartError (exit code 128)');
  });

  it('is not there for a container that ended once, or runs', () => {
    expect(crashes(podWith({ state: { terminated: { reason: 'Error', exitCode: 1 } } }), 'web')).toBeUndefined();
    expect(crashes(podWith({}), 'web')).toBeUndefined();
  });

  it('is not there for another container of the pod', () => {
    expect(crashes(podWith({ restartCount: 2, state: { waiting: { reason: 'CrashLoopBackOff' } } }), 'helper')).toBeUndefined();
  });

  it.each([{ command: [] }, { command: 'false' }, { command: [1] }])('refuses %j', (wrong) => {
    expect(() => crashLoop.from({ namespace: 'shop', workload: 'web', ...wrong })).toThrow(expect.objectContaining({ code: 'FAULT_BAD_PARAMETERS' }));
  });
});
