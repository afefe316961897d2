import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { boolean, date, defineFields, double, flatObject, keyword, long, short, text } from '@podscope/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  area,
  avg,
  count,
  dataView,
  dateHistogram,
  filters,
  gauge,
  histogram,
  horizontalBar,
  line,
  markdown,
  max,
  metric,
  percentiles,
  pie,
  range,
  type SavedObject,
  table,
  terms,
  toTypeScript,
  uniqueCount,
  type Visualization,
} from './index.ts';
import { visualizations } from './fixtures/visualizations.ts';
import { web } from './fixtures/web.ts';

const view = dataView("it's-*", {
  id: 'other',
  timeField: 'at',
  fields: defineFields({
    at: date(),
    message: text({ fields: { keyword: keyword() } }),
    'http.response.status_code': short(),
    bytes: long(),
    share: double(),
    ok: boolean(),
    labels: flatObject(),
  }),
  formats: { bytes: 'bytes', share: 'percent' },
});
const x = dateHistogram('at');

const made: readonly Visualization[] = [
  line('v-1', "A 'quoted' title\\ \n ${x}`", view, { x, y: [count(), avg('bytes', { label: 'Mean "bytes"' })], split: terms('message.keyword', { size: 3, order: 'asc', orderBy: 'key', label: 'L' }), filter: { query: "message:'x'", language: 'lucene' } }),
  area('v-2', 'Area', view, { x: dateHistogram('at', { interval: '30s', label: 'When' }), y: percentiles('bytes', { percents: [50, 99.9] }), mode: 'percentage', legend: 'none', axisTitle: 'Own', description: 'About' }),
  horizontalBar('v-3', 'Bars', view, { x: histogram('bytes', { interval: 10 }), y: uniqueCount('ok'), split: range('share', [{ to: 0.5 }, { from: 0.5 }]), mode: 'normal', legend: 'bottom' }),
  pie('v-4', 'Pie', view, { y: count(), slices: [filters({ "it's": 'bytes > 1', plain: '', __proto: { query: 'a:b', language: 'lucene' } }), terms('ok')], donut: false }),
  metric('v-5', 'Metric', view, { y: [max('bytes'), max('at')], filter: 'ok: true' }),
  gauge('v-6', 'Gauge', view, { y: avg('share'), bounds: [0, 0.5, 1], shape: 'circle' }),
  table('v-7', 'Table', view, { y: count(), rows: [terms('http.response.status_code'), terms('message.keyword', { size: 100 })], perPage: 25 }),
  markdown('v-8', 'Text', "# It's\n*text* `x` ${y}"),
];

describe('toTypeScript', () => {
  let folder = '';
  beforeAll(() => {
    // Inside the package, so that the written code finds its imports.
    folder = mkdtempSync(join(import.meta.dirname, '../.written-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(made)('$object.id: the written code builds the same object', async ({ id, object }) => {
    const code = toTypeScript(object, [view.object]).replace("'@podscope/saved-objects'", JSON.stringify(pathToFileURL(join(import.meta.dirname, 'index.ts')).href));
    const file = join(folder, `${id}.ts`);
    writeFileSync(file, code);
    const written = (await import(/* @vite-ignore */ file)) as { readonly visualization: Visualization };
    expect(written.visualization.object).toEqual(object);
    expect(written.visualization.uses.map((use) => use.object)).toEqual(object.references.length === 0 ? [] : [view.object]);
  });

  it('writes no code that a stored object carries', () => {
    const changed = (index: number, from: string, to: string): SavedObject => {
      const { object } = made[index] as Visualization;
      const visState = String(object.attributes['visState']);
      expect(visState).toContain(from);
      return { ...object, attributes: { ...object.attributes, visState: visState.replace(from, to) } };
    };
    const hostile = [
      changed(0, '"size":3', '"size":"1}));process.exit(1);(("'),
      changed(1, '"percents":[50,99.9]', '"percents":["process.exit(1)"]'),
      changed(2, '"interval":10', '"interval":"process.exit(1)"'),
      changed(2, '{"to":0.5}', '{"to":"process.exit(1)"}'),
      changed(5, '{"from":0,"to":0.5}', '{"from":"process.exit(1)","to":0.5}'),
      changed(6, '"perPage":25', '"perPage":"process.exit(1)"'),
      changed(6, '"type":"count"', '"type":"constructor"'),
    ];
    for (const object of hostile) expect(() => toTypeScript(object, [view.object])).toThrowError(expect.objectContaining({ code: 'SAVED_OBJECT_NOT_OURS' }));
  });

  it.each(visualizations.map((each) => [each.id, each] as const))('refuses what its code would not say: %s', (_id, { object }) => {
    expect(() => toTypeScript(object, [web.object])).toThrowError(expect.objectContaining({ code: expect.stringMatching(/^SAVED_OBJECT_(NOT_OURS|REFERENCE_MISSING)$/u) as string }));
  });

  it('says all of a text, or refuses it', () => {
    const { object } = markdown('text', 'Text', '# Text', { description: 'what it is' });
    expect(toTypeScript(object, [])).toContain("markdown('text', 'Text', '# Text', { description: 'what it is' })");
    const source = (query: string, filter: readonly object[]) => ({ kibanaSavedObjectMeta: { searchSourceJSON: JSON.stringify({ query: { query, language: 'kuery' }, filter }) } });
    for (const more of [source('status: 500', []), source('', [{ meta: {} }]), { uiStateJSON: '{"vis":{}}' }]) {
      expect(() => toTypeScript({ ...object, attributes: { ...object.attributes, ...more } }, [])).toThrowError(expect.objectContaining({ code: 'SAVED_OBJECT_NOT_OURS', hint: expect.stringContaining('decompileSavedObjects') as string }));
    }
  });

  it('refuses what it cannot build', () => {
    const foreign = (made[0] as Visualization).object;
    const vega: SavedObject = { ...foreign, attributes: { ...foreign.attributes, visState: '{"type":"vega","params":{},"aggs":[]}' } };
    expect(() => toTypeScript(vega, [view.object])).toThrowError(expect.objectContaining({ code: 'SAVED_OBJECT_NOT_OURS' }));
    expect(() => toTypeScript(view.object, [view.object])).toThrowError(expect.objectContaining({ code: 'SAVED_OBJECT_NOT_OURS' }));
    expect(() => toTypeScript(foreign, [])).toThrowError(expect.objectContaining({ code: 'SAVED_OBJECT_REFERENCE_MISSING' }));
  });
});
