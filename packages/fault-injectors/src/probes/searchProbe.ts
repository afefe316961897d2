import { redactText } from '@podscope/core';
import type { z } from 'zod';
import { boundText, isWithin } from './bound.ts';
import { milliseconds } from '../engine/duration.ts';
import { authorization, requestFailure, withoutLogin } from './http.ts';
import { makeProbe, type ProbeFinding, type WatchedProbe } from './probe.ts';
import { readSpec } from './readSpec.ts';
import { searchSpecSchema } from './specs.ts';
import { valueAt, valueText } from './valueAt.ts';

/** What {@link searchProbe} takes. */
export type SearchProbeOptions = Omit<z.input<typeof searchSpecSchema>, 'kind'>;

/** A search is dearer than a look at a page. */
const EVERY = '2s';

/**
 * Compares the number of documents that match, or a value out of a search's answer, with a bound, on OpenSearch or Elasticsearch. A cluster
 * that can't be asked is no answer: the probe doesn't hold then, turned round neither.
 *
 * @throws PodscopeError PROBE_INVALID
 */
export function searchProbe(options: SearchProbeOptions): WatchedProbe {
  const spec = readSpec(searchSpecSchema, { kind: 'search', ...options });
  const counts = spec.value === undefined;
  const { url: cluster, login } = withoutLogin(spec.url.endsWith('/') ? spec.url : `${spec.url}/`);
  const url = new URL(`${encodeURIComponent(spec.index)}/${counts ? '_count' : '_search'}`, cluster);
  const auth = spec.auth ?? login;
  const query = spec.query === undefined ? { match_all: {} } : typeof spec.query === 'string' ? { query_string: { query: spec.query } } : spec.query;
  const body = JSON.stringify(counts ? { query } : { query, size: 0, track_total_hits: true, ...(spec.aggregations === undefined ? {} : { aggs: spec.aggregations }) });
  const where = `${spec.index} of ${redactText(url.origin)}`;

  async function once(signal: AbortSignal): Promise<ProbeFinding> {
    const unanswered = (why: string): ProbeFinding => ({ holds: false, answered: false, finding: `${where} could not be searched: ${why}` });
    try {
      const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...authorization(auth) }, body, signal: AbortSignal.any([signal, AbortSignal.timeout(milliseconds(spec.timeLimit))]) });
      const answer: unknown = await response.json().catch(() => undefined);
      if (!response.ok) return unanswered(`it answered ${response.status}${reasonOf(answer)}`);
      const failed = valueAt(answer, '_shards.failed');
      if (typeof failed === 'number' && failed > 0) return unanswered(`${failed} shards failed`);
      const value = valueAt(answer, spec.value ?? 'count');
      const holds = isWithin(value, spec);
      return { holds, finding: `${spec.value ?? 'the number of documents'} in ${spec.index} is ${valueText(value)}, ${holds ? '' : 'not '}${boundText(spec)}` };
    } catch (error) {
      return unanswered(error instanceof Error && error.name === 'TimeoutError' ? `no answer within ${spec.timeLimit}` : requestFailure(error));
    }
  }

  return makeProbe({ ...spec, every: spec.every ?? EVERY, name: spec.name ?? `${spec.value ?? 'documents'} in ${spec.index}: ${boundText(spec)}`, once });
}

function reasonOf(answer: unknown): string {
  const reason = valueAt(answer, 'error.reason');
  return typeof reason === 'string' ? ` (${valueText(reason)})` : '';
}
