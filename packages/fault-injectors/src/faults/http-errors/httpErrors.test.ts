import { afterAll, beforeAll, expect, it } from 'vitest';
import { injectFault } from '../../engine/inject.ts';
import { memoryStore } from '../../stores/memoryStore.ts';
import { killAtEachStep } from '../../testing/killAtEachStep.ts';
import { systemOfPorts } from '../../testing/systemOfPorts.ts';
import { startWebPods, type WebPods } from '../../testing/webPods.ts';
import { httpErrors } from './index.ts';

let pods: WebPods;
beforeAll(async () => {
  pods = await startWebPods(['frontend-a', 'frontend-b']);
}, 180_000);
afterAll(() => pods?.[Symbol.asyncDispose]());
const inject = (params: Parameters<typeof httpErrors>[0] = {}) => injectFault(httpErrors(params), { target: systemOfPorts(pods), store: memoryStore() });

const statuses = (pod: number, path: string) => Promise.all(Array.from({ length: 20 }, async () => (await fetch(`http://127.0.0.1:${pods.web[pod]?.port}${path}`)).status));

it('lets every pod fail exactly its share, and none afterwards', async () => {
  const fault = await inject({ share: 0.25, status: 502 });
  expect(fault).toMatchObject({ state: 'injected', blastRadius: { count: 2, of: 2, things: ['web:frontend-a', 'web:frontend-b'] } });
  for (const pod of [0, 1]) expect((await statuses(pod, '/style.css')).filter((status) => status === 502)).toHaveLength(5);
  expect(await statuses(0, '/healthz')).not.toContain(502);
  await fault.revert();
  for (const pod of [0, 1]) expect(new Set(await statuses(pod, '/style.css'))).toEqual(new Set([200]));
  expect(await pods.told()).toEqual([[], []]);
});

it('meets only its paths and pods', async () => {
  await using fault = await inject({ share: 1, paths: ['/about'], pods: 1 });
  expect(fault.blastRadius).toMatchObject({ count: 1, of: 2 });
  expect([new Set(await statuses(0, '/about')), new Set(await statuses(0, '/style.css')), new Set(await statuses(1, '/about'))]).toEqual([new Set([503]), new Set([200]), new Set([200])]);
});

it('ends by itself when everybody has forgotten about it, and says what somebody else set since', async () => {
  const fault = await inject({ share: 1, seconds: 5 });
  const { adminPort } = pods.web[0] ?? {};
  await fetch(`http://127.0.0.1:${adminPort}/behaviours/${fault.id}`, { method: 'PUT', body: JSON.stringify({ behaviour: { kind: 'errors', share: 0.5, paths: [], status: 500 }, seconds: 5 }) });
  await expect(fault.revert()).rejects.toMatchObject({ code: 'FAULT_TARGET_CHANGED', details: [expect.stringContaining('frontend-a: the switch was set to')] });
  await expect.poll(() => pods.told(), { timeout: 20_000, interval: 250 }).toEqual([[], []]);
  await fault.revert();
});

it('refuses a path that fails so already', async () => {
  const before = await statuses(0, '/');
  // There is no Redis here.
  expect(new Set(before).size).toBe(1);
  const [status] = before as [503];
  await expect(inject({ paths: ['/'], status })).rejects.toMatchObject({ code: 'FAULT_TARGET_UNFIT', message: `frontend-a answers / with ${status} already.` });
  expect(await pods.told()).toEqual([[], []]);
});

it('refuses parameters out of range, and a system without a switch', async () => {
  for (const params of [{ share: 0 }, { share: 1.5 }, { seconds: 4_000 }, { paths: ['about'] }]) expect(() => httpErrors(params)).toThrow(expect.objectContaining({ code: 'FAULT_BAD_PARAMETERS' }));
  const { web: _web, ...without } = systemOfPorts(pods);
  await expect(injectFault(httpErrors({}), { target: without, store: memoryStore() })).rejects.toMatchObject({ code: 'FAULT_TARGET_UNFIT' });
});

it('is given back when the injector is killed at any step', async () => {
  const steps = await killAtEachStep(httpErrors({}), 'system', pods, async ({ changed, restored }) => {
    expect({ changed, symptom: restored.symptom }).toEqual({ changed: [], symptom: 'absent' });
    expect(await pods.told()).toEqual([[], []]);
  });
  expect(steps).toBe(4);
}, 180_000);
