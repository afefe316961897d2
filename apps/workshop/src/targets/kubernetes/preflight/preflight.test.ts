import { describe, expect, it } from 'vitest';
import type { TargetOptions } from '../options.ts';
import { rightsObjects } from '../run/prospect.ts';
import { synthTarget } from '../target.ts';
import { type Check, checkLines, isFit } from './checks.ts';
import type { ObservedCluster, ObservedNode } from './observe.ts';
import { requestsOf } from './pods.ts';
import { preflight } from './preflight.ts';
import { bytes, quantity } from '../quantity.ts';
import type { RightsObject } from './rights.ts';

const options: TargetOptions = {
  namespaces: { logging: 'logging', agents: 'node-agents', guestbook: 'guestbook', opensearch: 'opensearch' },
  pattern: 'workshop', opensearch: { how: 'built-in', nodes: 1, storage: '10Gi', major: 2 }, dashboards: true, guestbook: 'podscope', guestbookImage: undefined, imageMirror: undefined, storageClass: undefined,
};
const objectsOf = (change: Partial<TargetOptions> = {}): readonly RightsObject[] => rightsObjects(synthTarget({ ...options, ...change }, '1.33'), options);
const objects = objectsOf();

const GIB = 2 ** 30;
const node = (name: string, change: Partial<ObservedNode> = {}): ObservedNode => ({ name, ready: true, tainted: false, architecture: 'amd64', allocatable: { cpu: 4, memory: 16 * GIB, pods: 30 }, taken: { cpu: 0, memory: 0, pods: 0 }, ...change });
const fine: ObservedCluster = {
  version: { gitVersion: 'v1.33.4', major: 1, minor: 33 }, unknownKinds: [], missing: [], nodes: [node('a'), node('b')], namespaces: [], storageClasses: [{ name: 'standard', isDefault: true }],
};
const judged = (change: Partial<ObservedCluster>, of: readonly RightsObject[] = objects): ReadonlyMap<Check['id'], Check> => new Map(preflight({ ...fine, ...change }, of).map((check) => [check.id, check]));

describe('the preflight', () => {
  it('finds nothing on a cluster that has all', () => {
    const checks = preflight(fine, objects);
    expect(checks.map(({ id, verdict }) => [id, verdict])).toEqual(['server-version', 'rights', 'namespaces', 'pod-security', 'capacity', 'architectures', 'storage'].map((id) => [id, 'ok']));
    expect(isFit(checks)).toBe(true);
  });

  it.each([
    ['v1.27.9', 1, 27, 'failed'], ['v1.28.0', 1, 28, 'ok'], ['v1.35.4', 1, 35, 'ok'], ['v1.99.0', 1, 99, 'warning'], ['v2.0.0', 2, 0, 'failed'],
  ])('says of Kubernetes %s', (gitVersion, major, minor, verdict) => {
    expect(judged({ version: { gitVersion, major, minor } }).get('server-version')).toMatchObject({ verdict, found: expect.stringContaining(gitVersion) });
  });

  it('names kinds that the server lacks', () => {
    expect(judged({ unknownKinds: ['autoscaling/v2 HorizontalPodAutoscaler'] }).get('server-version')).toMatchObject({ verdict: 'failed', details: ['autoscaling/v2 HorizontalPodAutoscaler'] });
  });

  it('names missing verbs and resources, a line for each place', () => {
    const missing = [
      { verb: 'create', group: 'apps', resource: 'deployments', namespace: 'guestbook' },
      { verb: 'patch', group: 'apps', resource: 'deployments', namespace: 'guestbook' },
      { verb: 'list', group: '', resource: 'nodes' },
      { verb: 'create', group: '', resource: 'pods', subresource: 'portforward', namespace: 'opensearch' },
    ];
    expect(judged({ missing }).get('rights')).toMatchObject({ verdict: 'failed', details: ['create, patch deployments.apps in guestbook', 'list nodes of the cluster', 'create pods/portforward in opensearch'] });
  });

  it('does not begin in a namespace that is being deleted, and uses one of others as it is', () => {
    const namespace = { name: 'guestbook', ours: false, ending: false, finalizers: ['kubernetes'], level: undefined };
    expect(judged({ namespaces: [{ ...namespace, ending: true, finalizers: ['example.com/hold'] }] }).get('namespaces')).toMatchObject({ verdict: 'failed', details: ['guestbook: held by example.com/hold'] });
    expect(judged({ namespaces: [namespace] }).get('namespaces')).toMatchObject({ verdict: 'warning' });
    expect(judged({ namespaces: [{ ...namespace, ours: true }] }).get('namespaces')).toMatchObject({ verdict: 'ok' });
  });

  it('knows which level of pod security each namespace needs', () => {
    const there = (name: string, level: string): ObservedCluster['namespaces'] => [{ name, ours: false, ending: false, finalizers: [], level }];
    expect(judged({ namespaces: there('node-agents', 'restricted') }).get('pod-security')).toMatchObject({ verdict: 'failed', details: ['node-agents enforces restricted; what goes there needs privileged'] });
    expect(judged({ namespaces: there('guestbook', 'restricted') }).get('pod-security')).toMatchObject({ verdict: 'ok' });
    expect(judged({ namespaces: there('guestbook', 'restricted') }, objectsOf({ guestbook: 'php' })).get('pod-security')).toMatchObject({ verdict: 'failed' });
    expect(judged({ namespaces: there('guestbook', 'restricted') }, objectsOf({ opensearch: { how: 'operator', nodes: 1, storage: '10Gi', major: 2 } })).get('pod-security')).toMatchObject({ verdict: 'ok' });
  });

  it('finds room for each pod, or says for which there is none', () => {
    const full = node('a', { taken: { cpu: 0, memory: 0, pods: 29 } });
    expect(judged({ nodes: [full, node('b')] }).get('capacity')).toMatchObject({ verdict: 'failed', details: expect.arrayContaining([expect.stringMatching(/^DaemonSet node-agents\/\S+: no room for its pod .* on a$/u)]) });
    expect(judged({ nodes: [node('a', { tainted: true })] }).get('capacity')).toMatchObject({ verdict: 'failed', details: expect.arrayContaining([expect.stringMatching(/^StatefulSet opensearch\/opensearch: no node has room for a pod of 0.25 CPU and 1.3 GiB$/u)]) });
    expect(judged({ nodes: [node('a', { allocatable: { cpu: 1, memory: 16 * GIB, pods: 100 } })] }).get('capacity')?.verdict).toBe('failed');
    expect(judged({ nodes: [node('a', { ready: false })] }).get('capacity')).toMatchObject({ verdict: 'failed', found: 'no node is ready' });
    expect(judged({ nodes: [] }).get('capacity')).toMatchObject({ verdict: 'failed', found: 'there is no node' });
    // 23 pods that are of no node, and one of each of three agents on it.
    expect(judged({ nodes: [node('a', { allocatable: { cpu: 8, memory: 32 * GIB, pods: 17 } })] }).get('capacity')?.found).toMatch(/^18 pods ask for [\d.]+ CPU and [\d.]+ GiB; free on 1 nodes: 17 pods, 8 CPU and 32 GiB$/u);
  });

  it('tells images from nodes that can not run them', () => {
    expect(judged({ nodes: [node('a', { architecture: 'arm64' }), node('b')] }).get('architectures')?.verdict).toBe('ok');
    expect(judged({ nodes: [node('a', { architecture: 's390x' })] }).get('architectures')).toMatchObject({ verdict: 'failed', details: expect.arrayContaining(['StatefulSet opensearch/opensearch: docker.io/opensearchproject/opensearch:2.19.6 is not for s390x']) });
    expect(judged({ nodes: [node('a', { architecture: 'arm64' })] }, objectsOf({ guestbook: 'php' })).get('architectures')).toMatchObject({ verdict: 'failed', details: ['Deployment guestbook/frontend: it is for amd64 only, and there is no such node'] });
  });

  it('wants a storage class for what asks for volumes', () => {
    expect(judged({ storageClasses: [{ name: 'fast', isDefault: false }] }).get('storage')).toMatchObject({ verdict: 'failed', found: 'no storage class is the default one; there are fast' });
    expect(judged({ storageClasses: [{ name: 'fast', isDefault: false }] }, objectsOf({ storageClass: 'fast' })).get('storage')).toMatchObject({ verdict: 'ok', found: 'of class fast' });
    expect(judged({ storageClasses: [] }, objectsOf({ storageClass: 'slow' })).get('storage')).toMatchObject({ verdict: 'failed', found: 'there is no storage class slow; there are no storage classes' });
    expect(judged({ storageClasses: [] }, objectsOf({ pattern: 'direct', opensearch: { how: 'url', url: 'http://127.0.0.1:9200', urlFromHere: undefined, engine: 'opensearch@2', secured: false, hasAuthority: false } })).get('storage')).toMatchObject({ verdict: 'ok', found: 'none are asked for' });
  });

  it('leaves out what may not be listed: the rights say so', () => {
    expect([...judged({ nodes: undefined, storageClasses: undefined, missing: [{ verb: 'list', group: '', resource: 'nodes' }] }).keys()]).toEqual(['server-version', 'rights', 'namespaces', 'pod-security']);
  });

  it('prints a check with its details and what to do', () => {
    expect(checkLines([{ id: 'rights', title: 'Rights', verdict: 'failed', found: '1 action is not allowed', details: ['list nodes of the cluster'], todo: 'Ask.' }])).toEqual(['✖ Rights: 1 action is not allowed', '    list nodes of the cluster', '    → Ask.']);
  });
});

describe('quantities', () => {
  it.each([['500m', 0.5], ['1Gi', GIB], ['1e3', 1000], ['2', 2], ['1.5Ki', 1536], ['128Mi', 134_217_728], ['1.5G', 1.5e9], ['110', 110], ['100k', 100_000], ['', Number.NaN], ['ten', Number.NaN], ['1Xi', Number.NaN]])('%s is %d', (text, value) => {
    expect(quantity(text)).toBe(value);
  });

  it('are shown in the unit that fits', () => {
    expect([0, 1023, 1024, 1.5 * GIB, 2048 * GIB].map(bytes)).toEqual(['0 B', '1023 B', '1 KiB', '1.5 GiB', '2 TiB']);
  });

  it('of a pod are those of its containers with its sidecars, or of its largest init container', () => {
    const container = (memory: string, restartPolicy?: string) => ({ resources: { requests: { memory } }, ...(restartPolicy === undefined ? {} : { restartPolicy }) });
    expect(requestsOf({ containers: [container('1Ki'), container('2Ki')] }).memory).toBe(3072);
    expect(requestsOf({ containers: [container('1Ki')], initContainers: [container('5Ki')] }).memory).toBe(5120);
    expect(requestsOf({ containers: [container('1Ki')], initContainers: [container('1Ki', 'Always'), container('3Ki')] }).memory).toBe(4096);
    expect(requestsOf({ containers: [container('4Ki')], initContainers: [container('1Ki', 'Always'), container('3Ki')], overhead: { memory: '1Ki' } }).memory).toBe(6144);
  });
});
