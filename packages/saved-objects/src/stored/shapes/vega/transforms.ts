import type { AggregateTransform, BinTransform, CollectTransform, CountPatternTransform, CrossFilterTransform, CrossTransform, DotBinTransform, ExtentTransform, FilterTransform, FlattenTransform, FoldTransform, FormulaTransform, IdentifierTransform, ImputeTransform, JoinAggregateTransform, LookupTransform, PivotTransform, ProjectTransform, ResolveFilterTransform, SampleTransform, SequenceTransform, TimeUnitTransform, WindowTransform } from './transformsOfData.ts';
import type { ForceTransform, LabelTransform, LinkPathTransform, NestTransform, PackTransform, PartitionTransform, PieTransform, StackTransform, StratifyTransform, TreeLinksTransform, TreemapTransform, TreeTransform, VoronoiTransform, WordcloudTransform } from './transformsOfLayout.ts';
import type { ContourTransform, GeoJsonTransform, GeoPathTransform, GeoPointTransform, GeoShapeTransform, GraticuleTransform, HeatmapTransform, IsocontourTransform, Kde2dTransform } from './transformsOfMaps.ts';
import type { DensityTransform, KdeTransform, LoessTransform, QuantileTransform, RegressionTransform } from './transformsOfStatistics.ts';

/**
 * One step by which data is changed (https://vega.github.io/vega/docs/transforms/).
 *
 * @discriminator type
 */
export type Transform =
  | AggregateTransform
  | BinTransform
  | CollectTransform
  | ContourTransform
  | CountPatternTransform
  | CrossFilterTransform
  | CrossTransform
  | DensityTransform
  | DotBinTransform
  | ExtentTransform
  | FilterTransform
  | FlattenTransform
  | FoldTransform
  | ForceTransform
  | FormulaTransform
  | GeoJsonTransform
  | GeoPathTransform
  | GeoPointTransform
  | GeoShapeTransform
  | GraticuleTransform
  | HeatmapTransform
  | IdentifierTransform
  | ImputeTransform
  | IsocontourTransform
  | JoinAggregateTransform
  | Kde2dTransform
  | KdeTransform
  | LabelTransform
  | LinkPathTransform
  | LoessTransform
  | LookupTransform
  | NestTransform
  | PackTransform
  | PartitionTransform
  | PieTransform
  | PivotTransform
  | ProjectTransform
  | QuantileTransform
  | RegressionTransform
  | ResolveFilterTransform
  | SampleTransform
  | SequenceTransform
  | StackTransform
  | StratifyTransform
  | TimeUnitTransform
  | TreeLinksTransform
  | TreemapTransform
  | TreeTransform
  | VoronoiTransform
  | WindowTransform
  | WordcloudTransform;

/** What every transform may have. */
export interface TransformBase {
  /** The signal that gets what the transform found. */
  readonly signal?: string;
}
