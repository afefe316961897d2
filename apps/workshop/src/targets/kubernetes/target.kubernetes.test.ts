import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { printed } from '../../../../../tools/kube-test-env/fixtures/printed.ts';
import { parseManifests } from '../../../../../tools/kube-test-env/manifests.ts';
import type { KubeObject } from '../../../../../tools/kube-test-env/objects.ts';
import { reviewManifests } from '../../../../../tools/kube-test-env/review/review.ts';
import { startKubeApiServer, type StartedKubeApiServer } from '../../../../../tools/kube-test-env/start.ts';
import { tunnelObjects } from '../aws/tunnel/objects.ts';
import type { TargetOpenSearch, TargetOptions } from './options.ts';
import { synthTarget } from './target.ts';

let server: StartedKubeApiServer;
beforeAll(async () => {
  server = await startKubeApiServer({ onProgress: printed });
}, 45 * 60_000);
afterAll(() => server?.stop());

const url = (change: object): TargetOpenSearch => ({ how: 'url', url: 'https://search.example.com:9200', urlFromHere: undefined, engine: 'opensearch@2', secured: true, hasAuthority: true, ...change });
const cases: readonly (readonly [string, Partial<TargetOptions>])[] = [
  ['one node of OpenSearch 2', { opensearch: { how: 'built-in', nodes: 1, storage: '10Gi', major: 2 } }],
  ['three nodes of OpenSearch 3', { opensearch: { how: 'built-in', nodes: 3, storage: '10Gi', major: 3 }, storageClass: 'fast' }],
  ['a server with a user and an authority', { opensearch: url({}) }],
  ['a server without security, images from a mirror', { opensearch: url({ secured: false, hasAuthority: false, url: 'http://search.example.com:9200' }), imageMirror: 'registry.example.com/mirror' }],
];

function objectsOf(change: Partial<TargetOptions>, prefix: string): readonly KubeObject[] {
  const options: TargetOptions = {
    namespaces: { logging: `${prefix}-logging`, agents: `${prefix}-agents`, guestbook: `${prefix}-guestbook`, opensearch: `${prefix}-search` },
    pattern: 'workshop', opensearch: url({}), dashboards: true, guestbook: 'podscope', guestbookImage: undefined, imageMirror: undefined, storageClass: undefined, ...change,
  };
  return synthTarget(options, '1.33').components.flatMap(({ yaml, file }) => parseManifests(yaml, file));
}

describe('what up puts on a cluster, on a real API server,', () => {
  it.each(cases.map(([title, change], index) => ({ title, change, prefix: `target-${index}` })))('$title: is taken field by field, its pods too, under restricted', async ({ change, prefix }) => {
    const objects = objectsOf(change, prefix);
    const levels = Object.fromEntries(objects.filter(({ kind }) => kind === 'Namespace').map(({ metadata }) => [metadata.name, metadata.labels?.['pod-security.kubernetes.io/enforce']]));
    expect(levels).toEqual({ [`${prefix}-logging`]: 'restricted', [`${prefix}-guestbook`]: 'restricted', [`${prefix}-search`]: 'restricted', [`${prefix}-agents`]: 'privileged' });
    expect(await reviewManifests(server.admin.client, objects)).toEqual([]);
  });

  it('the relay to a domain of AWS: is taken field by field, its pod too, under restricted', async () => {
    const objects = tunnelObjects({ host: 'vpc-podscope.eu-central-1.es.amazonaws.com', imageMirror: 'registry.example.com/mirror' }) as unknown as readonly KubeObject[];
    expect(await reviewManifests(server.admin.client, objects)).toEqual([]);
  });
});
