import type { HuntCheck, HuntFacts } from '@podscope/mystery-hunts';
import { countOf, countsBy, type Evidence, failed, is, lastSeconds, passed, servedWithin, since } from '../evidence.ts';
import type { PublicState } from '../publicState.ts';
import type { NotFoundTruth } from './truth.ts';

type Facts = HuntFacts<NotFoundTruth, PublicState>;

/** Requests for each path that make a storm. */
const LEAST_REQUESTS = 3;
/** No such request may have come for this long. Seconds. */
const QUIET_SECONDS = 10;
const LEAST_REPLICAS = 2;

function notFoundOn(truth: NotFoundTruth) {
  return [is('event.dataset', 'access'), is('http.response.status_code', 404), { terms: { 'url.path': truth.paths } }];
}

/** The index shows a 404 for every path that the attempt drew, several times since its start. */
export async function symptom(evidence: Evidence, { truth, startedAt }: Facts): Promise<HuntCheck> {
  const counts = await countsBy(evidence, 'apache-*', [...notFoundOn(truth), since(startedAt), is('source.ip', truth.address)], 'url.path');
  const all = truth.paths.every((path) => counts.some((bucket) => bucket.key === path && bucket.doc_count >= LEAST_REQUESTS));
  return all ? passed('The symptom is in the index.') : failed('The index does not show the symptom since the start of this attempt.');
}

/** No such 404 came lately, while the ordinary visitors are still there and served. */
export async function cured(evidence: Evidence, { truth, baseline }: Facts): Promise<HuntCheck> {
  const state = await evidence.state();
  for (const before of baseline.clients) {
    if (!state.clients.some((client) => client.id === before.id)) return failed(`The client ${before.id} was stopped: it had nothing to do with it. "podscope clients rate ${before.rate}" brings the visitors back.`);
  }
  const web = state.deployments.find((deployment) => deployment.name === 'frontend');
  if (!web || web.desired < LEAST_REPLICAS || web.available < LEAST_REPLICAS) return failed('The web tier is too small, or not available: that turns visitors away as well.');
  if ((await servedWithin(evidence, QUIET_SECONDS)) === 0) return failed('Nobody is served: the access logs of the last seconds hold no successful request.');
  const still = await countOf(evidence, 'apache-*', [...notFoundOn(truth), lastSeconds(QUIET_SECONDS)]);
  if (still > 0) return failed(`The storm was still there within the last ${QUIET_SECONDS} seconds.`);
  return passed('The storm is over, and the visitors are served.');
}
