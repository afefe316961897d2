import { afterAll, beforeAll, expect, it } from 'vitest';
import { injectFault } from '../../engine/inject.ts';
import { memoryStore } from '../../stores/memoryStore.ts';
import { killAtEachStep } from '../../testing/killAtEachStep.ts';
import { systemOfPorts } from '../../testing/systemOfPorts.ts';
import { startWebPods, type WebPods } from '../../testing/webPods.ts';
import { httpLatency } from './index.ts';

let pods: WebPods;
beforeAll(async () => {
  pods = await startWebPods(['frontend-a', 'frontend-b']);
}, 60_000);
afterAll(() => pods?.[Symbol.asyncDispose]());
const inject = (params: Parameters<typeof httpLatency>[0] = {}) => injectFault(httpLatency(params), { target: systemOfPorts(pods), store: memoryStore() });

const took = async (pod: number, path: string): Promise<number> => {
  const from = performance.now();
  await (await fetch(`http://127.0.0.1:${pods.web[pod]?.port}${path}`)).text();
  return performance.now() - from;
};

it('lets requests wait, with the status that they would have had', async () => {
  const fault = await inject({ share: 1, milliseconds: 200, paths: ['/about'] });
  expect(fault.state).toBe('injected');
  expect(await took(0, '/about')).toBeGreaterThanOrEqual(199);
  expect((await fault.verify()).findings).toEqual(['frontend-a: 4 of 4 answers took 200 ms or more', 'frontend-b: 4 of 4 answers took 200 ms or more']);
  await fault.revert();
  expect(await pods.told()).toEqual([[], []]);
  const check = await httpLatency({ share: 1, milliseconds: 2_000, paths: ['/about'] }).on('system')?.verify({ id: 'none', target: systemOfPorts(pods), before: { of: 2, pods: [{ name: 'frontend-a' }] }, signal: new AbortController().signal });
  expect(check).toMatchObject({ symptom: 'absent' });
});

it('is given back when the injector is killed at any step', async () => {
  const steps = await killAtEachStep(httpLatency({ milliseconds: 50 }), 'system', pods, async ({ changed, restored }) => {
    expect({ changed, symptom: restored.symptom }).toEqual({ changed: [], symptom: 'absent' });
    expect(await pods.told()).toEqual([[], []]);
  });
  expect(steps).toBe(4);
}, 60_000);
