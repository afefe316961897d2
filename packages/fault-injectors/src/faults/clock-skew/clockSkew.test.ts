import { afterAll, beforeAll, expect, it } from 'vitest';
import { injectFault } from '../../engine/inject.ts';
import { memoryStore } from '../../stores/memoryStore.ts';
import { killAtEachStep } from '../../testing/killAtEachStep.ts';
import { systemOfPorts } from '../../testing/systemOfPorts.ts';
import { startWebPods, type WebPods } from '../../testing/webPods.ts';
import { clockSkew } from './index.ts';

let pods: WebPods;
beforeAll(async () => {
  pods = await startWebPods(['frontend-a', 'frontend-b']);
}, 180_000);
afterAll(() => pods?.[Symbol.asyncDispose]());
const inject = (params: Parameters<typeof clockSkew>[0] = {}) => injectFault(clockSkew(params), { target: systemOfPorts(pods), store: memoryStore() });

it('dates the lines of one pod wrongly, and rightly again afterwards', async () => {
  const fault = await inject({ offsetSeconds: 86_400 });
  expect(fault.state).toBe('injected');
  expect((await fault.verify()).findings).toEqual([expect.stringMatching(/^frontend-a: its access line is dated 86(399|400|398) s off$/)]);
  await fault.revert();
  const check = await clockSkew({ offsetSeconds: 60 }).on('system')?.verify({ id: 'none', target: systemOfPorts(pods), before: { of: 2, pods: [{ name: 'frontend-a' }] }, signal: new AbortController().signal });
  expect(check).toMatchObject({ symptom: 'absent' });
  expect(await pods.told()).toEqual([[], []]);
});

it.each([0, 9, -9, 1.5])('refuses to be %d s off', (offsetSeconds) => {
  expect(() => clockSkew({ offsetSeconds })).toThrow(expect.objectContaining({ code: 'FAULT_BAD_PARAMETERS' }));
});

it('is given back when the injector is killed at any step', async () => {
  const steps = await killAtEachStep(clockSkew({}), 'system', pods, async ({ changed, restored }) => {
    expect({ changed, symptom: restored.symptom }).toEqual({ changed: [], symptom: 'absent' });
    expect(await pods.told()).toEqual([[], []]);
  });
  expect(steps).toBe(2);
}, 180_000);
