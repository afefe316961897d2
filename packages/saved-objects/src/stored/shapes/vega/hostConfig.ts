import type { Signal } from './signals.ts';

/**
 * What the dashboards products add to `config`
 * (`src/plugins/vis_type_vega/public/data_model/types.ts`, `vega_parser.ts`).
 */
export interface HostConfig {
  /** `map` draws over a map. */
  readonly type?: string;
  readonly renderer?: 'svg' | 'canvas';
  readonly hideWarnings?: boolean;
  readonly controlsLocation?: 'top' | 'bottom' | 'left' | 'right';
  readonly controlsDirection?: 'horizontal' | 'vertical';
  readonly tooltips?: boolean | TooltipConfig;
  /** Whether signals keep their values when the data is fetched again (OpenSearch Dashboards). */
  readonly restoreSignalValuesOnRefresh?: boolean;
  /** Whether clicks on marks are told to the page (OpenSearch Dashboards). */
  readonly showEvents?: boolean;
  readonly signals?: HostSignals;

  /** Numbers, also as text. */
  readonly latitude?: number | string;
  readonly longitude?: number | string;
  readonly zoom?: number | string;
  readonly minZoom?: number | string;
  readonly maxZoom?: number | string;
  /** `default`, or `false` for no map below. */
  readonly mapStyle?: string | boolean;
  readonly emsTileServiceId?: string;
  readonly zoomControl?: boolean;
  readonly scrollWheelZoom?: boolean;
  readonly delayRepaint?: boolean;
  readonly maxBounds?: readonly number[];
}

/** How tooltips stand. */
export interface TooltipConfig {
  readonly position?: 'top' | 'right' | 'bottom' | 'left';
  readonly padding?: number;
  readonly centerOnMark?: boolean | number;
  readonly textTruncate?: boolean;
}

/** By name: signals that marks get, by the marks' names (OpenSearch Dashboards' events over a chart). */
export interface HostSignals {
  readonly [mark: string]: readonly Signal[];
}
