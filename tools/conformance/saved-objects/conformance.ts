import type { RoundTrip, Tried } from './roundTrip.ts';

/** An object that did not come through. */
export interface Failed {
  readonly file: string;
  readonly id: string;
  readonly why: string;
}

/** One kind of objects of one source. */
export interface Row {
  /** The first folder, or the file itself. */
  readonly source: string;
  /** `dashboard`, `visualization: pie`, … */
  readonly kind: string;
  readonly total: number;
  /** Decompiled, compiled, run, and the same as the original. */
  readonly ok: number;
  /** Objects whose code has a raw escape. */
  readonly raw: number;
  readonly failed: readonly Failed[];
}

/** All of it. */
export interface Summary {
  readonly total: number;
  /** Index patterns, searches, dashboards and visualizations of built-in kinds. */
  readonly counted: number;
  readonly ok: number;
  readonly okShare: number;
  readonly visualizations: number;
  readonly withoutRaw: number;
  readonly withoutRawShare: number;
  readonly mutations: { readonly tried: number; readonly noticed: number };
  /** What is no saved object. */
  readonly unread: RoundTrip['unread'];
  readonly below: readonly string[];
}

/** What `--json` prints. */
export interface Report {
  readonly rows: readonly Row[];
  readonly summary: Summary;
}

/** The least shares; below one of them the command fails. */
export const LEAST = { ok: 1, withoutRaw: 0.97, mutations: 0.99 } as const;

const COUNTED = ['index-pattern', 'search', 'dashboard', 'visualization'];

/** Puts what was tried into rows, and says whether it is enough. `isBuiltIn` tells the products' own kinds from those of plugins. */
export function reportOf({ tried, unread }: RoundTrip, isBuiltIn: (kind: string) => boolean): Report {
  const groups = new Map<string, Tried[]>();
  for (const each of tried) {
    const key = JSON.stringify([sourceOf(each.file), kindOf(each)]);
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  const rows = [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, members]): Row => {
    const [source, kind] = JSON.parse(key) as [string, string];
    const failed = members.flatMap(({ file, object, why }): readonly Failed[] => (why === undefined ? [] : [{ file, id: object.id, why }]));
    return { source, kind, total: members.length, ok: members.length - failed.length, raw: members.filter(({ raw }) => raw.length > 0).length, failed };
  });
  const counted = tried.filter((each) => COUNTED.includes(each.object.type) && (each.object.type !== 'visualization' || isBuiltIn(visualizationKind(each) ?? '')));
  const visualizations = counted.filter(({ object }) => object.type === 'visualization');
  const ok = counted.filter(({ why }) => why === undefined).length;
  const withoutRaw = visualizations.filter(({ raw, why }) => raw.length === 0 && why === undefined).length;
  const mutations = tried.filter(({ mutationNoticed }) => mutationNoticed !== undefined);
  const noticed = mutations.filter(({ mutationNoticed }) => mutationNoticed === true).length;
  const shares = { ok: share(ok, counted.length), withoutRaw: share(withoutRaw, visualizations.length), mutations: share(noticed, mutations.length) };
  const words = { ok: 'come through the same', withoutRaw: 'of the visualizations have no raw escape', mutations: 'of the changed originals are noticed' };
  const below = (Object.keys(LEAST) as (keyof typeof LEAST)[]).filter((name) => shares[name] < LEAST[name]).map((name) => `${percent(shares[name])} ${words[name]}; it must be ${percent(LEAST[name])}`);
  return {
    rows,
    summary: {
      total: tried.length,
      counted: counted.length,
      ok,
      okShare: shares.ok,
      visualizations: visualizations.length,
      withoutRaw,
      withoutRawShare: shares.withoutRaw,
      mutations: { tried: mutations.length, noticed },
      unread,
      below: tried.length === 0 ? ['There is no saved object in it.'] : below,
    },
  };
}

/** A table for people. */
export function formatReport({ rows, summary }: Report): string {
  const head = ['source', 'kind', 'objects', 'the same', 'with raw'];
  const cells = rows.map(({ source, kind, total, ok, raw }) => [source, kind, String(total), String(ok), String(raw)]);
  const widths = head.map((_, column) => Math.max(...[head, ...cells].map((row) => (row[column] ?? '').length)));
  const line = (row: readonly string[]): string => row.map((cell, column) => (column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  ').trimEnd();
  const failed = rows.flatMap((row) => row.failed.map(({ file, id, why }) => `${file}: ${row.kind} ${id}: ${why}`));
  const unread = summary.unread.map(({ file, line: at, what }) => `${file}:${at}: ${what}`);
  return [
    line(head),
    ...cells.map(line),
    '',
    ...shortened(failed),
    ...shortened(unread),
    `${summary.ok} of ${summary.counted} objects come through the same (${percent(summary.okShare)}).`,
    `${summary.withoutRaw} of ${summary.visualizations} visualizations of built-in kinds have no raw escape (${percent(summary.withoutRawShare)}).`,
    `${summary.mutations.noticed} of ${summary.mutations.tried} changed originals were noticed. ${summary.unread.length} entries are no saved objects.`,
    ...summary.below,
    '',
  ].join('\n');
}

const SHOWN = 20;

function shortened(lines: readonly string[]): readonly string[] {
  return lines.length > SHOWN ? [...lines.slice(0, SHOWN), `… and ${lines.length - SHOWN} more (--json has all)`, ''] : lines.length > 0 ? [...lines, ''] : [];
}

function sourceOf(file: string): string {
  return file.split('/')[0] ?? file;
}

function kindOf(each: Tried): string {
  const kind = visualizationKind(each);
  return kind === undefined ? each.object.type : `visualization: ${kind}`;
}

function visualizationKind({ object }: Tried): string | undefined {
  if (object.type !== 'visualization') return undefined;
  try {
    const { type } = JSON.parse(String(object.attributes['visState'])) as { readonly type?: unknown };
    return typeof type === 'string' ? type : 'without a kind';
  } catch {
    return 'without a kind';
  }
}

const share = (part: number, of: number): number => (of === 0 ? 1 : part / of);
/** Rounded down, so that 100 % means all. */
const percent = (value: number): string => `${Math.floor(value * 10_000) / 100} %`;
