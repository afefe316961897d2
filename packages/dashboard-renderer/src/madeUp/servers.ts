import type { ResolvedRange } from '../time/time.ts';
import { type Random, randomFor } from './random.ts';
import { madeUpTerms, usualSize } from './values.ts';
import type { StoredTsvbPanel, StoredTsvbSeries } from '../tsvb/panel.ts';

/** So many points has a made-up series. */
const POINTS = 40;

type Points = readonly (readonly [number, number])[];

function points(range: ResolvedRange, size: number, random: Random): Points {
  const step = Math.max(1000, Math.round((range.to - range.from) / POINTS / 1000) * 1000);
  const first = Math.floor(range.from / step) * step;
  return Array.from({ length: POINTS }, (_unused, at) => [first + at * step, Math.round(size * (1.1 + Math.sin(at / 4) * 0.5 + random() * 0.4) * 100) / 100] as const);
}

function sizeOf(stored: StoredTsvbSeries): number {
  const metric = stored.metrics?.at(-1);
  return stored.formatter === 'percent' ? 0.6 : metric?.type === 'count' || metric?.field === undefined ? 90 : usualSize(metric.field);
}

/** What the product's server could answer for a TSVB panel. */
export function madeUpTsvb(body: Readonly<Record<string, unknown>>, range: ResolvedRange): Readonly<Record<string, unknown>> {
  const [panel] = body['panels'] as readonly StoredTsvbPanel[];
  if (!panel) return {};
  const random = randomFor(JSON.stringify(panel.series.map(({ id }) => id)));
  const series = panel.series.flatMap((stored) => {
    const split = stored.split_mode === 'terms' ? madeUpTerms(undefined, String((stored as { readonly terms_field?: string }).terms_field ?? 'value'), 3).map(String) : [undefined];
    return split.map((term, at) => ({
      id: term === undefined ? stored.id : `${stored.id}:${term}`,
      seriesId: stored.id,
      label: term ?? (stored.label || labelOf(stored)),
      color: stored.color ?? '#68bc00',
      data: points(range, sizeOf(stored) / (at + 1), random),
      stack: stored.stacked ?? 'none',
      lines: { show: stored.chart_type !== 'bar', fill: Number(stored.fill ?? 0.5), lineWidth: Number(stored.line_width ?? 1), steps: Number(stored.steps ?? 0) === 1 },
      points: { show: Number(stored.point_size ?? 1) > 0, radius: Number(stored.point_size ?? 1) },
      bars: { show: stored.chart_type === 'bar', fill: Number(stored.fill ?? 0.5) },
    }));
  });
  if (panel.type === 'table') {
    const keys = madeUpTerms(undefined, String(panel['pivot_id'] ?? 'value'), 6);
    return { type: 'table', series: keys.map((key) => ({ key, series: panel.series.map((stored) => ({ id: stored.id, label: stored.label || labelOf(stored), last: points(range, sizeOf(stored), random).at(-1)?.[1] ?? 0, slope: random() - 0.5 })) })) };
  }
  return { type: panel.type, [panel.id]: { id: panel.id, series, annotations: {} } };
}

/** src/plugins/vis_type_timeseries/common/calculate_label.js, for the common metrics. */
function labelOf({ metrics }: StoredTsvbSeries): string {
  const metric = metrics?.at(-1);
  if (!metric) return '';
  if (metric.type === 'count') return 'Count';
  const name = { avg: 'Average', sum: 'Sum', min: 'Min', max: 'Max', cardinality: 'Cardinality' }[metric.type] ?? metric.type;
  return `${name} of ${metric.field ?? ''}`;
}

/** A series of an expression: each `.es(…)`, with its own label where it has one. */
const SERIES = /\.(?:es|opensearch|elasticsearch)\(/g;

/** What the product's server could answer for a Timelion expression. */
export function madeUpTimelion(body: Readonly<Record<string, unknown>>, range: ResolvedRange): Readonly<Record<string, unknown>> {
  const [expression = ''] = body['sheet'] as readonly string[];
  const starts = [...expression.matchAll(SERIES)].map(({ index }) => index);
  const list = starts.map((start, at) => {
    const text = expression.slice(start, starts[at + 1] ?? expression.length);
    const random = randomFor(text);
    const label = /\.label\(\s*(?:label\s*=\s*)?["']?([^"')]*)["']?/.exec(text)?.[1];
    return {
      type: 'series',
      data: points(range, 60, random),
      label: label ?? (/q\s*=\s*["']?([^"',)]+)/.exec(text)?.[1] ?? 'q:*'),
      ...(/\.bars\(/.test(text) ? { bars: { show: true } } : {}),
      ...(/\.points\(/.test(text) ? { points: { show: true } } : {}),
      ...(/\.color\(\s*["']?(#?\w+)/.test(text) ? { color: /\.color\(\s*["']?(#?\w+)/.exec(text)?.[1] } : {}),
      ...(at === starts.length - 1 && /\.title\(/.test(text) ? { _title: /\.title\(\s*(?:title\s*=\s*)?["']?([^"')]*)/.exec(text)?.[1] } : {}),
    };
  });
  return { sheet: [{ type: 'seriesList', list }] };
}
