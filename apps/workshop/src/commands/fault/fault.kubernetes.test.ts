import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { startKubeCluster, type StartedKubeCluster } from '../../../../../tools/kube-test-env/cluster.ts';
import { deployment, modest } from '../../../../../tools/kube-test-env/fixtures/objects.ts';
import { watchdogProgram } from '../../targets/kubernetes/faultWatchdog.ts';
import { examplesOf, lacks } from '../reference.fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'podscope-faults-'));
const runDir = join(folder, 'run');
const kubeconfig = join(folder, 'kubeconfig');
const children: ChildProcess[] = [];
let cluster: StartedKubeCluster;

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A Deployment that takes part. */
async function deploy(name: string, namespace: string, replicas: number): Promise<void> {
  const object = deployment(modest, { name, in: namespace, spec: { replicas } });
  await cluster.admin.client.apply({ ...object, metadata: { ...object.metadata, labels: { 'podscope.dev/faults': 'allowed' } } });
}

const replicasOf = async (name: string): Promise<number> => {
  const found = (await cluster.admin.client.read({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { namespace: 'guestbook', name } })) as unknown as { readonly spec: { readonly replicas: number } };
  return found.spec.replicas;
};

const argv = (args: readonly string[]): string[] => ['--conditions=@podscope/source', join(import.meta.dirname, '../../main.ts'), 'fault', ...args];
const env = { ...process.env, PODSCOPE_RUN_DIR: runDir, NO_COLOR: '1' };
const on = ['--kubeconfig', kubeconfig, '--context', 'podscope-test'];

const fault = (...args: readonly string[]): Promise<Ended> =>
  new Promise((resolve) => {
    execFile(process.execPath, argv(args), { env, maxBuffer: 64e6 }, (error, stdout, stderr) => resolve({ code: error === null ? 0 : typeof error.code === 'number' ? error.code : null, stdout, stderr }));
  });

/** Starts an injection that stays, until it says that the fault is there; then `signal` ends it. */
function staying(...args: readonly string[]): { readonly ready: Promise<string>; readonly ended: Promise<Ended>; signal(name: NodeJS.Signals): void } {
  const child = spawn(process.execPath, argv(args), { env, stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  const ready = new Promise<string>((resolve, reject) => {
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString();
      const [, id] = /is there as ([0-9a-f]{16})/.exec(stderr) ?? [];
      if (id !== undefined) resolve(id);
    });
    child.once('close', () => reject(new Error(stderr)));
  });
  ready.catch(() => undefined);
  const ended = new Promise<Ended>((resolve) => void child.once('close', (code) => resolve({ code, stdout, stderr })));
  return { ready, ended, signal: (name) => void child.kill(name) };
}

const storm = (deploymentName: string, replicas = 100) => ['replica-storm', ...on, '--param', 'namespace=guestbook', '--param', `deployment=${deploymentName}`, '--param', `replicas=${replicas}`];
const json = (ended: Ended): Record<string, unknown> => JSON.parse(ended.stdout) as Record<string, unknown>;
const injected = async (): Promise<unknown> => json(await fault('list', ...on, '--json'))['injected'];

beforeAll(async () => {
  cluster = await startKubeCluster();
  writeFileSync(kubeconfig, cluster.admin.kubeconfig);
  await cluster.admin.client.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'guestbook', labels: { 'podscope.dev/faults': 'allowed' } } });
  await deploy('frontend', 'guestbook', 3);
});
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  // The watchdog on this machine would wait for the cluster to come back.
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((each) => each.endsWith('.watchdog'))) {
    try {
      process.kill((JSON.parse(readFileSync(join(folder, name), 'utf8')) as { readonly pid: number }).pid, 'SIGKILL');
    } catch {
      // It had ended: no fault was left.
    }
  }
  await cluster?.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('podscope fault on a cluster', () => {
  it('plans without changing anything, and as the reference says', async () => {
    const plan = await fault('inject', ...storm('frontend'), '--dry-run', '--json');
    expect(plan.code).toBe(0);
    expect(json(plan)).toMatchObject({ dryRun: true, context: 'podscope-test', params: { replicas: 100 }, refusals: [], blastRadius: { unit: 'pods' } });
    expect(lacks(examplesOf('fault inject')[3], json(plan))).toEqual([]);
    const refused = await fault('inject', ...storm('frontend'), '--dry-run', '--max-pods', '10');
    expect(refused.code).toBe(1);
    expect(refused.stdout).toContain('FAULT_BLAST_RADIUS');
    expect(await replicasOf('frontend')).toBe(3);
    expect(await injected()).toEqual([]);
  });

  it('injects, sees the symptom, stays, and puts everything back with Ctrl-C', async () => {
    const run = staying('inject', ...storm('frontend'), '--yes');
    const id = await run.ready;
    expect(await injected()).toMatchObject([{ id, fault: 'replica-storm', state: 'injected' }]);
    const second = await fault('inject', ...storm('frontend', 200), '--yes', '--json');
    expect(json(second)).toMatchObject({ error: { code: 'FAULT_OBJECT_TAKEN', message: expect.stringContaining(id) } });
    run.signal('SIGINT');
    expect((await run.ended).code).toBe(130);
    expect(await replicasOf('frontend')).toBe(3);
    expect(await injected()).toEqual([]);
  });

  it('leaves it to the watchdog; another process verifies it, refuses to trample on a change, and reverts it', async () => {
    const detached = await fault('inject', ...storm('frontend'), '--yes', '--detach', '--json');
    expect(detached, detached.stderr).toMatchObject({ code: 0 });
    const { id } = json(detached) as { readonly id: string };
    expect(json(detached)).toMatchObject({ fault: 'replica-storm', state: 'injected', blastRadius: { unit: 'pods' } });
    expect(await injected()).toMatchObject([{ id, fault: 'replica-storm', state: 'injected' }]);
    const verified = await fault('verify', id, ...on, '--json');
    expect(json(verified)).toMatchObject({ id, present: true, symptom: 'present', findings: expect.arrayContaining([expect.stringMatching(/\d+ of 100 pods are Pending/)]) });
    expect(verified.code).toBe(0);
    await cluster.admin.client.request({ method: 'PATCH', path: '/apis/apps/v1/namespaces/guestbook/deployments/frontend', body: { spec: { replicas: 7 } }, contentType: 'application/merge-patch+json' });
    const refused = await fault('revert', id, ...on);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(/FAULT_TARGET_CHANGED/);
    expect(refused.stderr).toMatch(/100 → 7/);
    expect(refused.stderr).toContain(`podscope fault revert ${id} --force`);
    expect(json(await fault('revert', id, ...on, '--force', '--json'))).toEqual({ id, reverted: true });
    expect(await replicasOf('frontend')).toBe(3);
    const journal = json(await fault('journal', '--id', id, '--json')) as { readonly events: readonly { readonly state: string }[] };
    expect(journal.events.map(({ state }) => state)).toEqual(expect.arrayContaining(['planned', 'injecting', 'injected', 'reverting', 'reverted']));
    expect(lacks(examplesOf('fault journal')[0], { ...journal, events: journal.events.filter((event) => 'step' in event) })).toEqual([]);
  });

  it('has a watchdog for each way to the cluster: each acts as whoever started it', async () => {
    const other = join(folder, 'other.kubeconfig');
    writeFileSync(other, cluster.admin.kubeconfig);
    const watchdogs = (): string[] => readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((each) => each.endsWith('.watchdog'));
    await deploy('second', 'guestbook', 1);
    const first = staying('inject', ...storm('frontend'), '--yes');
    await first.ready;
    const before = watchdogs();
    const second = staying('inject', ...storm('second', 50).map((arg) => (arg === kubeconfig ? other : arg)), '--yes');
    await second.ready;
    expect(watchdogs().filter((each) => !before.includes(each))).toHaveLength(1);
    for (const run of [first, second]) run.signal('SIGINT');
    for (const run of [first, second]) expect((await run.ended).code).toBe(130);
  });

  it('says what to do when somebody damaged the registry of faults, and goes on after that', async () => {
    const registry = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { namespace: 'podscope-faults', name: 'fault-registry' } };
    for (const text of ['{"claims": [', '{"claims": 7}']) {
      await cluster.admin.client.apply({ ...registry, data: { registry: text } });
      const refused = json(await fault('inject', ...storm('frontend'), '--yes', '--json'));
      expect(refused).toMatchObject({ error: { code: 'FAULT_REGISTRY_UNREADABLE', hint: expect.stringContaining('kubectl --namespace podscope-faults delete configmap fault-registry') } });
      expect(await replicasOf('frontend')).toBe(3);
    }
    await cluster.kubectl(['--namespace', 'podscope-faults', 'delete', 'configmap', 'fault-registry']);
    expect((await fault('recover', ...on)).code).toBe(0);
    expect(await injected()).toEqual([]);
  });

  it('has a Job in the cluster for a watchdog, or says how its program is built', async () => {
    const args = ['inject', ...storm('frontend'), '--yes', '--detach', '--json', '--watchdog-image', 'registry.test/node:24'];
    const done = await fault(...args);
    if (!existsSync(watchdogProgram())) {
      expect(json(done)).toMatchObject({ error: { code: 'FAULT_WATCHDOG_FAILED', message: expect.stringContaining('watchdog-cluster.mjs'), hint: expect.stringContaining('npm run nx -- build fault-injectors') } });
    } else {
      expect(done, done.stdout + done.stderr).toMatchObject({ code: 0 });
      const { id } = json(done) as { readonly id: string };
      const { client } = cluster.admin;
      const job = await client.read({ apiVersion: 'batch/v1', kind: 'Job', metadata: { namespace: 'podscope-faults', name: `fault-watchdog-${id}` } });
      expect(job).toMatchObject({ spec: { template: { spec: { containers: [{ image: 'registry.test/node:24' }] } } } });
      expect((await fault('revert', id, ...on, '--json')).code).toBe(0);
      expect(await client.request({ path: `/apis/rbac.authorization.k8s.io/v1/namespaces/guestbook/roles/fault-watchdog-${id}` }).then(({ status }) => status)).toBe(404);
    }
    expect(await replicasOf('frontend')).toBe(3);
    expect(await injected()).toEqual([]);
  });

  it('is stopped by the kill switch, which lets nothing in until it is turned back', async () => {
    const run = staying('inject', ...storm('frontend'), '--yes');
    await run.ready;
    const aborted = await fault('abort', '--all', ...on, '--json');
    expect(json(aborted)).toMatchObject({ stopped: true });
    const ended = await run.ended;
    expect(ended, ended.stderr).toMatchObject({ code: 0, stdout: expect.stringMatching(/was reverted: (?:somebody else did|all faults were aborted)\./) });
    const refused = await fault('inject', ...storm('frontend'), '--yes', '--json');
    expect(json(refused)).toMatchObject({ error: { code: 'FAULT_STOPPED' } });
    expect((await fault('abort', '--resume', ...on)).code).toBe(0);
    expect(await replicasOf('frontend')).toBe(3);
    expect(await injected()).toEqual([]);
  });

  it('is reverted by an abort condition of the cluster', async () => {
    const run = await fault('inject', ...storm('frontend'), '--yes', '--json', '--steady-state', 'deployment/guestbook/frontend', '--abort-when', '!deployment/guestbook/frontend');
    expect(run.code).toBe(1);
    expect(JSON.stringify(json(run))).toMatch(/abort condition/);
    expect(await replicasOf('frontend')).toBe(3);
  });
});

const experiment = `
title: The web tier is short of room
variables:
  where: { env: GUESTBOOK_NAMESPACE, default: guestbook }
steadyState:
  probes:
    - { kind: condition, name: frontend is available, object: { apiVersion: apps/v1, kind: Deployment, namespace: '\${where}', name: frontend }, condition: Available, within: 60s }
method:
  - fault: replica-storm
    name: storm
    params: { namespace: '\${where}', deployment: frontend, replicas: 100 }
    checks:
      - { kind: ready, name: some pods run all the same, namespace: '\${where}', selector: app=frontend, phase: Running, count: { atLeast: 3 } }
      - { kind: ready, name: and many wait, namespace: '\${where}', selector: app=frontend, phase: Pending, count: { atLeast: 50 }, within: 30s }
`;

const chaosToolkit = {
  version: '1.0.0',
  title: 'Losing a pod',
  description: 'x',
  configuration: { ns: { type: 'env', key: 'CHAOS_NAMESPACE', default: 'guestbook' } },
  'steady-state-hypothesis': { title: 'web is there', probes: [{ type: 'probe', name: 'available', tolerance: true, provider: { type: 'python', module: 'chaosk8s.deployment.probes', func: 'deployment_fully_available', arguments: { name: 'frontend', ns: '${ns}', timeout: 60 } } }] },
  method: [{ type: 'action', name: 'kill one', provider: { type: 'python', module: 'chaosk8s.pod.actions', func: 'terminate_pods', arguments: { label_selector: 'app=frontend', ns: '${ns}', qty: 1, rand: true, grace_period: 0 } } }],
  rollbacks: [],
};

describe('podscope fault run', () => {
  it('runs an experiment, and writes its reports', async () => {
    const file = join(folder, 'storm.yaml');
    writeFileSync(file, experiment);
    const [html, xml, markdown] = ['report.html', 'report.xml', 'report.md'].map((name) => join(folder, name)) as [string, string, string];
    const run = await fault('run', file, ...on, '--json', '--report', html, markdown, '--junit', xml);
    expect(run, run.stderr + run.stdout).toMatchObject({ code: 0 });
    const journal = json(run);
    expect(journal).toMatchObject({ status: 'completed', passed: true, deviated: false, source: 'storm.yaml', target: { name: 'podscope-test' }, leftOver: [] });
    expect(lacks(examplesOf('fault run')[0], journal)).toEqual([]);
    expect(readFileSync(html, 'utf8')).toContain('<h1>The web tier is short of room</h1>');
    expect(readFileSync(xml, 'utf8')).toContain('failures="0" errors="0"');
    expect(readFileSync(markdown, 'utf8')).toContain('**Passed**');
    expect(await replicasOf('frontend')).toBe(3);
    expect(await injected()).toEqual([]);
  });

  it('runs an experiment of Chaos Toolkit, and prints it as one of ours', async () => {
    const file = join(folder, 'chaos.json');
    writeFileSync(file, JSON.stringify(chaosToolkit));
    const converted = await fault('run', file, '--convert', '--json');
    expect(json(converted)).toMatchObject({ experiment: { method: [{ fault: 'pod-kill', find: { pods: 'app=frontend' } }] } });
    const planned = await fault('run', file, ...on, '--dry-run', '--json');
    expect(json(planned)).toMatchObject({ dryRun: true, faults: [{ step: 'kill one', fault: 'pod-kill', changes: [{ kind: 'Pod' }], blastRadius: { unit: 'pods', count: 1 }, refusals: [] }] });
    expect(lacks(examplesOf('fault run')[1], json(planned))).toEqual([]);
    expect(planned.code).toBe(0);
    const run = await fault('run', file, ...on, '--json');
    expect(run, run.stderr + run.stdout).toMatchObject({ code: 0 });
    expect(json(run)).toMatchObject({ passed: true, activities: [{ fault: 'pod-kill', params: { workload: 'deployment/frontend', count: 1 }, state: 'reverted' }] });
  });

  it('reverts everything and writes the report when it is interrupted', async () => {
    const file = join(folder, 'long.yaml');
    const report = join(folder, 'interrupted.json');
    writeFileSync(file, `${experiment}  - pause: 1h\n`);
    const child = spawn(process.execPath, argv(['run', file, ...on, '--report', report]), { env, stdio: ['ignore', 'ignore', 'pipe'] });
    children.push(child);
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString();
      // Once: a second Ctrl-C ends it at once.
      if (!child.killed && /pause: begun/.test(stderr)) child.kill('SIGINT');
    });
    const code = await new Promise((resolve) => void child.once('close', resolve));
    expect(code, stderr).toBe(130);
    expect(JSON.parse(readFileSync(report, 'utf8'))).toMatchObject({ status: 'interrupted', passed: false, leftOver: [] });
    expect(await replicasOf('frontend')).toBe(3);
    expect(await injected()).toEqual([]);
  });
});

describe('bad input changes nothing', () => {
  const cases: readonly (readonly [string, () => readonly string[] | Promise<readonly string[]>, string, RegExp])[] = [
    ['a wrong context', () => ['list', '--kubeconfig', kubeconfig, '--context', 'nowhere'], 'KUBE_CONFIG_INVALID', /nowhere/],
    ['no cluster', () => ['list', '--kubeconfig', written('gone', cluster.admin.kubeconfig.replaceAll(String(cluster.port), '1')), '--context', 'podscope-test'], 'KUBE_UNREACHABLE', /127\.0\.0\.1:1/],
    ['an expired token', () => ['list', '--kubeconfig', written('expired', withToken()), '--context', 'podscope-test'], 'KUBE_UNAUTHORIZED', /podscope-test/],
    ['a context that nobody named', () => ['list', '--target', 'kubernetes', '--kubeconfig', kubeconfig], 'KUBE_CONTEXT_UNCONFIRMED', /--context/],
    ['a parameter out of range', () => ['inject', ...storm('frontend', 100_000), '--yes'], 'FAULT_BAD_PARAMETERS', /replicas.*from 1 to 5000/],
    ['a misspelled parameter', () => ['inject', ...storm('frontend'), '--param', 'replcas=1', '--yes'], 'FAULT_BAD_PARAMETERS', /did you mean "replicas"/],
    ['an unknown fault', () => ['inject', 'replica-strom', ...on, '--yes'], 'FAULT_UNKNOWN', /replica-storm/],
    ['a revert of an unknown id', () => ['revert', '00000000000000aa', ...on], 'FAULT_NOT_FOUND', /00000000000000aa/],
    ['a workload that is not there', () => ['inject', ...storm('nobody'), '--yes'], 'FAULT_TARGET_UNFIT', /nobody/],
    ['an API version that the cluster lacks', () => ['inject', ...storm('frontend'), '--yes', '--steady-state', '{kind: condition, object: {apiVersion: example.test/v1, kind: Thing, namespace: guestbook, name: a}, exists: true}'], 'FAULT_NOT_STEADY', /example\.test\/v1/],
  ];

  it.each(cases)('%s', async (_what, args, code, says) => {
    const ended = await fault(...(await args()), '--json');
    expect(ended.code).not.toBe(0);
    const { error } = json(ended) as { readonly error: { readonly code: string; readonly message: string; readonly hint: string; readonly details?: readonly string[] } };
    expect(error.code).toBe(code);
    expect(`${error.message} ${error.hint} ${(error.details ?? []).join(' ')}`).toMatch(says);
    expect(await replicasOf('frontend')).toBe(3);
    expect(await injected()).toEqual([]);
  });

  it('a namespace and a workload that did not opt in, and a namespace that is being deleted', async () => {
    await cluster.admin.client.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'other' } });
    await cluster.admin.client.apply(deployment(modest, { name: 'web', in: 'other' }));
    const args = ['inject', 'scale-to-zero', ...on, '--param', 'namespace=other', '--param', 'workload=web', '--yes', '--json'];
    const refused = json(await fault(...args)) as { readonly error: { readonly code: string; readonly details: readonly string[] } };
    expect(refused.error).toMatchObject({ code: 'FAULT_NOT_OPTED_IN' });
    await deploy('web', 'other', 1);
    await cluster.admin.client.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'other', labels: { 'podscope.dev/faults': 'allowed' } } });
    // Kept from ending by a finalizer, as a namespace that is stuck.
    await cluster.admin.client.apply({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'stuck', namespace: 'other', finalizers: ['podscope.test/stuck'] } });
    await cluster.admin.client.request({ method: 'DELETE', path: '/api/v1/namespaces/other' });
    const ending = json(await fault(...args)) as { readonly error: { readonly code: string } };
    expect(ending.error.code).toMatch(/^(?:KUBE_NAMESPACE_ENDING|FAULT_TARGET_UNFIT|FAULT_INJECT_FAILED)$/);
    await cluster.admin.client.request({ method: 'PATCH', path: '/api/v1/namespaces/other/configmaps/stuck', body: { metadata: { finalizers: null } }, contentType: 'application/merge-patch+json' });
    expect(await injected()).toEqual([]);
  });

  it('an account without rights is told the missing verb and resource; one with the printed Role injects and reverts', async () => {
    const roleOf = async (...more: readonly string[]) => parseAllDocuments((await fault('role', '--fault', 'replica-storm', '--namespace', 'guestbook', ...more)).stdout).map((document) => document.toJS() as { readonly kind: string; readonly subjects?: readonly object[] });
    const objects = await roleOf();
    expect(objects.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['Role', 'RoleBinding', 'ClusterRole', 'ClusterRoleBinding']));
    const user = await cluster.user('injector');
    const own = written('injector', user.kubeconfig);
    const context = /"current-context": "([^"]+)"/.exec(user.kubeconfig)?.[1] ?? '';
    const asUser = ['--kubeconfig', own, '--context', context];
    const args = ['inject', 'replica-storm', ...asUser, '--param', 'namespace=guestbook', '--param', 'deployment=frontend', '--param', 'replicas=100', '--yes', '--detach', '--json'];
    const refused = json(await fault(...args)) as { readonly error: { readonly code: string; readonly message: string } };
    expect(refused.error.code).toMatch(/FORBIDDEN/);
    expect(refused.error.message).toMatch(/get.*namespaces|namespaces.*get/);
    await cluster.admin.client.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'podscope-faults' } });
    const give = async (role: typeof objects): Promise<void> => {
      for (const object of role) {
        const bound = object.kind.endsWith('Binding') ? { ...object, subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'injector' }] } : object;
        await cluster.admin.client.apply(bound as never);
      }
    };
    const succeed = async (...more: readonly string[]): Promise<void> => {
      const done = await fault(...args, ...more);
      expect(done, done.stdout).toMatchObject({ code: 0 });
      const { id } = json(done) as { readonly id: string };
      expect(await fault('revert', id, ...asUser, '--json')).toMatchObject({ code: 0 });
      expect(await replicasOf('frontend')).toBe(3);
    };
    await give(objects);
    await succeed();
    if (!existsSync(watchdogProgram())) return;
    const image = ['--watchdog-image', 'registry.test/node:24'];
    expect(json(await fault(...args, ...image))).toMatchObject({ error: { code: expect.stringContaining('FORBIDDEN') } });
    await give(await roleOf('--watchdog-in-cluster'));
    await succeed(...image);
  });
});

function written(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** The admin's kubeconfig with a token that the server doesn't know any more in the place of the certificate. */
function withToken(): string {
  const config = JSON.parse(cluster.admin.kubeconfig) as { users: { user: unknown }[] };
  for (const each of config.users) each.user = { token: 'expired-token-of-yesterday' };
  return JSON.stringify(config);
}
