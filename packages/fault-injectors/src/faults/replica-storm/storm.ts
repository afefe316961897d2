import type { FaultCheck } from '../../definition/check.ts';
import { watchOne } from '../../kubernetes/objects/atRest.ts';
import type { Look } from '../../kubernetes/objects/look.ts';
import { isPodOf, type PodSeen, podSeen } from '../../kubernetes/objects/pods.ts';
import { unfit } from '../../kubernetes/objects/refs.ts';
import { type ScaleBefore, scaleFault } from '../../kubernetes/objects/scaleFault.ts';
import { controllerSays } from '../../kubernetes/objects/templateFault.ts';
import { type Judgement, untilSeen } from '../../kubernetes/objects/untilSeen.ts';
import { podsOf, wantedPods, type Workload } from '../../kubernetes/objects/workloads.ts';

/** Parameters, as far as the cluster needs them. */
interface StormParams {
  readonly namespace: string;
  readonly deployment: string;
  readonly replicas: number;
}

const refOf = ({ namespace, deployment }: StormParams) => ({ apiVersion: 'apps/v1', kind: 'Deployment', namespace, name: deployment });

/** How many of a storm's pods found no room; present when all are made and the scheduler has spoken on each. */
export function judgeStorm(current: Workload, pods: readonly PodSeen[], replicas: number): Judgement {
  if ((current.spec.replicas ?? 1) !== replicas) return { symptom: 'absent', findings: [`${current.metadata.name} asks for ${current.spec.replicas ?? 1} replicas`], wait: false };
  const alive = pods.filter(({ deleting }) => !deleting);
  const homeless = alive.filter(({ node, unschedulable }) => node === undefined && unschedulable !== undefined);
  const undecided = alive.filter(({ node, unschedulable }) => node === undefined && unschedulable === undefined);
  const running = alive.filter(({ phase }) => phase === 'Running');
  const findings = [
    `${homeless.length} of ${replicas} pods are Pending with the reason Unschedulable, ${running.length} are Running`,
    ...[...new Set(homeless.map(({ unschedulable }) => unschedulable as string))].slice(0, 3),
    ...(alive.length < replicas ? [`${alive.length} of ${replicas} pods are made`, ...controllerSays(current)] : []),
  ];
  if (alive.length < replicas || undecided.length > 0) return { symptom: homeless.length > 0 ? 'partial' : 'absent', findings };
  return { symptom: homeless.length > 0 ? 'present' : 'absent', findings: homeless.length > 0 ? findings : [...findings, 'all of them fit: ask for more replicas'] };
}

function verify({ target, signal }: Look<ScaleBefore>, workload: Workload, params: StormParams): Promise<FaultCheck> {
  return untilSeen<{ workload: Workload; pods: PodSeen }>(target.api, {
    watched: { workload: watchOne<Workload>(refOf(params)), pods: { selection: podsOf(workload), project: podSeen } },
    signal,
    judge: ({ workload: [current], pods }) => (current === undefined ? { symptom: 'absent', findings: [`${params.deployment} is gone`] } : judgeStorm(current, pods.filter((pod) => isPodOf(workload, pod)), params.replicas)),
  });
}

/** The storm on a cluster. */
export const stormOnKubernetes = scaleFault<StormParams>({
  workload: refOf,
  replicas(workload, { replicas }) {
    const now = wantedPods(workload);
    if (replicas <= now) throw unfit(`${workload.metadata.name} asks for ${now} replicas already.`, `A storm asks for more than there are: give more than ${now}.`);
    return replicas;
  },
  verify,
});
