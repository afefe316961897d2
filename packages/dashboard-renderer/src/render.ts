import { PodscopeError } from '@podscope/core';
import { boundsFrom } from './request/boundsRequests.ts';
import { type ColorScale, type Theme } from './draw/colors.ts';
import { controlsPanel } from './draw/controlsPanel.ts';
import { documentsPanel } from './draw/documentsPanel.ts';
import { gaugeChart } from './draw/gaugeChart.ts';
import { heatmapChart } from './draw/heatmap.ts';
import { regionMap, tileMap } from './draw/maps.ts';
import { metricPanel } from './draw/metricPanel.ts';
import { ownColors, type PanelStyle } from './draw/panelStyle.ts';
import { pieChart } from './draw/pieChart.ts';
import { productColors, withOwnColors } from './draw/productColors.ts';
import type { PanelResult } from './answer/result.ts';
import { checkResponse, type ReadSetting, type SearchResponse } from './answer/rows.ts';
import { indexPatternOf, type SavedObject, uiStateOf, type VisState, visStateOf } from './savedObjects.ts';
import type { PanelAnswers } from './request/searches.ts';
import { tablePanel } from './draw/tablePanel.ts';
import { tagCloudPanel } from './draw/tagCloud.ts';
import { resolveRange, type TimeRange } from './time/time.ts';
import { timelionChart } from './timelion/draw.ts';
import { tsvbPanel } from './tsvb/draw.ts';
import { tsvbPanelOf } from './tsvb/panel.ts';
import { vegaPanel } from './vega/draw.ts';
import { xyChart } from './draw/xyChart.ts';

/** How a panel is drawn. */
export interface RenderOptions {
  readonly theme: Theme;
  /** The one that the request was made for. */
  readonly timeRange: TimeRange;
  /** All saved objects: the formats of fields come from their index pattern. Without them numbers are plain. */
  readonly objects?: readonly SavedObject[];
  /** Shared by the panels of a page, so that a value has one colour everywhere. @default the product's colours */
  readonly colors?: ColorScale;
  /** Legends below the chart, for narrow panels. @default false */
  readonly compact?: boolean;
  /** IANA name of the zone that times are shown in. @default 'UTC' */
  readonly timeZone?: string;
  /** Epoch milliseconds that `now` means. @default the clock */
  readonly now?: number;
  /** What {@link askPanel} gave: the answers of controls and Vega, and the bounds of numeric histograms. */
  readonly answers?: PanelAnswers;
}

/**
 * What a visualization or saved search shows of a response. `response` is one item of `_msearch`'s `responses`, for TSVB
 * the answer of `/api/metrics/vis/data`; a text panel takes `undefined`, and so do controls and Vega, whose answers are
 * in `options.answers`.
 *
 * @throws PodscopeError `RENDERER_SEARCH_FAILED` when the response is an error, `RENDERER_UNSUPPORTED` for a kind that
 * isn't drawn here, `RENDERER_OBJECT_MISSING`, `RENDERER_OBJECT_BROKEN`, `RENDERER_TIME_INVALID`
 */
export function renderPanel(object: SavedObject, response: SearchResponse | undefined, options: RenderOptions): PanelResult {
  const title = String(object.attributes['title'] ?? object.id);
  if (object.type !== 'visualization' && object.type !== 'search') {
    throw new PodscopeError('RENDERER_UNSUPPORTED', `"${title}" is of type "${object.type}", which is not drawn here.`, { hint: 'Draw a visualization or a saved search.' });
  }
  const answer = response ?? options.answers?.get('main') ?? {};
  checkResponse(answer, title);
  const state = object.type === 'search' ? undefined : visStateOf(object);
  const setting: ReadSetting = {
    pattern: options.objects ? indexPatternOf(object, options.objects) : undefined,
    range: resolveRange(options.timeRange, options.now),
    timeZone: options.timeZone ?? 'UTC',
    bounds: boundsFrom(state?.aggs ?? [], options.answers),
  };
  if (!state) return documentsPanel(object, answer, setting);
  const own = uiStateOf(object)['vis'];
  const style: PanelStyle = {
    theme: options.theme,
    compact: options.compact ?? false,
    timeZone: setting.timeZone,
    setting,
    colors: options.colors ?? productColors(),
    own: typeof own === 'object' && own !== null ? (own as Record<string, unknown>) : {},
  };
  return drawn(object, state, answer, { ...style, colors: withOwnColors(style.colors, ownColors(style)) }, options);
}

function drawn(object: SavedObject, state: VisState, answer: SearchResponse, style: PanelStyle, options: RenderOptions): PanelResult {
  const answers = options.answers ?? new Map<string, SearchResponse>();
  switch (state.type) {
    case 'line':
    case 'area':
    case 'histogram':
    case 'horizontal_bar':
      return xyChart(state, answer, style);
    case 'pie':
      return pieChart(state, answer, style);
    case 'gauge':
    case 'goal':
      return gaugeChart(state, answer, style);
    case 'heatmap':
      return heatmapChart(state, answer, style);
    case 'metric':
      return metricPanel(state, answer, style);
    case 'table':
      return tablePanel(state, answer, style);
    case 'tagcloud':
      return tagCloudPanel(state, answer, style);
    case 'tile_map':
      return tileMap(state, answer, style);
    case 'region_map':
      return regionMap(state, answer, style);
    case 'input_control_vis':
      return controlsPanel(object, options.objects ?? [], answers, style.timeZone);
    case 'metrics':
      return tsvbPanel(tsvbPanelOf(object), answer as Readonly<Record<string, unknown>>, style);
    case 'timelion':
      return timelionChart(answer as Readonly<Record<string, unknown>>, style);
    case 'vega':
      return vegaPanel(object, answers, style.theme);
    case 'markdown':
      return { kind: 'markdown', text: String(state.params['markdown'] ?? '') };
    default:
      throw new PodscopeError('RENDERER_UNSUPPORTED', `"${String(object.attributes['title'] ?? object.id)}" is a visualization of kind "${state.type}", which is not drawn here.`, {
        hint: 'Use a kind that OpenSearch Dashboards has.',
      });
  }
}
