import { expect, it } from 'vitest';
import { memoryTarget } from '../../testing/memoryTarget.ts';
import { replicaStorm } from './index.ts';

it('scales up and back, twice without harm', async () => {
  const target = memoryTarget();
  const fault = replicaStorm({ deployment: 'frontend', replicas: 100 });
  const before = await fault.observe(target);
  await fault.inject(target, before);
  expect(await fault.verify(target, before)).toEqual({ present: true, findings: ['frontend asks for 100 replicas'] });
  expect(await fault.foreignChanges(target, before)).toEqual([]);
  await fault.revert(target, before);
  await fault.revert(target, before);
  expect(target.deployments.get('frontend')).toBe(3);
  expect(await fault.verify(target, before)).toMatchObject({ present: false });
});

it('refuses parameters that make no sense', () => {
  expect(() => replicaStorm({ deployment: '', replicas: 1 })).toThrow(expect.objectContaining({ code: 'FAULT_BAD_PARAMETERS' }));
  expect(() => replicaStorm({ deployment: 'frontend', replicas: 1.5 })).toThrow(expect.objectContaining({ code: 'FAULT_BAD_PARAMETERS' }));
});
