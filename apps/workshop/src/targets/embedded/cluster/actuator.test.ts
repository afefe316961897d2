import { expect, it } from 'vitest';
import { Actuator, type PodRuntime } from './actuator.ts';
import { emptyCluster } from './baseline.ts';
import type { ModelPod } from './model.ts';

const at = new Date().toISOString();

/** A cluster whose pods are names in a set: enough to see what is asked to run. */
function cluster(overrides: Partial<PodRuntime> = {}) {
  const running = new Map<string, ModelPod>();
  const nodeLines: string[] = [];
  const runtime: PodRuntime = {
    async start(pod) {
      await new Promise((resolve) => setTimeout(resolve, 1));
      if (running.has(pod.name)) throw new Error(`${pod.name} runs twice`);
      running.set(pod.name, pod);
      return 4000 + running.size;
    },
    async stop(pod) {
      await new Promise((resolve) => setTimeout(resolve, 1));
      running.delete(pod.name);
    },
    ...overrides,
  };
  const actuator = new Actuator({
    model: emptyCluster('actuator'),
    runtimes: { frontend: runtime, 'redis-primary': runtime, 'redis-replica': runtime, collector: runtime },
    records: { event: () => undefined, node: (node, level, message) => nodeLines.push(`${node} ${level} ${message}`) },
    backoff: 5,
  });
  return { actuator, running, nodeLines };
}

it('runs what is placed, and only that', async () => {
  const { actuator, running, nodeLines } = cluster();
  actuator.dispatch({ type: 'scale', deployment: 'frontend', replicas: 50, at });
  actuator.dispatch({ type: 'scale', deployment: 'frontend', replicas: 4, at });
  actuator.dispatch({ type: 'scale', deployment: 'frontend', replicas: 60, at });
  await actuator.settled();
  expect(running.size).toBe(43);
  expect(actuator.model.pods.filter((pod) => pod.ready).map((pod) => pod.name).toSorted()).toEqual([...running.keys()].toSorted());
  expect(actuator.model.pods).toHaveLength(60);
  expect(nodeLines.every((line) => /^node-[1-4] info (started|stopped) /.test(line))).toBe(true);
});

it('starts a crashed container again, as another container', async () => {
  const { actuator, running } = cluster();
  actuator.dispatch({ type: 'scale', deployment: 'redis-primary', replicas: 1, at });
  await actuator.settled();
  const first = running.get('redis-primary-0') as ModelPod;
  running.clear();
  actuator.exited(first, 'killed');
  await actuator.settled();
  expect(running.get('redis-primary-0')?.containerId).not.toBe(first.containerId);
  expect(actuator.model.pods[0]).toMatchObject({ restarts: 1, ready: true, reason: null });
  expect(actuator.events.map((event) => event.reason)).toContain('BackOff');
});

it('tries again when a start fails, and a removal ends the waiting', async () => {
  let starts = 0;
  const { actuator } = cluster({ start: () => Promise.reject(new Error(`refused ${++starts}`)) });
  actuator.dispatch({ type: 'scale', deployment: 'frontend', replicas: 1, at });
  await expect.poll(() => starts, { timeout: 10_000 }).toBeGreaterThan(2);
  actuator.dispatch({ type: 'scale', deployment: 'frontend', replicas: 0, at });
  await actuator.settled();
  expect(actuator.model.pods).toEqual([]);
  const after = starts;
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(starts).toBe(after);
});

it('starts nothing once it is closed', async () => {
  const { actuator, running } = cluster();
  actuator.dispatch({ type: 'scale', deployment: 'frontend', replicas: 2, at });
  await actuator.settled();
  actuator.close();
  actuator.dispatch({ type: 'scale', deployment: 'frontend', replicas: 9, at });
  await actuator.settled();
  expect(running.size).toBe(2);
});
