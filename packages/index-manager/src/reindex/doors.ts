import { PodscopeError } from '@podscope/core';
import type { JsonObject } from '../model.ts';
import { isObject } from '../normalise/json.ts';
import type { ReindexSession } from './session.ts';
import { ask, part, type Patient } from './send.ts';

/**
 * Copies write to an index through an alias of it that only they know, its door, and the server is told that it must be an
 * alias. So an index that somebody deletes is not made again by the copy, under its name and with a mapping by chance; and
 * what a manager that was taken for dead still copies ends when its door is exchanged for another.
 */
export const DOOR = 'podscope-reindex-';

/** The door that an index is made with. It says whose it is, before its identity can be written down. */
export function firstDoor({ record }: ReindexSession): string {
  return `${DOOR}${record.sourceUuid}`;
}

/** The door that only this manager knows. */
function ownDoor({ record }: ReindexSession): string {
  return `${DOOR}${record.runner}`;
}

/** Whether an alias is a door, and none of the user's. */
export function isDoor(alias: string): boolean {
  return alias.startsWith(DOOR);
}

/** How an index is to be made, or an alias added, for a door. */
export const DOOR_OPTIONS: JsonObject = { is_hidden: true };

/** The doors of an index. */
export async function doorsOf(patient: Patient, index: string): Promise<readonly string[]> {
  const { body } = await ask(patient, { method: 'GET', path: `/${part(index)}/_alias`, expected: [404] });
  const found = body[index];
  return Object.keys(isObject(found) && isObject(found['aliases']) ? found['aliases'] : {}).filter(isDoor);
}

/** Gives an index this manager's door, and takes away those of all others. */
export async function openDoor(session: ReindexSession, index: string): Promise<string> {
  const door = ownDoor(session);
  const doors = await doorsOf(session, index);
  if (doors.length !== 1 || doors[0] !== door) {
    const others = doors.filter((each) => each !== door).map((alias): JsonObject => ({ remove: { index, alias } }));
    await ask(session, { method: 'POST', path: '/_aliases', body: { actions: [{ add: { index, alias: door, ...DOOR_OPTIONS } }, ...others] } });
  }
  return door;
}

/** The error of a copy that found its door closed. */
export function shutOut(index: string): PodscopeError {
  return new PodscopeError('INDEX_REINDEX_CHANGED', `What wrote to "${index}" was shut out: an index of this reindex is gone, or another manager works on it.`, {
    hint: 'See the list of reindexes. Resume this one; where an index is gone, roll it back and start again.',
  });
}

/** Takes away every door of an index. */
export async function closeDoors(patient: Patient, index: string): Promise<void> {
  const actions = (await doorsOf(patient, index)).map((alias): JsonObject => ({ remove: { index, alias } }));
  if (actions.length > 0) await ask(patient, { method: 'POST', path: '/_aliases', body: { actions } });
}
