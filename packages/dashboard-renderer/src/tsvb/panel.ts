import { type SavedObject, visStateOf } from '../savedObjects.ts';

/** A number that decides a colour. */
export interface ColorRule {
  readonly value?: number | string;
  readonly operator?: string;
  readonly gauge?: string;
  readonly text?: string;
  readonly color?: string;
  readonly background_color?: string;
  readonly bar_color?: string;
}

/** One series of a TSVB panel, as it is stored. */
export interface StoredTsvbSeries {
  readonly id: string;
  readonly label?: string;
  readonly color?: string;
  readonly formatter?: string;
  readonly value_template?: string;
  readonly chart_type?: string;
  readonly line_width?: number | string;
  readonly point_size?: number | string;
  readonly fill?: number | string;
  readonly stacked?: string;
  readonly steps?: number | boolean;
  readonly split_mode?: string;
  readonly split_color_mode?: string;
  readonly separate_axis?: number | boolean;
  readonly axis_position?: string;
  readonly hidden?: boolean;
  readonly trend_arrows?: number | boolean;
  readonly color_rules?: readonly ColorRule[];
  readonly metrics?: readonly { readonly id: string; readonly type: string; readonly field?: string }[];
}

/** One annotation of a TSVB panel, as it is stored. */
export interface StoredAnnotation {
  readonly id: string;
  readonly color?: string;
  readonly template?: string;
  readonly fields?: string;
  readonly hidden?: boolean;
}

/** A TSVB panel, as it is stored. */
export interface StoredTsvbPanel {
  readonly id: string;
  readonly type: string;
  readonly series: readonly StoredTsvbSeries[];
  readonly annotations?: readonly StoredAnnotation[];
  readonly [option: string]: unknown;
}

/** What a new TSVB panel has: src/plugins/vis_type_timeseries/public/metrics_type.ts. */
const DEFAULTS: Readonly<Record<string, unknown>> = {
  type: 'timeseries',
  time_field: '',
  index_pattern: '',
  interval: '',
  axis_position: 'left',
  axis_formatter: 'number',
  axis_scale: 'normal',
  show_legend: 1,
  show_grid: 1,
  tooltip_mode: 'show_all',
};

/** The panel of a TSVB visualization, with the defaults of what it leaves out. */
export function tsvbPanelOf(object: SavedObject): StoredTsvbPanel {
  const { params } = visStateOf(object);
  const series = Array.isArray(params['series']) ? (params['series'] as readonly StoredTsvbSeries[]) : [];
  return { ...DEFAULTS, ...params, id: String(params['id'] ?? ''), type: String(params['type'] ?? 'timeseries'), series };
}
