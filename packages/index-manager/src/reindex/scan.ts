import type { JsonObject } from '../model.ts';
import { send } from '../client.ts';
import { shutOut } from './doors.ts';
import { ask, notYet, part, patiently, type Patient, refuseForbidden } from './send.ts';

/** A document as a search finds it. */
export interface Found {
  readonly id: string;
  /** Rounded, where it is beyond what a number of JavaScript holds. */
  readonly version: number;
  /** Which write of its index it is. */
  readonly write: { readonly seqNo: number; readonly primaryTerm: number };
  readonly routing: string | undefined;
  /** Where it was asked for. */
  readonly source: JsonObject | undefined;
}

/** Which documents of an index are read. */
export interface Scan {
  readonly index: string;
  readonly query?: JsonObject;
  readonly shard?: number;
  readonly source?: boolean;
  readonly size: number;
}

interface Hit {
  readonly _id: string;
  readonly _version: number;
  readonly _seq_no: number;
  readonly _primary_term: number;
  readonly _routing?: string;
  readonly _source?: JsonObject;
}

/** All documents that searches see, in pages. Starts again from the beginning when the server loses its place. */
export async function* scan(patient: Patient, what: Scan): AsyncGenerator<readonly Found[]> {
  const preference = what.shard === undefined ? '' : `&preference=_shards:${what.shard}`;
  const first = `/${part(what.index)}/_search?scroll=2m&allow_partial_search_results=false${preference}`;
  const body: JsonObject = { size: what.size, sort: ['_doc'], version: true, seq_no_primary_term: true, _source: what.source ?? false, ...(what.query === undefined ? {} : { query: what.query }) };
  let scroll: string | undefined;
  try {
    for (;;) {
      const answer = scroll === undefined
        ? await ask(patient, { method: 'POST', path: first, body })
        : await ask(patient, { method: 'POST', path: '/_search/scroll', body: { scroll: '2m', scroll_id: scroll }, expected: [404] });
      if (answer.status === 404) {
        scroll = undefined;
        continue;
      }
      scroll = String(answer.body['_scroll_id']);
      const shards = answer.body['_shards'] as { readonly failed: number };
      if (shards.failed > 0) {
        await close(patient, scroll);
        scroll = undefined;
        continue;
      }
      const hits = (answer.body['hits'] as unknown as { readonly hits: readonly Hit[] }).hits;
      if (hits.length === 0) return;
      yield hits.map(foundOf);
    }
  } finally {
    if (scroll !== undefined) await close(patient, scroll);
  }
}

/** A number of documents chosen by chance, with their content. */
export async function sample(patient: Patient, index: string, size: number): Promise<readonly Found[]> {
  const query: JsonObject = { function_score: { query: { match_all: {} }, random_score: { seed: Date.now(), field: '_seq_no' }, boost_mode: 'replace' } };
  const { body } = await ask(patient, { method: 'POST', path: `/${part(index)}/_search?allow_partial_search_results=false`, body: { size, version: true, seq_no_primary_term: true, query } });
  return (body['hits'] as unknown as { readonly hits: readonly Hit[] }).hits.map(foundOf);
}

/** The same documents in another index, in order; undefined where it has none. Not only what searches see. */
export async function lookUp(patient: Patient, index: string, documents: readonly Pick<Found, 'id' | 'routing'>[], source: boolean): Promise<readonly (Found | undefined)[]> {
  if (documents.length === 0) return [];
  const docs = documents.map(({ id, routing }): JsonObject => ({ _id: id, ...(routing === undefined ? {} : { routing }) }));
  return patiently(patient, `Looking up documents of "${index}"`, async () => {
    const { body } = await ask(patient, { method: 'POST', path: `/${part(index)}/_mget?_source=${source}`, body: { docs } });
    const found = body['docs'] as unknown as readonly (Hit & { readonly found?: boolean; readonly error?: unknown })[];
    for (const { error } of found) refuseForbidden(error, `Looking up documents of "${index}"`);
    // A shard that isn't there is no proof that a document isn't.
    if (found.some(({ found: has }) => has === undefined)) throw notYet('a shard does not answer');
    return found.map((hit) => (hit.found === true ? foundOf(hit) : undefined));
  });
}

/** Deletes documents through a door, where they are still as they were seen. */
export async function remove(patient: Patient, index: string, door: string, documents: readonly Found[]): Promise<void> {
  if (documents.length === 0) return;
  const lines = documents.map(({ id, write, routing }): JsonObject => ({ delete: { _id: id, if_seq_no: write.seqNo, if_primary_term: write.primaryTerm, ...(routing === undefined ? {} : { routing }) } }));
  await patiently(patient, `Deleting from "${index}"`, async () => {
    const { body } = await ask(patient, { method: 'POST', path: `/${part(door)}/_bulk`, body: lines });
    const items = body['items'] as unknown as readonly { readonly delete: { readonly status: number; readonly error?: { readonly type?: string; readonly reason?: string } } }[];
    if (items.some(({ delete: { error } }) => error?.type === 'index_not_found_exception')) throw shutOut(index);
    // Of one that was written since (409), whoever did that, the comparison of both indices decides.
    const failed = items.find(({ delete: { status } }) => status >= 400 && status !== 404 && status !== 409);
    refuseForbidden(failed?.delete.error, `Deleting from "${index}"`);
    if (failed !== undefined) throw notYet(failed.delete.error?.reason ?? `status ${failed.delete.status}`);
  });
}

async function close(patient: Patient, scroll: string): Promise<void> {
  // It ends by itself after two minutes where this doesn't arrive.
  await send(patient.client, { method: 'DELETE', path: '/_search/scroll', body: { scroll_id: [scroll] }, expected: [404] }).catch(() => undefined);
}

function foundOf({ _id: id, _version: version, _seq_no: seqNo, _primary_term: primaryTerm, _routing: routing, _source: source }: Hit): Found {
  return { id, version, write: { seqNo, primaryTerm }, routing, source };
}
