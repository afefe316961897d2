import type { Fields } from '@podscope/core';
import { type PlacedBucket, storedAggregations } from '../aggregations/storedAggregations.ts';
import type { Metric } from '../aggregations/metrics.ts';
import type { DataView } from '../dataView.ts';
import { chartsOf, listOf, placed } from './lists.ts';
import { STORED_KIND, type Visualization, visualization } from './visualization.ts';
import type { LooseXyOptions, SeriesOf, XyKind, XyOptions } from './xyOptions.ts';
import { xyParams } from './xyParams.ts';

/** The same without the catalogue's types, for specifications that come as JSON. */
export function xy(kind: XyKind, id: string, title: string, view: DataView, options: LooseXyOptions): Visualization {
  const series = listOf<Metric | SeriesOf<Metric>>(options.y).map((each): SeriesOf<Metric> => ('metric' in each ? each : { metric: each }));
  const charts = chartsOf(options.charts);
  // The split stands outside: its largest buckets are then chosen once, not anew for every point of the axis.
  const buckets: PlacedBucket[] = [...charts.buckets, ...placed(listOf(options.split), 'group'), ...placed(listOf(options.x), 'segment')];
  const aggs = storedAggregations(view, { type: STORED_KIND[kind], id, metrics: series.map(({ metric }) => metric), radius: options.radius, buckets });
  return visualization({ id, title, kind, view, aggs, options, params: { ...xyParams(kind, series, options), ...charts.params } });
}

/** A line chart. */
export function line<F extends Fields>(id: string, title: string, view: DataView<F>, options: XyOptions<F>): Visualization {
  return xy('line', id, title, view, options as LooseXyOptions);
}

/** An area chart. */
export function area<F extends Fields>(id: string, title: string, view: DataView<F>, options: XyOptions<F>): Visualization {
  return xy('area', id, title, view, options as LooseXyOptions);
}

/** Upright bars. */
export function verticalBar<F extends Fields>(id: string, title: string, view: DataView<F>, options: XyOptions<F>): Visualization {
  return xy('verticalBar', id, title, view, options as LooseXyOptions);
}

/** Lying bars: good for long names. */
export function horizontalBar<F extends Fields>(id: string, title: string, view: DataView<F>, options: XyOptions<F>): Visualization {
  return xy('horizontalBar', id, title, view, options as LooseXyOptions);
}
