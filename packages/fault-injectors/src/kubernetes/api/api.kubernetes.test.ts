import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startKubeCluster, type StartedKubeCluster } from '../../../../../tools/kube-test-env/cluster.ts';
import { hasCluster, NEEDS_CLUSTER } from '../../../../../tools/kube-test-env/fixtures/cluster.ts';
import { deployment, modest } from '../../../../../tools/kube-test-env/fixtures/objects.ts';
import { printed } from '../../../../../tools/kube-test-env/fixtures/printed.ts';
import { connectKubernetes } from './api.ts';
import { forwardPort, forwardService } from './forward.ts';
import { accessesOf } from './refs.ts';
import { startConnectProxy } from './testing/connectProxy.ts';
import type { KubernetesApi, ObjectToWrite } from './types.ts';

describe.skipIf(!hasCluster)(`a cluster (${NEEDS_CLUSTER})`, () => {
  let cluster: StartedKubeCluster;
  let folder: string;
  let api: KubernetesApi;
  const WAIT = { timeout: 60_000, interval: 50 };

  async function connected(kubeconfig: string): Promise<KubernetesApi> {
    const file = join(await mkdtemp(join(folder, 'user-')), 'kubeconfig');
    await writeFile(file, kubeconfig, { mode: 0o600 });
    return connectKubernetes({ kubeconfig: file });
  }

  beforeAll(async () => {
    cluster = await startKubeCluster({ onProgress: printed });
    folder = await mkdtemp(join(tmpdir(), 'podscope-api-'));
    api = await connected(cluster.admin.kubeconfig);
    await api.apply(app('web', 2));
    await running('web', 2);
  }, 45 * 60_000);
  afterAll(async () => {
    api?.close();
    await cluster?.stop();
    if (folder !== undefined) await rm(folder, { recursive: true });
  });

  const map = (name: string, more: object = {}, namespace = 'default') => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace }, ...more });
  const ref = (name: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', namespace: 'default', name });
  const app = (name: string, replicas: number): ObjectToWrite => deployment({ ...modest, ports: [{ name: 'http', containerPort: 8080 }] }, { name, spec: { replicas } }) as ObjectToWrite;
  const podsOf = (name: string) => api.list({ apiVersion: 'v1', kind: 'Pod', namespace: 'default', labelSelector: `app=${name}` }, ({ metadata, ...rest }) => ({ name: metadata.name, uid: metadata.uid ?? '', phase: (rest['status'] as { readonly phase: string }).phase, ending: metadata.deletionTimestamp !== undefined }));
  const running = (name: string, count: number) =>
    vi.waitFor(async () => {
      const pods = (await podsOf(name)).filter(({ phase, ending }) => phase === 'Running' && !ending);
      expect(pods).toHaveLength(count);
      return pods;
    }, WAIT);

  describe('takes', () => {
    it('what is written, and gives it back', async () => {
      const { object } = await api.create(map('written', { data: { a: '1' } }));
      expect(await api.read(ref('written'))).toMatchObject({ data: { a: '1' }, metadata: { uid: object.metadata.uid } });
      const { object: replaced } = await api.replace({ ...map('written', { data: { a: '2' } }), metadata: { name: 'written', namespace: 'default', resourceVersion: object.metadata.resourceVersion } });
      expect(replaced).toMatchObject({ data: { a: '2' } });
      expect((await api.patch(ref('written'), { data: { b: '3' } })).object).toMatchObject({ data: { a: '2', b: '3' } });
      expect((await api.patch({ apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'default', name: 'web' }, { spec: { replicas: 2 } }, { subresource: 'scale' })).object).toMatchObject({ kind: 'Scale', spec: { replicas: 2 } });
      expect((await api.patch(ref('written'), [{ op: 'remove', path: '/data/b' }], { dryRun: true })).object).toMatchObject({ data: { a: '2' } });
      expect(await api.read(ref('written'))).toMatchObject({ data: { a: '2', b: '3' } });
      expect(await api.remove(ref('written'), { uid: 'another' }).catch((error: unknown) => error)).toMatchObject({ code: 'KUBE_CONFLICT' });
      expect([await api.remove(ref('written'), { uid: object.metadata.uid ?? '' }), await api.remove(ref('written')), await api.read(ref('written'))]).toEqual([true, false, undefined]);
    });

    it('thousands of objects in pages, of which what is needed is kept', async () => {
      const names = Array.from({ length: 1_100 }, (_, index) => `many-${String(index).padStart(4, '0')}`);
      await Promise.all(names.map((name) => api.create({ ...map(name), metadata: { name, namespace: 'default', labels: { many: 'yes' } } })));
      const many = { apiVersion: 'v1', kind: 'ConfigMap', labelSelector: 'many=yes' };
      expect(await api.list(many, ({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual(names.map((name) => `ConfigMap ${name}`));
      await api.request({ method: 'DELETE', path: '/api/v1/namespaces/default/configmaps', query: { labelSelector: 'many=yes' } });
      expect(await api.list(many)).toEqual([]);
    });

    it('questions of who it is and what may be done', async () => {
      expect(await api.version()).toMatchObject({ gitVersion: cluster.version, major: 1, minor: Number(cluster.version.split('.')[1]) });
      expect([api.server, await api.pathOf({ apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'guestbook', name: 'frontend' }), await api.pathOf({ apiVersion: 'v1', kind: 'Node', name: 'a b' })]).toEqual([cluster.url, '/apis/apps/v1/namespaces/guestbook/deployments/frontend', '/api/v1/nodes/a%20b']);
      expect([await api.resourceOf({ apiVersion: 'policy/v1', kind: 'PodDisruptionBudget' }), await api.resourceOf({ apiVersion: 'v1', kind: 'Nothing' }), await api.resourceOf({ apiVersion: 'apps/v9', kind: 'Deployment' })]).toEqual([{ group: 'policy', resource: 'poddisruptionbudgets', namespaced: true }, undefined, undefined]);
    });
  });

  describe('refuses', () => {
    it('an API version, a kind or a field that it lacks, with all such fields in one go', async () => {
      await expect(api.apply({ ...app('x', 1), apiVersion: 'apps/v1beta1' })).rejects.toMatchObject({ code: 'KUBE_KIND_UNKNOWN', message: 'The API server has no kind Deployment in apps/v1beta1.' });
      await expect(api.list({ apiVersion: 'extensions/v1beta1', kind: 'Ingress' })).rejects.toMatchObject({ code: 'KUBE_KIND_UNKNOWN' });
      const typos = deployment({ ...modest, imagePullPolcy: 'Always' }, { name: 'typos', spec: { replica: 3 } }) as ObjectToWrite;
      for (const write of [api.apply, api.create]) await expect(write(typos)).rejects.toMatchObject({ code: 'KUBE_UNKNOWN_FIELD', message: 'Deployment default/typos: the API server has no field spec.replica, spec.template.spec.containers[0].imagePullPolcy.' });
      await expect(api.patch({ apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'default', name: 'web' }, { spec: { replica: 1 } })).rejects.toMatchObject({ code: 'KUBE_UNKNOWN_FIELD', message: expect.stringContaining('no field spec.replica.') });
    });

    it('a user who may not, and says which rule is missing', async () => {
      const { kubeconfig } = await cluster.user('limited', { namespace: 'default', rules: [{ apiGroups: ['apps'], resources: ['deployments'], verbs: ['get'] }] });
      const limited = await connected(kubeconfig);
      const target = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'default', name: 'web' };
      expect(await limited.read(target)).toBeDefined();
      const cases: readonly (readonly [() => Promise<unknown>, string, string])[] = [
        [() => limited.patch(target, { spec: { replicas: 1 } }, { subresource: 'scale' }), 'patch deployments/scale.apps in namespace default', 'a Role in namespace default with apiGroups ["apps"], resources ["deployments/scale"], verbs ["patch"]'],
        [() => limited.list({ apiVersion: 'v1', kind: 'Pod' }), 'list pods in the cluster', 'a ClusterRole with apiGroups [""], resources ["pods"], verbs ["list"]'],
        [() => limited.remove(target), 'delete deployments.apps in namespace default', 'verbs ["delete"]'],
        [() => limited.evict({ namespace: 'default', name: 'x' }), 'create pods/eviction in namespace default', 'resources ["pods/eviction"]'],
        [() => limited.logs({ namespace: 'default', name: 'x' }), 'get pods/log in namespace default', 'resources ["pods/log"]'],
        [() => limited.connect({ namespace: 'default', name: 'x' }, 80), 'get pods/portforward in namespace default', 'resources ["pods/portforward"]'],
      ];
      for (const [attempt, says, rule] of cases) await expect(attempt()).rejects.toMatchObject({ code: 'KUBE_FORBIDDEN', message: expect.stringContaining(`user limited may not ${says}`), hint: expect.stringContaining(rule) });
      const accesses = accessesOf(target, ['get', 'patch', 'patch/scale', 'create']);
      expect(await limited.missing(accesses)).toEqual(accesses.slice(1));
      expect(await api.missing(accesses)).toEqual([]);
      limited.close();
    });

    it('what was changed since, is there already, or belongs to another manager', async () => {
      const { object } = await api.create(map('changed', { data: { a: '1' } }));
      await api.patch(ref('changed'), { data: { a: '2' } });
      await expect(api.replace({ ...object, metadata: { ...object.metadata }, data: { a: '3' } })).rejects.toMatchObject({ code: 'KUBE_CONFLICT' });
      await expect(api.create(map('changed'))).rejects.toMatchObject({ code: 'KUBE_CONFLICT', message: 'ConfigMap default/changed: it is there already.' });
      await expect(api.apply(map('changed', { data: { a: '4' } }), { fieldManager: 'other' })).rejects.toMatchObject({ code: 'KUBE_CONFLICT', details: [expect.stringContaining('.data.a')] });
      expect((await api.apply(map('changed', { data: { a: '4' } }), { fieldManager: 'other', force: true })).object).toMatchObject({ data: { a: '4' } });
    });

    it('anything new in a namespace that is being deleted, or is not there', async () => {
      await api.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'ending' } });
      // Something that holds it.
      await api.create({ ...map('held'), metadata: { name: 'held', namespace: 'ending', finalizers: ['podscope.test/hold'] } });
      await api.remove({ apiVersion: 'v1', kind: 'Namespace', name: 'ending' });
      for (const write of [api.apply, api.create]) await expect(write(map('late', {}, 'ending'))).rejects.toMatchObject({ code: 'KUBE_NAMESPACE_ENDING', message: 'ConfigMap ending/late: its namespace is being deleted, and nothing new can be made in it.' });
      await api.patch({ ...ref('held'), namespace: 'ending' }, { metadata: { finalizers: [] } });
      await vi.waitFor(async () => expect(await api.read({ apiVersion: 'v1', kind: 'Namespace', name: 'ending' })).toBeUndefined(), WAIT);
      await expect(api.apply(map('late', {}, 'ending'))).rejects.toMatchObject({ code: 'KUBE_NOT_FOUND', message: expect.stringContaining('namespaces "ending" not found') });
    });

    it('to evict what a PodDisruptionBudget protects', async () => {
      const budget = { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: { name: 'web', namespace: 'default' }, spec: { minAvailable: 2, selector: { matchLabels: { app: 'web' } } } };
      const { object } = await api.apply(budget);
      await vi.waitFor(async () => expect(await api.read({ ...budget, namespace: 'default', name: 'web' })).toMatchObject({ status: { observedGeneration: 1, currentHealthy: 2 } }), WAIT);
      const [pod] = await running('web', 2);
      await expect(api.evict({ namespace: 'default', name: pod?.name ?? '' })).rejects.toMatchObject({ code: 'KUBE_DISRUPTION_REFUSED', details: [expect.stringContaining('needs 2 healthy pods and has 2')] });
      await api.remove({ ...budget, namespace: 'default', name: 'web' }, { uid: object.metadata.uid ?? '' });
      await expect(api.evict({ namespace: 'default', name: pod?.name ?? '', uid: 'another' })).rejects.toMatchObject({ code: 'KUBE_CONFLICT' });
      expect(await api.evict({ namespace: 'default', name: pod?.name ?? '', uid: pod?.uid })).toBe(true);
      await vi.waitFor(async () => expect((await podsOf('web')).map(({ name }) => name)).not.toContain(pod?.name), WAIT);
      expect(await api.evict({ namespace: 'default', name: pod?.name ?? '' })).toBe(false);
      await running('web', 2);
    });
  });

  it('gives the last lines of a log, as text though they look like JSON', async () => {
    const [pod] = await running('web', 2);
    const file = join(folder, 'log');
    await writeFile(file, '2026-01-31T12:00:00.000000000Z stdout F first\n2026-01-31T12:00:01.000000000Z stdout F {"a":1}\n');
    await using _route = await cluster.routeLogs({ namespace: 'default', pods: pod?.name ?? '', container: modest.name, file });
    expect(await api.logs({ namespace: 'default', name: pod?.name ?? '', container: modest.name }, { tailLines: 1 })).toBe('{"a":1}\n');
    await expect(api.logs({ namespace: 'default', name: 'nobody' })).rejects.toMatchObject({ code: 'KUBE_NOT_FOUND' });
  });

  describe('leads to ports of pods', () => {
    let echo: Server;
    const portOf = (server: Server): number => (server.address() as AddressInfo).port;
    const service = { namespace: 'default', name: 'web' };
    beforeAll(async () => {
      // Gives back what it gets, and ends when the other side has ended.
      echo = createServer({ allowHalfOpen: true }, (socket) => socket.on('error', () => undefined).pipe(socket));
      echo.listen(0, '127.0.0.1');
      await once(echo, 'listening');
      await cluster.routePort({ namespace: 'default', pods: { labels: { app: 'web' } }, port: 8080, to: { host: '127.0.0.1', port: portOf(echo) } });
      await api.apply({ apiVersion: 'v1', kind: 'Service', metadata: service, spec: { selector: { app: 'web' }, ports: [{ name: 'http', port: 80, targetPort: 'http' }, { name: 'other', port: 81, targetPort: 'nameless' }] } });
    });
    afterAll(() => echo?.close());

    const said = async (port: number, words: string): Promise<string> => {
      const socket = connect(port, '127.0.0.1');
      socket.write(words);
      let got = '';
      for await (const chunk of socket) if ((got += String(chunk)).length >= words.length) break;
      return got;
    };

    it('as a stream, however much goes through', async () => {
      const [pod] = await running('web', 2);
      const stream = await api.connect({ namespace: 'default', name: pod?.name ?? '' }, 8080);
      const sent = Buffer.alloc(8_000_000, 'Grüße ');
      const got = Promise.withResolvers<Buffer>();
      const chunks: Buffer[] = [];
      let length = 0;
      stream.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        if ((length += chunk.length) === sent.length) got.resolve(Buffer.concat(chunks));
      });
      stream.write(sent);
      expect((await got.promise).equals(sent)).toBe(true);
      stream.destroy();
    });

    it('that takes no more from the pod than is read, and gives it no more than it takes', async () => {
      const [pod] = await running('web', 2);
      let flushed = 0;
      const taken = Promise.withResolvers<void>();
      const flood = createServer((socket) => {
        socket.on('error', () => undefined);
        const write = (): void => void socket.write(Buffer.alloc(100_000), (error) => (error || (flushed += 1) === 2_000 ? taken.resolve() : write()));
        write();
      });
      flood.listen(0, '127.0.0.1');
      await once(flood, 'listening');
      await using _route = await cluster.routePort({ namespace: 'default', pods: pod?.name ?? '', port: 9090, to: { host: '127.0.0.1', port: portOf(flood) } });
      const stream = await api.connect({ namespace: 'default', name: pod?.name ?? '' }, 9090);
      let before = -1;
      while (flushed !== before || flushed === 0) {
        before = flushed;
        await new Promise((resolve) => setTimeout(resolve, 250));
      }
      expect(flushed).toBeLessThan(1_500);
      stream.resume();
      await taken.promise;
      stream.destroy();
      flood.close();
    });

    it('that the process in the pod sees end, and that says so when nobody listens or there is no such pod', async () => {
      const [pod] = await running('web', 2);
      const name = pod?.name ?? '';
      const ended = Promise.withResolvers<void>();
      // It has to write: kwok ends no connection that is silent from the pod's side (its `pkg/utils/net/tunnel.go`).
      const ticking = createServer((socket) => {
        const timer = setInterval(() => socket.write('tick'), 50);
        socket.on('error', () => undefined).resume().once('close', () => {
          clearInterval(timer);
          ended.resolve();
        });
      });
      ticking.listen(0, '127.0.0.1');
      await once(ticking, 'listening');
      await using _route = await cluster.routePort({ namespace: 'default', pods: name, port: 9091, to: { host: '127.0.0.1', port: portOf(ticking) } });
      const stream = await api.connect({ namespace: 'default', name }, 9091);
      await once(stream, 'data');
      stream.destroy();
      await ended.promise;
      await new Promise((resolve) => ticking.close(resolve));
      await expect(api.connect({ namespace: 'default', name }, 9091).then(text)).rejects.toMatchObject({ code: 'KUBE_PORT_REFUSED', message: `Port 9091 of pod default/${name}: nobody listens there.` });
      await expect(api.connect({ namespace: 'default', name: 'nobody' }, 80)).rejects.toMatchObject({ code: 'KUBE_NOT_FOUND' });
    });

    it('on a port of this machine, until it is closed', async () => {
      const [pod] = await running('web', 2);
      const forward = await forwardPort(api, { namespace: 'default', name: pod?.name ?? '' }, 8080);
      expect(await Promise.all(['one', 'two', 'three'].map((words) => said(forward.port, words)))).toEqual(['one', 'two', 'three']);
      await expect(forwardPort(api, { namespace: 'default', name: 'x' }, 1, { localPort: forward.port })).rejects.toMatchObject({ code: 'KUBE_FORWARD_FAILED', message: expect.stringContaining('somebody else listens there') });
      await expect(forwardPort(api, { namespace: 'default', name: 'x' }, 1, { host: '0.0.0.0' as '127.0.0.1' })).rejects.toMatchObject({ code: 'KUBE_FORWARD_FAILED' });
      const open = connect(forward.port, '127.0.0.1');
      open.on('error', () => undefined);
      await once(open, 'connect');
      await Promise.all([once(open, 'close'), forward.close()]);
      await forward.close();
      await expect(said(forward.port, 'late')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    });

    it('to whichever pod of a Service is ready, by the name of its port', async () => {
      await using forward = await forwardService(api, service, 'http');
      expect(await said(forward.port, 'before')).toBe('before');
      // Each pod is replaced; the controller makes others, and the forward finds them.
      for (const { name, uid } of await running('web', 2)) {
        await api.remove({ apiVersion: 'v1', kind: 'Pod', namespace: 'default', name }, { uid });
        await vi.waitFor(async () => expect((await podsOf('web')).map((pod) => pod.name)).not.toContain(name), WAIT);
        await running('web', 2);
        // kwok learns of the new pods' route a moment after the pods are there.
        await vi.waitFor(async () => expect(await said(forward.port, 'after')).toBe('after'), WAIT);
      }
    });

    it('not to a Service that is not there, lacks the port, selects nothing, or has no ready pod', async () => {
      await expect(forwardService(api, { namespace: 'default', name: 'nothing' }, 80)).rejects.toMatchObject({ code: 'KUBE_NOT_FOUND' });
      await expect(forwardService(api, service, 443)).rejects.toMatchObject({ code: 'KUBE_FORWARD_FAILED', hint: 'It has: 80 (http), 81 (other).' });
      await expect(forwardService(api, service, 81)).rejects.toMatchObject({ code: 'KUBE_FORWARD_FAILED', message: expect.stringContaining('no ready pod with a port named nameless') });
      await expect(forwardService(api, { namespace: 'default', name: 'kubernetes' }, 443)).rejects.toMatchObject({ code: 'KUBE_FORWARD_FAILED', message: expect.stringContaining('selects no pods') });
    });

    it('through a proxy, as watches go', async () => {
      await using proxy = await startConnectProxy();
      const config = JSON.parse(cluster.admin.kubeconfig) as { readonly clusters: readonly { readonly cluster: Record<string, string> }[] };
      for (const each of config.clusters) each.cluster['proxy-url'] = `http://127.0.0.1:${proxy.port}`;
      const through = await connected(JSON.stringify(config));
      await using forward = await forwardService(through, service, 80);
      expect(await said(forward.port, 'through')).toBe('through');
      const stop = new AbortController();
      const watched: string[] = [];
      for await (const event of through.watch({ apiVersion: 'v1', kind: 'ConfigMap', namespace: 'default', fieldSelector: 'metadata.name=proxied' }, { signal: stop.signal })) {
        watched.push(event.type);
        if (event.type === 'initial') await through.create(map('proxied'));
        // The tunnel of the watch is cut; it goes on through another.
        if (event.type === 'added') proxy.cut();
        if (event.type === 'added') await through.remove(ref('proxied'), { uid: event.object.metadata.uid ?? '' });
        if (event.type === 'deleted') stop.abort();
      }
      expect(watched).toEqual(['initial', 'added', 'deleted']);
      expect(new Set(proxy.targets)).toEqual(new Set([`127.0.0.1:${cluster.port}`]));
      through.close();
    });
  });
});
