import { PodscopeError } from '@podscope/core';
import type { ChartStyle } from './chartParts.ts';
import { type ColorScale, colorScale, type Theme } from './colors.ts';
import type { PanelResult } from './result.ts';
import { gaugeChart, pieChart } from './roundChart.ts';
import { checkResponse, type ReadSetting, type SearchResponse } from './rows.ts';
import { indexPatternOf, type SavedObject, visStateOf } from './savedObjects.ts';
import { documentsPanel, metricPanel, tablePanel } from './textPanels.ts';
import { resolveRange, type TimeRange } from './time.ts';
import { xyChart } from './xyChart.ts';

/** How a panel is drawn. */
export interface RenderOptions {
  readonly theme: Theme;
  /** The one that the request was made for. */
  readonly timeRange: TimeRange;
  /** All saved objects: the formats of fields come from their index pattern. Without them numbers are plain. */
  readonly objects?: readonly SavedObject[];
  /** Shared by the panels of a page, so that a value has one colour everywhere. @default a scale of its own */
  readonly colors?: ColorScale;
  /** Legends below the chart, for narrow panels. @default false */
  readonly compact?: boolean;
  /** IANA name of the zone that times are shown in. @default 'UTC' */
  readonly timeZone?: string;
  /** Epoch milliseconds that `now` means. @default the clock */
  readonly now?: number;
}

/**
 * What a visualization or saved search shows of a response. `response` is one item of `_msearch`'s `responses`; a text
 * panel takes `undefined`.
 *
 * @throws PodscopeError `RENDERER_SEARCH_FAILED` when the response is an error, `RENDERER_UNSUPPORTED` for a kind that
 * isn't drawn here, `RENDERER_OBJECT_MISSING`, `RENDERER_OBJECT_BROKEN`, `RENDERER_TIME_INVALID`
 */
export function renderPanel(object: SavedObject, response: SearchResponse | undefined, options: RenderOptions): PanelResult {
  const title = String(object.attributes['title'] ?? object.id);
  const answer = response ?? {};
  checkResponse(answer, title);
  const setting: ReadSetting = {
    pattern: options.objects ? indexPatternOf(object, options.objects) : undefined,
    range: resolveRange(options.timeRange, options.now),
    timeZone: options.timeZone ?? 'UTC',
  };
  if (object.type === 'search') return documentsPanel(object, answer, setting);
  const state = visStateOf(object);
  const style: ChartStyle = { theme: options.theme, compact: options.compact ?? false, timeZone: setting.timeZone };
  const colors = options.colors ?? colorScale(options.theme);
  switch (state.type) {
    case 'line':
    case 'area':
    case 'histogram':
    case 'horizontal_bar':
      return xyChart(state, answer, setting, style, colors);
    case 'pie':
      return pieChart(state, answer, setting, style, colors);
    case 'gauge':
    case 'goal':
      return gaugeChart(state, answer, setting, style);
    case 'metric':
      return metricPanel(state, answer, setting);
    case 'table':
      return tablePanel(state, answer, setting);
    case 'markdown':
      return { kind: 'markdown', text: String(state.params['markdown'] ?? '') };
    default:
      throw new PodscopeError('RENDERER_UNSUPPORTED', `"${title}" is a visualization of kind "${state.type}", which is not drawn here.`, {
        hint: 'Use line, area, histogram, horizontal_bar, pie, gauge, goal, metric, table or markdown.',
      });
  }
}
