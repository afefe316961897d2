import type { DataView } from '../dataView.ts';
import { looseGauge, looseGoal } from '../kinds/gauge.ts';
import { looseHeatmap } from '../kinds/heatmap.ts';
import { looseRegionMap, looseTileMap } from '../kinds/maps.ts';
import { looseMetric } from '../kinds/metricPanel.ts';
import { loosePie } from '../kinds/pie.ts';
import { looseTable } from '../kinds/table.ts';
import { looseTagcloud } from '../kinds/tagcloud.ts';
import { xy } from '../kinds/xy.ts';
import { checkId, type SavedObject } from '../savedObject.ts';
import { specInvalid } from '../specInvalid.ts';
import { bucketFrom, metricFrom } from './aggregationsFrom.ts';
import type { MetricSpec, VisualizationSpec } from './spec.ts';
import { filterFrom, numberFrom, numbersFrom } from './values.ts';

/**
 * Makes a visualization's saved object from JSON, with the checks that the builders' types make.
 *
 * @throws PodscopeError `SAVED_OBJECT_SPEC_INVALID`, `SAVED_OBJECT_FIELD_UNKNOWN`, `SAVED_OBJECT_FIELD_TYPE`,
 * `SAVED_OBJECT_ID_INVALID`
 */
export function visualizationFrom(spec: VisualizationSpec, views: readonly DataView[]): SavedObject {
  if (typeof spec !== 'object' || spec === null) throw specInvalid('The visualization is no object.', 'Pass an object with id, title, kind, pattern and metric.');
  const view = views.find((each) => each.pattern === spec.pattern);
  if (!view) throw specInvalid(`There is no data view ${JSON.stringify(spec.pattern)}.`, `Use one of ${views.map((each) => each.pattern).join(', ')}.`);
  if (typeof spec.title !== 'string' || spec.title.trim() === '') throw specInvalid('The visualization has no title.', 'Give it a title.');
  const metricSpecs: readonly MetricSpec[] = Array.isArray(spec.metric) ? spec.metric : [spec.metric as MetricSpec];
  const y = metricSpecs.map((each) => metricFrom(each));
  const bucket = spec.bucket ? bucketFrom(spec.bucket) : undefined;
  const split = spec.split ? bucketFrom(spec.split) : undefined;
  const common = spec.filter === undefined ? {} : { filter: filterFrom(spec.filter) };
  // How many of them a kind takes is checked where the aggregations are made.
  const buckets = [bucket, split].filter((each) => each !== undefined);
  const { id, title } = spec;
  checkId(id, 'visualization');
  switch (spec.kind) {
    case 'line':
    case 'area':
    case 'verticalBar':
    case 'horizontalBar':
      if (!bucket) throw specInvalid(`A ${spec.kind} has no bucket for its axis.`, 'Choose a bucket, such as a date histogram.');
      return xy(spec.kind, id, title, view, { ...common, x: bucket, y, ...(split ? { split } : {}) }).object;
    case 'pie':
      if (!bucket) throw specInvalid('A pie has no bucket for its slices.', 'Choose a bucket, such as terms.');
      return loosePie(id, title, view, { ...common, y, buckets }).object;
    case 'table':
      return looseTable(id, title, view, { ...common, y, buckets }).object;
    case 'metric':
      return looseMetric(id, title, view, { ...common, y, buckets }).object;
    case 'gauge':
      return looseGauge(id, title, view, { ...common, y, buckets, bounds: numbersFrom(spec.bounds ?? [0, 50, 75, 100]) }).object;
    case 'goal':
      return looseGoal(id, title, view, { ...common, y, buckets, goal: 100, ...numberFrom('goal', spec.goal) }).object;
    case 'heatmap':
      return looseHeatmap(id, title, view, { ...common, value: y, ...(bucket ? { x: bucket } : {}), ...(split ? { y: split } : {}) }).object;
    case 'tagcloud':
      return looseTagcloud(id, title, view, { ...common, y, buckets }).object;
    case 'regionMap':
      return looseRegionMap(id, title, view, { ...common, value: y, buckets }).object;
    case 'tileMap':
      return looseTileMap(id, title, view, { ...common, value: y, buckets }).object;
    default:
      throw specInvalid(
        `There is no visualization kind ${JSON.stringify((spec as VisualizationSpec).kind)}.`,
        'Use line, area, verticalBar, horizontalBar, pie, metric, gauge, goal, table, heatmap, tagcloud, regionMap or tileMap.',
      );
  }
}
