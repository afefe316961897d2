import { expect, it } from 'vitest';
import { emptyCluster, NODES } from './baseline.ts';
import type { ClusterAction, ClusterModel, ModelPod } from './model.ts';
import { allocation, reduce } from './reduce.ts';

const at = '2026-01-01T00:00:00.000Z';

/** Applies an action and then answers every effect as a runtime would, until nothing is left to do. */
function run(model: ClusterModel, action: ClusterAction): { model: ClusterModel; reasons: string[]; messages: string[] } {
  const queue: ClusterAction[] = [action];
  const reasons: string[] = [];
  const messages: string[] = [];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const result = reduce(model, next);
    model = result.model;
    reasons.push(...result.events.map((event) => event.reason));
    messages.push(...result.events.map((event) => event.message));
    for (const { kind, pod } of result.effects) {
      queue.push(kind === 'stop'
        ? { type: 'stopped', pod: pod.name, at }
        : { type: 'started', pod: pod.name, containerId: pod.containerId, port: 1, at });
    }
  }
  return { model, reasons, messages };
}

function baseline(): ClusterModel {
  let model = emptyCluster('seed');
  for (const [deployment, replicas] of [['redis-primary', 1], ['redis-replica', 2], ['collector', 1], ['frontend', 3]] as const) {
    model = run(model, { type: 'scale', deployment, replicas, at }).model;
  }
  return model;
}

const web = (model: ClusterModel): ModelPod[] => model.pods.filter((pod) => pod.deployment === 'frontend');

it('leaves 61 of 100 web pods pending, and says so as Kubernetes does', () => {
  const { model, messages } = run(baseline(), { type: 'scale', deployment: 'frontend', replicas: 100, at });
  expect(web(model).filter((pod) => pod.phase === 'Running')).toHaveLength(39);
  expect(web(model).filter((pod) => pod.phase === 'Pending' && pod.reason === 'Unschedulable')).toHaveLength(61);
  expect(messages.filter((message) => message === '0/4 nodes are available: 4 Too many pods.')).toHaveLength(61);
  expect(messages).toContainEqual(expect.stringMatching(/^Scaled up replica set frontend-\S+ to 100 from 3$/));
  const back = run(model, { type: 'scale', deployment: 'frontend', replicas: 39, at });
  expect(back.reasons).not.toContain('Killing');
  expect(web(back.model).map((pod) => pod.name)).toEqual(web(model).filter((pod) => pod.phase === 'Running').map((pod) => pod.name));
});

it('ends the newest first and fills free slots with pending pods', () => {
  const start = baseline();
  const oldest = web(start).map((pod) => pod.name);
  const full = run(start, { type: 'scale', deployment: 'frontend', replicas: 45, at }).model;
  const gone = oldest[0] as string;
  const refilled = run(full, { type: 'delete', pod: gone, at }).model;
  expect(web(refilled).map((pod) => pod.name)).not.toContain(gone);
  expect(web(refilled).filter((pod) => pod.phase === 'Running')).toHaveLength(39);
  expect(web(refilled)).toHaveLength(45);
  const down = run(full, { type: 'scale', deployment: 'frontend', replicas: 3, at }).model;
  expect(web(down).map((pod) => pod.name)).toEqual(oldest);
});

it('keeps the name of an ordinal pod and gives it another container', () => {
  const before = baseline();
  const after = run(before, { type: 'delete', pod: 'redis-primary-0', at }).model;
  const [old, young] = [before, after].map((model) => model.pods.find((pod) => pod.name === 'redis-primary-0'));
  expect(young?.phase).toBe('Running');
  expect(young?.containerId).not.toBe(old?.containerId);
});

it('counts restarts and ignores news of an older container', () => {
  const before = baseline();
  const pod = before.pods[0] as ModelPod;
  const crashed = reduce(before, { type: 'exited', pod: pod.name, containerId: pod.containerId, message: 'killed', at });
  expect(crashed.events.map((event) => event.reason)).toEqual(['BackOff']);
  expect(crashed.model.pods[0]).toMatchObject({ restarts: 1, ready: false, reason: 'CrashLoopBackOff' });
  const late = reduce(crashed.model, { type: 'exited', pod: pod.name, containerId: pod.containerId, message: 'killed', at });
  expect(late.model).toEqual(crashed.model);
});

it('never puts more on a node than fits, whatever happens in whatever order', () => {
  let random = 7;
  const pick = (below: number): number => {
    random = (Math.imul(random, 1103515245) + 12345) & 0x7fffffff;
    return (random >>> 8) % below;
  };
  for (let round = 0; round < 40; round++) {
    let model = emptyCluster(`round ${round}`);
    const open: ClusterAction[] = [];
    for (let step = 0; step < 80; step++) {
      const any = model.pods[pick(Math.max(1, model.pods.length))];
      const deployment = model.deployments[pick(model.deployments.length)]?.name as string;
      const choices: (ClusterAction | undefined)[] = [
        { type: 'scale', deployment, replicas: pick(60), at },
        any && { type: 'delete', pod: any.name, at },
        any && { type: 'exited', pod: any.name, containerId: any.containerId, message: 'x', at },
        ...open.splice(pick(open.length + 1), 3),
      ];
      for (const action of choices.filter((each) => each !== undefined)) {
        const result = reduce(model, action);
        model = result.model;
        open.push(...result.effects.map(({ kind, pod }): ClusterAction => kind === 'stop'
          ? { type: 'stopped', pod: pod.name, at }
          : { type: 'started', pod: pod.name, containerId: pod.containerId, port: 1, at }));
        const taken = allocation(model);
        for (const node of NODES) expect(taken.get(node.name)).toBeLessThanOrEqual(node.capacity);
        expect([...taken.values()].reduce((sum, count) => sum + count, 0)).toBe(model.pods.filter((pod) => pod.node !== null).length);
        expect(new Set(model.pods.map((pod) => pod.name)).size).toBe(model.pods.length);
        expect(model.pods.every((pod) => pod.phase === 'Pending' || pod.node !== null)).toBe(true);
      }
    }
    for (let left = open.shift(); left !== undefined; left = open.shift()) {
      const result = reduce(model, left);
      model = result.model;
      open.push(...result.effects.map(({ kind, pod }): ClusterAction => kind === 'stop'
        ? { type: 'stopped', pod: pod.name, at }
        : { type: 'started', pod: pod.name, containerId: pod.containerId, port: 1, at }));
    }
    for (const each of model.deployments) expect(model.pods.filter((pod) => pod.deployment === each.name)).toHaveLength(each.desired);
    const running = model.pods.filter((pod) => pod.phase === 'Running').length;
    expect(running).toBe(Math.min(43, model.pods.length));
  }
});
