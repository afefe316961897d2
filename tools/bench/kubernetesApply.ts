import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import { synthManifests } from '../../apps/workshop/src/targets/kubernetes/manifests.ts';
import { startKubeCluster, type StartedKubeCluster } from '../kube-test-env/cluster.ts';
import type { KubeObject } from '../kube-test-env/objects.ts';
import { obtainKubeProgram } from '../kube-test-env/programs.ts';
import { clusterState, stateHash } from '../kube-test-env/stateHash.ts';
import { compileProgram, timedKubectl, timedProgram, type ProcessTime } from './kubernetesProgram.ts';
import { median } from './podscope.ts';

const ROUNDS = 5;

/** An apply of the workshop's manifests that makes everything, and one that finds everything as it is. Seconds, medians. */
export interface ApplyFigures {
  readonly objects: number;
  readonly first: SideBySide;
  readonly unchanged: SideBySide;
}

/** Ours beside `kubectl apply --server-side` of the same file: the ratios are medians of the rounds' ratios, over kubectl's whole process. */
export interface SideBySide {
  readonly kubectl: number;
  readonly whole: number;
  readonly inside: number;
  readonly ratios: { readonly whole: number; readonly inside: number };
}

/** Everything that `podscope` puts on a cluster beside OpenSearch, in namespaces of its own. */
function manifests(prefix: string): readonly KubeObject[] {
  const components = synthManifests({
    pattern: 'workshop',
    endpoint: 'https://opensearch.search.svc:9200',
    engine: 'opensearch@2',
    auth: { secret: 'opensearch' },
    kubernetesVersion: '1.33',
    guestbook: 'podscope',
    namespaces: { logging: `${prefix}-logging`, agents: `${prefix}-agents`, guestbook: `${prefix}-guestbook` },
  });
  return components.flatMap(({ objects }) => objects as readonly KubeObject[]);
}

const isNamespace = ({ kind }: KubeObject): boolean => kind === 'Namespace';

/** Nothing of it is left: the next round finds the server as this one did. */
async function removeAll({ client }: StartedKubeCluster['admin'], objects: readonly KubeObject[], prefix: string): Promise<void> {
  for (const object of objects.filter(({ metadata }) => metadata.namespace === undefined)) await client.remove(object);
  for (const { metadata } of objects.filter(isNamespace)) {
    while ((await client.read({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: String(metadata.name) } })) !== undefined) await sleep(200);
  }
  await client.remove({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: `${prefix}-book` } });
}

const REST_MS = 1_000;

/** The controllers have made what the objects ask for: what comes next doesn't share the machine with them. */
async function atRest({ admin: { client } }: StartedKubeCluster): Promise<void> {
  let before = '';
  for (;;) {
    const now = stateHash(await clusterState(client));
    if (now === before) return;
    before = now;
    await sleep(REST_MS);
  }
}

interface Round {
  readonly kubectl: { readonly first: number; readonly unchanged: number };
  readonly ours: { readonly first: ProcessTime; readonly unchanged: ProcessTime };
}

/** Measures both in turn on one whole cluster, after a discarded round. */
export async function measureKubernetesApply(rounds = ROUNDS, progress: (line: string) => void = () => undefined): Promise<ApplyFigures> {
  const folder = await mkdtemp(join(tmpdir(), 'podscope-bench-apply-'));
  try {
    const kubectl = await obtainKubeProgram('kubectl');
    const program = await compileProgram(join(dirname(fileURLToPath(import.meta.url)), 'kubernetes', 'applyProgram.ts'), folder);
    await using cluster = await startKubeCluster({ nodes: Array.from({ length: 4 }, () => ({ pods: 110 })) });
    const kubeconfig = join(folder, 'kubeconfig');
    await writeFile(kubeconfig, cluster.admin.kubeconfig, { mode: 0o600 });
    const environment = { HOME: folder, KUBECONFIG: kubeconfig };
    const write = async (prefix: string): Promise<string> => {
      const file = join(folder, `${prefix}.yaml`);
      // As every tool writes it: namespaces first, or kubectl could not apply it at once.
      await writeFile(file, manifests(prefix).toSorted((one, other) => Number(isNamespace(other)) - Number(isNamespace(one))).map((object) => stringify(object, { version: '1.1' })).join('---\n'));
      return file;
    };

    const count = manifests('count').length;
    const sides = {
      async kubectl(file: string) {
        const { seconds, stdout } = await timedKubectl(kubectl, ['apply', '--server-side', '-f', file], environment);
        if (stdout.trim().split('\n').length !== count) throw new Error(`kubectl applied: ${stdout}`);
        return seconds;
      },
      ours: (file: string, prefix: string) => timedProgram(program, [kubeconfig, file, `${prefix}-guestbook`]),
    };
    const all: Round[] = [];
    for (let round = -1; round < rounds; round += 1) {
      const done: { -readonly [Side in keyof Round]?: Round[Side] } = {};
      for (const side of round % 2 === 0 ? (['kubectl', 'ours'] as const) : (['ours', 'kubectl'] as const)) {
        const prefix = `${side}-${round + 1}`;
        const file = await write(prefix);
        if (side === 'kubectl') {
          const first = await sides.kubectl(file);
          await atRest(cluster);
          done.kubectl = { first, unchanged: await sides.kubectl(file) };
        } else {
          const first = await sides.ours(file, prefix);
          await atRest(cluster);
          done.ours = { first, unchanged: await sides.ours(file, prefix) };
        }
        await requireAll(cluster, manifests(prefix));
        await removeAll(cluster.admin, manifests(prefix), prefix);
      }
      progress(`${round < 0 ? 'warm-up ' : ''}${JSON.stringify(done)}`);
      if (round >= 0) all.push(done as Round);
    }
    const sideBySide = (which: 'first' | 'unchanged'): SideBySide => ({
      kubectl: median(all.map((each) => each.kubectl[which])),
      whole: median(all.map(({ ours }) => ours[which].whole)),
      inside: median(all.map(({ ours }) => ours[which].inside)),
      ratios: { whole: median(all.map((each) => each.ours[which].whole / each.kubectl[which])), inside: median(all.map((each) => each.ours[which].inside / each.kubectl[which])) },
    });
    return { objects: count, first: sideBySide('first'), unchanged: sideBySide('unchanged') };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function requireAll({ admin: { client } }: StartedKubeCluster, objects: readonly KubeObject[]): Promise<void> {
  for (const object of objects) if ((await client.read(object)) === undefined) throw new Error(`${object.kind} ${object.metadata.name} was not applied.`);
}

if (import.meta.main) {
  process.stdout.write(`${JSON.stringify(await measureKubernetesApply(ROUNDS, (line) => process.stderr.write(`${line}\n`)), null, 2)}\n`);
}
