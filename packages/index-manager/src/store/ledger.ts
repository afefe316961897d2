import type { IndexClient } from '../client.ts';
import type { IndexChangeKind, JsonObject, Ledger, LedgerEntry } from '../model.ts';
import { isObject } from '../normalise/json.ts';
import { readDocument, type Revision, writeDocument } from './store.ts';

const ID = 'owned';

/** The ledger and the write that it comes from; empty where there is none yet. */
export async function readLedger(client: IndexClient): Promise<{ readonly ledger: Ledger; readonly revision: Revision | undefined }> {
  const stored = await readDocument(client, ID);
  const { resources, streams } = stored?.content ?? {};
  return {
    ledger: {
      resources: isObject(resources) ? (resources as unknown as Readonly<Record<string, LedgerEntry>>) : {},
      streams: isObject(streams) ? (streams as Readonly<Record<string, string>>) : {},
    },
    revision: stored,
  };
}

/** Writes the ledger, if it is still the one that was read. Undefined when somebody else wrote it meanwhile. */
export async function writeLedger(client: IndexClient, ledger: Ledger, before: Revision | undefined): Promise<Revision | undefined> {
  return writeDocument(client, ID, 'ledger', ledger as unknown as JsonObject, before);
}

/** By name, what was applied last of one kind: the whole of it, for drift to be shown. */
export type AppliedForms = Readonly<Record<string, JsonObject>>;

/** Apart from the ledger, one document a kind: a plan needs the fingerprints only. */
export async function readForms(client: IndexClient, kind: IndexChangeKind): Promise<{ readonly forms: AppliedForms; readonly revision: Revision | undefined }> {
  const stored = await readDocument(client, `applied-${kind}`);
  const forms = stored?.content['forms'];
  return { forms: isObject(forms) ? (forms as AppliedForms) : {}, revision: stored };
}

/** Writes the forms of one kind. Undefined when somebody else wrote them meanwhile. */
export async function writeForms(client: IndexClient, kind: IndexChangeKind, forms: AppliedForms, before: Revision | undefined): Promise<Revision | undefined> {
  return writeDocument(client, `applied-${kind}`, 'forms', { forms }, before);
}
