import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { date, defineFields, keyword, long, short } from '@podscope/core';
import { avg, bundle, count, dataView, dateHistogram, filters, gauge, histogram, horizontalBar, line, markdown, metric, percentiles, pie, range, search, table, terms, verticalBar, type Visualization } from '@podscope/saved-objects';
import { describe, expect, it } from 'vitest';
import { type ChartResult, colorScale, type PanelResult, renderPanel, requestFor, type SearchResponse } from './index.ts';
import { renderToSvg } from './svg.ts';
import { textWidth } from './svg/textWidth.ts';

const view = dataView('web-*', {
  fields: defineFields({ '@timestamp': date(), status_code: short(), path: keyword(), bytes: long() }),
  formats: { bytes: 'bytes' },
});
const from = Date.parse('2026-01-01T00:00:00Z');
const timeRange = { from: new Date(from).toISOString(), to: new Date(from + 15 * 60e3).toISOString() };
const x = dateHistogram('@timestamp');
const hostile = '"><img src=x onerror=alert(1)><script>\u0007';

function draw({ object }: { readonly object: Visualization['object'] }, response: SearchResponse | undefined): PanelResult {
  return renderPanel(object, response, { theme: 'light', timeRange, objects: bundle(view).objects });
}

function chart(result: PanelResult): ChartResult {
  if (result.kind !== 'chart') throw new Error(`a ${result.kind}, no chart`);
  return result;
}

interface DrawnSeries {
  readonly name: string;
  readonly type: string;
  readonly data: readonly unknown[];
  readonly itemStyle?: { readonly color: string };
  readonly stack?: string;
}

function seriesOf(result: PanelResult): readonly DrawnSeries[] {
  return chart(result).option.series as unknown as readonly DrawnSeries[];
}

const at = (step: number): number => from + step * 30_000;
const statuses: SearchResponse = {
  hits: { total: { value: 9 } },
  aggregations: {
    2: {
      buckets: [
        { key: 200, doc_count: 7, 3: { buckets: [{ key: at(0), doc_count: 4 }, { key: at(3), doc_count: 3 }] } },
        { key: 404, doc_count: 2, 3: { buckets: [{ key: at(1), doc_count: 2 }] } },
      ],
    },
  },
};
const bars = verticalBar('v', 'V', view, { x, y: count(), split: terms('status_code') });

describe('charts', () => {
  it('have a series for each value, zeros where nothing was, and gaps in time', () => {
    const series = seriesOf(draw(bars, statuses));
    expect(series.map(({ name, data, stack }) => ({ name, data, stack }))).toEqual([
      { name: '200', stack: 'axis-0', data: [[at(0.5), 4], [at(1.5), 0], [at(2.5), 0], [at(3.5), 3]] },
      { name: '404', stack: 'axis-0', data: [[at(0.5), 0], [at(1.5), 2], [at(2.5), 0], [at(3.5), 0]] },
    ]);
  });

  it('draw no average where nothing was', () => {
    const { object } = line('v', 'V', view, { x, y: avg('bytes') });
    const response = { hits: { total: 2 }, aggregations: { 2: { buckets: [{ key: at(0), doc_count: 1, 1: { value: 5 } }, { key: at(2), doc_count: 1, 1: { value: 7 } }] } } };
    expect(seriesOf(draw({ object }, response))[0]?.data).toEqual([[at(0), 5], [at(1), null], [at(2), 7]]);
  });

  it('know what a click means', () => {
    const result = chart(draw(bars, statuses));
    expect(result.filterFor(1, 1)).toEqual([{ field: 'status_code', value: 404 }, { field: '@timestamp', gte: at(1), lt: at(2) }]);
    expect(result.filterForSeries('200')).toEqual([{ field: 'status_code', value: 200 }]);
    expect(result.filterFor(9, 9)).toEqual([]);
  });

  it('span the whole time range, bars and lines alike', () => {
    expect(chart(draw(bars, statuses)).option.xAxis).toMatchObject({ type: 'time', min: from, max: from + 15 * 60e3 });
    // As a clock has it: the first and the last bucket stick out of the range.
    const ragged = { from: new Date(from + 7_000).toISOString(), to: new Date(from + 15 * 60e3 + 7_000).toISOString() };
    const late: SearchResponse = { hits: { total: 1 }, aggregations: { 2: { buckets: [{ key: at(5), doc_count: 1, 1: { value: 1 } }] } } };
    const drawn = [verticalBar('v', 'V', view, { x, y: count() }), line('v', 'V', view, { x, y: avg('bytes') })].map(({ object }) =>
      chart(renderPanel(object, late, { theme: 'light', timeRange: ragged, objects: bundle(view).objects })),
    );
    for (const { option } of drawn) expect(option.xAxis).toMatchObject({ min: from, max: at(31), containShape: false });
    expect(drawn[0]?.option.grid).toEqual(drawn[1]?.option.grid);
  });

  it('hold the whole of a month that has just begun', () => {
    const { object } = verticalBar('v', 'V', view, { x: dateHistogram('@timestamp', { interval: '1M' }), y: count() });
    const months: SearchResponse = { hits: { total: 2 }, aggregations: { 2: { buckets: [{ key: Date.parse('2026-01-01'), doc_count: 1 }, { key: Date.parse('2026-02-01'), doc_count: 1 }] } } };
    const { option } = chart(renderPanel(object, months, { theme: 'light', timeRange: { from: '2026-01-10T00:00:00Z', to: '2026-02-02T00:00:00Z' }, objects: bundle(view).objects }));
    expect(option.xAxis).toMatchObject({ min: Date.parse('2026-01-01'), max: Date.parse('2026-03-03') });
    const [series] = option.series as unknown as readonly DrawnSeries[];
    for (const [time] of series?.data as readonly (readonly [number, number])[]) expect(time).toBeLessThan(Date.parse('2026-03-03'));
  });

  it('escape what comes from logs', () => {
    const named = { hits: { total: 1 }, aggregations: { 2: { buckets: [{ key: hostile, doc_count: 1, 3: { buckets: [{ key: at(0), doc_count: 1 }] } }] } } };
    const result = draw(verticalBar('v', 'V', view, { x, y: count(), split: terms('path') }), named);
    const { formatter } = chart(result).option.tooltip as { readonly formatter: (params: unknown) => string };
    const html = formatter([{ seriesIndex: 0, dataIndex: 0 }]);
    expect(html).toContain('onerror');
    for (const text of [html, renderToSvg(result, { width: 500, height: 300 })]) {
      expect(text).not.toMatch(/<img|<script|\u0007/);
    }
  });

  it('write disguises out wherever a name is shown, and filter by the name itself', () => {
    const name = '/a\u202ecod.exe\u2066\u0085\u200e\ufeff\ud800\nnext';
    const shown = '/a\\u{202e}cod.exe\\u{2066}\\x85\\u{200e}\\u{feff}\\u{d800} next';
    const named = { hits: { total: 1 }, aggregations: { 2: { buckets: [{ key: name, doc_count: 1, 3: { buckets: [{ key: at(0), doc_count: 1 }] } }] } } };
    const result = chart(draw(verticalBar('v', 'V', view, { x, y: count(), split: terms('path') }), named));
    expect(result.option.legend).toMatchObject({ data: [shown] });
    expect(seriesOf(result)[0]?.name).toBe(shown);
    expect(result.filterForSeries(shown)).toEqual([{ field: 'path', value: name }]);
    const cells = draw(table('v', 'V', view, { y: count({ label: 'n\u202e' }), rows: terms('path', { label: 'p\u2067' }) }), named);
    expect(cells).toMatchObject({ columns: [{ label: 'p\\u{2067}' }, { label: 'n\\u{202e}' }], rows: [[{ value: name, formatted: shown }, {}]] });
    for (const each of [result, cells, draw(markdown('m', 'M', name), undefined)]) {
      expect(renderToSvg(each, { width: 500, height: 300 })).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200e\u0080-\u009f\ufeff]|\p{Cs}/u);
    }
  });

  it('say what stands along their axes and in which steps', () => {
    const object = line('v', 'V', view, { x, y: avg('bytes', { label: 'Size' }) });
    const response = { hits: { total: 2 }, aggregations: { 2: { buckets: [{ key: at(0), doc_count: 1, 1: { value: 2048 } }] } } };
    const { option } = chart(draw(object, response));
    expect(option.yAxis).toMatchObject([{ name: 'Size' }]);
    expect(option.xAxis).toMatchObject({ name: '@timestamp per 30 seconds' });
    const svg = renderToSvg(draw(object, response), { width: 500, height: 300 });
    for (const text of ['2KB', 'Size', '@timestamp per 30 seconds']) expect(svg).toContain(`>${text}<`);
    const lying = chart(draw(horizontalBar('v', 'V', view, { x: terms('path'), y: count() }), { hits: { total: 2 }, aggregations: { 2: { buckets: [{ key: '/a', doc_count: 2 }] } } }));
    expect(lying.option.xAxis).toMatchObject([{ name: 'Count' }]);
    expect(lying.option.yAxis).toMatchObject({ name: 'path: Descending' });
  });

  it('name documents without the field as the visualization does', () => {
    const { object } = pie('v', 'V', view, { y: count(), slices: terms('path') });
    const visState = String(object.attributes['visState']).replace('"missingBucket":false,"missingBucketLabel":"Missing"', '"missingBucket":true,"missingBucketLabel":"No path"');
    const missing = { object: { ...object, attributes: { ...object.attributes, visState } } };
    const asked = requestFor(missing.object, [...bundle(view).objects], { timeRange });
    expect(asked?.body['aggs']).toMatchObject({ 2: { terms: { field: 'path', missing: '__missing__' } } });
    const result = chart(draw(missing, { hits: { total: 1 }, aggregations: { 2: { buckets: [{ key: '__missing__', doc_count: 1 }] } } }));
    expect(result.option.legend).toMatchObject({ data: ['No path'] });
    expect(result.filterFor(0, 0)).toEqual([{ query: 'not path: *', language: 'kuery', label: 'path: No path' }]);
  });

  it('turn counts into shares', () => {
    const shares = verticalBar('v', 'V', view, { x: terms('path'), y: count(), split: terms('status_code'), mode: 'percentage' });
    const response = {
      hits: { total: 4 },
      aggregations: { 2: { buckets: [{ key: 200, doc_count: 3, 3: { buckets: [{ key: '/', doc_count: 3 }] } }, { key: 404, doc_count: 1, 3: { buckets: [{ key: '/', doc_count: 1 }] } }] } },
    };
    expect(seriesOf(draw(shares, response)).map(({ data }) => data)).toEqual([[0.75], [0.25]]);
  });

  it('lay bars with the first on top', () => {
    const lying = horizontalBar('v', 'V', view, { x: terms('path'), y: count() });
    const result = draw(lying, { hits: { total: 3 }, aggregations: { 2: { buckets: [{ key: '/a', doc_count: 2 }, { key: '/b', doc_count: 1 }] } } });
    expect(chart(result).option.yAxis).toMatchObject({ type: 'category', data: ['/a', '/b'], inverse: true });
    expect(seriesOf(result)[0]?.data).toEqual([2, 1]);
  });

  it('sort numbers and ranges along the axis', () => {
    const steps = draw(verticalBar('v', 'V', view, { x: histogram('bytes', { interval: 1024 }), y: count() }), {
      hits: { total: 3 },
      aggregations: { 2: { buckets: [{ key: 2048, doc_count: 2 }, { key: 0, doc_count: 1 }] } },
    });
    expect(chart(steps).option.xAxis).toMatchObject({ data: ['0B', '2KB'] });
    expect(chart(steps).filterFor(0, 1)).toEqual([{ field: 'bytes', gte: 2048, lt: 3072 }]);
    const ranges = draw(verticalBar('v', 'V', view, { x: range('bytes', [{ to: 1024 }, { from: 1024 }]), y: count() }), {
      hits: { total: 3 },
      aggregations: { 2: { buckets: { '1024.0-*': { from: 1024, doc_count: 2 }, '*-1024.0': { to: 1024, doc_count: 1 } } } },
    });
    expect(chart(ranges).option.xAxis).toMatchObject({ data: ['≥ -∞ and < 1KB', '≥ 1KB and < +∞'] });
    expect(chart(ranges).filterFor(0, 0)).toEqual([{ field: 'bytes', lt: 1024 }]);
  });

  it('make rings of a pie', () => {
    const rings = pie('v', 'V', view, { y: count(), slices: [terms('status_code'), terms('path')] });
    const result = chart(draw(rings, {
      hits: { total: 3 },
      aggregations: { 2: { buckets: [{ key: 200, doc_count: 2, 3: { buckets: [{ key: '/', doc_count: 2 }] } }, { key: 500, doc_count: 1, 3: { buckets: [{ key: '/', doc_count: 1 }] } }] } },
    }));
    expect((result.option.series as readonly { readonly data: readonly { readonly name: string; readonly value: number }[] }[]).map(({ data }) => data.map(({ name, value }) => [name, value]))).toEqual([
      [['200', 2], ['500', 1]],
      [['/', 2], ['/', 1]],
    ]);
    expect(result.filterFor(1, 1)).toEqual([{ field: 'status_code', value: 500 }, { field: 'path', value: '/' }]);
  });

  it('make an inner slice as large as its bucket, though its children show less', () => {
    const rings = pie('v', 'V', view, { y: count(), slices: [terms('status_code'), terms('path', { size: 1 })] });
    const result = chart(draw(rings, {
      hits: { total: 10 },
      aggregations: { 2: { buckets: [{ key: 200, doc_count: 8, 3: { buckets: [{ key: '/', doc_count: 2 }] } }, { key: 500, doc_count: 2, 3: { buckets: [{ key: '/', doc_count: 1 }, { key: '/x', doc_count: 1 }] } }] } },
    }));
    expect((result.option.series as readonly { readonly data: readonly { readonly value: number }[] }[]).map(({ data }) => data.map(({ value }) => value))).toEqual([[8, 2], [8, 1, 1]]);
    const { formatter } = result.option.tooltip as { readonly formatter: (params: unknown) => string };
    expect(formatter({ seriesIndex: 0, dataIndex: 0 })).toContain('8 (80%)');
    expect(formatter({ seriesIndex: 1, dataIndex: 0 })).toContain('2 (20%)');
  });

  it('count a share on a gauge from the beginning of its scale', () => {
    const { object } = gauge('v', 'V', view, { y: avg('bytes'), bounds: [10, 15, 20] });
    const shares = { object: { ...object, attributes: { ...object.attributes, visState: String(object.attributes['visState']).replace('"percentageMode":false', '"percentageMode":true') } } };
    const [dial] = chart(draw(shares, { hits: { total: 1 }, aggregations: { 1: { value: 12.5 } } })).option.series as unknown as readonly { readonly detail: { readonly formatter: () => string } }[];
    expect(dial?.detail.formatter()).toContain('{value|25%}');
  });

  it('lengthen a gauge for a value beyond its end', () => {
    const result = draw(gauge('v', 'V', view, { y: avg('bytes'), bounds: [0, 10, 20] }), { hits: { total: 1 }, aggregations: { 1: { value: 50 } } });
    expect(seriesOf(result)[0]).toMatchObject({ type: 'gauge', min: 0, max: 50 });
  });
});

describe('texts', () => {
  it('show numbers in their field’s format, and none as none', () => {
    const result = draw(metric('v', 'V', view, { y: [count(), avg('bytes'), percentiles('bytes', { percents: [50, 99.9] })] }), {
      hits: { total: { value: 12_345 } },
      aggregations: { 2: { value: 2048 }, 3: { values: [{ key: 50, value: 1024 }, { key: 99.9, value: null }] } },
    });
    expect(result.kind === 'metric' ? result.values.map(({ label, formatted }) => [label, formatted]) : []).toEqual([
      ['Count', '12,345'],
      ['Average bytes', '2KB'],
      ['50th percentile of bytes', '1KB'],
      ['99.9th percentile of bytes', '–'],
    ]);
  });

  it('name the numbers of filters', () => {
    const result = draw(metric('v', 'V', view, { y: count(), split: filters({ bad: 'status_code >= 400' }) }), { hits: { total: 5 }, aggregations: { 2: { buckets: { bad: { doc_count: 2 } } } } });
    expect(result).toEqual({ kind: 'metric', fontSize: 40, values: [{ label: 'bad - Count', value: 2, formatted: '2', filters: [{ query: 'status_code >= 400', language: 'kuery', label: 'bad' }] }] });
  });

  it('cut what is wider than its column, and nothing else', () => {
    const long = `redis-replica-${'0'.repeat(9_000)}`;
    const result = draw(table('v', 'V', view, { y: [count(), avg('bytes')], rows: terms('path') }), { hits: { total: 3 }, aggregations: { 3: { buckets: [{ key: long, doc_count: 2, 2: { value: 1 } }, { key: 'redis-primary', doc_count: 1, 2: { value: 1 } }] } } });
    const texts = [...renderToSvg(result, { width: 360, height: 200 }).matchAll(/<text[^>]*>([^<]*)</g)].map(([, text]) => text as string);
    expect(texts).toContain('redis-primary');
    // Its neighbours keep what they need.
    expect(texts).toEqual(expect.arrayContaining(['Count', '2']));
    expect(texts.filter((text) => textWidth(text, '13px') > 360 - 130)).toEqual([]);
    expect(texts.find((text) => text.startsWith('redis-repli'))).toMatch(/^redis-repl.*…$/);
  });

  it('keep filters and ranges in the order in which they are stored', () => {
    const named = draw(metric('v', 'V', view, { y: count(), split: filters({ ok: 'status_code: 200', bad: 'status_code >= 400' }) }), {
      hits: { total: 5 },
      aggregations: { 2: { buckets: { bad: { doc_count: 2 }, ok: { doc_count: 3 } } } },
    });
    expect(named.kind === 'metric' ? named.values.map(({ label }) => label) : []).toEqual(['ok - Count', 'bad - Count']);
    const ranges = draw(verticalBar('v', 'V', view, { x: range('bytes', [{ from: 1024 }, { to: 1024 }]), y: count() }), {
      hits: { total: 3 },
      aggregations: { 2: { buckets: { '*-1024.0': { to: 1024, doc_count: 1 }, '1024.0-*': { from: 1024, doc_count: 2 } } } },
    });
    expect(chart(ranges).option.xAxis).toMatchObject({ data: ['≥ 1KB and < +∞', '≥ -∞ and < 1KB'] });
  });

  it('lay tables out from the outermost bucket', () => {
    const result = draw(table('v', 'V', view, { y: avg('bytes', { label: 'Mean' }), rows: [terms('path', { label: 'Path' }), terms('status_code')] }), {
      hits: { total: 1 },
      aggregations: { 2: { buckets: [{ key: '/', doc_count: 1, 1: { value: 9 }, 3: { buckets: [{ key: 1404, doc_count: 1, 1: { value: 1024 } }] } }] } },
    });
    if (result.kind !== 'table') throw new Error('no table');
    expect(result.columns.map(({ label }) => label)).toEqual(['Path', 'status_code: Descending', 'Mean']);
    expect(result.rows.map((row) => row.map(({ formatted }) => formatted))).toEqual([['/', '1,404', '1KB']]);
  });

  it('show documents', () => {
    const result = draw(search('s', 'S', view, { columns: ['path', 'status_code'] }), {
      hits: { total: { value: 700 }, hits: [{ _source: { '@timestamp': timeRange.from, path: hostile, status_code: 1404 } }, { _source: { '@timestamp': from } }] },
    });
    if (result.kind !== 'documents') throw new Error('no documents');
    expect(result.total).toBe(700);
    expect(result.rows.map((row) => row.map(({ formatted }) => formatted))).toEqual([
      ['Jan 1, 2026 @ 00:00:00.000', '"><img src=x onerror=alert(1)><script>\\x07', '1,404'],
      ['Jan 1, 2026 @ 00:00:00.000', '–', '–'],
    ]);
    expect(renderToSvg(result, { width: 600, height: 200 })).not.toMatch(/<img|<script|\u0007/);
  });

  it('show text, and nothing where nothing is', () => {
    expect(draw(markdown('m', 'M', '# Hi'), undefined)).toEqual({ kind: 'markdown', text: '# Hi' });
    const none = draw(bars, { hits: { total: 0 }, aggregations: { 2: { buckets: [] } } });
    expect(none).toEqual({ kind: 'empty' });
    expect(renderToSvg(none, { width: 100, height: 100 })).toContain('No results');
  });

  it('do not take an error for an empty answer', () => {
    expect(() => draw(bars, { error: { reason: 'no such field' } })).toThrowError(expect.objectContaining({ code: 'RENDERER_SEARCH_FAILED', message: expect.stringContaining('no such field') }));
  });

  it('miss no object silently', () => {
    expect(() => requestFor(bars.object, [], { timeRange })).toThrowError(expect.objectContaining({ code: 'RENDERER_OBJECT_MISSING' }));
    const broken = { ...bars.object, attributes: { ...bars.object.attributes, visState: '{' } };
    expect(() => draw({ object: broken }, statuses)).toThrowError(expect.objectContaining({ code: 'RENDERER_OBJECT_BROKEN' }));
  });
});

describe('colours', () => {
  it('are those of the class for status codes, whoever asks first', () => {
    const [one, other] = [colorScale('light'), colorScale('light')];
    other.colorOf('503', 'status_code');
    for (const code of ['200', '302', '404', '500']) expect(one.colorOf(code, 'status_code')).toBe(other.colorOf(code, 'status_code'));
    expect(new Set(['200', '302', '404', '403', '500', '503'].map((code) => one.colorOf(code, 'status_code'))).size).toBe(6);
  });

  it('differ within a chart though a page shows more values than there are colours', () => {
    const scale = colorScale('light');
    const page = Array.from({ length: 40 }, (_unused, pod) => ({ value: `pod-${pod}`, field: 'pod' }));
    for (let first = 0; first < 40; first += 4) {
      const beside = page.slice(first, first + 4);
      const colors = scale.colorsOf(beside);
      expect(new Set(colors).size).toBe(4);
      expect(beside.map(({ value, field }) => scale.colorOf(value, field))).toEqual(colors);
    }
    expect(new Set(colorScale('dark').colorsOf(page.slice(0, 18))).size).toBe(18);
    // A new value among known ones leaves theirs alone and takes another.
    const known = page.slice(0, 4);
    const colors = scale.colorsOf(known);
    const mixed = scale.colorsOf([{ value: 'new', field: 'pod' }, ...known]);
    expect(mixed.slice(1)).toEqual(colors);
    expect(colors).not.toContain(mixed[0]);
  });

  it('stay with a value and differ between values', () => {
    const scale = colorScale('dark');
    const pods = Array.from({ length: 9 }, (_unused, pod) => `frontend-${pod}`);
    const colors = pods.map((pod) => scale.colorOf(pod, 'pod'));
    expect(new Set(colors).size).toBe(9);
    expect(pods.map((pod) => scale.colorOf(pod))).toEqual(colors);
    expect(scale.colorOf('one more')).toMatch(/^#/);
  });
});

it('runs in a browser: only the entries that draw load ECharts, only Vega’s own file loads Vega, and nothing loads Node', () => {
  const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' }).filter((file) => /\.ts$/.test(file) && !/\.test\.ts$/.test(file));
  expect(files).toEqual(expect.arrayContaining(['index.ts', 'vega/svg.ts']));
  for (const file of files) {
    const source = readFileSync(join(import.meta.dirname, file), 'utf8');
    expect(source, file).not.toMatch(/from 'node:/);
    if (file !== 'svg.ts' && !file.startsWith('browser')) expect(source, file).not.toMatch(/^import (?!type )[^;]*'echarts|from '\.\.?\/(?:svg|browser)\.ts'/m);
    expect(source, file).not.toMatch(/^import (?!type )[^;]*'vega/m);
  }
});
