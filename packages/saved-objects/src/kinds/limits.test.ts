import { describe, expect, it } from 'vitest';
import {
  averageBucket,
  avg,
  controls,
  count,
  dateHistogram,
  dateRange,
  derivative,
  geohashGrid,
  geotileGrid,
  gauge,
  goal,
  heatmap,
  histogram,
  ipRange,
  line,
  listControl,
  max,
  median,
  metric,
  movingAverage,
  percentileRanks,
  percentiles,
  phraseFilter,
  pie,
  rangeControl,
  rangeFilter,
  regionMap,
  search,
  seriesOf,
  significantTerms,
  stdDev,
  sum,
  sumBucket,
  table,
  tagcloud,
  terms,
  tileMap,
  timeSeries,
  timeSeriesMetric,
  timeSeriesTable,
  topHits,
  uniqueCount,
  valueCount,
  vega,
  vegaLite,
} from '../index.ts';
import { other, web } from '../fixtures/web.ts';

const x = dateHistogram('@timestamp');
const FIELD = 'SAVED_OBJECT_FIELD_TYPE';
const UNKNOWN = 'SAVED_OBJECT_FIELD_UNKNOWN';
const LIMIT = 'SAVED_OBJECT_SPEC_INVALID';

/** Compiles only if every wrong line is an error of the compiler; each is an error at run time as well. */
describe('what fields and kinds refuse', () => {
  it.each<[string, string, () => unknown]>([
    // @ts-expect-error a keyword has no middle
    ['the median of a keyword', FIELD, () => line('a', 'A', web, { x, y: median('path') })],
    // @ts-expect-error a date has no deviation
    ['the deviation of a date', FIELD, () => table('a', 'A', web, { y: stdDev('@timestamp') })],
    // @ts-expect-error a date has no ranks
    ['percentile ranks of a date', FIELD, () => table('a', 'A', web, { y: percentileRanks('@timestamp', [1]) })],
    // @ts-expect-error there is no such field
    ['the last value of an unknown field', UNKNOWN, () => metric('a', 'A', web, { y: topHits('nothing') })],
    // @ts-expect-error texts have no sum
    ['the sum of last texts', FIELD, () => metric('a', 'A', web, { y: topHits('path', { together: 'sum' }) })],
    // @ts-expect-error a line cannot be drawn of texts
    ['a line of last texts', FIELD, () => line('a', 'A', web, { x, y: topHits('path') })],
    // @ts-expect-error nor can a point be sized by one
    ['points as large as texts', FIELD, () => line('a', 'A', web, { x, y: count(), radius: topHits('path') })],
    // @ts-expect-error text has no order
    ['the last value in the order of a text', FIELD, () => metric('a', 'A', web, { y: topHits('path', { orderBy: 'message' }) })],
    // @ts-expect-error a keyword has no average, and nothing to derive from it
    ['the derivative of the average of a keyword', FIELD, () => line('a', 'A', web, { x, y: derivative(avg('path')) })],
    // @ts-expect-error nor has the derivative of that one
    ['a derivative of a derivative of a keyword', FIELD, () => line('a', 'A', web, { x, y: derivative(derivative(avg('path'))) })],
    // @ts-expect-error pipelines are made of single values
    ['the moving average of percentiles', LIMIT, () => line('a', 'A', web, { x, y: movingAverage(percentiles('bytes')) })],
    // @ts-expect-error a number is no date
    ['an average over buckets of a number as time', FIELD, () => metric('a', 'A', web, { y: averageBucket(count(), dateHistogram('bytes')) })],
    // @ts-expect-error a keyword has no sum
    ['an average over buckets of the sum of a keyword', FIELD, () => metric('a', 'A', web, { y: averageBucket(sum('path'), x) })],
    // @ts-expect-error a number has no unusual words
    ['significant terms of a number', FIELD, () => pie('a', 'A', web, { y: count(), slices: significantTerms('bytes') })],
    // @ts-expect-error a number is no date
    ['date ranges of a number', FIELD, () => pie('a', 'A', web, { y: count(), slices: dateRange('bytes', [{ to: 'now' }]) })],
    // @ts-expect-error a keyword is no address
    ['ranges of addresses of a keyword', FIELD, () => pie('a', 'A', web, { y: count(), slices: ipRange('path', [{ mask: '10.0.0.0/8' }]) })],
    // @ts-expect-error a keyword is no place
    ['a grid of a keyword', FIELD, () => table('a', 'A', web, { y: count(), rows: geotileGrid('path') })],
    // @ts-expect-error a keyword has no average
    ['terms in the order of the average of a keyword', FIELD, () => pie('a', 'A', web, { y: count(), slices: terms('path', { orderBy: avg('path') }) })],
    // @ts-expect-error a median is no order
    ['terms in the order of a median', LIMIT, () => pie('a', 'A', web, { y: count(), slices: terms('path', { orderBy: median('bytes') }) })],
    // @ts-expect-error a grid is no axis
    ['a grid along an axis', LIMIT, () => line('a', 'A', web, { x: geohashGrid('place'), y: count() })],
    // @ts-expect-error three series at most
    ['four splits', LIMIT, () => line('a', 'A', web, { x, y: count(), split: [terms('ok'), terms('path'), terms('status'), terms('country')] })],
    // @ts-expect-error a point has one size
    ['points as large as percentiles', LIMIT, () => line('a', 'A', web, { x, y: count(), radius: percentiles('bytes') })],
    // @ts-expect-error a pie shares out one metric
    ['a pie of two metrics', LIMIT, () => pie('a', 'A', web, { y: [count(), sum('bytes')], slices: terms('path') })],
    // @ts-expect-error medians are no parts of a whole
    ['a pie of medians', LIMIT, () => pie('a', 'A', web, { y: median('bytes'), slices: terms('path') })],
    // @ts-expect-error a heat map has one metric
    ['a heat map of two metrics', LIMIT, () => heatmap('a', 'A', web, { value: [count(), avg('bytes')], x })],
    // @ts-expect-error a cell has one shade
    ['a heat map of percentiles', LIMIT, () => heatmap('a', 'A', web, { value: percentiles('bytes'), x })],
    // @ts-expect-error a heat map has one row of columns
    ['a heat map of two columns', LIMIT, () => heatmap('a', 'A', web, { value: count(), x: [x, terms('path')] })],
    // @ts-expect-error a dial has no histogram to go along
    ['a dial of derivatives', LIMIT, () => gauge('a', 'A', web, { y: derivative(count()), bounds: [0, 1] })],
    // @ts-expect-error a dial shows one number
    ['a goal of deviations', LIMIT, () => goal('a', 'A', web, { y: stdDev('bytes'), goal: 1 })],
    // @ts-expect-error dials are split once
    ['a gauge that is split twice', LIMIT, () => gauge('a', 'A', web, { y: count(), bounds: [0, 1], split: [terms('ok'), terms('path')] })],
    // @ts-expect-error big numbers have no histogram to go along
    ['a big number of derivatives', LIMIT, () => metric('a', 'A', web, { y: derivative(count()) })],
    // @ts-expect-error tags are terms
    ['tags of time', LIMIT, () => tagcloud('a', 'A', web, { size: count(), tags: x })],
    // @ts-expect-error a tag has one size
    ['tags as large as percentiles', LIMIT, () => tagcloud('a', 'A', web, { size: percentiles('bytes'), tags: terms('path') })],
    // @ts-expect-error a region is named by a value
    ['regions of significant terms', LIMIT, () => regionMap('a', 'A', web, { value: count(), regions: significantTerms('country') })],
    // @ts-expect-error a region has one colour
    ['a region map of medians', LIMIT, () => regionMap('a', 'A', web, { value: median('bytes'), regions: terms('country') })],
    // @ts-expect-error tiles are not for this map
    ['marks on tiles', LIMIT, () => tileMap('a', 'A', web, { value: count(), places: geotileGrid('place') })],
    // @ts-expect-error this map takes no siblings
    ['marks of siblings', LIMIT, () => tileMap('a', 'A', web, { value: sumBucket(count(), x), places: geohashGrid('place') })],
    // @ts-expect-error a text is no choice
    ['a list of texts', FIELD, () => controls('a', 'A', [listControl(web, 'message')])],
    // @ts-expect-error a keyword is no slider
    ['a slider over a keyword', FIELD, () => controls('a', 'A', [rangeControl(web, 'path')])],
    // @ts-expect-error a keyword has no average
    ['a series of the average of a keyword', FIELD, () => timeSeries('a', 'A', web, { series: { metric: avg('path') } })],
    // @ts-expect-error there is no such field
    ['a series of an unknown field', UNKNOWN, () => timeSeries('a', 'A', web, { series: { metric: valueCount('nothing') } })],
    // @ts-expect-error text has no terms
    ['series by text', FIELD, () => timeSeries('a', 'A', web, { series: { metric: count(), split: terms('message') } })],
    // @ts-expect-error a time series has no medians
    ['a series of medians', LIMIT, () => timeSeries('a', 'A', web, { series: { metric: median('bytes') } })],
    // @ts-expect-error the other data view has no such field
    ['a series of another data view’s field', UNKNOWN, () => timeSeries('a', 'A', web, { series: [{ metric: count() }, seriesOf(other, { metric: avg('bytes') })] })],
    // @ts-expect-error two numbers at most
    ['three big numbers of a time series', LIMIT, () => timeSeriesMetric('a', 'A', web, { series: [{ metric: count() }, { metric: count() }, { metric: count() }] })],
    // @ts-expect-error text has no terms
    ['rows of text', FIELD, () => timeSeriesTable('a', 'A', web, { series: { metric: count() }, rows: 'message' })],
    // @ts-expect-error there is no such field
    ['a filter of an unknown field', UNKNOWN, () => phraseFilter(web, 'nothing', 1)],
    // @ts-expect-error a keyword has no bounds
    ['bounds of a keyword', FIELD, () => rangeFilter(web, 'path', { gte: 1 })],
    // @ts-expect-error a text is no specification
    ['a drawing by text', LIMIT, () => vega('a', 'A', '{}')],
    // @ts-expect-error terms are no steps to go along
    ['a derivative along terms', LIMIT, () => line('a', 'A', web, { x: terms('path'), y: derivative(count()) })],
    ['a derivative below terms', LIMIT, () => table('a', 'A', web, { y: derivative(count()), rows: [x, terms('path')] })],
    // What only values tell is refused at run time.
    ['Vega-Lite as Vega', LIMIT, () => vega('a', 'A', { $schema: 'https://vega.github.io/schema/vega-lite/v4.json' })],
    ['Vega as Vega-Lite', LIMIT, () => vegaLite('a', 'A', { $schema: 'https://vega.github.io/schema/vega/v5.json' })],
    ['a search of another data view', LIMIT, () => line('a', 'A', web, { x, y: count(), savedSearch: search('s', 'S', other) })],
    ['an axis that is not there', LIMIT, () => line('a', 'A', web, { x, y: { metric: count(), axis: 1 } })],
    ['a step of nothing', LIMIT, () => line('a', 'A', web, { x: histogram('bytes', { interval: 0 }), y: count() })],
    ['masks among ranges', LIMIT, () => table('a', 'A', web, { y: count(), rows: ipRange('client', [{ mask: '10.0.0.0/8' }, { from: '10.0.0.1' }] as never) })],
    ['terms in the order of percentiles that are not shown', LIMIT, () => table('a', 'A', web, { y: count(), rows: terms('path', { orderBy: percentiles('bytes') }) })],
    ['a precision of nothing', LIMIT, () => tileMap('a', 'A', web, { value: count(), places: geohashGrid('place', { precision: 0 }) })],
    ['a series of a sibling', LIMIT, () => timeSeries('a', 'A', web, { series: { metric: averageBucket(count(), x) as never } })],
    ['a series of nothing', LIMIT, () => timeSeries('a', 'A', web, { series: {} as never })],
    ['a series of ranks of no values', LIMIT, () => timeSeries('a', 'A', web, { series: { metric: percentileRanks('bytes', []) } })],
    ['a series of an average over no buckets', LIMIT, () => timeSeries('a', 'A', web, { series: { metric: movingAverage(count(), { window: 0 }) } })],
    ['a filter with a bound that JSON cannot say', LIMIT, () => rangeFilter(web, 'bytes', { gte: Number.NaN })],
    ['no controls', LIMIT, () => controls('a', 'A', [])],
    ['a control that follows one that is not there', LIMIT, () => controls('a', 'A', [listControl(web, 'path', { parent: listControl(web, 'country') })])],
  ])('%s', (_name, code, make) => {
    expect(make).toThrowError(expect.objectContaining({ code }));
  });

  it('leave what fits', () => {
    expect(line('a', 'A', web, { x, y: [movingAverage(max('bytes')), uniqueCount('client')] }).id).toBe('a');
  });
});
