import { AddTagsToResourceCommand, DeleteParametersCommand, type Parameter, paginateGetParametersByPath, PutParameterCommand } from '@aws-sdk/client-ssm';
import type { AwsClients } from '../clients.ts';
import { awsFailure } from '../failure.ts';
import type { AwsNames } from '../names.ts';
import { type EventRecord, eventRecord, type LedgerContent, type LedgerEntry, ledgerEntry } from './record.ts';

type Ssm = Pick<AwsClients, 'ssm' | 'region'>;

/** What is in the account of a ledger: entries may be there without the record, where something broke off. */
export interface AccountLedger {
  readonly record: EventRecord | undefined;
  readonly entries: readonly LedgerEntry[];
  /** Names of its parameters. */
  readonly parameters: readonly string[];
}

const recordName = ({ ledger }: Pick<AwsNames, 'ledger'>): string => `${ledger}/event`;
/** Names of parameters have letters, digits and `_.-` between their slashes. */
const entryName = ({ ledger }: Pick<AwsNames, 'ledger'>, { kind, name }: Pick<LedgerEntry, 'kind' | 'name'>): string => `${ledger}/${kind}/${name.replaceAll(/[^\w.-]+/gu, '_').replace(/^_/u, '')}`;

/** Reads the ledger of the account: a parameter for the event and one for each thing. What is no longer readable is in `parameters` only. @throws PodscopeError AWS_… */
export async function readAccountLedger({ ssm, region }: Ssm, names: Pick<AwsNames, 'ledger'>, signal: AbortSignal): Promise<AccountLedger> {
  const found: Parameter[] = [];
  try {
    // The pages of a path are asked for one after the other; ten a page.
    for await (const page of paginateGetParametersByPath({ client: ssm }, { Path: names.ledger, Recursive: true }, { abortSignal: signal })) found.push(...(page.Parameters ?? []));
  } catch (error) {
    throw awsFailure(error, `The ledger ${names.ledger} in ${region}`);
  }
  const parsed = found.map(({ Name = '', Value = '' }) => ({ name: Name, value: jsonOf(Value) }));
  const record = eventRecord.safeParse(parsed.find(({ name }) => name === recordName(names))?.value);
  return {
    record: record.success ? record.data : undefined,
    entries: parsed.filter(({ name }) => name !== recordName(names)).flatMap(({ value }) => {
      const entry = ledgerEntry.safeParse(value);
      return entry.success ? [entry.data] : [];
    }),
    parameters: parsed.map(({ name }) => name),
  };
}

/** Writes what the event is. @throws PodscopeError AWS_… */
export async function putRecord(clients: Ssm, names: AwsNames, record: EventRecord, tags: Readonly<Record<string, string>>, signal: AbortSignal): Promise<void> {
  await put(clients, recordName(names), record, tags, signal);
}

/** Writes one thing of the event. @throws PodscopeError AWS_… */
export async function putEntry(clients: Ssm, names: AwsNames, entry: LedgerEntry, tags: Readonly<Record<string, string>>, signal: AbortSignal): Promise<void> {
  await put(clients, entryName(names, entry), entry, tags, signal);
}

/** Removes parameters; those that aren't there are none to remove. @throws PodscopeError AWS_… */
export async function removeParameters({ ssm, region }: Ssm, parameters: readonly string[], signal: AbortSignal): Promise<void> {
  try {
    for (let first = 0; first < parameters.length; first += 10) await ssm.send(new DeleteParametersCommand({ Names: parameters.slice(first, first + 10) }), { abortSignal: signal });
  } catch (error) {
    throw awsFailure(error, `The ledger of the event in ${region}`);
  }
}

/** The parameter of an entry. */
export function parameterOf(names: Pick<AwsNames, 'ledger'>, entry: Pick<LedgerEntry, 'kind' | 'name'>): string {
  return entryName(names, entry);
}

async function put({ ssm, region }: Ssm, name: string, value: object, tags: Readonly<Record<string, string>>, signal: AbortSignal): Promise<void> {
  try {
    // Tags are taken with a new parameter only, and a new value with `Overwrite` only: never both in one request.
    await ssm.send(new PutParameterCommand({ Name: name, Type: 'String', Value: JSON.stringify(value), Overwrite: true, Tier: 'Intelligent-Tiering' }), { abortSignal: signal });
    await ssm.send(new AddTagsToResourceCommand({ ResourceType: 'Parameter', ResourceId: name, Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) }), { abortSignal: signal });
  } catch (error) {
    throw awsFailure(error, `The ledger ${name} in ${region}`);
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Both ledgers as one: what either knows; of one thing the later word. */
export function mergedEntries(...ledgers: readonly (Pick<LedgerContent, 'entries'> | undefined)[]): readonly LedgerEntry[] {
  const found = new Map<string, LedgerEntry>();
  for (const entry of ledgers.flatMap((each) => each?.entries ?? [])) {
    const key = `${entry.kind} ${entry.name}`;
    const known = found.get(key);
    if (known === undefined || lastWord(entry) > lastWord(known)) found.set(key, entry);
  }
  return [...found.values()];
}

const ORDER = { wanted: 0, made: 1, gone: 2 } as const;
const lastWord = ({ wanted, gone, state }: LedgerEntry): string => `${gone ?? wanted} ${ORDER[state]}`;
