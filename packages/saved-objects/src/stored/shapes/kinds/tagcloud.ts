import type { Numeric } from '../aggregations/jsonInput.ts';
import type { Palette, CommonVisParams } from './chart.ts';
import type { Dimension } from './dimensions.ts';
import type { AxisScaleType } from './xy.ts';

/**
 * Parameters of a tag cloud (src/plugins/vis_type_tagcloud/public/types.ts of OpenSearch Dashboards,
 * src/plugins/vis_types/tagcloud/public/types.ts of Kibana 7.17).
 */
export interface TagCloudParams extends CommonVisParams {
  readonly type?: 'tagcloud';
  readonly scale?: AxisScaleType;
  readonly orientation?: 'single' | 'right angled' | 'multiple';
  readonly minFontSize?: Numeric;
  readonly maxFontSize?: Numeric;
  readonly showLabel?: boolean;
  /** Before 6, for {@link showLabel}. */
  readonly hideLabel?: boolean;
  readonly metric?: Dimension | null;
  readonly bucket?: Dimension | null;
  readonly dimensions?: TagCloudDimensions;
  /** Kibana 7.15 on. */
  readonly palette?: Palette;
}

/** Dimensions under their slots. */
export interface TagCloudDimensions {
  readonly metric?: readonly Dimension[];
  readonly segment?: readonly Dimension[];
}
