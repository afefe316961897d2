import type { HuntCheck, HuntFacts } from '@podscope/mystery-hunts';
import { type Evidence, failed, is, lastSeconds, newest, numberAt, passed, servedWithin, since, SUSTAINED_SECONDS } from '../evidence.ts';
import type { PublicState } from '../publicState.ts';
import type { RunawayTruth } from './truth.ts';

type Facts = HuntFacts<RunawayTruth, PublicState>;

const DESIRED = 'kubernetes.deployment.replicas.desired';
const UNAVAILABLE = 'kubernetes.deployment.replicas.unavailable';
/** Fewer web pods than this are no guestbook to rely on. */
const LEAST_REPLICAS = 2;

function samplesOf(deployment: string) {
  return [is('metricset.name', 'state_deployment'), is('kubernetes.deployment.name', deployment)];
}

/** The index shows that as many replicas were asked for as the attempt drew, and that they did not fit. */
export async function symptom(evidence: Evidence, { truth, startedAt }: Facts): Promise<HuntCheck> {
  const found = await newest(evidence, 'metricbeat-*', [
    ...samplesOf(truth.deployment),
    since(startedAt),
    is(DESIRED, truth.replicas),
    { range: { [UNAVAILABLE]: { gte: truth.pending } } },
  ], 1);
  return found.length > 0 ? passed('The symptom is in the index.') : failed('The index does not show the symptom since the start of this attempt.');
}

/** The newest samples and the state show a count that fits, everything available, and visitors being served. */
export async function cured(evidence: Evidence, { truth, baseline }: Facts): Promise<HuntCheck> {
  const samples = await newest(evidence, 'metricbeat-*', [...samplesOf(truth.deployment), lastSeconds(SUSTAINED_SECONDS)], 2);
  if (samples.length < 2) return failed('There are no fresh samples of the deployments in the index.');
  for (const sample of samples) {
    const verdict = judge(numberAt(sample, DESIRED), numberAt(sample, UNAVAILABLE), truth.room);
    if (verdict !== null) return failed(`The newest samples in the index: ${verdict}`);
  }
  const state = await evidence.state();
  for (const deployment of state.deployments) {
    const isWeb = deployment.name === truth.deployment;
    const before = baseline.deployments.find((each) => each.name === deployment.name && each.namespace === deployment.namespace);
    if (isWeb) {
      const verdict = judge(deployment.desired, deployment.unavailable, truth.room);
      if (verdict !== null) return failed(`The cluster now: ${verdict}`);
    } else if (before && deployment.desired < before.desired) {
      return failed(`${deployment.name} was scaled down to make room: that hides the cause.`);
    }
  }
  if ((await servedWithin(evidence, SUSTAINED_SECONDS)) === 0) return failed('Nobody is served: the access logs of the last seconds hold no successful request.');
  return passed('Everything that is asked for fits and is available, and visitors are served.');
}

function judge(desired: number, unavailable: number, room: number): string | null {
  if (!(desired >= LEAST_REPLICAS)) return `${desired} web pods are too few for the guestbook.`;
  if (desired > room) return 'more is asked for than fits.';
  if (unavailable !== 0) return 'not everything that is asked for is available yet.';
  return null;
}
