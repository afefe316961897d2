import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PATTERNS, type Pattern } from '@podscope/log-shippers/pipelines';
import type { KubeClient } from '../../../../../tools/kube-test-env/client.ts';
import { printed } from '../../../../../tools/kube-test-env/fixtures/printed.ts';
import { parseManifests } from '../../../../../tools/kube-test-env/manifests.ts';
import type { KubeObject } from '../../../../../tools/kube-test-env/objects.ts';
import { reviewManifests } from '../../../../../tools/kube-test-env/review/review.ts';
import { startKubeApiServer, type StartedKubeApiServer } from '../../../../../tools/kube-test-env/start.ts';
import { type ManifestOptions, synthManifests } from './manifests.ts';

let server: StartedKubeApiServer;
let client: KubeClient;
beforeAll(async () => {
  server = await startKubeApiServer({ onProgress: printed });
  ({ client } = server.admin);
}, 45 * 60_000);
afterAll(() => server?.stop());

const patterns = Object.keys(PATTERNS) as readonly Pattern[];
const inCluster = { endpoint: 'https://opensearch.search.svc:9200', engine: 'opensearch@2', auth: { secret: 'opensearch' } } as const;
const onAws = { endpoint: 'https://search.example.com', engine: 'amazon-opensearch-service', auth: { awsRegion: 'eu-central-1' } } as const;

/** Each is in namespaces of its own: nothing on this server ends one. */
const cases: readonly (readonly [string, Omit<ManifestOptions, 'namespaces'>])[] = [
  ...patterns.map((pattern) => [`${pattern} into OpenSearch`, { pattern, ...inCluster, kubernetesVersion: '1.33', guestbook: 'podscope' }] as const),
  ...patterns.map((pattern) => [`${pattern} into Amazon OpenSearch Service`, { pattern, ...onAws, kubernetesVersion: '1.33', guestbook: 'podscope' }] as const),
  ['workshop on Kubernetes 1.28, whose sidecars are ordinary containers', { pattern: 'workshop', ...inCluster, kubernetesVersion: '1.28', guestbook: 'podscope' }],
  ['ant332 on Kubernetes 1.28', { pattern: 'ant332', ...inCluster, kubernetesVersion: '1.28', guestbook: 'podscope' }],
  ['ant332 with the public PHP image', { pattern: 'ant332', ...inCluster, kubernetesVersion: '1.33', guestbook: 'php' }],
  ['workshop through a delivery stream, images from a mirror', { pattern: 'workshop', ...onAws, firehose: 'logs', imageMirror: 'registry.example.com/mirror', kubernetesVersion: '1.33', guestbook: 'podscope' }],
  ['direct without the guestbook', { pattern: 'direct', ...inCluster, kubernetesVersion: '1.33', guestbook: 'none' }],
];

function synthesized(options: Omit<ManifestOptions, 'namespaces'>, prefix: string): readonly KubeObject[] {
  const namespaces = { logging: `${prefix}-logging`, agents: `${prefix}-agents`, guestbook: `${prefix}-guestbook` };
  // The text of the files, as they are written and as kubectl would read them.
  return synthManifests({ ...options, namespaces }).flatMap(({ yaml, file }) => parseManifests(yaml, file));
}

const levelOf = (objects: readonly KubeObject[]): ReadonlyMap<string, string | undefined> =>
  new Map(objects.filter(({ kind }) => kind === 'Namespace').map(({ metadata }) => [metadata.name ?? '', metadata.labels?.['pod-security.kubernetes.io/enforce']]));

describe('what podscope manifests writes, on a real API server,', () => {
  it.each(cases.map(([title, options], index) => ({ title, options, prefix: `case-${index}` })))('$title: is taken field by field, its pods too, and changes nothing the second time', async ({ options, prefix }) => {
    const objects = synthesized(options, prefix);
    // Sidecars of a namespace without pods of ours have no namespace of ours either.
    if (options.guestbook === 'none') await client.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: `${prefix}-guestbook`, labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } } });
    expect(await reviewManifests(client, objects)).toEqual([]);
  });

  it.each(patterns)('%s enforces restricted everywhere but in the namespace of node agents', async (pattern) => {
    const objects = synthesized({ pattern, ...inCluster, kubernetesVersion: '1.33', guestbook: 'podscope' }, pattern);
    expect(Object.fromEntries(levelOf(objects))).toEqual({ [`${pattern}-logging`]: 'restricted', [`${pattern}-agents`]: 'privileged', [`${pattern}-guestbook`]: 'restricted' });
    const agents = objects.filter(({ kind, metadata }) => metadata.namespace === `${pattern}-agents` && !['ServiceAccount', 'ConfigMap', 'NetworkPolicy', 'ResourceQuota'].includes(kind));
    expect(new Set(agents.map(({ kind }) => kind))).toEqual(new Set(['DaemonSet']));
  });

  it('leaves as little as it can to the public PHP image: its own namespace is baseline', () => {
    const objects = synthesized({ pattern: 'ant332', ...inCluster, kubernetesVersion: '1.33', guestbook: 'php' }, 'php');
    expect(levelOf(objects).get('php-guestbook')).toBe('baseline');
  });
});
