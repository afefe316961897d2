import type { Numeric } from '../aggregations/jsonInput.ts';
import type { Interpolation, AxisScaleType } from './xy.ts';

/**
 * What charts with axes said of all their series up to 5.4 (src/core_plugins/kbn_vislib_vis_types/public of Kibana 4 and
 * 5). It stays in the parameters beside what took its place.
 */
export interface LegacyXyParams {
  readonly mode?: 'normal' | 'stacked' | 'overlap' | 'percentage' | 'wiggle' | 'silhouette' | 'grouped';
  readonly scale?: AxisScaleType;
  readonly interpolate?: Interpolation;
  readonly smoothLines?: boolean;
  readonly drawLinesBetweenPoints?: boolean;
  readonly showCircles?: boolean;
  readonly shareYAxis?: boolean;
  readonly setYExtents?: boolean;
  readonly defaultYExtents?: boolean;
  readonly yAxis?: LegacyYAxis;
}

/** From where to where the only axis went. */
export interface LegacyYAxis {
  readonly min?: Numeric | null;
  readonly max?: Numeric | null;
}
