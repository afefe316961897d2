import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { layoutOf, type PanelAnswers, type PanelResult, renderPanel, type SavedObject } from '../../packages/dashboard-renderer/src/index.ts';
import { drawToSvg } from '../../packages/dashboard-renderer/src/svg.ts';
import { compareRecording, ZONE } from './compare.ts';
import { pictureOf } from './pictures.ts';
import { readExport, type Recording, readRecordings } from './recordings.ts';
import { colorsIn, textsOf } from './svgTexts.ts';

const corpus = process.env['PODSCOPE_CORPUS'] ?? '/nowhere';
const root = join(corpus, 'golden/osd-2.8.0');
const EXPORT = join(corpus, 'saved-objects/osd-2.8-sample-data/export.ndjson');
const here = existsSync(root);

/** What the product showed, on its screenshots and in the answers: told here without the renderer's help. */
interface Bucket {
  readonly key: string | number;
  readonly doc_count: number;
  readonly [id: string]: unknown;
}
interface Drawn {
  readonly result: PanelResult;
  readonly svg: string;
  readonly texts: readonly string[];
  readonly colors: ReadonlyMap<string, number>;
  readonly answers: PanelAnswers;
  readonly object: SavedObject;
}

const SEEDS = ['#57c17b', '#6f87d8', '#663db8', '#bc52bc', '#9e3533', '#daa05d'];

function bucketsOf(answers: PanelAnswers, id: string): readonly Bucket[] {
  return (answers.get('main')?.aggregations?.[id] as { readonly buckets: readonly Bucket[] }).buckets;
}
function inner(bucket: Bucket, id: string): readonly Bucket[] {
  return (bucket[id] as { readonly buckets: readonly Bucket[] }).buckets;
}
function valueOf(bucket: Bucket | undefined, id: string): number {
  return (bucket?.[id] as { readonly value: number }).value;
}
const percent = (share: number): string => `${Number((share * 100).toFixed(2))}%`;
const number = (value: number, decimals = 3): string => value.toLocaleString('en-US', { maximumFractionDigits: decimals });
const defaultColors = ({ attributes }: SavedObject): Readonly<Record<string, string>> => (JSON.parse(String(attributes['uiStateJSON'])) as { readonly vis: { readonly defaultColors: Readonly<Record<string, string>> } }).vis.defaultColors;

function seriesOf(result: PanelResult): readonly { readonly name: string; readonly data: readonly (readonly [number, number | null])[] }[] {
  if (result.kind !== 'chart') throw new Error(`a ${result.kind}`);
  return result.option.series as never;
}

/** Every bucket of a split series has its number in the series of its name, and nothing else is there. */
function sameNumbers({ result, answers }: Drawn, [axis, split, metric]: readonly [string, string, string?], names: Readonly<Record<string, string>> = {}): readonly string[] {
  const shown = new Map(seriesOf(result).map(({ name, data }) => [name, data.map(([, value]) => value).filter((value) => value !== null && value !== 0)]));
  const expected = new Map<string, number[]>();
  for (const bucket of bucketsOf(answers, axis)) {
    for (const part of inner(bucket, split)) {
      const name = names[part.key] ?? String(part.key);
      expected.set(name, [...(expected.get(name) ?? []), metric === undefined ? part.doc_count : valueOf(part, metric)]);
    }
  }
  expect(shown).toEqual(expected);
  return [...expected.keys()];
}

/** The names stand in the legend in this order, and each has the palette's next colour. */
function legendOf({ texts, colors }: Drawn, names: readonly string[]): void {
  expect(texts.filter((text) => names.includes(text))).toEqual(names);
  names.forEach((name, at) => expect(colors.get(SEEDS[at] as string), name).toBeGreaterThan(0));
}

function pie(drawn: Drawn): void {
  const buckets = bucketsOf(drawn.answers, '2');
  const total = buckets.reduce((sum, { doc_count }) => sum + doc_count, 0);
  expect(drawn.texts).toEqual(expect.arrayContaining(buckets.map(({ key, doc_count }) => `${key} (${percent(doc_count / total)})`)));
  legendOf(drawn, buckets.map(({ key }) => String(key)));
}

/** A dial: its texts, and the colour that the product stored for its class. */
function dial(text: string, label: string, klass: string): (drawn: Drawn) => void {
  return ({ texts, colors, object }) => {
    expect(texts).toEqual(expect.arrayContaining([text, label]));
    const color = defaultColors(object)[klass] as string;
    expect([...colors.keys()]).toContain(color);
  };
}

const CHECKS: Readonly<Record<string, (drawn: Drawn) => void>> = {
  'ecommerce-average-sales-price': (drawn) => {
    dial(`$${number(valueOf(drawn.answers.get('main')?.aggregations as unknown as Bucket, '1'), 2)}`, 'average spend', '75 - 100')(drawn);
    expect(drawn.texts).toEqual(expect.arrayContaining(['per order', '0 - 50', '50 - 75', '75 - 100']));
  },
  'ecommerce-average-sold-quantity': dial('2.152', 'average items', '2 - 3'),
  'ecommerce-controls': ({ texts }) => expect(texts).toEqual(['Manufacturer', 'Select...', '▾', 'Category', 'Select...', '▾', 'Quantity', '1', '8', 'Apply changes', 'Cancel changes', 'Clear form']),
  'ecommerce-markdown': ({ texts }) => expect(texts[0]).toBe('Sample eCommerce Data'),
  'ecommerce-promotion-tracking': ({ texts, svg, answers, result }) => {
    const panel = (answers.get('main') as unknown as Readonly<Record<string, { readonly annotations: Readonly<Record<string, readonly unknown[]>>; readonly series: readonly { readonly label: string; readonly color: string; readonly data: readonly (readonly [number, number])[] }[] }>>)['61ca57f0-469d-11e7-af02-69e470af7417'];
    for (const { label, color, data } of panel?.series ?? []) {
      expect(texts).toContain(`${label}   $${number(data.at(-1)?.[1] ?? 0)}`);
      expect(svg.replace(/\s/g, '')).toContain(color.replace(/\s/g, ''));
    }
    expect(seriesOf(result).map(({ data }) => data)).toEqual(panel?.series.map(({ data }) => data));
    expect(Object.values(panel?.annotations ?? {}).flat()).toHaveLength((seriesOf(result)[0] as unknown as { readonly markLine: { readonly data: readonly unknown[] } }).markLine.data.length);
    expect(texts).toContain('per 12 hours');
  },
  'ecommerce-sales-by-category': (drawn) => {
    legendOf(drawn, sameNumbers(drawn, ['2', '3', '1']));
    expect(drawn.texts).toEqual(expect.arrayContaining(['order_date per 3 hours', 'Sum of total_quantity']));
  },
  'ecommerce-sales-by-gender': pie,
  'ecommerce-sold-products-per-day': ({ texts, svg }) => {
    expect(texts).toEqual(expect.arrayContaining(['Trxns / day', '151']));
    expect(svg.replace(/\s/g, '')).toContain('rgb(104,188,0)');
  },
  'ecommerce-top-selling-products': ({ svg, answers }) => {
    const words = [...svg.matchAll(/<text[^>]*font-size="([\d.]+)"[^>]*fill="(#\w+)"[^>]*>([^<]*)</g)].map(([, size, color, text]) => ({ size: Number(size), color, text }));
    const sizes = new Map(bucketsOf(answers, '2').map(({ key, doc_count }) => [key, 18 + ((doc_count - 19) / (29 - 19)) * (72 - 18)]));
    expect(new Map(words.map(({ text, size }) => [text, size]))).toEqual(sizes);
    expect(words.map(({ color }) => color)).toEqual(['#00a69b', ...SEEDS]);
  },
  'ecommerce-total-revenue': ({ texts }) => expect(texts).toEqual(['$79,448.61']),
  'logs-file-type-scatter-plot': ({ texts, svg, answers }) => {
    const hits = answers.get('vega:0')?.hits?.hits as readonly { readonly _source: { readonly extension: string } }[];
    const kinds = [...new Set(hits.map(({ _source }) => _source.extension))].filter((kind) => kind !== '').sort();
    expect(texts.filter((text) => kinds.includes(text))).toEqual(kinds);
    expect(texts).toEqual(expect.arrayContaining(['File type', 'Transferred bytes', '20,000']));
    expect(svg.match(/aria-roledescription="point"/g)).toHaveLength(hits.length);
  },
  'logs-goals': ({ texts, colors, answers }) => {
    expect(texts).toEqual(expect.arrayContaining([String(valueOf(answers.get('main')?.aggregations as unknown as Bucket, '1')), 'Unique Visitors']));
    expect(texts).not.toContain('visitors');
    // The reader's own colour for 500 - 1000.
    expect([...colors.keys()]).toContain('#e5ac0e');
  },
  'logs-heatmap': ({ texts, colors, answers, object }) => {
    const classes = Object.entries(defaultColors(object));
    expect(texts.filter((text) => / - /.test(text))).toEqual(classes.map(([label]) => label));
    const cells = bucketsOf(answers, '3').flatMap((group) => inner(group, '2').map((cell) => valueOf(cell, '1')));
    for (const [label, color] of classes) {
      const [from = 0, to = 0] = label.split(' - ').map(Number);
      const inside = cells.filter((value) => value >= from && (value < to || (to === 40 && value === 40))).length;
      // One more is the legend's.
      expect(colors.get(color.replace(/\s/g, '')), label).toBe(inside + 1);
    }
    expect(texts.filter((text) => ['CN', 'IN', 'US', 'ID', 'NG'].includes(text))).toEqual(bucketsOf(answers, '3').map(({ key }) => key));
  },
  'logs-host-visits-and-bytes-table': ({ texts, colors }) => {
    expect(texts.slice(0, 5)).toEqual(['Type', 'Bytes (Total)', 'Bytes (Last Hour)', 'Unique Visits (Total)', 'Unique Visits (Last Hour)']);
    expect(texts.slice(5)).toEqual(['3MB', '0B', '597 ↓', '0 ↓', 'gz', '1.7MB', '0B', '294 ↓', '0 ↓', 'css', '1.4MB', '3.1KB', '266 ↓', '1 ↑', 'zip', '1.2MB', '0B', '200 ↓', '0 ↓', 'deb', '1.1MB', '0B', '183 ↓', '0 ↓', 'rpm', '407.2KB', '0B', '73 ↓', '0 ↓']);
    expect(colors.get('rgba(211,49,21,1)')).toBe(12);
  },
  'logs-input-controls': ({ texts }) => expect(texts).toEqual(['Source Country', 'Select...', '▾', 'OS', 'Select...', '▾', 'Bytes', '0', '19742']),
  'logs-markdown-instructions': ({ texts }) => expect(texts[0]).toBe('Sample Logs Data'),
  'logs-response-codes-over-time-annotations': ({ texts }) => expect(texts).toEqual(expect.arrayContaining(['503   0%', '404   0%', '200   100%', '100%', 'per 4 hours'])),
  'logs-source-and-destination-sankey-chart': ({ texts }) => {
    for (const country of ['BR', 'CN', 'ID', 'IN', 'NG', 'PK', 'US']) expect(texts.filter((text) => text === country), country).toHaveLength(2);
    expect(texts).toEqual(expect.arrayContaining(['Source', 'Destination', '1,600']));
  },
  'logs-unique-visitors-vs-average-bytes': ({ texts, colors, answers, result }) => {
    const buckets = bucketsOf(answers, '3');
    expect(seriesOf(result).map(({ name, data }) => [name, data.map(([, value]) => value).filter((value) => value !== null && value !== 0)])).toEqual([
      ['Avg. Bytes', buckets.map((bucket) => valueOf(bucket, '1')).filter((value) => value > 0)],
      ['Unique Visitors', buckets.map((bucket) => valueOf(bucket, '2'))],
    ]);
    expect(texts).toEqual(expect.arrayContaining(['Avg. Bytes', 'Unique Visitors', '12,000', '80', 'timestamp per 3 hours']));
    expect([...colors.keys()]).toEqual(expect.arrayContaining(['#70dbed', '#0a437c']));
  },
  'logs-visitors-by-os': pie,
  'own-filters': ({ texts }) => expect(texts).toEqual(['1,492', 'ok - Count', '127', 'errors - Count']),
  'own-goal': ({ texts, colors }) => {
    expect(texts).toEqual(expect.arrayContaining(['80.95%', 'Count']));
    expect([...colors.keys()]).toContain('rgb(0,104,55)');
  },
  'own-histo-num': ({ texts, result, answers, colors }) => {
    expect(texts).toEqual(expect.arrayContaining(['0', '2,000', '18,000', 'bytes', 'Count']));
    expect(seriesOf(result)[0]?.data).toEqual(bucketsOf(answers, '2').map(({ doc_count }) => doc_count));
    expect(colors.get('#00a69b')).toBe(11);
  },
  'own-histogram': (drawn) => legendOf(drawn, sameNumbers(drawn, ['2', '3'], { __other__: 'Other' })),
  'own-horizontal': ({ texts, result, answers }) => {
    const hosts = bucketsOf(answers, '2');
    expect(texts.filter((text) => /\.org$/.test(text))).toEqual(hosts.map(({ key }) => key));
    expect(seriesOf(result)[0]?.data).toEqual(hosts.map(({ doc_count }) => doc_count));
    expect(texts).toEqual(expect.arrayContaining(['host.keyword: Descending', 'Count', '700']));
  },
  'own-line': (drawn) => legendOf(drawn, sameNumbers(drawn, ['2', '3'])),
  'own-pie': (drawn) => {
    const rings = bucketsOf(drawn.answers, '2');
    const total = rings.reduce((sum, { doc_count }) => sum + doc_count, 0);
    for (const ring of rings) for (const { key, doc_count } of inner(ring, '3')) expect(drawn.texts).toContain(`${key} (${percent(doc_count / total)})`);
    expect(drawn.texts.filter((text) => !text.includes('('))).toEqual(['win 7', 'win xp', 'osx', 'ios', '200', '404', '503']);
    // The seventh colour is the first that the product makes after its seeds.
    expect([...drawn.colors.keys()]).toEqual(expect.arrayContaining([...SEEDS, '#bfaf40']));
  },
  'own-sibling': ({ texts }) => expect(texts).toEqual(['202.375', 'Overall Average of Count']),
  'own-table': ({ texts, answers }) => {
    const rows = bucketsOf(answers, '2').flatMap((host) => inner(host, '3').map((code) => [String(host.key), String(code.key), number(code.doc_count), number(valueOf(code, '4'))]));
    expect(texts.slice(0, 4)).toEqual(['host.keyword: Descending', 'response.keyword: Descending', 'Count', 'Average bytes']);
    expect(texts.slice(4, 44)).toEqual(rows.slice(0, 10).flat());
    expect(texts.slice(44)).toEqual(['1,619', '41,380.553']);
  },
};

/** Drawn on maps by Vega: their tiles come from the network, and the product failed as well. */
const MAPS = ['ecommerce-sales-count-map', 'logs-visitors-map'];

describe.runIf(here)(here ? 'the pictures of OpenSearch Dashboards 2.8.0' : 'the pictures of OpenSearch Dashboards 2.8.0 (not run: PODSCOPE_CORPUS names no folder with golden)', () => {
  const { objects, recordings } = here ? readRecordings(root) : { objects: [], recordings: [] };
  const alone = recordings.filter(({ kind }) => kind === 'visualization');

  const draw = async (recording: Recording, theme: 'light' | 'dark'): Promise<Drawn> => {
    const { answers } = await compareRecording(recording, objects);
    const own = answers.get(recording.object.id) ?? new Map();
    const result = renderPanel(recording.object, own.get('main'), { theme, timeRange: { from: recording.from, to: recording.to }, objects, answers: own, timeZone: ZONE });
    const svg = await drawToSvg(result, { width: 1280, height: 740, theme });
    return { result, svg, texts: textsOf(svg), colors: colorsIn(svg), answers: own, object: recording.object };
  };

  it.each(alone.filter(({ name }) => !MAPS.includes(name)).map((recording) => [recording.name, recording] as const))('%s', async (name, recording) => {
    const light = await draw(recording, 'light');
    CHECKS[name]?.(light);
    // In the dark only texts, lines and grounds are others.
    expect((await draw(recording, 'dark')).texts).toEqual(light.texts);
  });

  it.each(MAPS)('%s says why it is not drawn', async (name) => {
    await expect(draw(alone.find((recording) => recording.name === name) as Recording, 'light')).rejects.toThrowError(expect.objectContaining({ code: 'RENDERER_UNSUPPORTED' }));
  });

  it.each(recordings.filter(({ kind }) => kind === 'dashboard').map((recording) => [recording.name, recording] as const))('dashboard %s', async (_name, recording) => {
    const all = readRecordings(root, readExport(EXPORT));
    const { answers } = await compareRecording(recording, all.objects);
    const texts = textsOf(await pictureOf(recording, all.objects, answers, 'light', 1600, 0));
    const { panels } = layoutOf(all.objects, recording.object.id);
    const titles = panels.map(({ title }) => title).filter((title) => title !== '');
    expect(texts).toEqual(expect.arrayContaining(titles));
    // Of all panels only the map is missing.
    expect(texts.filter((text) => /drawn by Vega on a map|No results|is not drawn|failed|no JSON|refuses/.test(text))).toHaveLength(1);
  });

  it('are all looked at', () => {
    expect([...Object.keys(CHECKS), ...MAPS].sort()).toEqual(alone.map(({ name }) => name).sort());
  });
});
