import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectKubernetes, forwardService, type KubernetesApi } from '@podscope/fault-injectors/kubernetes';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenSearchAccess, openOpenSearch } from '../../targets/kubernetes/opensearch/access.ts';
import type { TargetOptions } from '../../targets/kubernetes/options.ts';
import { runPodscope } from './program.fixture.ts';

const context = process.env['PODSCOPE_TEST_CONTEXT'] ?? '';
const image = process.env['PODSCOPE_TEST_GUESTBOOK_IMAGE'];
const MINUTE = 60_000;
/** Of their own, so that a system that is there is left alone. */
const namespaces = { logging: 'podscope-test-logging', agents: 'podscope-test-agents', guestbook: 'podscope-test-guestbook', opensearch: 'podscope-test-search' } as const;
const flags = ['--namespace', namespaces.logging, '--agents-namespace', namespaces.agents, '--guestbook-namespace', namespaces.guestbook, '--opensearch-namespace', namespaces.opensearch, ...(image === undefined ? ['--guestbook', 'php'] : ['--guestbook-image', image])];
const options: TargetOptions = {
  namespaces, pattern: 'workshop', opensearch: { how: 'built-in', nodes: 1, storage: '10Gi', major: 2 }, dashboards: true, guestbook: image === undefined ? 'php' : 'podscope', guestbookImage: image, imageMirror: undefined, storageClass: undefined,
};

const folder = mkdtempSync(join(tmpdir(), 'podscope-cluster-'));
const environment: NodeJS.ProcessEnv = { ...process.env, NO_COLOR: '1', PODSCOPE_RUN_DIR: folder };
let api: KubernetesApi;

beforeAll(async () => {
  api = await connectKubernetes({ context, environment: { KUBECONFIG: process.env['KUBECONFIG'] } });
});
afterAll(async () => {
  // Whatever failed before: nothing is left on somebody's cluster.
  await runPodscope(environment, 'down', '--target', 'kubernetes', '--context', context, '--namespace', namespaces.logging, '--yes');
  api.close();
  rmSync(folder, { recursive: true, force: true });
}, 10 * MINUTE);

/** How many documents answer a search. */
async function count({ client }: OpenSearchAccess, index: string, query: object = { match_all: {} }): Promise<number> {
  await client.indices.refresh({ index });
  return (await client.count({ index, body: { query } })).body.count;
}

/** Asks the guestbook, through a forwarded port. */
async function visit(path: string, times: number): Promise<void> {
  await using forward = await forwardService(api, { namespace: namespaces.guestbook, name: 'frontend' }, 80);
  for (let index = 0; index < times; index += 1) await (await fetch(`http://127.0.0.1:${forward.port}${path}`)).body?.cancel();
}

describe('the system on a cluster with a container runtime', () => {
  it('comes up, ships, shows what breaks, and goes', { timeout: 60 * MINUTE }, async () => {
    const up = await runPodscope(environment, 'up', '--target', 'kubernetes', '--context', context, '--opensearch', 'built-in', ...flags, '--json');
    expect(up.code, up.stdout).toBe(0);
    expect(JSON.parse(up.stdout)).toMatchObject({ healthy: true });
    const status = await runPodscope(environment, 'status', '--json');
    expect(JSON.parse(status.stdout)).toMatchObject({ healthy: true, dashboards: { installed: 5, wanted: 5 } });

    await using opensearch = await openOpenSearch(api, options, { user: undefined, ca: undefined });
    const arrives = (index: string, query?: object) => expect.poll(() => count(opensearch, index, query), { timeout: 5 * MINUTE, interval: 5_000 }).toBeGreaterThan(0);
    await visit('/', 20);
    for (const family of ['filebeat', 'metricbeat', 'kubernetes', 'redis', 'apache']) await arrives(`${family}-*`);

    // What the hunts break, as it looks in the data: pages that aren't there, and more replicas than there is room for.
    await visit('/nowhere-to-be-found', 200);
    await arrives('apache-*', { term: { 'http.response.status_code': 404 } });
    const frontend = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: namespaces.guestbook, name: 'frontend' };
    await api.patch(frontend, { spec: { replicas: 500 } }, { subresource: 'scale' });
    await arrives('kubernetes-*', { term: { 'kubernetes.event.reason': 'FailedScheduling' } });
    await arrives('metricbeat-*', { range: { 'kubernetes.deployment.replicas.unavailable': { gt: 0 } } });
    await api.patch(frontend, { spec: { replicas: 3 } }, { subresource: 'scale' });

    const down = await runPodscope(environment, 'down', '--yes', '--json');
    expect(down.code, down.stdout).toBe(0);
    expect(JSON.parse(down.stdout)).toMatchObject({ left: [] });
  });
});
