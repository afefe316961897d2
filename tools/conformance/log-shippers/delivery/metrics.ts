import type { Compared } from './compare.ts';
import { flatten } from './compare.ts';
import type { Stored } from './server.ts';

/** The metricsets that this machine and the fixture of kube-state-metrics give, each with a field that must have a value. */
const METRICSETS: Readonly<Record<string, string>> = {
  cpu: 'system.cpu.total.norm.pct',
  memory: 'system.memory.actual.used.pct',
  load: 'system.load.1',
  filesystem: 'system.filesystem.used.bytes',
  network: 'system.network.in.bytes',
  state_deployment: 'kubernetes.deployment.replicas.desired',
  state_pod: 'kubernetes.pod.status.phase',
  state_node: 'kubernetes.node.pod.capacity.total',
};

/** Two samples of the processor are two seconds apart; a busy machine is late. */
const LONGEST_GAP_MS = 9_000;

/**
 * Judges the documents of Metricbeat: there is no list of what was sent, so each metricset must be there with its values, the
 * samples of the processor must have no gap, and no sample may be there twice. The strict template has judged the names.
 *
 * @param killed Whether it was killed: then there is a gap, in which nobody looked.
 */
export function judgeMetrics(stored: readonly Stored[], killed: boolean): Compared & { readonly sent: number; readonly arrived: number } {
  const notes: string[] = [];
  let [lost, wrong] = [0, 0];
  const byName = new Map<unknown, Map<string, unknown>[]>();
  const seen = new Map<string, number>();
  for (const { source } of stored) {
    const values = new Map(flatten(source));
    const name = values.get('metricset.name');
    byName.set(name, [...(byName.get(name) ?? []), values]);
    const whole = JSON.stringify([...values].sort(([one], [other]) => (one < other ? -1 : 1)));
    seen.set(whole, (seen.get(whole) ?? 0) + 1);
  }
  for (const [name, field] of Object.entries(METRICSETS)) {
    const some = byName.get(name) ?? [];
    if (some.length === 0) {
      lost += 1;
      notes.push(`no document of ${name}`);
      continue;
    }
    const without = some.filter((values) => values.get(field) === undefined).length;
    wrong += without;
    if (without > 0) notes.push(`${without} × ${name}: ${field} is missing`);
  }
  const foreign = [...byName.keys()].filter((name) => typeof name !== 'string' || !(name in METRICSETS) && name !== 'state_container' && name !== 'state_replicaset');
  for (const name of foreign) notes.push(`documents of ${String(name)}, which nobody asked for`);
  wrong += foreign.length;
  const times = (byName.get('cpu') ?? []).map((values) => Date.parse(String(values.get('@timestamp')))).sort((one, other) => one - other);
  const gaps = times.slice(1).filter((time, at) => time - (times[at] ?? time) > LONGEST_GAP_MS);
  if (gaps.length > 0 && !killed) {
    lost += gaps.length;
    notes.push(`${gaps.length} gaps between samples of the processor, before ${new Date(gaps[0] ?? 0).toISOString()}`);
  }
  const doubled = [...seen.values()].reduce((more, many) => more + many - 1, 0);
  if (doubled > 0) notes.push(`${doubled} documents are there twice`);
  return { lost, doubled, wrong, notes, sent: stored.length, arrived: stored.length };
}
