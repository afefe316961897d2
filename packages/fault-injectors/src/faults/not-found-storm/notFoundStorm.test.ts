import { expect, it } from 'vitest';
import { memoryTarget } from '../../testing/memoryTarget.ts';
import { notFoundStorm } from './index.ts';

const client = { id: 'c7', userAgent: 'Pagewalker/2.1', address: '10.9.8.7', rate: 12, paths: ['/one', '/two'] };

it('starts the client and stops it again', async () => {
  const target = memoryTarget();
  const fault = notFoundStorm({ client });
  const before = await fault.observe(target);
  await fault.inject(target, before);
  expect(target.running.get('c7')).toEqual(client);
  expect(await fault.verify(target, before)).toMatchObject({ present: true });
  await fault.revert(target, before);
  expect(target.running.size).toBe(0);
});

it('is gone when every path is published, and unpublishes them on a forced revert', async () => {
  const target = memoryTarget();
  const fault = notFoundStorm({ client });
  const before = await fault.observe(target);
  await fault.inject(target, before);
  target.pages.add('/one');
  expect(await fault.verify(target, before)).toMatchObject({ present: true });
  target.pages.add('/two').add('/other');
  expect(await fault.verify(target, before)).toMatchObject({ present: false });
  expect(await fault.foreignChanges(target, before)).toEqual(['/one was published since', '/two was published since']);
  await fault.revert(target, before);
  expect([...target.pages]).toEqual(['/', '/other']);
});

it('refuses paths that are served and clients that run', async () => {
  const target = memoryTarget();
  await expect(notFoundStorm({ client: { ...client, paths: ['/'] } }).observe(target)).rejects.toMatchObject({ code: 'FAULT_TARGET_UNFIT' });
  target.running.set('c7', client);
  await expect(notFoundStorm({ client }).observe(target)).rejects.toMatchObject({ code: 'FAULT_TARGET_UNFIT' });
  expect(() => notFoundStorm({ client: { ...client, paths: ['one'] } })).toThrow(expect.objectContaining({ code: 'FAULT_BAD_PARAMETERS' }));
});
