import type { Numeric } from '../aggregations/jsonInput.ts';
import type { StoredQuery } from '../searchSource.ts';

/** Where a legend or an axis stands (src/plugins/vis_type_vislib/public/utils/collections.ts). */
export type Position = 'right' | 'left' | 'top' | 'bottom';

/** A ramp of colours (src/plugins/charts/public/static/color_maps/color_maps.ts). */
export type ColorSchema = 'Blues' | 'Greens' | 'Greys' | 'Reds' | 'Yellow to Red' | 'Green to Red';

/** What takes a range's colour. */
export type ColorMode = 'None' | 'Labels' | 'Background';

/** What of an axis, a gauge or a slice is labelled (src/plugins/charts/public/static/components/types.ts). */
export interface Labels {
  readonly show?: boolean;
  readonly color?: string;
  readonly overwriteColor?: boolean;
  /** Leaves out labels that overlap. */
  readonly filter?: boolean;
  /** In degrees. */
  readonly rotate?: Numeric | null;
  /** To so many characters or pixels. */
  readonly truncate?: Numeric | null;
}

/** How a number or a gauge is drawn (src/plugins/charts/public/static/components/types.ts). */
export interface FigureStyle {
  readonly bgFill?: string;
  readonly bgColor?: boolean;
  readonly labelColor?: boolean;
  readonly subText?: string | null;
  readonly fontSize?: Numeric | null;
  readonly bgMask?: boolean;
  readonly bgWidth?: Numeric;
  readonly width?: Numeric;
  readonly mask?: boolean;
  readonly maskBars?: Numeric;
}

/** A range with a colour. */
export interface ColorRange {
  readonly type?: 'range';
  readonly from?: Numeric | null;
  readonly to?: Numeric | null;
  readonly $$hashKey?: string;
}

/** A palette of Kibana 7.11 on (src/plugins/charts/common/palette.ts). */
export interface Palette {
  readonly type?: 'palette' | 'system_palette';
  readonly name?: string;
  readonly accessor?: string;
  readonly params?: PaletteParams;
}

/** Parameters of a palette of one's own. */
export interface PaletteParams {
  readonly name?: string;
  readonly colors?: readonly string[];
  readonly gradient?: boolean;
  readonly reverse?: boolean;
  readonly progression?: 'fixed';
  readonly rangeType?: 'number' | 'percent';
  readonly rangeMin?: number | null;
  readonly rangeMax?: number | null;
  readonly range?: 'number' | 'percent';
  readonly continuity?: 'above' | 'below' | 'all' | 'none';
  readonly steps?: number;
  readonly maxSteps?: number;
  readonly stops?: readonly (number | PaletteStop)[];
  readonly colorStops?: readonly PaletteStop[];
}

/** From where a colour goes. */
export interface PaletteStop {
  readonly color?: string;
  readonly stop?: number | null;
}

/** What parameters of every kind may have. */
export interface CommonVisParams {
  /** Kibana 4 and 5: how many rows the table below a chart showed (src/core_plugins/spy_modes/public/table_spy_mode.js of Kibana 5). */
  readonly spyPerPage?: Numeric;
  /** Packages of Elastic's Fleet: the query of a search that was put into the visualization. */
  readonly filter?: StoredQuery;
}

/** What charts say of legends; beside their place from Kibana 7.12 on. */
export interface LegendParams extends CommonVisParams {
  readonly addLegend?: boolean;
  readonly legendPosition?: Position;
  readonly truncateLegend?: boolean;
  readonly maxLegendLines?: Numeric | null;
  /** Pixels; words from Kibana 8 on. */
  readonly legendSize?: number | 'auto' | 'small' | 'medium' | 'large' | 'xlarge';
}

/** An object without members: what was in it was not kept. */
export interface Nothing {
  readonly nothing?: never;
}
