import type { IndexClient } from '../client.ts';
import type { IndexChange, IndexChangeKind, IndexPlan, JsonObject, Ledger, LedgerEntry } from '../model.ts';
import { attachKey } from '../plan/attach.ts';
import { fingerprint } from '../plan/fingerprint.ts';
import { KINDS } from '../plan/kinds.ts';
import { readForms, readLedger, writeForms, writeLedger } from '../store/ledger.ts';
import type { Revision } from '../store/store.ts';

/** What became of the changes. One whose answer never came may have been made. */
export interface Outcome {
  readonly made: readonly IndexChange[];
  readonly unknown: readonly IndexChange[];
}

/** The ledger during one application, which holds the lock. */
export interface Bookkeeping {
  /** Says what became of the changes; also where the lock was lost meanwhile. */
  settle(client: IndexClient, outcome: Outcome): Promise<void>;
}

/**
 * Writes down what is about to be made, before it is: what is made and not written down would be somebody else's to the
 * next plan.
 */
export async function openLedger(client: IndexClient, plan: IndexPlan, changes: readonly IndexChange[], who: string): Promise<Bookkeeping> {
  const owned = changes.filter(ownable);
  const pending = Object.fromEntries(owned.filter(({ action }) => action !== 'delete').map((change): [string, LedgerEntry] => [keyOf(change), { ...entryOf(change, plan.owner, who), pending: true }]));
  const opened = await untilWritten(async () => {
    const { ledger: before, revision } = await readLedger(client);
    const ledger = { ...before, resources: { ...before.resources, ...pending } };
    const written = await writeLedger(client, ledger, revision);
    return written === undefined ? undefined : { before, ledger, revision: written };
  });
  return {
    async settle(settling, { made, unknown }) {
      let current: { readonly ledger: Ledger; readonly revision: Revision | undefined } | undefined = opened;
      const { ours, left } = await untilWritten(async () => {
        const { ledger, revision } = current ?? (await readLedger(settling));
        current = undefined;
        // What somebody else has written there since he took the lock over is newer than what this one knows.
        const isUntouched = (change: IndexChange): boolean => sameEntry(ledger.resources[keyOf(change)], opened.ledger.resources[keyOf(change)]);
        const untouched = owned.filter(isUntouched);
        const resources = new Map(Object.entries(ledger.resources));
        for (const change of untouched.filter((each) => !unknown.includes(each))) {
          const entry = !made.includes(change) ? opened.before.resources[keyOf(change)] : change.action === 'delete' ? undefined : entryOf(change, plan.owner, who);
          if (entry === undefined) resources.delete(keyOf(change));
          else resources.set(keyOf(change), entry);
        }
        // What one who was killed had written down, and which stands as it should: looked at under the lock.
        const left = plan.changes.filter((change) => change.action === 'none' && isUntouched(change) && isLeft(resources.get(keyOf(change)), plan.owner));
        for (const change of left) resources.set(keyOf(change), entryOf(change, plan.owner, who));
        const written = await writeLedger(settling, { resources: Object.fromEntries(resources), streams: streamsAfter(ledger, plan, changes, made) }, revision);
        return written === undefined ? undefined : { ours: untouched, left };
      });
      await recordForms(settling, [...ours.filter((change) => made.includes(change)), ...left]);
    },
  };
}

function isLeft(entry: LedgerEntry | undefined, owner: string): boolean {
  return entry?.pending === true && entry.owner === owner;
}

function sameEntry(one: LedgerEntry | undefined, other: LedgerEntry | undefined): boolean {
  return one === other || (one !== undefined && other !== undefined && fingerprint({ ...one }) === fingerprint({ ...other }));
}

/** Streams agree with their templates only when everything was made. */
function streamsAfter(ledger: Ledger, plan: IndexPlan, changes: readonly IndexChange[], made: readonly IndexChange[]): Ledger['streams'] {
  const attached = made.flatMap(({ action, desired }) =>
    action === 'attach-policy' ? (desired?.['indices'] as readonly string[]).map((index) => [attachKey(index), String(desired?.['form'])] as const) : [],
  );
  return { ...ledger.streams, ...(made.length === changes.length ? plan.streams : {}), ...Object.fromEntries(attached) };
}

/** Reads and writes again where somebody else wrote in between. */
async function untilWritten<T>(writing: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const written = await writing();
    if (written !== undefined) return written;
  }
}

async function recordForms(client: IndexClient, made: readonly IndexChange[]): Promise<void> {
  const byKind = Map.groupBy(made, ({ kind }) => kind);
  await Promise.all([...byKind].map(async ([kind, changes]) => untilWritten(async () => record(client, kind, changes))));
}

async function record(client: IndexClient, kind: IndexChangeKind, changes: readonly IndexChange[]): Promise<Revision | undefined> {
  const { forms, revision } = await readForms(client, kind);
  const next = new Map(Object.entries(forms));
  for (const change of changes) {
    if (change.action === 'delete') next.delete(change.name);
    else next.set(change.name, formOf(change));
  }
  return writeForms(client, kind, Object.fromEntries(next), revision);
}

/** Changes of things, not of what a stream has inside. */
function ownable({ action }: IndexChange): boolean {
  return action === 'create' || action === 'update' || action === 'delete';
}

function keyOf({ kind, name }: IndexChange): string {
  return `${kind}/${name}`;
}

function formOf({ kind, desired }: IndexChange): JsonObject {
  return KINDS[kind].normalise(desired ?? {});
}

function entryOf(change: IndexChange, owner: string, by: string): LedgerEntry {
  return { owner, form: fingerprint(formOf(change)), at: new Date().toISOString(), by };
}
