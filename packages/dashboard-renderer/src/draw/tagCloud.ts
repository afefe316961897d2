import { metricColumns, metricFormatter } from '../answer/metricValues.ts';
import { bucketLabel } from '../answer/labels.ts';
import { SEED_COLORS } from './productColors.ts';
import type { PanelStyle } from './panelStyle.ts';
import { bucketAggregations, rowsOf, type SearchResponse } from '../answer/rows.ts';
import type { EmptyResult, TagCloudResult } from '../answer/result.ts';
import type { VisState } from '../savedObjects.ts';
import { textWidth } from '../svg/textWidth.ts';

/** Words as large as their numbers, in the colours of their order: src/plugins/vis_type_tagcloud/public/components/tag_cloud.js. */
export function tagCloudPanel(state: VisState, response: SearchResponse, style: PanelStyle): TagCloudResult | EmptyResult {
  const [column] = metricColumns(state);
  const [bucket] = bucketAggregations(state);
  const rows = rowsOf(state, response, style.setting).filter(({ keys }) => keys.length > 0);
  if (!column || !bucket || rows.length === 0) return { kind: 'empty' };
  const format = metricFormatter(column.aggregation, style.setting, state.aggs);
  const values = rows.map((row) => Number(row.values.get(column.id) ?? 0));
  const sizeOf = sizeScale(state, Math.min(...values), Math.max(...values));
  const tags = rows.map((row, at) => {
    const value = values[at] as number;
    return {
      text: row.keys.map(({ label }) => label).join(' - '),
      value,
      formatted: format(value),
      size: sizeOf(value),
      color: SEED_COLORS[at % SEED_COLORS.length] as string,
      filters: row.keys.flatMap(({ filters }) => filters),
    };
  });
  return { kind: 'tagcloud', tags, label: state.params['showLabel'] === false ? undefined : `${bucketLabel(bucket, style.setting)} - ${column.label}` };
}

const SCALES: Readonly<Record<string, (value: number) => number>> = { linear: (value) => value, log: (value) => Math.log(Math.max(1, value)), 'square root': Math.sqrt };

function sizeScale({ params }: VisState, min: number, max: number): (value: number) => number {
  const scale = SCALES[String(params['scale'] ?? 'linear')] ?? SCALES['linear'] ?? ((value: number) => value);
  const [small, large] = [Number(params['minFontSize'] ?? 18), Number(params['maxFontSize'] ?? 72)];
  // Words of one number are as large as the largest.
  return (value) => (max === min ? large : small + ((scale(value) - scale(min)) / (scale(max) - scale(min))) * (large - small));
}

/** A word with the place of its middle. */
export interface PlacedTag {
  readonly at: number;
  readonly x: number;
  readonly y: number;
  readonly size: number;
}

/** Steps of the spiral on which a word looks for room. */
const STEPS = 3000;

/**
 * Places words around the middle, the largest first, without one above another; all of them smaller when they would not
 * fit. The same words have the same places. Words for which there is no room are left out.
 */
export function placeTags(tags: readonly { readonly text: string; readonly size: number }[], width: number, height: number): readonly PlacedTag[] {
  for (const shrink of [1, 0.85, 0.7, 0.55, 0.4, 0.3]) {
    const placed = placedAt(tags, shrink, width, height);
    if (placed.length === tags.length || shrink === 0.3) return placed;
  }
  return [];
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

function placedAt(tags: readonly { readonly text: string; readonly size: number }[], shrink: number, width: number, height: number): readonly PlacedTag[] {
  const boxes: Box[] = [];
  const placed: PlacedTag[] = [];
  const order = tags.map((_tag, at) => at).sort((a, b) => (tags[b]?.size ?? 0) - (tags[a]?.size ?? 0));
  for (const at of order) {
    const tag = tags[at] as { readonly text: string; readonly size: number };
    const size = tag.size * shrink;
    const half = { width: textWidth(tag.text, `${size}px`) / 2 + 2, height: size * 0.58 };
    for (let step = 0; step < STEPS; step++) {
      const turn = step * 0.1;
      const x = width / 2 + Math.cos(turn) * turn * 2;
      const y = height / 2 + Math.sin(turn) * turn * 1.2;
      const box = { left: x - half.width, right: x + half.width, top: y - half.height, bottom: y + half.height };
      const outside = box.left < 0 || box.top < 0 || box.right > width || box.bottom > height;
      if (outside || boxes.some((each) => box.left < each.right && each.left < box.right && box.top < each.bottom && each.top < box.bottom)) continue;
      boxes.push(box);
      placed.push({ at, x, y, size });
      break;
    }
  }
  return placed;
}
