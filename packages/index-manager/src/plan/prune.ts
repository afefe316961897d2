import type { IndexChange, IndexChangeKind, IndexSetup, ObservedIndices } from '../model.ts';
import { scopeOf } from '../observe/scope.ts';
import { beforeOf } from './before.ts';
import { KINDS, ownedNames } from './kinds.ts';
import { riskOf } from './risk.ts';

/** What is deleted, and what stays although nobody wants it any more. */
export interface Prunings {
  readonly changes: readonly IndexChange[];
  readonly notes: readonly string[];
}

/**
 * Deletes what the owner has and the setup doesn't name. Pure.
 *
 * @param wanted The setup as it was written: what this server can't hold is still wanted.
 * @param setup The setup as this server can hold it.
 */
export function prunings(observed: ObservedIndices, wanted: IndexSetup, setup: IndexSetup): Prunings {
  const [written, adapted] = [scopeOf(wanted), scopeOf(setup)];
  const gone = (Object.keys(KINDS) as IndexChangeKind[]).flatMap((kind) => {
    const named = new Set([...written[kind], ...adapted[kind]]);
    return ownedNames(observed, kind, setup.owner).flatMap((name) => (named.has(name) ? [] : [{ kind, name, usedBy: usersOf(observed, kind, name) }]));
  });
  return {
    changes: gone.filter(({ usedBy }) => usedBy.length === 0).map(({ kind, name }) => deletion(observed, kind, name)),
    notes: gone.filter(({ usedBy }) => usedBy.length > 0).map(({ kind, name, usedBy }) => `${kind} ${name} stays: somebody else's index template ${usedBy.join(', ')} is composed of it`),
  };
}

function deletion(observed: ObservedIndices, kind: IndexChangeKind, name: string): IndexChange {
  return { kind, name, action: 'delete', reason: `is owned and no longer in the setup${ADDED[kind] ?? ''}`, risk: riskOf(kind, 'delete'), touches: touchedBy(observed, kind, name), ...beforeOf(observed, { kind, name, action: 'delete' }) };
}

/** What there is to know beside that. */
const ADDED: Readonly<Partial<Record<IndexChangeKind, string>>> = {
  'data-stream': '; all of its documents go',
  'rollover-alias': '; its indices stay',
  'ingest-pipeline': '; indices that still name it would refuse documents',
};

/** A server does not delete a component template that an index template is composed of. */
function usersOf({ foreignTemplates }: ObservedIndices, kind: IndexChangeKind, name: string): readonly string[] {
  return kind === 'component-template' ? Object.keys(foreignTemplates).filter((template) => foreignTemplates[template]?.parts.includes(name)) : [];
}

function touchedBy(observed: ObservedIndices, kind: IndexChangeKind, name: string): readonly string[] {
  if (kind === 'data-stream') return observed.dataStreams[name]?.indices ?? [];
  if (kind === 'rollover-alias') return observed.rolloverAliases[name]?.indices ?? [];
  return kind === 'alias' ? Object.keys(observed.aliases[name] ?? {}) : [];
}
