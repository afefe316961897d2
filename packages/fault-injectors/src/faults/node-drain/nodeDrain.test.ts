import { describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../kubernetes/api/types.ts';
import { judgeDrained, nodeDrain } from './index.ts';
import { drainPod, refuseLosses } from './victims.ts';

const owned = (kind: string) => [{ apiVersion: 'apps/v1', kind, name: 'web', uid: 'u', controller: true }];
const pod = (metadata: object, rest: object = {}): KubernetesObject => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web-1', namespace: 'shop', uid: 'uid-1', ...metadata }, ...rest });

describe('node-drain', () => {
  it('leaves alone what kubectl drain leaves alone', () => {
    expect(drainPod(pod({ ownerReferences: owned('ReplicaSet') })).leftAlone).toBe(false);
    expect(drainPod(pod({ ownerReferences: owned('DaemonSet') })).leftAlone).toBe(true);
    expect(drainPod(pod({ annotations: { 'kubernetes.io/config.mirror': 'x' } })).leftAlone).toBe(true);
    expect(drainPod(pod({ deletionTimestamp: '2026-01-01T00:00:00Z' })).leftAlone).toBe(true);
    expect(drainPod(pod({}, { status: { phase: 'Succeeded' } })).leftAlone).toBe(true);
  });

  it('evicts nothing that would be lost', () => {
    const bare = drainPod(pod({}));
    const holding = drainPod(pod({ ownerReferences: owned('StatefulSet') }, { spec: { volumes: [{ name: 'data', emptyDir: {} }] } }));
    expect(() => refuseLosses([bare], true)).toThrow(expect.objectContaining({ code: 'FAULT_TARGET_UNFIT', message: expect.stringContaining('shop/web-1') }));
    expect(() => refuseLosses([holding], false)).toThrow(expect.objectContaining({ code: 'FAULT_TARGET_UNFIT', hint: expect.stringContaining('deleteEmptyDirData') }));
    expect(() => refuseLosses([holding], true)).not.toThrow();
  });

  it('is there when the evicted pods have left a cordoned node', () => {
    const victims = [{ namespace: 'shop', name: 'a', uid: '1' }, { namespace: 'shop', name: 'b', uid: '2' }];
    expect(judgeDrained([{ uid: '9' }], victims, true)).toMatchObject({ symptom: 'present' });
    expect(judgeDrained([{ uid: '2' }], victims, true)).toMatchObject({ symptom: 'partial', findings: expect.arrayContaining(['shop/b is still there']) });
    expect(judgeDrained([{ uid: '1' }, { uid: '2' }], victims, true)).toMatchObject({ symptom: 'absent' });
    expect(judgeDrained([], victims, false)).toMatchObject({ symptom: 'absent', wait: false });
  });

  it.each([{}, { namespaces: [] }, { namespaces: ['shop'], evictSeconds: -1 }])('refuses %j', (wrong) => {
    expect(() => nodeDrain.from({ node: 'node-1', ...wrong })).toThrow(expect.objectContaining({ code: 'FAULT_BAD_PARAMETERS' }));
  });
});
