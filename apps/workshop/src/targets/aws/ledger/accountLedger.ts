import { setTimeout as sleep } from 'node:timers/promises';
import { AddTagsToResourceCommand, DeleteParametersCommand, type Parameter, paginateGetParametersByPath, PutParameterCommand } from '@aws-sdk/client-ssm';
import type { AwsClients } from '../clients.ts';
import { PodscopeError } from '@podscope/core';
import { awsFailure, isAwsError, isRefusedForNow } from '../failure.ts';
import type { AwsNames } from '../names.ts';
import { type AwsSettings, awsSettings } from '../settings.ts';
import { type EventRecord, eventRecord, type LedgerContent, type LedgerEntry, ledgerEntry, RECORD_VERSION } from './record.ts';

type Ssm = Pick<AwsClients, 'ssm' | 'region'>;

/** What is in the account of a ledger: entries may be there without the record, where something broke off. */
export interface AccountLedger {
  readonly record: EventRecord | undefined;
  readonly entries: readonly LedgerEntry[];
  /** Names of its parameters. */
  readonly parameters: readonly string[];
  /** Where there is a record that can't be read: somebody has changed it by hand. */
  readonly damaged: DamagedRecord | undefined;
}

/** A record that can't be read. */
export interface DamagedRecord {
  readonly parameter: string;
  /** What it says of a cluster and a domain that stay; undefined where not even that can be made out. */
  readonly settings: AwsSettings | undefined;
}

const recordName = ({ ledger }: Pick<AwsNames, 'ledger'>): string => `${ledger}/event`;
/** Names of parameters have letters, digits and `_.-` between their slashes. */
const entryName = ({ ledger }: Pick<AwsNames, 'ledger'>, { kind, name }: Pick<LedgerEntry, 'kind' | 'name'>): string => `${ledger}/${kind}/${name.replaceAll(/[^\w.-]+/gu, '_').replace(/^_/u, '')}`;

/** Reads the ledger of the account: a parameter for the event and one for each thing. Entries that can't be read are in `parameters` only. @throws PodscopeError LEDGER_UNREADABLE for one of a newer version, AWS_… */
export async function readAccountLedger({ ssm, region }: Ssm, names: Pick<AwsNames, 'ledger' | 'event'>, signal: AbortSignal): Promise<AccountLedger> {
  const found: Parameter[] = [];
  try {
    // The pages of a path are asked for one after the other; ten a page.
    for await (const page of paginateGetParametersByPath({ client: ssm }, { Path: names.ledger, Recursive: true }, { abortSignal: signal })) found.push(...(page.Parameters ?? []));
  } catch (error) {
    throw awsFailure(error, `The ledger ${names.ledger} in ${region}`);
  }
  const parsed = found.map(({ Name = '', Value = '' }) => ({ name: Name, value: jsonOf(Value) }));
  const written = parsed.find(({ name }) => name === recordName(names));
  const record = eventRecord.safeParse(written?.value);
  if (!record.success && written !== undefined) requireKnownVersion(written, region);
  return {
    record: record.success ? record.data : undefined,
    damaged: record.success || written === undefined ? undefined : { parameter: written.name, settings: settingsIn(written.value, names.event, region) },
    entries: parsed.filter(({ name }) => name !== recordName(names)).flatMap(({ value }) => {
      const entry = ledgerEntry.safeParse(value);
      return entry.success ? [entry.data] : [];
    }),
    parameters: parsed.map(({ name }) => name),
  };
}

/** What a newer version makes, this one may not know how to find: it would say that nothing is left, and something would be. */
function requireKnownVersion({ name, value }: { readonly name: string; readonly value: unknown }, region: string): void {
  const version = fieldOf(value, 'version');
  if (typeof version !== 'number' || version <= RECORD_VERSION) return;
  throw new PodscopeError('LEDGER_UNREADABLE', `The ledger ${name} in ${region} is of a newer podscope: it has version ${version}, and this one knows ${RECORD_VERSION}. Nothing was made or deleted.`, { hint: 'Run it with the podscope that made the event, or a later one.' });
}

function settingsIn(value: unknown, event: string, region: string): AwsSettings | undefined {
  const given = fieldOf(value, 'settings');
  if (typeof given !== 'object' || given === null) return undefined;
  const text = (name: string): string | undefined => (typeof fieldOf(given, name) === 'string' ? String(fieldOf(given, name)) : undefined);
  return awsSettings.parse({ event, region, existingCluster: text('existingCluster'), existingDomain: text('existingDomain') });
}

const fieldOf = (value: unknown, name: string): unknown => (typeof value === 'object' && value !== null ? Object.getOwnPropertyDescriptor(value, name)?.value : undefined);

/** Writes what the event is. @throws PodscopeError AWS_… */
export async function putRecord(clients: Ssm, names: AwsNames, record: EventRecord, tags: Readonly<Record<string, string>>, signal: AbortSignal): Promise<void> {
  await put(clients, recordName(names), record, tags, signal);
}

/**
 * Writes what an event is that begins. Of two that begin the same event at the same moment, one is the first.
 *
 * @throws PodscopeError AWS_IN_USE for the other, AWS_…
 */
export async function putFirstRecord(clients: Ssm, names: AwsNames, record: EventRecord, tags: Readonly<Record<string, string>>, signal: AbortSignal): Promise<void> {
  const { ssm, region } = clients;
  const Name = recordName(names);
  const Value = JSON.stringify(record);
  try {
    await patiently(() => ssm.send(new PutParameterCommand({ Name, Type: 'String', Value, Tier: 'Intelligent-Tiering', Tags: tagsOf(tags) }), { abortSignal: signal }), signal);
  } catch (error) {
    if (!isAwsError(error, 'ParameterAlreadyExists')) throw awsFailure(error, `The ledger ${Name} in ${region}`);
    // The answer to an earlier try of this request may have been lost on the way.
    const { parameters, record: there } = await readAccountLedger(clients, names, signal);
    if (parameters.includes(Name) && JSON.stringify(there) === Value) return;
    throw new PodscopeError('AWS_IN_USE', `Another "podscope up" has begun the event ${names.event} in ${region} a moment ago. Nothing was made by this one.`, { hint: 'Run the same command again: it goes on beside the other. Another --event gives an event of its own.' });
  }
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
    await patiently(() => ssm.send(new PutParameterCommand({ Name: name, Type: 'String', Value: JSON.stringify(value), Overwrite: true, Tier: 'Intelligent-Tiering' }), { abortSignal: signal }), signal);
    await patiently(() => ssm.send(new AddTagsToResourceCommand({ ResourceType: 'Parameter', ResourceId: name, Tags: tagsOf(tags) }), { abortSignal: signal }), signal);
  } catch (error) {
    throw awsFailure(error, `The ledger ${name} in ${region}`);
  }
}

const tagsOf = (tags: Readonly<Record<string, string>>): { Key: string; Value: string }[] => Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

/** Two who write one parameter at the same moment are refused as `TooManyUpdates`, which the SDK does not try again. */
async function patiently<Answer>(ask: () => Promise<Answer>, signal: AbortSignal): Promise<Answer> {
  for (let pause = 100; ; pause *= 2) {
    try {
      return await ask();
    } catch (error) {
      if (!isRefusedForNow(error) || pause > 5_000) throw error;
      await sleep(pause, undefined, { signal });
    }
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
