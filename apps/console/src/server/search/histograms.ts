import { field, format, timeZone } from './fields.ts';
import { flag, integer, type Json, number, object, oneOf, type Rebuild, scalar, text } from './rebuild.ts';

const MOST_EMPTY = 5_000;

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const CALENDAR_MS: Readonly<Record<string, number>> = {
  '1m': 60_000,
  minute: 60_000,
  '1h': 3_600_000,
  hour: 3_600_000,
  '1d': 86_400_000,
  day: 86_400_000,
  '1w': 604_800_000,
  week: 604_800_000,
  '1M': 2_419_200_000,
  month: 2_419_200_000,
  '1q': 7_776_000_000,
  quarter: 7_776_000_000,
  '1y': 31_536_000_000,
  year: 31_536_000_000,
};

type Parameters = Readonly<Record<string, Json>>;

const bounds = object({ min: scalar, max: scalar });
/** From 10 ms up. */
export const fixedInterval = text(12, /^[1-9](?:\d{0,6}(?:s|m|h|d)|\d{1,6}ms)$/u);

/** The rule of a `date_histogram`. */
export function dateHistogram(order: Rebuild): Rebuild {
  const rules = {
    fixed_interval: fixedInterval,
    calendar_interval: oneOf(...Object.keys(CALENDAR_MS)),
    time_zone: timeZone,
    offset: text(12, /^[+-]?\d{1,6}(?:s|m|h|d)$/u),
  };
  return bounded({ ...rules, order }, (parameters) => {
    const { fixed_interval: fixed, calendar_interval: calendar } = parameters;
    if (typeof calendar === 'string') return CALENDAR_MS[calendar] ?? 0;
    const [, count, unit] = /^(\d+)([a-z]+)$/u.exec(String(fixed)) ?? [];
    return Number(count) * (UNIT_MS[unit ?? ''] ?? 0);
  });
}

/** The rule of a `histogram`. */
export function numberHistogram(order: Rebuild): Rebuild {
  return bounded({ interval: number(1e-6), offset: number(), order }, (parameters) => Number(parameters['interval']));
}

/**
 * A histogram that asks for empty buckets only between hard bounds that are not too many buckets apart; otherwise it
 * asks for none. OpenSearch makes them all before it counts them: one document from 1970 in a histogram by the second
 * takes all its memory and ends the server.
 */
function bounded(rules: Readonly<Record<string, Rebuild>>, widthOf: (parameters: Parameters) => number): Rebuild {
  const rebuild = object({
    field,
    missing: scalar,
    format,
    keyed: flag,
    min_doc_count: integer(0, 1_000_000),
    extended_bounds: bounds,
    hard_bounds: bounds,
    ...rules,
  });
  return (value, place) => {
    const parameters = rebuild(value, place) as Parameters;
    const asked = Number(parameters['min_doc_count'] ?? 0);
    const buckets = spanOf(parameters['hard_bounds']) / widthOf(parameters);
    if (asked === 0 && buckets <= MOST_EMPTY) return { ...parameters, min_doc_count: 0 };
    const { extended_bounds: _filled, ...kept } = parameters;
    return { ...kept, min_doc_count: Math.max(1, asked) };
  };
}

/** From the lower to the upper bound; infinite unless both are numbers or dates. */
function spanOf(limits: Json | undefined): number {
  if (typeof limits !== 'object' || limits === null || !('min' in limits) || !('max' in limits)) return Infinity;
  const [from, to] = [limits['min'], limits['max']].map((edge) => (typeof edge === 'string' ? Date.parse(edge) : edge));
  return typeof from === 'number' && typeof to === 'number' && to >= from ? to - from : Infinity;
}
