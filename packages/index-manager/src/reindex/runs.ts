import type { ReindexRecord } from './model.ts';
import { hasEnded } from './session.ts';

/**
 * The reindexes of a name, the oldest first, each with the records of its indices. One that has not ended comes before
 * those that have; an index may have been reindexed again before its old one was released. Pure.
 */
export function runsOf(records: readonly ReindexRecord[], name: string): readonly (readonly ReindexRecord[])[] {
  const named = records.filter((record) => record.name === name || record.source === name);
  const open = named.filter((record) => !hasEnded(record));
  const found = open.length > 0 ? open : named;
  const heads = found.filter(({ steps }) => steps.length > 0).sort((one, other) => ageOf(other, found) - ageOf(one, found));
  const runs = heads.map((head) => [head, ...found.filter((record) => record.steps.length === 0 && isStepOf(record, head))]);
  const others = found.filter((record) => !runs.flat().includes(record));
  return others.length > 0 ? [...runs, others] : runs;
}

/** Whether every index of a run has got as far as it can. */
export function isComplete([head, ...others]: readonly ReindexRecord[]): boolean {
  return head !== undefined && [head, ...others].every(({ state }) => state === 'swapped' || state === 'released') && 1 + others.length >= head.steps.length;
}

function isStepOf(record: ReindexRecord, head: ReindexRecord): boolean {
  return head.steps.some(({ source, sourceUuid }) => source === record.source && sourceUuid === record.sourceUuid);
}

/** How many have been made of what this one made. */
function ageOf({ target }: ReindexRecord, records: readonly ReindexRecord[], seen: readonly string[] = []): number {
  const next = records.find(({ source }) => source === target && !seen.includes(source));
  return next === undefined ? 0 : 1 + ageOf(next, records, [...seen, target]);
}
