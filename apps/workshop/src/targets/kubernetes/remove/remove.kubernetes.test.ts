import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { KubernetesApi, ObjectToWrite } from '@podscope/fault-injectors/kubernetes';
import { startKubeCluster, type StartedKubeCluster } from '../../../../../../tools/kube-test-env/cluster.ts';
import { printed } from '../../../../../../tools/kube-test-env/fixtures/printed.ts';
import { applyObjects, type ApplyOptions } from '../apply/apply.ts';
import { APPLYSET, type ApplySetId, applySetLabel, bookRef } from '../apply/applySet.ts';
import { observeApplySet } from '../apply/observe.ts';
import { isUnchanged, planApply } from '../apply/plan.ts';
import { applySetOf } from '../run/prospect.ts';
import { keepingData, planDown } from '../run/takeDown.ts';
import { type Connected, connected, noting } from '../testing/connected.ts';
import { inventory } from '../testing/inventory.ts';
import { configMap, deployment, namespace, noteKind, workshopObjects } from '../testing/objects.ts';
import { waitForWorkloads } from '../wait/waitForWorkloads.ts';
import { observeRemoval } from './observe.ts';
import { planRemoval } from './plan.ts';
import { carryOutRemoval, leftLines, removeApplySet } from './remove.ts';

let cluster: StartedKubeCluster;
let admin: Connected;
let api: KubernetesApi;
let before: readonly string[];
beforeAll(async () => {
  cluster = await startKubeCluster({ nodes: [{ pods: 60 }, { pods: 60 }], onProgress: printed });
  admin = await connected(cluster.admin.kubeconfig);
  ({ api } = admin);
  await api.create(namespace('stays'), { fieldManager: 'somebody' });
  await waitForRootCa('stays');
  before = await inventory(api);
}, 45 * 60_000);
afterAll(async () => {
  await admin?.[Symbol.asyncDispose]();
  await cluster?.stop();
});

const setOf = (name: string, within = 'stays'): ApplySetId => ({ name, namespace: within });
const applied = async (id: ApplySetId, objects: readonly ObjectToWrite[], options?: ApplyOptions) => applyObjects(api, planApply(await observeApplySet(api, id, objects), objects), options);
const NOTHING_LEFT = expect.objectContaining({ left: [], leftAlone: [] });
const ref = (kind: string, name: string, within?: string) => ({ apiVersion: 'v1', kind, name, ...(within === undefined ? {} : { namespace: within }) });

/** What controllers make in a new namespace is there. */
async function waitForRootCa(name: string): Promise<void> {
  const done = new AbortController();
  for await (const event of api.watch({ apiVersion: 'v1', kind: 'ConfigMap', namespace: name }, { signal: done.signal })) if (event.type === 'added' && event.object.metadata.name === 'kube-root-ca.crt') break;
  done.abort();
}

/** A StatefulSet with a volume for each of its two pods. */
const store = (within: string): ObjectToWrite => {
  const { spec, ...rest } = deployment(within, 'store', { replicas: 2 });
  return { ...rest, metadata: rest.metadata, apiVersion: 'apps/v1', kind: 'StatefulSet', spec: { ...(spec as object), serviceName: 'store', volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } } }] } };
};

describe('a set is removed', () => {
  it('with all that it made, and with nothing else', async () => {
    const objects = workshopObjects('gone');
    await applied(setOf('whole'), objects);
    await waitForWorkloads(api, objects);
    const states: string[] = [];
    expect(await removeApplySet(api, setOf('whole'), { onProgress: ({ state, done, total }) => states.push(`${state} ${done}/${total}`) })).toEqual(NOTHING_LEFT);
    expect(states.at(-1)).toMatch(/^gone (\d+)\/\1$/);
    expect(await inventory(api)).toEqual(before);
  });

  it('again and again: where there is nothing of it, nothing happens', async () => {
    const noted = noting(api);
    expect(await removeApplySet(noted.api, setOf('whole'))).toEqual({ gone: [], released: [], leftAlone: [], left: [] });
    expect(noted.writes).toEqual([]);
  });

  it('out of a namespace that stays: its pods and claims too, and nothing of others', async () => {
    await api.create({ ...configMap('stays', 'labelled'), metadata: { namespace: 'stays', name: 'labelled', labels: { [APPLYSET.partOf]: applySetLabel(setOf('inside')) } } }, { fieldManager: 'somebody' });
    const withTheirs = await inventory(api);
    const objects = [configMap('stays', 'settings'), deployment('stays', 'web', { replicas: 2 }), store('stays')];
    await applied(setOf('inside'), objects);
    await waitForWorkloads(api, objects);
    expect((await api.list({ apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace: 'stays' })).map(({ metadata }) => metadata.name).sort()).toEqual(['data-store-0', 'data-store-1']);
    const receipt = await removeApplySet(api, setOf('inside'));
    expect(receipt).toMatchObject({ left: [], leftAlone: [{ ref: { name: 'labelled' } }] });
    expect(await inventory(api)).toEqual(withTheirs);
    await api.remove(ref('ConfigMap', 'labelled', 'stays'));
  });

  it('with the namespace that was made for its book', async () => {
    const id = setOf('booked', 'for-the-book');
    await applied(id, [namespace('work'), configMap('work', 'settings')]);
    await applied(id, [namespace('work'), configMap('work', 'settings', { key: 'other' })]);
    expect(await removeApplySet(api, id)).toEqual(NOTHING_LEFT);
    expect(await inventory(api)).toEqual(before);
  });

  it('with custom resources before their definition', async () => {
    await applied(setOf('custom'), [namespace('notes'), ...noteKind('remove.example.com', 'notes')]);
    expect(await removeApplySet(api, setOf('custom'))).toEqual(NOTHING_LEFT);
    expect(await inventory(api)).toEqual(before);
  });

  it('when somebody deleted its book', async () => {
    await applied(setOf('bookless'), [namespace('orphans'), configMap('orphans', 'one'), configMap('stays', 'two')]);
    await api.remove(bookRef(setOf('bookless')));
    expect(await removeApplySet(api, setOf('bookless'))).toEqual(NOTHING_LEFT);
    expect(await inventory(api)).toEqual(before);
  });

  it('but not an object that somebody made anew by a member’s name', async () => {
    await applied(setOf('renewed'), [configMap('stays', 'name')]);
    const plan = planRemoval(await observeRemoval(api, setOf('renewed')));
    await api.remove(ref('ConfigMap', 'name', 'stays'));
    await api.create(configMap('stays', 'name', { made: 'anew' }), { fieldManager: 'somebody' });
    expect(await carryOutRemoval(api, plan)).toEqual(NOTHING_LEFT);
    expect(await api.read(ref('ConfigMap', 'name', 'stays'))).toMatchObject({ data: { made: 'anew' } });
    await api.remove(ref('ConfigMap', 'name', 'stays'));
  });
});

describe('what a target’s namespaces hold of others', () => {
  const namespaces = { logging: 'down-logging', agents: 'down-agents', guestbook: 'down-guestbook', opensearch: 'down-search' };
  const target = [...Object.values(namespaces).map((name) => namespace(name)), configMap('down-logging', 'settings'), configMap('down-search', 'settings')];
  const up = () => applied(applySetOf(namespaces), target);
  const claim: ObjectToWrite = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { namespace: 'down-search', name: 'data-opensearch-nodes-0' }, spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } } };

  it('is asked about where it is a volume, such as the operator’s, and kept with its namespace', async () => {
    await up();
    await api.create(claim, { fieldManager: 'operator' });
    const removing = await planDown(api, namespaces);
    expect(removing.claims).toMatchObject([{ kind: 'PersistentVolumeClaim', namespace: 'down-search', name: 'data-opensearch-nodes-0' }]);
    const { plan, kept } = keepingData(removing);
    expect(kept.map(({ kind, name }) => `${kind} ${name}`)).toEqual(['Namespace down-search', 'PersistentVolumeClaim data-opensearch-nodes-0']);
    expect(await carryOutRemoval(api, plan)).toEqual(NOTHING_LEFT);
    expect(await api.read({ apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace: 'down-search', name: 'data-opensearch-nodes-0' })).toBeDefined();
    expect(await carryOutRemoval(api, (await planDown(api, namespaces)).plan)).toEqual(NOTHING_LEFT);
    expect(await inventory(api)).toEqual(before);
  });

  it('is left with its namespace where it is a workload or a Service, the book’s too, until it is gone', async () => {
    await up();
    const theirs = [deployment('down-guestbook', 'theirs', { replicas: 0 }), { apiVersion: 'v1', kind: 'Service', metadata: { namespace: 'down-logging', name: 'theirs' }, spec: { ports: [{ port: 80 }] } }];
    for (const object of theirs) await api.create(object, { fieldManager: 'somebody' });
    const reasons = [{ ref: { name: 'down-guestbook' }, reason: 'others have something in it: Deployment down-guestbook/theirs' }, { ref: { name: 'down-logging' }, reason: 'others have something in it: Service down-logging/theirs' }];
    expect(await carryOutRemoval(api, (await planDown(api, namespaces)).plan)).toMatchObject({ left: [], leftAlone: reasons });
    expect((await inventory(api)).filter((name) => / \/?down-/u.test(` ${name.split(' ')[1] ?? ''}`) && !/^ReplicaSet|kube-root-ca|\/default$/u.test(name))).toEqual(['Deployment down-guestbook/theirs', 'Namespace /down-guestbook', 'Namespace /down-logging', 'Service down-logging/theirs']);
    expect(await carryOutRemoval(api, (await planDown(api, namespaces)).plan)).toMatchObject({ left: [], leftAlone: reasons, gone: [] });
    for (const { apiVersion, kind, metadata: { namespace: within, name } } of theirs) await api.remove({ apiVersion, kind, ...(within === undefined ? {} : { namespace: within }), name });
    await expect.poll(async () => carryOutRemoval(api, (await planDown(api, namespaces)).plan), { timeout: 60_000 }).toMatchObject({ left: [], leftAlone: [] });
    expect(await inventory(api)).toEqual(before);
  });
});

describe('what is stuck', () => {
  const held = (within: string, name: string): ObjectToWrite => ({ ...configMap(within, name), metadata: { namespace: within, name, finalizers: ['example.com/hold'] } });
  const letGo = (within: string, name: string) => api.patch(ref('ConfigMap', name, within), { metadata: { finalizers: null } }, { fieldManager: 'somebody' });

  it('is named with its finalizer, the book stays, and a second removal finishes', async () => {
    await applied(setOf('stuck'), [held('stays', 'held'), configMap('stays', 'free')]);
    const { left, gone } = await removeApplySet(api, setOf('stuck'), { timeoutMs: 3000 });
    expect(leftLines(left)).toEqual(['ConfigMap stays/held: it waits for the finalizer example.com/hold']);
    expect(gone.map(({ name }) => name)).toEqual(['free']);
    expect(await api.read(bookRef(setOf('stuck')))).toBeDefined();
    await letGo('stays', 'held');
    expect(await removeApplySet(api, setOf('stuck'))).toEqual(NOTHING_LEFT);
    expect(await inventory(api)).toEqual(before);
  });

  it('in a namespace is named by what the server says is left in it', async () => {
    await applied(setOf('stuck-namespace'), [namespace('tight'), configMap('tight', 'settings')]);
    await api.create(held('tight', 'theirs'), { fieldManager: 'somebody' });
    const { left } = await removeApplySet(api, setOf('stuck-namespace'), { timeoutMs: 10_000 });
    expect(left).toHaveLength(1);
    expect(leftLines(left)[0]).toMatch(/^Namespace tight: .*configmaps\. has 1 resource instances.*example\.com\/hold in 1 resource instances/);
    await letGo('tight', 'theirs');
    expect(await removeApplySet(api, setOf('stuck-namespace'))).toEqual(NOTHING_LEFT);
    expect(await inventory(api)).toEqual(before);
  });

  it('for want of rights is named by the right; the rest goes, and who has it finishes', async () => {
    await applied(setOf('rights'), [configMap('stays', 'free'), { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { namespace: 'stays', name: 'kept' } }]);
    // Nor may this one watch: then it is asked.
    const rules = [{ apiGroups: [''], resources: ['configmaps', 'serviceaccounts', 'namespaces', 'persistentvolumeclaims'], verbs: ['get', 'list'] }, { apiGroups: [''], resources: ['configmaps'], verbs: ['delete'] }];
    const { kubeconfig } = await cluster.user('remover', { rules });
    await using remover = await connected(kubeconfig);
    const { left, gone } = await removeApplySet(remover.api, setOf('rights'));
    expect(gone.map(({ name }) => name)).toEqual(['free']);
    expect(leftLines(left)).toEqual([expect.stringMatching(/^ServiceAccount stays\/kept: .*may not delete serviceaccounts/)]);
    expect(await removeApplySet(api, setOf('rights'))).toEqual(NOTHING_LEFT);
    expect((await inventory(api)).filter((name) => !name.includes('remover'))).toEqual(before);
  });
});

describe('interrupted', () => {
  const program = join(import.meta.dirname, '../testing/applyProgram.ts');

  async function killed(id: ApplySetId, objects: readonly ObjectToWrite[], killAfter: number): Promise<void> {
    const file = join(admin.kubeconfig, `../${id.name}.json`);
    await writeFile(file, JSON.stringify({ kubeconfig: admin.kubeconfig, id, objects, killAfter }));
    const ended = await promisify(execFile)(process.execPath, ['--conditions=@podscope/source', program, file]).catch((error: unknown) => error);
    expect(ended).toMatchObject({ signal: 'SIGKILL' });
  }

  it('an apply killed after any write leaves nothing once it is removed', async () => {
    const kills = [1, 4, 20, 45, 57];
    await Promise.all(
      kills.map(async (killAfter) => {
        await killed(setOf(`killed-${killAfter}`), workshopObjects(`killed-${killAfter}`), killAfter);
        expect((await inventory(api)).some((name) => name.includes(`/killed-${killAfter}`))).toBe(true);
      }),
    );
    expect(await Promise.all(kills.map((killAfter) => removeApplySet(api, setOf(`killed-${killAfter}`))))).toEqual(kills.map(() => NOTHING_LEFT));
    expect((await inventory(api)).filter((name) => name.includes('killed'))).toEqual([]);
  });

  it('an apply that was killed is finished by the next one', async () => {
    const objects = workshopObjects('again');
    await killed(setOf('again'), objects, 30);
    const { changes } = await applied(setOf('again'), objects);
    expect(changes.filter(({ action }) => action === 'unchanged').length).toBeGreaterThanOrEqual(30);
    expect(isUnchanged(planApply(await observeApplySet(api, setOf('again'), objects), objects))).toBe(true);
    await waitForWorkloads(api, objects);
    expect(await removeApplySet(api, setOf('again'))).toEqual(NOTHING_LEFT);
  });

  it('an apply that is told to stop does, and so does a removal; both can be done again', async () => {
    const objects = workshopObjects('stopped');
    const stop = new AbortController();
    const apply = applied(setOf('stopped'), objects, { signal: stop.signal, onProgress: ({ done }) => (done === 10 ? stop.abort(new Error('stopped here')) : undefined) });
    await expect(apply).rejects.toThrow('stopped here');
    const stopRemoval = new AbortController();
    const removal = removeApplySet(api, setOf('stopped'), { signal: stopRemoval.signal, onProgress: ({ state }) => (state === 'asked' ? stopRemoval.abort(new Error('stopped there')) : undefined) });
    await expect(removal).rejects.toThrow('stopped there');
    expect(await removeApplySet(api, setOf('stopped'))).toEqual(NOTHING_LEFT);
    expect((await inventory(api)).filter((name) => name.includes('stopped'))).toEqual([]);
  });

  it('by rights that are missing in the middle: says which, and is finished by who has them', async () => {
    const objects = [namespace('half'), configMap('half', 'settings'), deployment('half', 'web')];
    // Making a Deployment is allowed, so the check passes; applying one isn't.
    const rules = [{ apiGroups: [''], resources: ['*'], verbs: ['*'] }, { apiGroups: ['apps'], resources: ['deployments'], verbs: ['get', 'list', 'create'] }];
    const { kubeconfig } = await cluster.user('half', { rules });
    await using half = await connected(kubeconfig);
    const attempt = async () => applyObjects(half.api, planApply(await observeApplySet(half.api, setOf('half'), objects), objects));
    await expect(attempt()).rejects.toMatchObject({ code: 'KUBE_FORBIDDEN', message: expect.stringMatching(/Deployment half\/web: .*may not patch deployments\.apps.*What was applied before it stays/) });
    expect(await api.read(ref('ConfigMap', 'settings', 'half'))).toBeDefined();
    await applied(setOf('half'), objects);
    expect(await removeApplySet(api, setOf('half'))).toEqual(NOTHING_LEFT);
  });

  it('by rights that are missing from the start: nothing is written', async () => {
    const { kubeconfig } = await cluster.user('reader', { rules: [{ apiGroups: ['*'], resources: ['*'], verbs: ['get', 'list'] }] });
    await using reader = await connected(kubeconfig);
    const objects = [namespace('never'), configMap('never', 'settings')];
    const attempt = async () => applyObjects(reader.api, planApply(await observeApplySet(reader.api, setOf('never'), objects), objects));
    await expect(attempt()).rejects.toMatchObject({ code: 'KUBE_FORBIDDEN', message: expect.stringContaining('Nothing was written.') });
    expect(await api.read(ref('Namespace', 'never'))).toBeUndefined();
  });

  it('by an API server that is restarted, goes on by itself: applying and removing', async () => {
    const objects = workshopObjects('restarted');
    const at = async (work: (reached: () => void) => Promise<unknown>): Promise<unknown> => {
      let restart: Promise<void> | undefined;
      const result = await work(() => void (restart ??= cluster.restartApiServer({ downMs: 500 })));
      expect(restart).toBeDefined();
      await restart;
      return result;
    };
    await at((reached) => applied(setOf('restarted'), objects, { onProgress: ({ done }) => (done === 20 ? reached() : undefined) }));
    await waitForWorkloads(api, objects);
    expect(await at((reached) => removeApplySet(api, setOf('restarted'), { onProgress: ({ state }) => (state === 'asked' ? reached() : undefined) }))).toEqual(NOTHING_LEFT);
    expect((await inventory(api)).filter((name) => name.includes('restarted'))).toEqual([]);
  });
});
