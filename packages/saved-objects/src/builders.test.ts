import { PodscopeError } from '@podscope/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { web } from './fixtures/web.ts';
import {
  type BucketSpec,
  bundle,
  checkSavedObjects,
  dashboard,
  type Definition,
  formatFindings,
  type MetricSpec,
  panel,
  phrasesFilter,
  readSavedObjects,
  row,
  type SavedObject,
  savedQuery,
  search,
  type SpecKind,
  type Target,
  TARGETS,
  toNdjson,
  visualizationFrom,
  type VisualizationSpec,
} from './index.ts';
import { visualizations } from './fixtures/visualizations.ts';

const targets = Object.keys(TARGETS) as Target[];

/** Through a file and back: the same objects, which nobody refuses, and the same bytes again. */
function survives(definitions: readonly (Definition | SavedObject)[], target: Target): void {
  const made = bundle(web, ...definitions);
  const text = toNdjson(made, { target });
  expect(toNdjson(bundle(web, ...definitions), { target })).toBe(text);
  const { objects, problems } = readSavedObjects(text);
  expect(problems).toEqual([]);
  expect(objects.map(({ object }) => object)).toEqual(made.objects.map((object) => ({ ...object, rest: {} })));
  // Kibana 8 has Elastic's own layers only, and says so of the one layer here that is somebody's.
  const findings = checkSavedObjects(objects, { target, fields: { 'web-*': web.fields } }).filter(({ rule }) => target !== 'kibana@8' || rule !== 'region-layer');
  expect(formatFindings(findings)).toBe(formatFindings([]));
}

const field = fc.constantFrom('@timestamp', 'message', 'message.keyword', 'path', 'country', 'client', 'place', 'ok', 'status', 'bytes', 'share', 'nothing', '__proto__');
const number = fc.constantFrom(-1, 0, 1, 2, 5, 50, 99.9, 100, 1e9, Number.NaN);
const text = fc.constantFrom('', 'now-1d', 'h', 'auto', '10.0.0.0/8', '{{value}}', "it's \u2028 \u{1F525}");

/** Mostly the one, so that whole definitions are often right. */
function mostly<T>(right: fc.Arbitrary<T>, wrong: fc.Arbitrary<T>): fc.Arbitrary<T> {
  return fc.oneof({ arbitrary: right, weight: 30 }, { arbitrary: wrong, weight: 1 });
}

const size = mostly(fc.integer({ min: 1, max: 12 }), number);
const numeric = mostly(fc.constantFrom('bytes', 'share', 'status'), field);
const exact = mostly(fc.constantFrom('path', 'ok', 'client', '@timestamp', 'message.keyword', 'bytes'), field);
const of = <Value extends string>(...values: readonly Value[]): fc.Arbitrary<Value> => fc.constantFrom(...values);
const time = mostly(fc.constant('@timestamp'), field);

const { metric, bucket, plain } = fc.letrec<{ metric: MetricSpec; plain: MetricSpec; bucket: BucketSpec }>((tie) => ({
  plain: fc.oneof(
    { arbitrary: fc.record({ kind: of('count', 'avg', 'sum', 'min', 'max'), field: numeric, label: text }, { requiredKeys: ['kind', 'field'] }), weight: 20 },
    { arbitrary: fc.record({ kind: of('uniqueCount'), field: exact }), weight: 5 },
    { arbitrary: fc.record({ kind: of('median', 'stdDev'), field: numeric }), weight: 1 },
  ) as fc.Arbitrary<MetricSpec>,
  metric: fc.oneof(
    { maxDepth: 3 },
    { arbitrary: tie('plain'), weight: 6 },
    { arbitrary: fc.record({ kind: of('median', 'stdDev'), field: numeric, label: text }, { requiredKeys: ['kind', 'field'] }), weight: 1 },
    { arbitrary: fc.record({ kind: of('percentiles'), field: numeric, percents: fc.array(number, { maxLength: 2 }) }, { requiredKeys: ['kind', 'field'] }), weight: 1 },
    { arbitrary: fc.record({ kind: of('percentileRanks'), field: numeric, values: fc.array(number, { maxLength: 2 }) }, { requiredKeys: ['kind', 'field'] }), weight: 1 },
    { arbitrary: fc.record({ kind: of('topHits'), field: numeric, size, together: of('min', 'concat'), order: of('asc', 'desc'), orderBy: exact }, { requiredKeys: ['kind', 'field'] }), weight: 1 },
    { arbitrary: fc.record({ kind: of('derivative', 'cumulativeSum', 'movingAverage', 'serialDifference'), of: fc.oneof(tie('plain'), tie('metric')), window: size }, { requiredKeys: ['kind', 'of'] }), weight: 1 },
    { arbitrary: fc.record({ kind: of('averageBucket', 'sumBucket', 'minBucket', 'maxBucket'), of: tie('plain'), over: tie('bucket') }), weight: 1 },
  ) as fc.Arbitrary<MetricSpec>,
  bucket: fc.oneof(
    { arbitrary: fc.record({ kind: of('dateHistogram'), field: time, label: text, interval: mostly(of('auto', 'h', '30s', '1w'), text) }, { requiredKeys: ['kind', 'field'] }), weight: 5 },
    { arbitrary: fc.record({ kind: of('terms'), field: exact, size, order: of('asc', 'desc'), orderBy: fc.oneof(of('metric', 'key'), tie('plain')), other: fc.boolean(), missing: fc.boolean() }, { requiredKeys: ['kind', 'field'] }), weight: 5 },
    { arbitrary: fc.record({ kind: of('significantTerms'), field: mostly(fc.constant('path'), field), size }), weight: 1 },
    { arbitrary: fc.record({ kind: of('filters'), filters: fc.dictionary(text, text, { maxKeys: 2 }) }), weight: 1 },
    { arbitrary: fc.record({ kind: of('histogram'), field: numeric, interval: fc.oneof(size, of('auto')) }), weight: 1 },
    { arbitrary: fc.record({ kind: of('range'), field: numeric, ranges: fc.array(fc.record({ from: number, to: number }, { requiredKeys: [] }), { maxLength: 2 }) }), weight: 1 },
    { arbitrary: fc.record({ kind: of('dateRange'), field: time, ranges: fc.array(fc.record({ from: text, to: text }, { requiredKeys: [] }), { maxLength: 2 }) }), weight: 1 },
    { arbitrary: fc.record({ kind: of('ipRange'), field: mostly(fc.constant('client'), field), ranges: fc.array(fc.record({ from: text, mask: text }, { requiredKeys: ['mask'] }), { maxLength: 2 }) }), weight: 1 },
    { arbitrary: fc.record({ kind: of('geohashGrid', 'geotileGrid'), field: mostly(fc.constant('place'), field), precision: size }), weight: 2 },
  ) as fc.Arbitrary<BucketSpec>,
}));

const kinds: readonly SpecKind[] = ['line', 'area', 'verticalBar', 'horizontalBar', 'pie', 'metric', 'gauge', 'goal', 'table', 'heatmap', 'tagcloud', 'regionMap', 'tileMap'];
const spec = fc.record(
  {
    id: mostly(fc.constantFrom('a', 'b.c-d', 'x*'), fc.constant('with_underscore')),
    title: fc.string({ minLength: 1, unit: 'grapheme' }).map((title) => `T${title}`),
    kind: fc.constantFrom(...kinds),
    pattern: fc.constant('web-*'),
    metric: fc.oneof(plain, metric, fc.array(metric, { maxLength: 3 })),
    bucket,
    split: bucket,
    filter: fc.oneof(text, fc.constant({ query: 'a:b', language: 'lucene' as const })),
    bounds: fc.constantFrom([0, 1], [0, 50, 99.5], [1], [2, 1]),
    goal: number,
  },
  { requiredKeys: ['id', 'title', 'kind', 'pattern', 'metric'] },
) as fc.Arbitrary<VisualizationSpec>;

describe('random definitions', () => {
  it('as JSON are refused with a reason, or make what nobody refuses', () => {
    const seen = { made: 0, refused: 0 };
    fc.assert(
      fc.property(spec, fc.constantFrom(...targets), (each, target) => {
        let object: SavedObject;
        try {
          object = visualizationFrom(each, [web]);
        } catch (error) {
          if (!(error instanceof PodscopeError)) throw error;
          expect(error.code).toMatch(/^SAVED_OBJECT_(SPEC_INVALID|FIELD_UNKNOWN|FIELD_TYPE|ID_INVALID)$/u);
          seen.refused += 1;
          return;
        }
        survives([object], target);
        seen.made += 1;
      }),
      { numRuns: 3_000 },
    );
    // Neither side of the test may be empty.
    expect(Math.min(seen.made, seen.refused)).toBeGreaterThan(300);
  });

  it('with anything in the place of anything are refused, and never break', () => {
    const members = ['id', 'title', 'kind', 'pattern', 'metric', 'bucket', 'split', 'filter', 'bounds', 'goal'] as const;
    const inner = ['kind', 'field', 'label', 'size', 'order', 'orderBy', 'interval', 'ranges', 'filters', 'precision', 'percents', 'values', 'together', 'window', 'of', 'over', 'missing'] as const;
    // Not even what cannot be written into a message.
    const value = fc.oneof(fc.jsonValue(), fc.constant({ toString: {} }), fc.constant([{ toString: null }]));
    const attempt = (given: unknown): void => {
      try {
        visualizationFrom(given as VisualizationSpec, [web]);
      } catch (error) {
        if (!(error instanceof PodscopeError)) throw error;
      }
    };
    fc.assert(
      fc.property(spec, metric, bucket, fc.constantFrom(...members), fc.constantFrom(...inner), value, (each, one, other, member, part, wrong) => {
        attempt({ ...each, [member]: wrong });
        attempt({ ...each, metric: { ...one, [part]: wrong } });
        attempt({ ...each, bucket: { ...other, [part]: wrong } });
      }),
      { numRuns: 2_000 },
    );
  });

  it('of dashboards come back as they were', () => {
    const content = fc.constantFrom(...visualizations, search('found', 'Found', web, { columns: ['path'] }));
    const size = fc.record({ width: fc.integer({ min: 1, max: 16 }), height: fc.integer({ min: 1, max: 30 }), title: fc.string(), hideTitle: fc.boolean(), legendOpen: fc.boolean() }, { requiredKeys: [] });
    const rows = fc.array(fc.array(fc.tuple(content, size), { minLength: 1, maxLength: 3 }), { maxLength: 4 });
    const options = fc.record(
      { query: fc.string(), description: fc.string({ unit: 'grapheme' }), refresh: fc.nat(1000), refreshPaused: fc.boolean(), margins: fc.boolean(), hidePanelTitles: fc.boolean(), timeFrom: fc.constantFrom('now-1h', 'now/d') },
      { requiredKeys: [] },
    );
    const values = fc.array(fc.oneof(fc.string(), fc.integer(), fc.boolean()), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }).filter((title) => title.trim() !== ''), rows, options, values, fc.constantFrom(...targets), (title, list, given, filtered, target) => {
        const filter = phrasesFilter(web, 'path', filtered);
        const board = dashboard('board', title, list.map((each) => row(...each.map(([visualization, look]) => panel(visualization, look)))), { ...given, filters: [filter] });
        survives([board, savedQuery('asked', title, given.query ?? '', { filters: [filter] })], target);
      }),
      { numRuns: 300 },
    );
  });
});
