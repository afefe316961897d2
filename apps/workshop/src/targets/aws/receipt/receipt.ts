import type { LedgerEntry } from '../ledger/record.ts';
import { type Left, leftLine } from '../sweep/place.ts';

/** What was there, since when, and until when. */
export interface ReceiptLine {
  readonly kind: string;
  readonly name: string;
  /** ISO 8601; null where nobody has recorded it. */
  readonly created: string | null;
  readonly deleted: string | null;
}

/** What an event came to. */
export interface Receipt {
  readonly event: string;
  readonly region: string;
  readonly account: string;
  readonly began: string | null;
  readonly ended: string;
  readonly lines: readonly ReceiptLine[];
  /** What AWS will ask for, by the estimate of an hour; null where there was none. */
  readonly estimatedUsd: number | null;
  readonly left: readonly Left[];
}

/** What a receipt is made of. */
export interface ReceiptParts {
  readonly event: string;
  readonly region: string;
  readonly account: string;
  readonly began: string | undefined;
  readonly ended: Date;
  readonly entries: readonly LedgerEntry[];
  /** Found and removed beside what is in the ledger. */
  readonly swept: readonly (Left & { readonly at: string })[];
  readonly hourlyUsd: number | null | undefined;
  readonly left: readonly Left[];
}

const HOUR = 3_600_000;

/** Works out a receipt. */
export function receiptOf({ event, region, account, began, ended, entries, swept, hourlyUsd, left }: ReceiptParts): Receipt {
  const hours = began === undefined ? undefined : Math.max(0, ended.getTime() - Date.parse(began)) / HOUR;
  return {
    event, region, account, began: began ?? null, ended: ended.toISOString(), left,
    lines: [
      ...entries.map(({ kind, name, wanted, gone }) => ({ kind: kind.replace('-', ' '), name, created: wanted, deleted: gone ?? null })),
      ...swept.map(({ kind, id, at }) => ({ kind, name: id, created: null, deleted: at })),
    ],
    estimatedUsd: hours === undefined || hourlyUsd === null || hourlyUsd === undefined ? null : Math.round(hours * hourlyUsd * 100) / 100,
  };
}

const clock = (iso: string | null): string => (iso === null ? '-' : iso.replace('T', ' ').slice(0, 16));

/** The rows of a receipt: kind, name, from, until. */
export function receiptRows({ lines }: Receipt): readonly (readonly string[])[] {
  return lines.map(({ kind, name, created, deleted }) => [kind, name, clock(created), clock(deleted)]);
}

/** What stands below the rows. */
export function receiptEnd({ began, ended, estimatedUsd, left, region, account }: Receipt): readonly string[] {
  return [
    `${account}, ${region}: ${began === null ? 'until' : `from ${clock(began)} to`} ${clock(ended)} (UTC)`,
    estimatedUsd === null ? 'Cost: not estimated; see the bill of the account.' : `Cost: about ${estimatedUsd.toFixed(2)} US dollars by the estimate; the bill of the account is what counts, a day later.`,
    ...left.map((each) => `LEFT  ${leftLine(each)}  (found by ${each.by === 'tag' ? 'its tag' : each.by === 'list' ? 'a list' : 'the ledger'})`),
  ];
}
