import { expect, it } from 'vitest';
import { injectFault } from '../../engine/inject.ts';
import { memoryStore } from '../../stores/memoryStore.ts';
import { memoryTarget } from '../../testing/memoryTarget.ts';
import { replicaStorm } from './index.ts';

it('scales up and back, twice without harm', async () => {
  const target = memoryTarget();
  const fault = await injectFault(replicaStorm({ deployment: 'frontend', replicas: 100 }), { target, store: memoryStore() });
  expect(fault.state).toBe('injected');
  expect(await fault.verify()).toEqual({ symptom: 'present', findings: ['frontend asks for 100 replicas'] });
  await fault.revert();
  await fault.revert();
  expect(target.deployments.get('frontend')).toBe(3);
  expect(await fault.verify()).toMatchObject({ symptom: 'absent' });
});

it('says what somebody else changed', async () => {
  const target = memoryTarget();
  const fault = await injectFault(replicaStorm({ deployment: 'frontend', replicas: 100 }), { target, store: memoryStore() });
  target.deployments.set('frontend', 7);
  await expect(fault.revert()).rejects.toMatchObject({ code: 'FAULT_TARGET_CHANGED', details: [expect.stringContaining('7 replicas')] });
  await fault.revert({ force: true });
  expect(target.deployments.get('frontend')).toBe(3);
});

it('refuses parameters that make no sense', () => {
  expect(() => replicaStorm({ deployment: '', replicas: 1 })).toThrow(expect.objectContaining({ code: 'FAULT_BAD_PARAMETERS' }));
  expect(() => replicaStorm({ deployment: 'frontend', replicas: 1.5 })).toThrow(expect.objectContaining({ code: 'FAULT_BAD_PARAMETERS' }));
});
