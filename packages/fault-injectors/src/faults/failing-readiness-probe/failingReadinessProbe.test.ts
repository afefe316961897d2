import { describe, expect, it } from 'vitest';
import { podWith } from '../../kubernetes/objects/fixtures/kubelets.ts';
import { failingReadinessProbe, runsUnready } from './index.ts';

describe('failing-readiness-probe', () => {
  it('is there when a container runs and is not ready', () => {
    expect(runsUnready(podWith({ ready: false }), 'web')).toBe('container web runs and is not ready');
  });

  it('is not there for another container, one that starts, or one that ended', () => {
    expect(runsUnready(podWith({ ready: false }), 'helper')).toBeUndefined();
    expect(runsUnready(podWith({ ready: false, started: false }), 'web')).toBeUndefined();
    expect(runsUnready(podWith({ ready: false, state: { terminated: { exitCode: 1 } } }), 'web')).toBeUndefined();
    expect(runsUnready(podWith({}), 'web')).toBeUndefined();
  });

  it.each([{ port: 0 }, { port: 65_536 }, { periodSeconds: 0 }, { port: 1.5 }])('refuses %j', (wrong) => {
    expect(() => failingReadinessProbe.from({ namespace: 'shop', workload: 'web', ...wrong })).toThrow(expect.objectContaining({ code: 'FAULT_BAD_PARAMETERS' }));
  });
});
