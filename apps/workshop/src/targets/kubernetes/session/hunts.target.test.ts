import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startOpenSearch, type StartedOpenSearch } from '@podscope/embedded-opensearch';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startKubeCluster, type StartedKubeCluster } from '../../../../../../tools/kube-test-env/cluster.ts';
import { printed } from '../../../../../../tools/kube-test-env/fixtures/printed.ts';
import { clusterState, diffStates } from '../../../../../../tools/kube-test-env/stateHash.ts';
import type { RehearsalReport } from '../../../hunts/rehearse.ts';
import { pause } from '../../../hunts/rehearsal.ts';
import { type TestSystem, testSystem } from '../../../hunts/runningSystem.fixture.ts';
import { type Collector, startCollector } from '../../embedded/collector/collector.ts';
import { socketPath } from '../../embedded/supervisor/runDirectory.ts';
import { type GuestbookContainers, runGuestbook } from './containers.fixture.ts';

const CONTEXT = 'podscope-test';
let cluster: StartedKubeCluster;
let opensearch: StartedOpenSearch;
let system: TestSystem;
let containers: GuestbookContainers;
/** Kwok's pods ship nothing: the embedded target's collector reads the web server's log, Redis and the session's state in their place. */
let collector: Collector;

beforeAll(async () => {
  [cluster, opensearch] = await Promise.all([
    // Room for what the target has, and for 39 web pods.
    startKubeCluster({ onProgress: printed, nodes: [30, 30, 30, 30].map((pods) => ({ pods })) }),
    startOpenSearch(),
  ]);
  system = await testSystem({ ...process.env, PODSCOPE_BROWSER: 'true', KUBECONFIG: '/nonexistent' });
  const kubeconfig = join(system.runDir, 'kubeconfig');
  await writeFile(kubeconfig, cluster.admin.kubeconfig, { mode: 0o600 });
  await mkdir(join(system.runDir, 'logs'), { recursive: true });
  const succeed = async (...args: readonly string[]): Promise<void> => {
    const { code, stdout, stderr } = await system.podscope(args);
    expect(code, `${args.join(' ')}\n${stdout}\n${stderr}`).toBe(0);
  };
  await succeed('up', '--target', 'kubernetes', '--context', CONTEXT, '--kubeconfig', kubeconfig, '--opensearch-url', opensearch.url, '--no-dashboards', '--json');
  containers = await runGuestbook(cluster, join(system.runDir, 'logs', 'containers'));
  await pause(1_000);
  await succeed('open', 'console', '--target', 'kubernetes', '--detach', '--json');
  collector = await startCollector({ runDir: system.runDir, opensearchUrl: opensearch.url, controlSocket: socketPath(system.runDir), hostName: 'node-1', log: () => undefined });
  await pause(12_000);
}, 45 * 60_000);

afterAll(async () => {
  await collector?.stop();
  // Ends the session, and takes away what `up` made: nothing of it is left, the store of faults neither.
  await system?.end();
  const { body } = await cluster.admin.client.request({ path: '/api/v1/namespaces' });
  const names = (body as { readonly items: readonly { readonly metadata: { readonly name: string } }[] }).items.map(({ metadata }) => metadata.name);
  expect(names.filter((name) => !/^(?:default|kube-)/.test(name))).toEqual([]);
  await containers?.[Symbol.asyncDispose]();
  await Promise.all([cluster?.stop(), opensearch?.stop()]);
}, 300_000);

it.each(['runaway-replicas', 'not-found-storm', 'fragmented-redis'])('the hunt %s keeps its contract on a cluster, and leaves it as it was', { timeout: 900_000 }, async (hunt) => {
  const before = await clusterState(cluster.admin.client);
  const { code, stdout, stderr } = await system.podscope(['hunt', 'rehearse', hunt, '--seeds', '1', '--json']);
  const report = JSON.parse(stdout) as RehearsalReport;
  expect(report.hunts.map(({ id, passed }) => ({ id, passed })), `${JSON.stringify(report, undefined, 1)}\n${stderr}`).toEqual([{ id: hunt, passed: true }]);
  expect(code).toBe(0);
  // The namespace in which faults are kept stays for the next one, empty; `down` removes it.
  expect(diffStates(before, await clusterState(cluster.admin.client)).filter(({ id }) => !/ podscope-faults(?:\/(?:default|kube-root-ca\.crt))?$/.test(id))).toEqual([]);
});
