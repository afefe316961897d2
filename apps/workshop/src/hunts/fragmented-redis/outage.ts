import { type Evidence, is, newest, since, textAt, timeOf, valueAt } from '../evidence.ts';

const NAME = 'kubernetes.event.involved_object.name';
const REASON = 'kubernetes.event.reason';

/** So many failed reads in a second are an outage, when they are most of that second's. */
const LEAST_FAILURES = 4;
const MOST_EVENTS = 2_000;
/** What an outage means for an attempt: it stays in the index. */
const BEGIN_ANEW = 'That cannot be undone: stop the hunt and start it again.';

/** Says that all of Redis was down at once since the attempt's start, or `null`. */
export async function findOutage(evidence: Pick<Evidence, 'search'>, instances: readonly string[], startedAt: string): Promise<string | null> {
  if (await allDown(evidence, instances, startedAt)) return `Every Redis instance was down at the same time: the guestbook had no data meanwhile. ${BEGIN_ANEW}`;
  if (await readsFailed(evidence, startedAt)) return `Redis was away for all web pods at the same time: reading the guestbook failed, the access logs show 5xx for most requests. ${BEGIN_ANEW}`;
  return null;
}

/** Follows the pods' events: down from its end (`Killing`, or `BackOff` after a crash) until it is `Started` again. */
async function allDown(evidence: Pick<Evidence, 'search'>, instances: readonly string[], startedAt: string): Promise<boolean> {
  const events = await newest(evidence, 'kubernetes-*', [
    since(startedAt),
    { terms: { [NAME]: instances } },
    { terms: { [REASON]: ['Killing', 'BackOff', 'Started'] } },
  ], MOST_EVENTS);
  const down = new Set<string>();
  for (const event of events.toSorted((one, other) => timeOf(one) - timeOf(other))) {
    const name = textAt(event, NAME);
    if (textAt(event, REASON) === 'Started') down.delete(name);
    else down.add(name);
    if (down.size === instances.length) return true;
  }
  return false;
}

async function readsFailed(evidence: Pick<Evidence, 'search'>, startedAt: string): Promise<boolean> {
  const answer = await evidence.search('apache-*', {
    size: 0,
    query: { bool: { filter: [is('event.dataset', 'access'), is('http.request.method', 'GET'), since(startedAt), { range: { 'http.response.status_code': { gte: 500 } } }] } },
    aggs: { seconds: { date_histogram: { field: '@timestamp', fixed_interval: '1s', min_doc_count: LEAST_FAILURES } } },
  });
  const buckets = valueAt(answer.aggregations, 'seconds.buckets');
  if (!Array.isArray(buckets)) return false;
  for (const bucket of buckets as { readonly key: number; readonly doc_count: number }[]) {
    const all = await evidence.search('apache-*', {
      size: 0,
      track_total_hits: true,
      query: { bool: { filter: [is('event.dataset', 'access'), is('http.request.method', 'GET'), { range: { '@timestamp': { gte: bucket.key, lt: bucket.key + 1_000, format: 'epoch_millis' } } }] } },
    });
    const total = typeof all.hits.total === 'number' ? all.hits.total : (all.hits.total?.value ?? 0);
    if (bucket.doc_count * 2 > total) return true;
  }
  return false;
}
