import { afterAll, beforeAll, expect, it } from 'vitest';
import { injectFault } from '../../engine/inject.ts';
import { memoryStore } from '../../stores/memoryStore.ts';
import { killAtEachStep } from '../../testing/killAtEachStep.ts';
import { systemOfPorts } from '../../testing/systemOfPorts.ts';
import { startWebPods, type WebPods } from '../../testing/webPods.ts';
import { logFlood } from './index.ts';

let pods: WebPods;
beforeAll(async () => {
  pods = await startWebPods(['frontend-a', 'frontend-b']);
}, 60_000);
afterAll(() => pods?.[Symbol.asyncDispose]());
const inject = (params: Parameters<typeof logFlood>[0] = {}) => injectFault(logFlood(params), { target: systemOfPorts(pods), store: memoryStore() });

it('floods the log of one pod, which is over with the fault', async () => {
  const fault = await inject({ perSecond: 300 });
  expect(fault).toMatchObject({ state: 'injected', blastRadius: { count: 1, of: 2 } });
  expect((await fault.verify()).findings).toEqual([expect.stringMatching(/^frontend-a: \d{2,} such lines more within 500 ms$/)]);
  await fault.revert();
  const web = systemOfPorts(pods).web;
  const lines = async () => (await web?.log('frontend-a', 10_000))?.length;
  await expect.poll(async () => (await lines()) === (await new Promise((resolve) => setTimeout(resolve, 400)).then(lines)), { timeout: 10_000 }).toBe(true);
  expect((await web?.log('frontend-b', 10_000))?.some((line) => line.includes('cache: lookup'))).toBe(false);
  expect(await pods.told()).toEqual([[], []]);
});

it('is given back when the injector is killed at any step', async () => {
  const steps = await killAtEachStep(logFlood({ perSecond: 5 }), 'system', pods, async ({ changed, restored }) => {
    expect({ changed, symptom: restored.symptom }).toEqual({ changed: [], symptom: 'absent' });
    expect(await pods.told()).toEqual([[], []]);
  });
  expect(steps).toBe(2);
}, 60_000);
