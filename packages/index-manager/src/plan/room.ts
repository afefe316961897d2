import type { IndexChange, JsonObject, ObservedIndices } from '../model.ts';
import { overlap } from '../validate/patterns.ts';
import { beforeOf } from './before.ts';
import { riskOf } from './risk.ts';

interface Held {
  readonly patterns: readonly string[];
  readonly priority: number;
}

/**
 * A server refuses an index template whose patterns have names in common with those of another of the same priority, also
 * where that one is about to be changed or deleted. So two that exchange their patterns are kept apart by a priority that
 * nobody has: the one that stands in the way gets it until its own turn. One that takes the place of another, under a new name
 * say, gets it itself until the other has let go of its names: servers leave no data stream without a template, and some delete
 * none whose patterns a stream has. At no moment is there a name for which none of them holds. Pure.
 *
 * @param changes The changes of the plan.
 * @returns the same, with what makes room before and after.
 */
export function makeRoom(observed: ObservedIndices, changes: readonly IndexChange[]): readonly IndexChange[] {
  const templates = changes.filter(({ kind, action }) => kind === 'index-template' && action !== 'none');
  const coming = templates.filter(({ action }) => action !== 'delete');
  const others: readonly Held[] = [...Object.values(observed.foreignTemplates), ...Object.values(observed.indexTemplates).map(heldBy), ...coming.map(({ desired = {} }) => heldBy(desired))];
  const used = new Set(others.map(({ priority }) => priority));
  /** The next one that nobody has, unless somebody's in between would have to give way to it. */
  const above = ({ patterns, priority }: Held): number | undefined => {
    let free = priority;
    while (used.has(free)) free += 1;
    if (others.some((other) => other.priority > priority && other.priority < free && collide(other.patterns, patterns))) return undefined;
    used.add(free);
    return free;
  };
  const stopping = (change: IndexChange, action: 'delete' | 'update'): IndexChange | undefined =>
    templates.find((other) => other.name !== change.name && other.action === action && sameSpace(observed.indexTemplates[other.name], change.desired));
  const early = coming.flatMap((change): readonly IndexChange[] => {
    const stopped = coming.find((other) => other !== change && sameSpace(observed.indexTemplates[change.name], other.desired));
    const stored = observed.indexTemplates[change.name];
    const priority = stored === undefined || stopped === undefined ? undefined : above(heldBy(stored));
    if (stored === undefined || stopped === undefined || priority === undefined) return [];
    return [{ ...moved(observed, change, stored, priority, heldBy(stored).priority), reason: `makes room for ${stopped.name}, which has the same priority and names in common`, touches: [stopped.name], phase: 'early' }];
  });
  return [
    ...early,
    ...changes.flatMap((change): readonly IndexChange[] => {
      const gone = coming.includes(change) ? stopping(change, 'delete') : undefined;
      const { desired } = change;
      const priority = gone === undefined || desired === undefined ? undefined : above(heldBy(desired));
      // What was raised may let go of names that the others have by then.
      if (gone === undefined || desired === undefined || priority === undefined) return [early.some(({ name }) => name === change.name && change.kind === 'index-template') ? { ...change, phase: 'late' } : change];
      const first: IndexChange = { ...change, desired: { ...desired, priority }, reason: `${change.reason}; with priority ${priority} until ${gone.name} has let go` };
      return [first, { ...moved(observed, change, desired, heldBy(desired).priority, priority), desired, reason: `gets its own priority when ${gone.name} has let go`, phase: 'last' }];
    }),
    ...templates.flatMap((change): readonly IndexChange[] => {
      const stored = observed.indexTemplates[change.name];
      const heir = coming.find((other) => stopping(other, 'delete') === change);
      const priority = stored === undefined || heir === undefined ? undefined : above(heldBy(stored));
      if (stored === undefined || heir === undefined || priority === undefined) return [];
      const patterns = [`${change.name.replaceAll(/[^a-z0-9._-]/gu, '-')}-has-let-go`];
      const letting = moved(observed, change, { ...stored, index_patterns: patterns }, priority, heldBy(stored).priority);
      return [{ ...letting, reason: `lets go of its names for ${heir.name}`, touches: [heir.name], differences: [{ path: 'index_patterns', before: stored['index_patterns'], after: patterns }, ...(letting.differences ?? [])], phase: 'late' }];
    }),
  ];
}

/** A template with another priority and nothing else. */
function moved(observed: ObservedIndices, { name }: IndexChange, body: JsonObject, priority: number, from: number): IndexChange {
  return {
    kind: 'index-template',
    name,
    action: 'update',
    reason: '',
    desired: { ...body, priority },
    risk: riskOf('index-template', 'update'),
    touches: [],
    ...beforeOf(observed, { kind: 'index-template', name, action: 'update' }),
    differences: [{ path: 'priority', before: from, after: priority }],
  };
}

function sameSpace(one: JsonObject | undefined, other: JsonObject | undefined): boolean {
  if (one === undefined || other === undefined) return false;
  const [mine, theirs] = [heldBy(one), heldBy(other)];
  return mine.priority === theirs.priority && collide(mine.patterns, theirs.patterns);
}

function collide(one: readonly string[], other: readonly string[]): boolean {
  return one.some((mine) => other.some((theirs) => overlap(mine, theirs)));
}

function heldBy({ index_patterns: patterns, priority }: JsonObject): Held {
  return { patterns: Array.isArray(patterns) ? (patterns as readonly string[]) : [], priority: typeof priority === 'number' ? priority : 0 };
}
