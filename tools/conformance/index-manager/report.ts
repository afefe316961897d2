import type { Kind } from './recognise.ts';
import type { Outcome, ServerResult } from './tryAll.ts';

/** What became of the resources of one kind in one folder. `total` is `ok`, `translated` and `refused` together. */
export interface Row {
  /** The folder, from the one that was given on; the server and a colon before it where several were tried. */
  readonly source: string;
  readonly kind: Kind | 'unreadable';
  readonly total: number;
  /** Applied as it is, with an empty second plan. */
  readonly ok: number;
  /** Applied after a translation, with an empty second plan. */
  readonly translated: number;
  readonly refused: readonly { readonly file: string; readonly why: string }[];
}

/** The rows of one server. */
export interface ServerRows {
  readonly server: string;
  readonly rows: readonly Row[];
}

/** A file that could not be read. */
export interface Unreadable {
  readonly file: string;
  readonly why: string;
}

/** Rows by folder and kind, in their order. */
export function rowsOf({ server, outcomes }: ServerResult, unreadable: readonly Unreadable[]): ServerRows {
  const rows = new Map<string, { source: string; kind: Row['kind']; ok: number; translated: number; refused: { file: string; why: string }[] }>();
  const rowFor = (file: string, kind: Row['kind']) => {
    const path = file.split('#')[0] ?? file;
    const source = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '.';
    const key = `${source} ${kind}`;
    const row = rows.get(key) ?? { source, kind, ok: 0, translated: 0, refused: [] };
    rows.set(key, row);
    return row;
  };
  for (const { file, why } of unreadable) rowFor(file, 'unreadable').refused.push({ file, why });
  for (const outcome of outcomes) {
    const row = rowFor(outcome.item.file, outcome.item.kind);
    if (outcome.result === 'ok') row.ok += 1;
    else if (outcome.result === 'translated') row.translated += 1;
    else row.refused.push({ file: outcome.item.file, why: outcome.why });
  }
  const ordered = [...rows.values()].sort((one, other) => (`${one.source} ${one.kind}` < `${other.source} ${other.kind}` ? -1 : 1));
  return { server, rows: ordered.map(({ source, kind, ok, translated, refused }) => ({ source, kind, total: ok + translated + refused.length, ok, translated, refused })) };
}

/** How often each rule was applied. */
export function rulesOf(outcomes: readonly Outcome[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const outcome of outcomes) if (outcome.result === 'translated') for (const rule of outcome.rules) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** The rows as a table for a terminal. */
export function table({ server, rows }: ServerRows): string {
  const head = ['source', 'kind', 'total', 'ok', 'translated', 'refused'];
  const lines = [head, ...rows.map(({ source, kind, total, ok, translated, refused }) => [source, kind, ...[total, ok, translated, refused.length].map(String)])];
  const widths = head.map((_, column) => Math.max(...lines.map((line) => (line[column] ?? '').length)));
  const text = lines.map((line) => line.map((cell, column) => (column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  '));
  const refusals = rows.flatMap(({ refused }) => refused.map(({ file, why }) => `  refused ${printable(file)}: ${printable(why)}`));
  return [server, ...text, ...refusals, ''].join('\n');
}

const LONGEST_REASON = 240;

/** Text of somebody else's file or server, safe for a terminal. */
export function printable(text: string): string {
  // Control bytes and the marks that turn the direction of writing could say something else than they are.
  const plain = text.replaceAll(/[\p{Cc}\p{Cf}]/gu, '�');
  // Servers say at the end what the matter is.
  return plain.length > LONGEST_REASON ? `${plain.slice(0, LONGEST_REASON / 3)}…${plain.slice((-LONGEST_REASON * 2) / 3)}` : plain;
}
