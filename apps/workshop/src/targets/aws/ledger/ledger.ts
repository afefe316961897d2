import type { AwsClients } from '../clients.ts';
import type { AwsNames } from '../names.ts';
import { type DamagedRecord, mergedEntries, parameterOf, putEntry, putFirstRecord, putRecord, readAccountLedger, removeParameters } from './accountLedger.ts';
import { readLocalLedger, removeLocalLedger, writeLocalLedger } from './localLedger.ts';
import type { EventRecord, LedgerEntry, LedgerKind } from './record.ts';

/** Where a ledger is kept. */
export interface LedgerPlace {
  readonly runDir: string;
  readonly clients: Pick<AwsClients, 'ssm' | 'region'>;
  readonly names: AwsNames;
  readonly signal: AbortSignal;
}

/** What is found of an event. */
export interface FoundLedger {
  readonly record: EventRecord | undefined;
  /** Whether the account has the record: without it, the event is over, or did not begin. */
  readonly isInAccount: boolean;
  readonly entries: readonly LedgerEntry[];
  /** Names of the parameters in the account. */
  readonly parameters: readonly string[];
  /** Where the account's record can't be read; this machine's takes its place, if there is one. */
  readonly damaged: DamagedRecord | undefined;
}

/** The ledger of an event, of this machine and of the account together. @throws PodscopeError AWS_…, LEDGER_UNREADABLE */
export async function findLedger({ runDir, clients, names, signal }: LedgerPlace): Promise<FoundLedger> {
  const local = readLocalLedger(runDir, clients.region, names.event);
  const account = await readAccountLedger(clients, names, signal);
  // A ledger of another account is about another event of the same name.
  const own = local !== undefined && account.record !== undefined && account.record.account !== local.record.account ? undefined : local;
  const isInAccount = account.record !== undefined || (account.damaged !== undefined && own !== undefined);
  return { record: account.record ?? own?.record, isInAccount, entries: mergedEntries(own, account), parameters: account.parameters, damaged: account.damaged };
}

/** The ledger while something is made or deleted: each word is on the disk and in the account before the call goes on. */
export interface Ledger {
  readonly record: EventRecord;
  readonly entries: readonly LedgerEntry[];
  /** Before something is asked for. @throws PodscopeError AWS_… */
  wants(kind: LedgerKind, name: string): Promise<void>;
  /** When it is there. */
  has(kind: LedgerKind, name: string): Promise<void>;
  /** When it is known not to be there. */
  misses(kind: LedgerKind, name: string): Promise<void>;
  /** When nothing is left of the event. */
  close(): Promise<void>;
}

/**
 * Opens the ledger for writing; the record is written first, here and in the account.
 *
 * @throws PodscopeError AWS_IN_USE where somebody else begins the same event, AWS_…, DIRECTORY_UNUSABLE, NO_DISK_SPACE
 */
export async function openLedger({ runDir, clients, names, signal }: LedgerPlace, record: EventRecord, found: Pick<FoundLedger, 'entries' | 'isInAccount'>, tags: Readonly<Record<string, string>>): Promise<Ledger> {
  const entries = new Map(found.entries.map((entry) => [`${entry.kind} ${entry.name}`, entry]));
  const writeHere = (): void => writeLocalLedger(runDir, { record, entries: [...entries.values()] });
  const set = async (entry: LedgerEntry): Promise<void> => {
    entries.set(`${entry.kind} ${entry.name}`, entry);
    writeHere();
    if (entry.state === 'gone') await removeParameters(clients, [parameterOf(names, entry)], signal);
    else await putEntry(clients, names, entry, tags, signal);
  };
  const now = (): string => new Date().toISOString();
  if (found.isInAccount) {
    writeHere();
    await putRecord(clients, names, record, tags, signal);
  } else {
    // Here only when it is ours: another one's beginning is not to be forgotten.
    await putFirstRecord(clients, names, record, tags, signal);
    writeHere();
  }
  return {
    record,
    get entries() {
      return [...entries.values()];
    },
    async wants(kind, name) {
      const known = entries.get(`${kind} ${name}`);
      if (known === undefined || known.state === 'gone') await set({ kind, name, state: 'wanted', wanted: now() });
    },
    async has(kind, name) {
      const known = entries.get(`${kind} ${name}`);
      if (known?.state !== 'made') await set({ kind, name, state: 'made', wanted: known?.wanted ?? now() });
    },
    async misses(kind, name) {
      const known = entries.get(`${kind} ${name}`);
      if (known?.state !== 'gone') await set({ kind, name, state: 'gone', wanted: known?.wanted ?? now(), gone: now() });
    },
    async close() {
      const { parameters } = await readAccountLedger(clients, names, signal);
      await removeParameters(clients, parameters, signal);
      removeLocalLedger(runDir, clients.region, names.event);
    },
  };
}
