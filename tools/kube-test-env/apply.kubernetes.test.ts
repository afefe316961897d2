import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { KubeClient } from './client.ts';
import { deployment, modest, namespace, noteDefinition } from './fixtures/objects.ts';
import { printed } from './fixtures/printed.ts';
import type { KubeObject } from './objects.ts';
import { startKubeApiServer, type StartedKubeApiServer } from './start.ts';

let server: StartedKubeApiServer;
let client: KubeClient;
beforeAll(async () => {
  server = await startKubeApiServer({ onProgress: printed });
  ({ client } = server.admin);
  for (const level of ['restricted', 'baseline', 'privileged'] as const) {
    await client.apply(namespace(level, level));
    await client.apply({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', namespace: level } });
  }
}, 45 * 60_000);
afterAll(() => server?.stop());

const map = (data: Readonly<Record<string, unknown>>, name = 'map'): KubeObject => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'default' }, data });
const pod = (within: string, spec: object): KubeObject => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'pod', namespace: within }, spec });

describe('a server-side apply', () => {
  it('takes a good object, with the server\'s defaults, and without a warning', async () => {
    const { object, warnings } = await client.apply(deployment(modest, { in: 'restricted' }), { dryRun: true });
    expect(object).toMatchObject({ spec: { strategy: { type: 'RollingUpdate' }, template: { spec: { restartPolicy: 'Always' } } } });
    expect(warnings).toEqual([]);
  });

  it('keeps nothing on a dry run', async () => {
    await client.apply(map({ a: '1' }, 'tried'), { dryRun: true });
    expect(await client.read(map({}, 'tried'))).toBeUndefined();
  });

  it('changes nothing when it is done again', async () => {
    const first = await client.apply(map({ a: '1' }));
    const second = await client.apply(map({ a: '1' }));
    expect(second.object.metadata.resourceVersion).toBe(first.object.metadata.resourceVersion);
    const other = await client.apply(map({ a: '2' }));
    expect(other.object.metadata.resourceVersion).not.toBe(first.object.metadata.resourceVersion);
  });

  it.each([
    ['beside the ones that it has', deployment(modest, { spec: { replica: 3 } }), 'spec.replica'],
    ['in a container', deployment({ ...modest, imagePullPolcy: 'Always' }), 'spec.template.spec.containers[0].imagePullPolcy'],
    ['in the metadata', { ...map({}), metadata: { name: 'map', lables: {} } }, 'metadata.lables'],
    ['at the top', { ...map({}), dota: {} }, 'dota'],
  ])('refuses a field that there is not, %s, and says where', async (_what, object, path) => {
    await expect(client.apply(object, { dryRun: true })).rejects.toMatchObject({ code: 'KUBE_UNKNOWN_FIELD', message: expect.stringContaining(`no field ${path}.`) });
    // The same when a controller's way is taken.
    await expect(client.create(object, { dryRun: true })).rejects.toMatchObject({ code: 'KUBE_UNKNOWN_FIELD' });
  });

  it('names every field that there is not, in one go', async () => {
    const object = deployment({ ...modest, imagePullPolcy: 'Always' }, { spec: { replica: 3 } });
    await expect(client.apply(object, { dryRun: true })).rejects.toThrow('no field spec.replica, spec.template.spec.containers[0].imagePullPolcy.');
  });

  it.each([
    ['a number for a text', map({ port: 80 }), 'data.port is 80, where a string belongs'],
    ['a name that Kubernetes refuses', map({}, 'Big_Name'), 'metadata.name'],
    ['a value out of range', deployment(modest, { spec: { replicas: -1 } }), 'spec.replicas'],
    ['a selector that misses its own pods', deployment(modest, { spec: { selector: { matchLabels: { app: 'other' } } } }), 'selector'],
    ['a namespace for what belongs to none', { ...namespace('x', 'restricted'), metadata: { name: 'x', namespace: 'default' } }, 'belongs to none'],
    ['no name', { ...map({}), metadata: {} }, 'no name'],
  ])('refuses %s', async (_what, object, says) => {
    await expect(client.apply(object, { dryRun: true })).rejects.toMatchObject({ code: 'KUBE_REFUSED', message: expect.stringContaining(says) });
  });

  it('refuses a namespace that there is not', async () => {
    await expect(client.apply({ ...map({}), metadata: { name: 'map', namespace: 'nowhere' } }, { dryRun: true })).rejects.toMatchObject({ code: 'KUBE_NOT_FOUND', message: expect.stringContaining('nowhere') });
  });

  it('refuses a kind or a version that the server lacks', async () => {
    await expect(client.apply({ ...deployment(modest), apiVersion: 'apps/v1beta1' })).rejects.toMatchObject({ code: 'KUBE_KIND_UNKNOWN' });
    await expect(client.apply({ ...deployment(modest), kind: 'Deploiment' })).rejects.toMatchObject({ code: 'KUBE_KIND_UNKNOWN', message: expect.stringContaining('Deploiment in apps/v1') });
  });

  it('takes no field from another manager but by force', async () => {
    const object = map({ owner: 'one' }, 'owned');
    await client.apply(object, { fieldManager: 'one' });
    await expect(client.apply(map({ owner: 'two' }, 'owned'), { fieldManager: 'two' })).rejects.toMatchObject({ code: 'KUBE_CONFLICT', message: expect.stringContaining('.data.owner') });
    expect((await client.apply(map({ owner: 'two' }, 'owned'), { fieldManager: 'two', force: true })).object).toMatchObject({ data: { owner: 'two' } });
  });

  it('takes custom resources once they are defined, and no field that the definition lacks', async () => {
    const note = (spec: object): KubeObject => ({ apiVersion: 'podscope.test/v1', kind: 'Note', metadata: { name: 'note', namespace: 'default' }, spec });
    await expect(client.apply(note({ text: 'x' }))).rejects.toMatchObject({ code: 'KUBE_KIND_UNKNOWN' });
    await client.apply(noteDefinition);
    await client.established('notes.podscope.test');
    expect((await client.apply(note({ text: 'x' }))).object).toMatchObject({ spec: { text: 'x' } });
    await expect(client.apply(note({ text: 'x', txet: 'y' }))).rejects.toMatchObject({ code: 'KUBE_UNKNOWN_FIELD', message: expect.stringContaining('spec.txet') });
    await expect(client.apply(note({ author: 'x' }))).rejects.toMatchObject({ code: 'KUBE_REFUSED', message: expect.stringMatching(/spec\.text: Required/) });
  });
});

describe('pod security', () => {
  const hostPath = { containers: [modest], volumes: [{ name: 'logs', hostPath: { path: '/var/log' } }] };

  it.each([
    ['restricted', 'a modest pod', { containers: [modest] }, undefined],
    ['restricted', 'a pod without a security context', { containers: [{ name: 'app', image: 'example.test/app:1' }] }, 'allowPrivilegeEscalation'],
    ['restricted', 'a path of the host', hostPath, 'restricted volume types'],
    ['baseline', 'a pod without a security context', { containers: [{ name: 'app', image: 'example.test/app:1' }] }, undefined],
    ['baseline', 'a path of the host', hostPath, 'hostPath volumes'],
    ['privileged', 'a path of the host', hostPath, undefined],
  ])('%s and %s', async (level, _what, spec, says) => {
    const created = client.create(pod(level, spec), { dryRun: true });
    if (says === undefined) expect((await created).warnings).toEqual([]);
    else await expect(created).rejects.toMatchObject({ code: 'KUBE_REFUSED', message: expect.stringContaining(says) });
  });

  it('only warns of a workload whose pods it would refuse', async () => {
    const { warnings } = await client.apply(deployment({ name: 'app', image: 'example.test/app:1' }, { in: 'restricted' }), { dryRun: true });
    expect(warnings.join()).toContain('would violate PodSecurity "restricted:latest"');
  });
});
