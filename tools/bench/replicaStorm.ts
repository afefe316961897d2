import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { startKubeCluster, type StartedKubeCluster } from '../kube-test-env/cluster.ts';
import { modest, deployment } from '../kube-test-env/fixtures/objects.ts';
import { obtainKubeProgram } from '../kube-test-env/programs.ts';
import { compileProgram, timedKubectl, timedProgram, type ProcessTime } from './kubernetesProgram.ts';
import { median } from './podscope.ts';

const ROUNDS = 7;
const BEFORE = 3;
const STORM = 100;
/** As many as the nodes take. */
const FIT = 39;

/** A storm there and back. Seconds, medians. */
export interface StormFigures {
  /** `kubectl scale` and a watch until the same is seen, both ways together. */
  readonly kubectl: number;
  readonly kubectlThere: number;
  readonly kubectlBack: number;
  /** Our injector: inject, verify, revert, verify. */
  readonly whole: number;
  readonly inside: number;
  /** Medians of the rounds' ratios, over kubectl's whole processes. */
  readonly ratios: { readonly whole: number; readonly inside: number };
}

interface Pod {
  readonly phase: string;
  readonly reason: string;
}

// kubectl makes spaces of tabs.
const COLUMNS = '{.type}{"|"}{.object.metadata.name}{"|"}{.object.status.phase}{"|"}{.object.status.conditions[?(@.type=="PodScheduled")].reason}{"|"}{.object.metadata.deletionTimestamp}{"\\n"}';

const STATUS = '{.object.metadata.generation}{"|"}{.object.status.observedGeneration}{"|"}{.object.status.replicas}{"|"}{.object.status.updatedReplicas}{"|"}{.object.status.readyReplicas}{"\\n"}';

/** Watches with kubectl until what it prints says so: its first answer is what is there. Seconds. */
async function watched(kubectl: string, environment: Readonly<Record<string, string>>, what: readonly string[], isThere: (line: string) => boolean): Promise<number> {
  const started = performance.now();
  const child = spawn(kubectl, ['get', ...what, '--namespace=storm', '--watch', '--output-watch-events'], { env: environment, stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface({ input: child.stdout })) if (isThere(line)) break;
  const seconds = (performance.now() - started) / 1000;
  child.kill('SIGKILL');
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return seconds;
}

/** Watches until the pods are as they should be. */
function podsWatched(kubectl: string, environment: Readonly<Record<string, string>>, isThere: (pods: readonly Pod[]) => boolean): Promise<number> {
  const pods = new Map<string, Pod>();
  return watched(kubectl, environment, ['pods', '--selector=app=web', '--output', `jsonpath=${COLUMNS}`], (line) => {
    const [type, name = '', phase = '', reason = '', deleted = ''] = line.split('|');
    if (type === 'DELETED' || deleted !== '') pods.delete(name);
    else pods.set(name, { phase, reason });
    return isThere([...pods.values()]);
  });
}

/** Watches until the Deployment's controller has seen the change and says that as many pods are there and ready: what a revert waits for, beside the pods. */
function restWatched(kubectl: string, environment: Readonly<Record<string, string>>): Promise<number> {
  return watched(kubectl, environment, ['deployment/web', '--output', `jsonpath=${STATUS}`], (line) => {
    const [generation, seen, replicas, updated, ready] = line.split('|').map(Number);
    return generation === seen && [replicas, updated, ready].every((pods) => pods === BEFORE);
  });
}

const isStorm = (pods: readonly Pod[]): boolean => pods.filter(({ phase }) => phase === 'Running').length === FIT && pods.filter(({ phase, reason }) => phase === 'Pending' && reason === 'Unschedulable').length === STORM - FIT;
const isCalm = (pods: readonly Pod[]): boolean => pods.length === BEFORE && pods.every(({ phase }) => phase === 'Running');

async function prepare({ admin: { client } }: StartedKubeCluster): Promise<void> {
  const allowed = { 'podscope.dev/faults': 'allowed' };
  await client.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'storm', labels: allowed } });
  const web = deployment(modest, { name: 'web', in: 'storm', spec: { replicas: BEFORE } });
  // Applied by hand, the count of replicas would be ours: whoever scales would have to fight for it.
  await client.create({ ...web, metadata: { ...web.metadata, labels: allowed } });
}

/** Measures both in turn on one cluster, after a discarded round. */
export async function measureReplicaStorm(rounds = ROUNDS, progress: (line: string) => void = () => undefined): Promise<StormFigures> {
  const folder = await mkdtemp(join(tmpdir(), 'podscope-bench-storm-'));
  try {
    const kubectl = await obtainKubeProgram('kubectl');
    const program = await compileProgram(join(dirname(fileURLToPath(import.meta.url)), 'kubernetes', 'stormProgram.ts'), folder);
    await using cluster = await startKubeCluster();
    await prepare(cluster);
    const kubeconfig = join(folder, 'kubeconfig');
    await writeFile(kubeconfig, cluster.admin.kubeconfig, { mode: 0o600 });
    const environment = { HOME: folder, KUBECONFIG: kubeconfig };
    const scale = async (replicas: number, seen: () => Promise<number>): Promise<number> => {
      const { seconds } = await timedKubectl(kubectl, ['scale', 'deployment/web', '--namespace=storm', `--replicas=${replicas}`], environment);
      return seconds + (await seen());
    };
    const storm = () => podsWatched(kubectl, environment, isStorm);
    // At the same time, so that the second costs no further start.
    const calm = async () => Math.max(...(await Promise.all([podsWatched(kubectl, environment, isCalm), restWatched(kubectl, environment)])));

    const all: { kubectl?: { there: number; back: number }; ours?: ProcessTime }[] = [];
    for (let round = -1; round < rounds; round += 1) {
      const done: (typeof all)[number] = {};
      for (const side of round % 2 === 0 ? (['kubectl', 'ours'] as const) : (['ours', 'kubectl'] as const)) {
        await calm();
        if (side === 'kubectl') done.kubectl = { there: await scale(STORM, storm), back: await scale(BEFORE, calm) };
        else done.ours = await timedProgram(program, [kubeconfig, 'storm', 'web', String(STORM)]);
      }
      progress(`${round < 0 ? 'warm-up ' : ''}${JSON.stringify(done)}`);
      if (round >= 0) all.push(done);
    }
    const kubectlOf = ({ kubectl: times }: (typeof all)[number]): number => (times?.there ?? Number.NaN) + (times?.back ?? Number.NaN);
    const over = (which: keyof ProcessTime): number => median(all.map((each) => (each.ours?.[which] ?? Number.NaN) / kubectlOf(each)));
    return {
      kubectl: median(all.map(kubectlOf)),
      kubectlThere: median(all.map((each) => each.kubectl?.there ?? Number.NaN)),
      kubectlBack: median(all.map((each) => each.kubectl?.back ?? Number.NaN)),
      whole: median(all.map((each) => each.ours?.whole ?? Number.NaN)),
      inside: median(all.map((each) => each.ours?.inside ?? Number.NaN)),
      ratios: { whole: over('whole'), inside: over('inside') },
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

if (import.meta.main) {
  process.stdout.write(`${JSON.stringify(await measureReplicaStorm(ROUNDS, (line) => process.stderr.write(`${line}\n`)), null, 2)}\n`);
}
