import type { ColorRule, StoredTsvbPanel } from './panel.ts';
import { formatPattern, BYTES_PATTERN, NUMBER_PATTERN, PERCENT_PATTERN } from '../draw/numberPattern.ts';

/** One series of an answer of `/api/metrics/vis/data`. */
export interface TsvbSeries {
  readonly id: string;
  readonly label: string;
  readonly color?: string;
  readonly data?: readonly (readonly [number, number | null])[];
  readonly seriesId?: string;
  readonly last?: number | null;
  readonly slope?: number;
  readonly stack?: string | boolean;
  readonly lines?: { readonly show?: boolean; readonly fill?: number; readonly lineWidth?: number; readonly steps?: boolean };
  readonly points?: { readonly show?: boolean; readonly radius?: number };
  readonly bars?: { readonly show?: boolean; readonly fill?: number };
}

/** One row of the answer for a table. */
export interface TsvbRow {
  readonly key: string | number;
  readonly series: readonly TsvbSeries[];
}

/** What an answer holds of one annotation: moments with the documents there. */
export type TsvbMarks = readonly { readonly key: number; readonly docs: readonly Readonly<Record<string, unknown>>[] }[];

/** The part of an answer that is drawn. */
export interface TsvbAnswer {
  readonly series: readonly TsvbSeries[];
  readonly annotations: Readonly<Record<string, TsvbMarks>>;
}

/** The answer for a panel; nothing where it has none. */
export function answerFor(panel: StoredTsvbPanel, answer: Readonly<Record<string, unknown>>): TsvbAnswer {
  const own = (answer[panel.id] ?? {}) as Partial<TsvbAnswer>;
  return { series: own.series ?? [], annotations: own.annotations ?? {} };
}

/** The last value of a series, which stands for it in numbers, gauges and legends. */
export function lastOf({ data = [], last }: TsvbSeries): number | null {
  return last ?? data.at(-1)?.[1] ?? null;
}

/** Writes a number as a series wants it: src/plugins/vis_type_timeseries/public/application/components/lib/tick_formatter.js. */
export function tsvbFormatter(format: unknown, template: unknown): (value: number | null) => string {
  return (value) => {
    const text = value === null ? '-' : formatted(value, String(format ?? 'number'));
    return typeof template === 'string' && template !== '' ? template.replace(/\{\{\{?\s*value\s*\}?\}\}/g, text) : text;
  };
}

const UNITS: Readonly<Record<string, number>> = { ps: 1e-9, ns: 1e-6, us: 1e-3, ms: 1, s: 1e3, m: 6e4, h: 36e5, d: 864e5, w: 6048e5, M: 2_629_746_000, Y: 31_556_952_000 };

function formatted(value: number, format: string): string {
  const [from, to, decimals] = format.split(',');
  const [size, unit] = [UNITS[from ?? ''], UNITS[to ?? '']];
  if (decimals !== undefined && size !== undefined && unit !== undefined) return ((value * size) / unit).toFixed(Number(decimals) || 0);
  switch (format) {
    case 'bytes':
      return formatPattern(value, BYTES_PATTERN);
    case 'percent':
      return formatPattern(value, PERCENT_PATTERN);
    case 'number':
      return formatPattern(value, NUMBER_PATTERN);
    default:
      return formatPattern(value, format);
  }
}

const OPERATORS: Readonly<Record<string, (value: number, than: number) => boolean>> = {
  gt: (value, than) => value > than,
  gte: (value, than) => value >= than,
  lt: (value, than) => value < than,
  lte: (value, than) => value <= than,
};

/** The colour of the last rule that holds for a number. */
export function ruleColor(rules: unknown, part: keyof ColorRule, value: number | null): string | undefined {
  if (!Array.isArray(rules) || value === null) return undefined;
  let color: string | undefined;
  for (const rule of rules as readonly ColorRule[]) {
    const holds = rule.operator !== undefined && rule.value !== undefined && OPERATORS[rule.operator]?.(value, Number(rule.value)) === true;
    if (holds && typeof rule[part] === 'string') color = rule[part];
  }
  return color;
}
