import type { IndexClient } from '../client.ts';
import { failureOf } from '../failures.ts';
import type { Difference, IndexChangeKind, LedgerEntry, ObservedIndices } from '../model.ts';
import { observeScope } from '../observe/observe.ts';
import { scopeOfLedger } from '../observe/scope.ts';
import { differences } from '../plan/differences.ts';
import { fingerprint } from '../plan/fingerprint.ts';
import { KINDS } from '../plan/kinds.ts';
import { DEFAULT_OWNER } from '../plan/ownership.ts';
import { differenceLines } from '../plan/difference-lines.ts';
import { paintOf, safe } from '../plan/paint.ts';
import { type AppliedForms, readForms, readLedger } from '../store/ledger.ts';

/** What stands now, and what was applied last: plain data. */
export interface ObservedDrift {
  readonly owner: string;
  readonly indices: ObservedIndices;
  /** What was applied last, of the kinds that the owner has something of. */
  readonly applied: Readonly<Partial<Record<IndexChangeKind, AppliedForms>>>;
}

/** One thing that somebody changed by hand. */
export interface DriftItem {
  readonly kind: IndexChangeKind;
  readonly name: string;
  readonly what: 'changed' | 'deleted';
  /** When it was applied last, and by whom. */
  readonly applied: Pick<LedgerEntry, 'at' | 'by'>;
  /** From what was applied to what stands. */
  readonly differences: readonly Difference[];
}

/** What was changed by hand since it was applied: plain data. */
export interface DriftReport {
  readonly owner: string;
  /** How many things were looked at. */
  readonly looked: number;
  readonly items: readonly DriftItem[];
}

/**
 * Reads what the owner has made and how it stands now. Needs no setup: the cluster's ledger says what was applied.
 *
 * @throws PodscopeError INDEX_OBSERVE_FAILED when the server can't be reached or refuses.
 */
export async function observeDrift(client: IndexClient, options: { readonly owner?: string } = {}): Promise<ObservedDrift> {
  const owner = options.owner ?? DEFAULT_OWNER;
  try {
    const { ledger } = await readLedger(client);
    const scope = scopeOfLedger(ledger, owner);
    const kinds = (Object.keys(scope) as IndexChangeKind[]).filter((kind) => scope[kind].length > 0);
    const [indices, ...forms] = await Promise.all([observeScope(client, scope, owner), ...kinds.map((kind) => readForms(client, kind))]);
    return { owner, indices, applied: Object.fromEntries(kinds.map((kind, position) => [kind, forms[position]?.forms ?? {}])) };
  } catch (error) {
    throw failureOf(error, 'INDEX_OBSERVE_FAILED', 'Reading what was applied');
  }
}

/** What was changed or deleted by hand since it was applied. Pure. What a stream has inside is no drift. */
export function planDrift({ owner, indices, applied }: ObservedDrift): DriftReport {
  const scope = scopeOfLedger(indices.ledger, owner);
  const looked = (Object.keys(scope) as IndexChangeKind[]).flatMap((kind) => scope[kind].map((name) => ({ kind, name })));
  const items = looked.flatMap(({ kind, name }): readonly DriftItem[] => {
    const entry = indices.ledger.resources[`${kind}/${name}`];
    // One whose application never ended is the next plan's to mend.
    if (entry === undefined || entry.pending === true) return [];
    const { at, by } = entry;
    const stored = KINDS[kind].stored(indices, name);
    if (stored === undefined) return [{ kind, name, what: 'deleted', applied: { at, by }, differences: [] }];
    const form = KINDS[kind].normalise(stored);
    if (fingerprint(form) === entry.form) return [];
    return [{ kind, name, what: 'changed', applied: { at, by }, differences: differences(applied[kind]?.[name], form) }];
  });
  return { owner, looked: looked.length, items };
}

/** A report as text for a terminal, ending in a line feed. */
export function formatDrift({ owner, looked, items }: DriftReport): string {
  const plain = paintOf(false);
  const lines = items.flatMap(({ kind, name, what, applied, differences: found }) => [
    safe(`${what === 'deleted' ? '-' : '~'} ${kind.padEnd(18)}  ${name}  ${what} by hand since ${applied.by} applied it at ${applied.at}`),
    ...found.flatMap((each) => differenceLines(each, plain)).map((line) => `      ${line}`),
  ]);
  const sum = `${items.length} of ${looked} things of ${owner} were changed by hand`;
  return `${[...lines, safe(sum)].join('\n')}\n`;
}
