import { z } from 'zod';
import { awsSettings } from '../settings.ts';

/** What can be in the ledger of an event. */
export const LEDGER_KINDS = ['stack', 'domain', 'log-group', 'log-policy'] as const;
export type LedgerKind = (typeof LEDGER_KINDS)[number];

const at = z.iso.datetime();

/** Of the record. What a later version makes, an earlier one can't be trusted to find. */
export const RECORD_VERSION = 1;

/** What an event is, for whoever finds it: written before anything is made. Holds no secret. */
export const eventRecord = z.object({
  version: z.literal(RECORD_VERSION),
  account: z.string().regex(/^\d{12}$/u),
  /** The ARN of who made it, without the name of a session. */
  creator: z.string(),
  /** When it began, and when the account deletes it by itself. */
  began: at,
  expires: at,
  /** What everything takes in an hour, as it was estimated, in US dollars; null where that is not known. */
  hourlyUsd: z.number().nullable(),
  /** Names of the zones that were chosen: they stay, whatever is offered later. */
  zones: z.array(z.string()),
  settings: awsSettings,
});
export type EventRecord = z.output<typeof eventRecord>;

/** One thing of an event: written before it is asked for. */
export const ledgerEntry = z.object({
  kind: z.enum(LEDGER_KINDS),
  name: z.string(),
  /** `wanted` from before it is asked for; `gone` when it is known not to be there. */
  state: z.enum(['wanted', 'made', 'gone']),
  wanted: at,
  gone: at.optional(),
});
export type LedgerEntry = z.output<typeof ledgerEntry>;

/** Everything that is known of an event. */
export interface LedgerContent {
  readonly record: EventRecord;
  readonly entries: readonly LedgerEntry[];
}
