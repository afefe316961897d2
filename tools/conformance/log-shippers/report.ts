import type { Delivery } from './delivery/delivery.ts';

/** What a program made of a configuration. */
export interface Row {
  /** The program's file, or the shipper's name where no program was found. */
  readonly program: string;
  /** As the program says it. */
  readonly version: string;
  readonly config: string;
  /** By the program's own check; null where there was no program. False also where our own lint finds an error. */
  readonly accepted: boolean | null;
  /** In a short run; null where it could not be run here. */
  readonly ran: boolean | null;
  /** Why not, or what is to be known. */
  readonly why: string;
}

/** What the command prints with `--json`. */
export interface Report {
  readonly rows: readonly Row[];
  readonly summary: Summary;
}

/** The rows counted. */
export interface Summary {
  readonly configurations: number;
  readonly accepted: number;
  readonly refused: number;
  readonly ran: number;
  readonly failed: number;
  /** Rendered and linted only, with how many for which reason. */
  readonly notChecked: Readonly<Record<string, number>>;
  /** Accepted, but not run, with how many for which reason. */
  readonly notRun: Readonly<Record<string, number>>;
  readonly programs: readonly { readonly program: string; readonly version: string; readonly path: string; readonly accepted: number; readonly refused: number; readonly ran: number; readonly failed: number }[];
  /** Files with the name of a program that could not be used. */
  readonly unusable: readonly { readonly path: string; readonly why: string }[];
  readonly deliveries: readonly Delivery[];
  /** Pipelines that could not be run, and why. */
  readonly notDelivered: readonly { readonly pipeline: string; readonly why: string }[];
}

/** A program that was found. */
interface Found {
  readonly name: string;
  readonly version: string;
  readonly path: string;
}

/** Counts the rows. */
export function reportOf(rows: readonly Row[], programs: readonly Found[], rest: Pick<Summary, 'unusable' | 'deliveries' | 'notDelivered'>): Report {
  const count = (some: readonly Row[]) => ({
    accepted: some.filter(({ accepted }) => accepted === true).length,
    refused: some.filter(({ accepted }) => accepted === false).length,
    ran: some.filter(({ ran }) => ran === true).length,
    failed: some.filter(({ ran }) => ran === false).length,
  });
  return {
    rows,
    summary: {
      configurations: rows.length,
      ...count(rows),
      notChecked: reasons(rows.filter(({ accepted }) => accepted === null)),
      notRun: reasons(rows.filter(({ accepted, ran }) => accepted === true && ran === null)),
      programs: programs.map(({ name, version, path }) => ({ program: name, version, path, ...count(rows.filter((row) => row.program === name && row.version === version)) })),
      ...rest,
    },
  };
}

function reasons(rows: readonly Row[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const { why } of rows) counts.set(why, (counts.get(why) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** 1 when a configuration was refused or failed, or a delivery lost, doubled or changed something that it was not known to lose. */
export function exitCodeOf({ summary }: Report): 0 | 1 {
  return summary.refused > 0 || summary.failed > 0 || summary.deliveries.some(({ ok, known }) => !ok && known === '') ? 1 : 0;
}

const LONGEST_REASON = 300;

/** Text of a program, safe for a terminal. */
export function printable(text: string): string {
  const plain = text.replaceAll(/[\p{Cc}\p{Cf}]/gu, '�');
  return plain.length > LONGEST_REASON ? `${plain.slice(0, LONGEST_REASON)}…` : plain;
}

/** A delivery as lines of text. */
export function formatDelivery({ pipeline, disturbance, sent, arrived, lost, doubled, wrong, seconds, ok, known, notes }: Delivery): readonly string[] {
  const counts = `${sent} sent, ${arrived} arrived, ${lost} lost, ${doubled} doubled, ${wrong} wrong, ${seconds} s`;
  return [`${ok ? 'delivered' : 'NOT DELIVERED'}: ${pipeline}, ${disturbance}: ${counts}${ok || known === '' ? '' : `; known: ${known}`}`, ...notes.map((note) => `  ${printable(note)}`)];
}

const SIGNS = new Map<boolean | null, string>([[true, 'yes'], [false, 'NO'], [null, '–']]);

/** The report as text. */
export function formatReport({ rows, summary }: Report): string {
  const head = ['program', 'version', 'accepted', 'ran', 'config', 'why'];
  const cells = [head, ...rows.map(({ program, version, accepted, ran, config, why }) => [program, version, SIGNS.get(accepted) ?? '', SIGNS.get(ran) ?? '', config, printable(why)])];
  const widths = head.map((_, column) => Math.max(...cells.map((row) => (row[column] ?? '').length)));
  const table = cells.map((row) => row.map((cell, column) => (column === head.length - 1 ? cell : cell.padEnd(widths[column] ?? 0))).join('  ').trimEnd());
  const deliveries = summary.deliveries.flatMap(formatDelivery);
  return [
    ...table,
    '',
    `${summary.configurations} configurations: ${summary.accepted} accepted, ${summary.refused} refused; ${summary.ran} ran, ${summary.failed} failed`,
    ...summary.programs.map(({ program, version, path, accepted, refused, ran, failed }) => `  ${program} ${version} (${path}): ${accepted} accepted, ${refused} refused; ${ran} ran, ${failed} failed`),
    ...Object.entries(summary.notChecked).map(([why, many]) => `  ${many} not checked: ${why}`),
    ...Object.entries(summary.notRun).map(([why, many]) => `  ${many} ${printable(why)}`),
    ...summary.unusable.map(({ path, why }) => `  ${path} was not used: ${why}`),
    ...deliveries,
    ...summary.notDelivered.map(({ pipeline, why }) => `not delivered through ${pipeline}: ${why}`),
    '',
  ].join('\n');
}
