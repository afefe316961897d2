import { isDeepStrictEqual } from 'node:util';
import { PodscopeError } from '@podscope/core';
import type { JsonObject } from '../model.ts';
import { isObject } from '../normalise/json.ts';
import type { ReindexSession } from './session.ts';
import { ask, part, type Patient } from './send.ts';

/** The mapping of an index. */
export async function mappingsOf(patient: Patient, index: string): Promise<JsonObject> {
  const { body } = await ask(patient, { method: 'GET', path: `/${part(index)}` });
  const found = body[index];
  return isObject(found) && isObject(found['mappings']) ? found['mappings'] : {};
}

/** Whether the copy has the mapping of its source, rather than one that was asked for or that of a stream. */
export function keepsMappings({ record }: ReindexSession): boolean {
  return record.request.mappings === undefined && record.rollover === undefined;
}

/**
 * Brings to the copy what its source's mapping has got meanwhile, before documents come that need it: otherwise a field
 * would have one type here, and there whatever its first value looks like.
 *
 * @throws PodscopeError INDEX_REINDEX_CHANGED when the copy can't have it.
 */
export async function followMappings(session: ReindexSession, { from, to }: { readonly from: string; readonly to: string }): Promise<void> {
  if (!keepsMappings(session)) return;
  const { body } = session.record;
  const mappings = await mappingsOf(session, from);
  if (isDeepStrictEqual(mappings, body.mappings)) return;
  const { status, reason } = await ask(session, { method: 'PUT', path: `/${part(to)}/_mapping`, body: mappings, expected: [400] });
  if (status === 400) {
    throw new PodscopeError('INDEX_REINDEX_CHANGED', `The mapping of "${from}" was changed, and "${to}" can't follow: ${reason}.`, { hint: 'Roll the reindex back and start again.' });
  }
  await session.save({ body: { ...body, mappings } });
}
