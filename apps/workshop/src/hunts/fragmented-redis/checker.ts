import type { HuntCheck, HuntFacts } from '@podscope/mystery-hunts';
import { countOf, countsBy, type Evidence, failed, is, lastSeconds, newest, numberAt, passed, since, SUSTAINED_SECONDS, textAt, timeOf, valueAt } from '../evidence.ts';
import type { PublicState } from '../publicState.ts';
import { findOutage } from './outage.ts';
import { THRESHOLDS } from './thresholds.ts';
import type { FragmentedTruth } from './truth.ts';

type Facts = HuntFacts<FragmentedTruth, PublicState>;

const BYTES = 'redis.mem_fragmentation_bytes';
const RATIO = 'redis.allocator_frag_ratio';
/** Samples up to this long before the start tell how many keys there were. */
const BEFORE_MS = 180_000;

/** A request that was answered so soon after the start may have been written before it. */
const UNDER_WAY_MS = 2_000;

/** The index shows every instance that the attempt fragmented as fragmented, since its start. */
export async function symptom(evidence: Evidence, { truth, startedAt }: Facts): Promise<HuntCheck> {
  const { bytes, ratio } = THRESHOLDS.fragmented;
  const seen = await countsBy(evidence, 'redis-*', [since(startedAt), { range: { [BYTES]: { gte: bytes } } }, { range: { [RATIO]: { gte: ratio } } }], 'redis.instance');
  const all = truth.fragmented.every((instance) => seen.some((bucket) => bucket.key === instance));
  return all ? passed('The symptom is in the index.') : failed('The index does not show the symptom since the start of this attempt.');
}

/**
 * Nothing was lost, Redis was never down altogether, and the newest samples of every instance are whole. What cannot be
 * made good is told first.
 */
export async function cured(evidence: Evidence, facts: Facts): Promise<HuntCheck> {
  const { truth, startedAt } = facts;
  const instances = [...truth.fragmented, ...truth.spared];
  const samples = await Promise.all(instances.map((instance) => newest(evidence, 'redis-*', [is('redis.instance', instance), lastSeconds(SUSTAINED_SECONDS)], 2)));
  if (samples.some((each) => each.length < 2)) return failed('There are not yet two fresh samples of every instance in the index.');
  const last = samples.map(([sample]) => sample);
  const damage = (await findLoss(evidence, facts, last)) ?? (await findOutage(evidence, instances, startedAt));
  if (damage !== null) return failed(damage);
  const primaries = last.filter((sample) => textAt(sample, 'redis.role') === 'master');
  const replicas = last.filter((sample) => textAt(sample, 'redis.role') === 'slave');
  if (primaries.length !== 1 || replicas.some((sample) => valueAt(sample, 'redis.master_link_up') !== true)) {
    return failed('Replication is broken: there must be one primary, and replicas that follow it.');
  }
  if (!samples.flat().every(isWhole)) return failed('The newest samples in the index still show fragmented memory on at least one instance.');
  return passed('Memory is whole on every instance, nothing was lost, and the guestbook stayed up.');
}

async function findLoss(evidence: Evidence, { baseline, startedAt }: Facts, last: readonly unknown[]): Promise<string | null> {
  const keysBefore = await fewestKeysBefore(evidence, startedAt);
  if (!last.every((sample) => numberAt(sample, 'redis.keys') >= keysBefore)) return 'There are fewer keys than before: data of the guestbook was lost, or an instance has not loaded all of it yet.';
  // Counted before the state is read: entries only come, so that there must be as many at least.
  const written = await entriesWritten(evidence, startedAt);
  const state = await evidence.state();
  if (state.entries === null) return 'The guestbook does not answer.';
  return state.entries < (baseline.entries ?? 0) + written ? 'Entries of the guestbook are missing: they were lost, or a replica has not caught up yet.' : null;
}

/** How many entries the access logs say were written since the start: counting what is there alone would miss what was lost and has grown again. */
function entriesWritten(evidence: Evidence, startedAt: string): Promise<number> {
  // What was under way at the start may be in the baseline already.
  const from = new Date(Date.parse(startedAt) + UNDER_WAY_MS).toISOString();
  return countOf(evidence, 'apache-*', [is('event.dataset', 'access'), is('http.request.method', 'POST'), is('url.path', '/entries'), is('http.response.status_code', 303), since(from)]);
}

/** The guestbook's own keys: what an earlier attempt had left a moment before the start does not count. */
async function fewestKeysBefore(evidence: Evidence, startedAt: string): Promise<number> {
  const from = new Date(Date.parse(startedAt) - BEFORE_MS).toISOString();
  const samples = await newest(evidence, 'redis-*', [is('redis.role', 'master'), { range: { '@timestamp': { gte: from, lt: startedAt } } }], 100);
  // Without a sample the count of entries alone tells that data was lost.
  return samples.length === 0 ? 0 : Math.min(...samples.map((sample) => numberAt(sample, 'redis.keys')));
}

function isWhole(sample: unknown): boolean {
  return !Number.isNaN(timeOf(sample)) && numberAt(sample, BYTES) < THRESHOLDS.whole.bytes && numberAt(sample, RATIO) < THRESHOLDS.whole.ratio;
}
