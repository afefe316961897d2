import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'tsup';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startKubeCluster, type StartedKubeCluster } from '../../../../../tools/kube-test-env/cluster.ts';
import { hasCluster, NEEDS_CLUSTER } from '../../../../../tools/kube-test-env/fixtures/cluster.ts';
import { printed } from '../../../../../tools/kube-test-env/fixtures/printed.ts';
import { watchdogBundle } from '../../../watchdog.bundle.ts';
import { scaleToZero } from '../../faults/scale-to-zero/index.ts';
import { connectKubernetes } from '../api/api.ts';
import type { KubernetesApi, ObjectRef } from '../api/types.ts';
import { faultRole } from '../role/faultRole.ts';
import { watchdogAccesses } from './clusterWatchdog.ts';

const NAMESPACE = 'podscope-faults';
const web: ObjectRef = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' };
const fault = scaleToZero({ namespace: 'shop', workload: 'deployment/web' });
const WAIT = { timeout: 60_000, interval: 200 };

// The pods of this cluster run nothing: the program of the watchdog's Job runs here as a process, as exactly its service account.
describe.skipIf(!hasCluster)(`the watchdog in a cluster (${NEEDS_CLUSTER})`, () => {
  let cluster: StartedKubeCluster;
  let folder: string;
  let admin: KubernetesApi;
  let program: string;
  let injectorConfig: string;
  const processes: ChildProcess[] = [];

  const file = async (name: string, text: string): Promise<string> => {
    await writeFile(join(folder, name), text, { mode: 0o600 });
    return join(folder, name);
  };
  const replicas = async () => ((await admin.read(web))?.['spec'] as { replicas?: number } | undefined)?.replicas;
  const names = async (kind: string, apiVersion: string, namespace?: string) => (await admin.list({ apiVersion, kind, namespace }, ({ metadata }) => metadata.name)).filter((name) => name.startsWith('fault-'));
  /** Everything of faults and their watchdogs, wherever it is. */
  async function left(): Promise<readonly string[]> {
    const rbac = 'rbac.authorization.k8s.io/v1';
    const kinds = [['ConfigMap', 'v1', NAMESPACE], ['Secret', 'v1', NAMESPACE], ['ServiceAccount', 'v1', NAMESPACE], ['Job', 'batch/v1', NAMESPACE], ['Pod', 'v1', NAMESPACE], ['Role', rbac], ['RoleBinding', rbac], ['ClusterRole', rbac], ['ClusterRoleBinding', rbac]] as const;
    return (await Promise.all(kinds.map(async ([kind, apiVersion, namespace]) => (await names(kind, apiVersion, namespace)).map((name) => `${kind} ${name}`)))).flat();
  }
  async function inject(...args: readonly string[]): Promise<{ readonly id: string; readonly injector: ChildProcess }> {
    const script = join(import.meta.dirname, '../../testing/watchedClusterInjector.ts');
    const injector = spawn(process.execPath, ['--conditions=@podscope/source', script, injectorConfig, program, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
    processes.push(injector);
    const [data] = (await Promise.race([once(injector.stdout, 'data'), once(injector, 'exit').then(() => Promise.reject(new Error('The injector ended before it had injected.')))])) as [Buffer];
    const id = String(data).trim();
    return { id, injector };
  }
  /** The watchdog's program, with the arguments of its Job. */
  async function watch(id: string): Promise<{ readonly exited: Promise<unknown[]>; said(): string }> {
    const job = (await admin.read({ apiVersion: 'batch/v1', kind: 'Job', namespace: NAMESPACE, name: `fault-watchdog-${id}` }))?.['spec'] as { template: { spec: { containers: [{ command: string[] }] } } };
    const [, flag = '', mounted, ...args] = job.template.spec.containers[0].command;
    expect(mounted).toBe('/podscope/watchdog.mjs');
    const map = await admin.read({ apiVersion: 'v1', kind: 'ConfigMap', namespace: NAMESPACE, name: `fault-watchdog-${id}` });
    const path = await file('watchdog.mjs', (map?.['data'] as Record<string, string>)['watchdog.mjs'] ?? '');
    const account = await cluster.serviceAccount(NAMESPACE, `fault-watchdog-${id}`);
    const child = spawn(process.execPath, [flag, path, ...args], { stdio: ['ignore', 'pipe', 'inherit'], env: { KUBECONFIG: await file(`${id}.kubeconfig`, account.kubeconfig) } });
    processes.push(child);
    let said = '';
    child.stdout.on('data', (chunk) => (said += String(chunk)));
    return { exited: once(child, 'exit'), said: () => said };
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'podscope-cluster-watchdog-'));
    await build({ ...watchdogBundle, config: false, silent: true, entry: { watchdog: join(import.meta.dirname, 'program.ts') }, outDir: folder });
    program = join(folder, 'built.mjs');
    await writeFile(program, await readFile(join(folder, 'watchdog.mjs')));
    cluster = await startKubeCluster({ onProgress: printed, jobs: 'run' });
    admin = await connectKubernetes({ kubeconfig: await file('admin.kubeconfig', cluster.admin.kubeconfig) });
    for (const name of ['shop', NAMESPACE]) {
      await admin.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: { 'podscope.dev/faults': 'allowed', 'pod-security.kubernetes.io/enforce': 'restricted' } } });
    }
    const restricted = { allowPrivilegeEscalation: false, runAsNonRoot: true, capabilities: { drop: ['ALL'] }, seccompProfile: { type: 'RuntimeDefault' } };
    await admin.apply({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web', namespace: 'shop', labels: { 'podscope.dev/faults': 'allowed' } },
      spec: { replicas: 2, selector: { matchLabels: { app: 'web' } }, template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1', securityContext: restricted }] } } },
    });
    // The injector itself may do no more than what is documented either.
    injectorConfig = await file('injector.kubeconfig', (await cluster.user('injector')).kubeconfig);
    for (const object of faultRole([fault], { subject: { kind: 'User', name: 'injector' }, more: watchdogAccesses([fault]) })) await admin.apply(object);
    await vi.waitFor(async () => expect(((await admin.read(web))?.['status'] as { readyReplicas?: number } | undefined)?.readyReplicas).toBe(2), WAIT);
  }, 45 * 60_000);
  afterAll(async () => {
    for (const child of processes) child.kill('SIGKILL');
    admin?.close();
    await cluster?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('has a program that fits into a ConfigMap', async () => {
    expect((await stat(program)).size).toBeLessThan(1_000_000);
  });

  it('leaves alone what is tended, reverts what a killed injector left, and removes itself', async () => {
    const { id, injector } = await inject('10m');
    expect(await replicas()).toBe(0);
    await expect.poll(() => names('Pod', 'v1', NAMESPACE), WAIT).toEqual([expect.stringContaining(`fault-watchdog-${id}`)]);
    const account = await connectKubernetes({ kubeconfig: await file('account.kubeconfig', (await cluster.serviceAccount(NAMESPACE, `fault-watchdog-${id}`)).kubeconfig) });
    const may = (verb: string, resource: string, namespace: string, name?: string) => ({ verb, group: '', resource, namespace, ...(name === undefined ? {} : { name }) });
    const refused = [may('list', 'secrets', NAMESPACE), may('get', 'secrets', NAMESPACE, 'other'), may('get', 'secrets', 'shop'), may('create', 'pods', NAMESPACE), may('delete', 'pods', 'shop')];
    expect(await account.missing(refused)).toEqual(refused);
    account.close();
    const watchdog = await watch(id);
    // Several looks and more than twice its grace: it must not take the fault from an injector that lives.
    await new Promise((resolve) => setTimeout(resolve, 12_000));
    expect(await replicas()).toBe(0);
    expect(watchdog.said()).toBe('');
    injector.kill('SIGKILL');
    expect(await watchdog.exited).toEqual([0, null]);
    expect(await replicas()).toBe(2);
    expect(watchdog.said()).toContain('its injector is gone');
    await expect.poll(left, WAIT).toEqual([]);
  }, 180_000);

  it('reverts at the end of its time what was left on purpose', async () => {
    const { id, injector } = await inject('8s', 'leave');
    if (injector.exitCode === null) await once(injector, 'exit');
    expect(await replicas()).toBe(0);
    const watchdog = await watch(id);
    expect(await watchdog.exited).toEqual([0, null]);
    expect(await replicas()).toBe(2);
    await expect.poll(left, WAIT).toEqual([]);
  }, 180_000);
});
