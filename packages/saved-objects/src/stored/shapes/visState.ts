import type { Aggregation, ChartAggregation, FigureAggregation, HeatmapAggregation, PieAggregation, PlaceAggregation, TableAggregation } from './aggregations/aggregation.ts';
import type { Nothing } from './kinds/chart.ts';
import type { ControlsParams } from './kinds/controls.ts';
import type { GaugeParams } from './kinds/gauge.ts';
import type { HeatmapParams } from './kinds/heatmap.ts';
import type { RegionMapParams, TileMapParams } from './kinds/maps.ts';
import type { MarkdownParams } from './kinds/markdown.ts';
import type { MetricParams } from './kinds/metric.ts';
import type { PieParams } from './kinds/pie.ts';
import type { TableParams } from './kinds/table.ts';
import type { TagCloudParams } from './kinds/tagcloud.ts';
import type { TimelionParams } from './kinds/timelion.ts';
import type { XyParams } from './kinds/xy.ts';
import type { TsvbParams } from './tsvb/params.ts';
import type { UiState } from './uiState.ts';
import type { VegaParams } from './vega/params.ts';

/** What every kind of visualization keeps. */
export interface CommonVisState {
  readonly title?: string;
  /** Before 6: who listens to clicks; only its braces were kept. */
  readonly listeners?: Nothing;
  /** Of a panel that was saved by value and then put here: `uiStateJSON` counts. */
  readonly uiState?: UiState;
}

/** A line, area or bar chart. */
export interface XyState<Kind extends 'line' | 'area' | 'histogram' | 'horizontal_bar'> extends CommonVisState {
  readonly type: Kind;
  readonly params?: XyParams;
  readonly aggs?: readonly ChartAggregation[];
}

/** A pie. */
export interface PieState extends CommonVisState {
  readonly type: 'pie';
  readonly params?: PieParams;
  readonly aggs?: readonly PieAggregation[];
}

/** A heatmap. */
export interface HeatmapState extends CommonVisState {
  readonly type: 'heatmap';
  readonly params?: HeatmapParams;
  readonly aggs?: readonly HeatmapAggregation[];
}

/** A gauge or a goal. */
export interface GaugeState<Kind extends 'gauge' | 'goal'> extends CommonVisState {
  readonly type: Kind;
  readonly params?: GaugeParams;
  readonly aggs?: readonly FigureAggregation[];
}

/** Figures. */
export interface MetricState extends CommonVisState {
  readonly type: 'metric';
  readonly params?: MetricParams;
  readonly aggs?: readonly FigureAggregation[];
}

/** A table. */
export interface TableState extends CommonVisState {
  readonly type: 'table';
  readonly params?: TableParams;
  readonly aggs?: readonly TableAggregation[];
}

/** A cloud of words. */
export interface TagCloudState extends CommonVisState {
  readonly type: 'tagcloud';
  readonly params?: TagCloudParams;
  readonly aggs?: readonly PlaceAggregation[];
}

/** A map of regions. */
export interface RegionMapState extends CommonVisState {
  readonly type: 'region_map';
  readonly params?: RegionMapParams;
  readonly aggs?: readonly PlaceAggregation[];
}

/** A map of places. */
export interface TileMapState extends CommonVisState {
  readonly type: 'tile_map';
  readonly params?: TileMapParams;
  readonly aggs?: readonly PlaceAggregation[];
}

/** A text. */
export interface MarkdownState extends CommonVisState {
  readonly type: 'markdown';
  readonly params?: MarkdownParams;
  readonly aggs?: readonly Aggregation[];
}

/** A chart by a Timelion expression. */
export interface TimelionState extends CommonVisState {
  readonly type: 'timelion';
  readonly params?: TimelionParams;
  readonly aggs?: readonly Aggregation[];
}

/** A time series, by the visual builder. */
export interface TsvbState extends CommonVisState {
  readonly type: 'metrics';
  readonly params?: TsvbParams;
  readonly aggs?: readonly Aggregation[];
}

/** A picture by a Vega or Vega-Lite specification. */
export interface VegaState extends CommonVisState {
  readonly type: 'vega';
  readonly params?: VegaParams;
  readonly aggs?: readonly Aggregation[];
}

/** Controls that set filters. */
export interface ControlsState extends CommonVisState {
  readonly type: 'input_control_vis';
  readonly params?: ControlsParams;
  readonly aggs?: readonly Aggregation[];
}

/**
 * What a visualization shows and how.
 *
 * @discriminator type
 */
export type VisState =
  | XyState<'line'>
  | XyState<'area'>
  | XyState<'histogram'>
  | XyState<'horizontal_bar'>
  | PieState
  | HeatmapState
  | GaugeState<'gauge'>
  | GaugeState<'goal'>
  | MetricState
  | TableState
  | TagCloudState
  | RegionMapState
  | TileMapState
  | MarkdownState
  | TimelionState
  | TsvbState
  | VegaState
  | ControlsState;
