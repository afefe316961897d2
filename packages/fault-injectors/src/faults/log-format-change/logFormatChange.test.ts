import { afterAll, beforeAll, expect, it } from 'vitest';
import { injectFault } from '../../engine/inject.ts';
import { memoryStore } from '../../stores/memoryStore.ts';
import { killAtEachStep } from '../../testing/killAtEachStep.ts';
import { systemOfPorts } from '../../testing/systemOfPorts.ts';
import { startWebPods, type WebPods } from '../../testing/webPods.ts';
import { logFormatChange } from './index.ts';

let pods: WebPods;
beforeAll(async () => {
  pods = await startWebPods(['frontend-a', 'frontend-b']);
}, 60_000);
afterAll(() => pods?.[Symbol.asyncDispose]());
const inject = (params: Parameters<typeof logFormatChange>[0] = {}) => injectFault(logFormatChange(params), { target: systemOfPorts(pods), store: memoryStore() });

it.each(['json', 'pipes'] as const)('writes access lines as %s, and in Apache’s format again afterwards', async (format) => {
  const fault = await inject({ format });
  expect(fault.state).toBe('injected');
  expect((await fault.verify()).findings).toEqual(['frontend-a: its access line is in another format than Apache’s']);
  await fault.revert();
  const check = await logFormatChange({}).on('system')?.verify({ id: 'none', target: systemOfPorts(pods), before: { of: 2, pods: [{ name: 'frontend-a' }] }, signal: new AbortController().signal });
  expect(check).toEqual({ symptom: 'absent', findings: ['frontend-a: its access line is in Apache’s format'] });
});

it('is given back when the injector is killed at any step', async () => {
  const steps = await killAtEachStep(logFormatChange({}), 'system', pods, async ({ changed, restored }) => {
    expect({ changed, symptom: restored.symptom }).toEqual({ changed: [], symptom: 'absent' });
    expect(await pods.told()).toEqual([[], []]);
  });
  expect(steps).toBe(2);
}, 60_000);
