import type { ParsedUrl } from '../indexPattern/fieldFormat.ts';

/**
 * What a pipeline of expressions makes of an aggregation (`SchemaConfig` in
 * src/plugins/visualizations/public/legacy/build_pipeline.ts): some releases, and panels that were saved to the library,
 * stored it with the parameters. Products make it anew and don't read it.
 */
export interface Dimension {
  readonly type?: 'vis_dimension' | 'xy_dimension';
  /** Which column of the answer. */
  readonly accessor?: number | DimensionColumn | null;
  readonly label?: string;
  readonly format?: DimensionFormat | null;
  readonly params?: DimensionParams | null;
  readonly aggType?: string;
}

/** A column by its id. */
export interface DimensionColumn {
  readonly id?: string;
  readonly name?: string;
}

/** A field's format, and within it that of the values it is made of. */
export interface DimensionFormat {
  readonly id?: string | null;
  readonly params?: DimensionFormatParams | null;
}

/** Parameters of the formats (src/plugins/data/common/field_formats/converters). */
export interface DimensionFormatParams {
  /** Of `terms`, `range`, `ip_range`: the format within. */
  readonly id?: string | null;
  readonly params?: DimensionFormatParams | null;
  readonly pattern?: string;
  readonly fallbackPattern?: string;
  readonly timezone?: string;
  readonly otherBucketLabel?: string;
  readonly missingBucketLabel?: string;
  readonly parsedUrl?: ParsedUrl;
  readonly basePath?: string;
  readonly type?: string;
  readonly urlTemplate?: string | null;
  readonly labelTemplate?: string | null;
  readonly width?: string | number;
  readonly height?: string | number;
  readonly openLinkInCurrentTab?: boolean;
  readonly transform?: string | boolean;
  readonly inputFormat?: string;
  readonly outputFormat?: string;
  readonly outputPrecision?: number | string;
  readonly showSuffix?: boolean;
  readonly includeSpaceWithSuffix?: boolean;
  readonly useShortSuffix?: boolean;
  readonly fieldLength?: number | string;
  readonly fieldType?: string;
  readonly colors?: readonly DimensionColor[];
  readonly lookupEntries?: readonly DimensionLookup[];
  readonly unknownKeyValue?: string | null;
  readonly replaceInfinity?: boolean;
}

/** A colour of a colour format. */
export interface DimensionColor {
  readonly range?: string;
  readonly regex?: string;
  readonly text?: string;
  readonly background?: string;
}

/** A word for a value. */
export interface DimensionLookup {
  readonly key?: string | number;
  readonly value?: string;
}

/** What a chart knows of its horizontal axis. */
export interface DimensionParams {
  readonly date?: boolean;
  /** Milliseconds, or a duration of ISO 8601. */
  readonly interval?: number | string | null;
  readonly intervalESValue?: number;
  readonly intervalESUnit?: string;
  readonly intervalOpenSearchValue?: number;
  readonly intervalOpenSearchUnit?: string;
  readonly format?: string;
  readonly bounds?: DimensionBounds;
  readonly defaultValue?: string | null;
  /** Of maps. */
  readonly precision?: number | string;
  readonly useGeocentroid?: boolean;
}

/** The time range of the last request. */
export interface DimensionBounds {
  readonly min?: string | number | null;
  readonly max?: string | number | null;
}

/** Dimensions of charts with axes, and of heatmaps, gauges and goals. */
export interface ChartDimensions {
  readonly x?: Dimension | null;
  readonly y?: readonly Dimension[];
  readonly z?: readonly Dimension[];
  readonly width?: readonly Dimension[];
  readonly series?: readonly Dimension[];
  readonly splitRow?: readonly Dimension[];
  readonly splitColumn?: readonly Dimension[];
}

/** Dimensions of pies. */
export interface PieDimensions {
  readonly metric?: Dimension;
  readonly metrics?: readonly Dimension[];
  readonly buckets?: readonly Dimension[];
  readonly splitRow?: readonly Dimension[];
  readonly splitColumn?: readonly Dimension[];
}

/** Dimensions of tables. */
export interface TableDimensions {
  readonly metrics?: readonly Dimension[];
  readonly buckets?: readonly Dimension[];
  readonly splitRow?: readonly Dimension[];
  readonly splitColumn?: readonly Dimension[];
}

/** Dimensions of figures. */
export interface MetricDimensions {
  readonly metrics?: readonly Dimension[];
  readonly bucket?: Dimension | null;
}

/** Dimensions of maps. */
export interface MapDimensions {
  readonly metric?: Dimension;
  readonly geohash?: Dimension | null;
  readonly geocentroid?: Dimension | null;
}
