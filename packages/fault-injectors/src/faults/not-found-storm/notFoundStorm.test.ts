import { expect, it } from 'vitest';
import { injectFault } from '../../engine/inject.ts';
import { memoryStore } from '../../stores/memoryStore.ts';
import { memoryTarget } from '../../testing/memoryTarget.ts';
import { notFoundStorm } from './index.ts';

const client = { id: 'c7', userAgent: 'Pagewalker/2.1', address: '10.9.8.7', rate: 12, paths: ['/one', '/two'] };

it('starts the client and stops it again', async () => {
  const target = memoryTarget();
  const fault = await injectFault(notFoundStorm({ client }), { target, store: memoryStore() });
  expect(target.running.get('c7')).toEqual(client);
  expect(fault.state).toBe('injected');
  await fault.revert();
  expect(target.running.size).toBe(0);
});

it('is gone when every path is published, and unpublishes them on a forced revert', async () => {
  const target = memoryTarget();
  const fault = await injectFault(notFoundStorm({ client }), { target, store: memoryStore() });
  target.pages.add('/one');
  expect(await fault.verify()).toMatchObject({ symptom: 'present' });
  target.pages.add('/two').add('/other');
  expect(await fault.verify()).toMatchObject({ symptom: 'absent' });
  await expect(fault.revert()).rejects.toMatchObject({ code: 'FAULT_TARGET_CHANGED', details: ['/one was published since', '/two was published since'] });
  await fault.revert({ force: true });
  expect([...target.pages]).toEqual(['/', '/other']);
});

it('refuses paths that are served and clients that run', async () => {
  const target = memoryTarget();
  const store = memoryStore();
  await expect(injectFault(notFoundStorm({ client: { ...client, paths: ['/'] } }), { target, store })).rejects.toMatchObject({ code: 'FAULT_TARGET_UNFIT' });
  target.running.set('c7', client);
  await expect(injectFault(notFoundStorm({ client }), { target, store })).rejects.toMatchObject({ code: 'FAULT_TARGET_UNFIT' });
  expect(() => notFoundStorm({ client: { ...client, paths: ['one'] } })).toThrow(expect.objectContaining({ code: 'FAULT_BAD_PARAMETERS' }));
});
