import type { JsonObject } from '../model.ts';
import { isObject } from '../normalise/json.ts';
import { matches } from '../validate/patterns.ts';
import { isDoor } from './doors.ts';
import type { ReindexRecord } from './model.ts';
import type { ReindexSession } from './session.ts';
import { aliasesOf } from './swap.ts';
import { ask, part, type Patient } from './send.ts';

/** Nobody finds anything through it, and nobody writes to it. */
const SILENT: JsonObject = { filter: { match_none: {} }, is_write_index: false };

/**
 * The aliases that an index has to be made with, so that those that a template gives to it lead nobody to it before it is
 * full. An alias whose only index takes its writes without saying so would take none any more; that index says so until
 * {@link dropTemplateAliases}.
 */
export async function silenceTemplateAliases(session: ReindexSession, index: string): Promise<JsonObject> {
  const names = await templateAliases(session, index);
  const pinned = (await Promise.all(names.map((alias) => onlyIndexOf(session, alias, index)))).flat();
  if (pinned.length > 0) {
    await session.save({ pinned });
    const actions = pinned.map(({ index: holder, alias, options }): JsonObject => ({ add: { index: holder, alias, ...options, is_write_index: true } }));
    await ask(session, { method: 'POST', path: '/_aliases', body: { actions } });
  }
  return Object.fromEntries(names.map((name) => [name, SILENT]));
}

/** Takes from a new index, where it is ours, what templates gave to it, and leaves the aliases of others as they were. */
export async function dropTemplateAliases(session: ReindexSession, index: string, ours: boolean): Promise<void> {
  const given = ours ? Object.keys(await aliasesOf(session, index)).map((alias): JsonObject => ({ remove: { index, alias } })) : [];
  const actions = [...given, ...(await unpinned(session))];
  if (actions.length > 0) await ask(session, { method: 'POST', path: '/_aliases', body: { actions } });
  if (session.record.pinned.length > 0) await session.save({ pinned: [] });
}

/** Only where it is still so: the alias may have been deleted or moved. */
async function unpinned(session: ReindexSession): Promise<JsonObject[]> {
  const still = await Promise.all(session.record.pinned.map(async ({ index, alias, options }) => ((await aliasesOf(session, index))[alias] === undefined ? [] : [{ add: { index, alias, ...options } }])));
  return still.flat();
}

async function templateAliases(patient: Patient, index: string): Promise<readonly string[]> {
  // Who may not see templates is told of none.
  const expected = [400, 403, 404, 405];
  const simulated = await ask(patient, { method: 'POST', path: `/_index_template/_simulate_index/${part(index)}`, expected });
  const template = simulated.status === 200 ? simulated.body['template'] : undefined;
  if (isObject(template)) return isObject(template['aliases']) ? Object.keys(template['aliases']) : [];
  const legacy = await ask(patient, { method: 'GET', path: '/_template', expected });
  if (legacy.status !== 200) return [];
  return Object.values(legacy.body).flatMap((each) => {
    if (!isObject(each) || !isObject(each['aliases'])) return [];
    const patterns = (each['index_patterns'] ?? []) as readonly string[];
    return patterns.some((pattern) => matches(pattern, index)) ? Object.keys(each['aliases']) : [];
  });
}

async function onlyIndexOf(patient: Patient, alias: string, except: string): Promise<ReindexRecord['pinned']> {
  if (isDoor(alias)) return [];
  const { body, status } = await ask(patient, { method: 'GET', path: `/_alias/${part(alias)}`, expected: [404] });
  if (status === 404) return [];
  const holders = Object.entries(body).flatMap(([index, found]) => {
    const options = isObject(found) && isObject(found['aliases']) ? found['aliases'][alias] : undefined;
    return index !== except && isObject(options) ? [{ index, alias, options }] : [];
  });
  const [only] = holders;
  return only === undefined || holders.length > 1 || only.options['is_write_index'] !== undefined ? [] : [only];
}
