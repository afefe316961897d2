export type {
  Bucket,
  AnyBucketOf,
  BucketOf,
  BucketOptions,
  DateHistogramBucket,
  DateRangeBucket,
  ExtendedBounds,
  FiltersBucket,
  GeohashGridBucket,
  GeotileGridBucket,
  HistogramBucket,
  IpRangeBucket,
  IpRanges,
  RangeBucket,
  SignificantTermsBucket,
  StepsBucketOf,
  TermsBucket,
  TermsBucketOf,
  TermsOrder,
} from './aggregations/buckets.ts';
export { geohashGrid, geotileGrid } from './aggregations/grids.ts';
export type { GeohashGridOptions, GeotileGridOptions } from './aggregations/grids.ts';
export { dateHistogram, dateRange, histogram, ipRange, range } from './aggregations/histograms.ts';
export type { DateHistogramOptions, HistogramOptions } from './aggregations/histograms.ts';
export { avg, count, max, median, min, percentileRanks, percentiles, stdDev, sum, topHits, uniqueCount } from './aggregations/metricBuilders.ts';
export type { TopHitsOptions } from './aggregations/metricBuilders.ts';
export type {
  AdditiveMetricOf,
  AggregatableType,
  CellMetricOf,
  ColumnMetricOf,
  CountMetric,
  FieldMetric,
  FieldMetricKind,
  HitsTogether,
  Metric,
  MetricOf,
  MetricOptions,
  NumberMetricOf,
  ParentPipelineKind,
  ParentPipelineMetric,
  ParentPipelineMetricOf,
  PlainMetricOf,
  PointMetricOf,
  SiblingMetric,
  SiblingMetricKind,
  SiblingMetricOf,
  SingleMetricOf,
  TopHitsMetric,
  TopNumberOf,
  TopValueOf,
} from './aggregations/metrics.ts';
export { averageBucket, cumulativeSum, derivative, maxBucket, minBucket, movingAverage, serialDifference, sumBucket } from './aggregations/pipelines.ts';
export type { PipedMetric, PlainMetric } from './aggregations/pipelines.ts';
export { filters, significantTerms, terms } from './aggregations/termBuckets.ts';
export type { OrderMetric, SignificantTermsOptions, TermsOptions } from './aggregations/termBuckets.ts';
export { bundle } from './bundle.ts';
export type { Bundle } from './bundle.ts';
export { dashboard } from './dashboards/dashboard.ts';
export type { Dashboard, DashboardOptions } from './dashboards/dashboard.ts';
export { dashboardLink } from './dashboards/link.ts';
export type { DashboardLinkOptions } from './dashboards/link.ts';
export { panel, row } from './dashboards/panel.ts';
export type { Panel, PanelOptions, Placeable, Row } from './dashboards/panel.ts';
export { dataView } from './dataView.ts';
export type { DataView, DataViewOptions } from './dataView.ts';
export type {
  ColorFormat,
  DateFormat,
  DurationFormat,
  DurationFormatUnit,
  FieldFormat,
  LookupFormat,
  NamedFormat,
  NumberFormat,
  PlainFormat,
  StringFormat,
  TruncateFormat,
  UrlFormat,
} from './fieldFormats.ts';
export type { ScriptedField, ScriptedFields, WithScripted } from './scriptedFields.ts';
export { dataViewFrom } from './dataViewFrom.ts';
export { fieldProblems } from './fieldProblems.ts';
export type { FieldProblem } from './fieldProblems.ts';
export { existsFilter, phraseFilter, phrasesFilter, queryFilter, rangeFilter } from './filters/filter.ts';
export type { Filter, FilterBounds, FilterOptions, FilterValue } from './filters/filter.ts';
export type { ColorOptions, ColorSchema } from './kinds/colors.ts';
export { controls, listControl, rangeControl } from './kinds/controls.ts';
export type { ControlsOptions, ListControl, ListControlOptions, RangeControl, RangeControlOptions } from './kinds/controls.ts';
export { gauge, goal } from './kinds/gauge.ts';
export type { DialLook, GaugeOptions, GoalOptions } from './kinds/gauge.ts';
export { heatmap } from './kinds/heatmap.ts';
export type { HeatmapLook, HeatmapOptions } from './kinds/heatmap.ts';
export type { Charts } from './kinds/lists.ts';
export { regionMap, tileMap } from './kinds/maps.ts';
export type { MapLook, RegionLayer, RegionMapOptions, TileMapOptions, WmsLayer } from './kinds/maps.ts';
export { markdown } from './kinds/markdown.ts';
export type { MarkdownOptions } from './kinds/markdown.ts';
export { metric } from './kinds/metricPanel.ts';
export type { MetricLook, MetricPanelOptions } from './kinds/metricPanel.ts';
export { pie } from './kinds/pie.ts';
export type { PieLabels, PieLook, PieOptions } from './kinds/pie.ts';
export { table } from './kinds/table.ts';
export type { TableLook, TableOptions } from './kinds/table.ts';
export { tagcloud } from './kinds/tagcloud.ts';
export type { TagcloudLook, TagcloudOptions } from './kinds/tagcloud.ts';
export { annotation } from './kinds/timeSeries/annotation.ts';
export type { Annotation, AnnotationOptions } from './kinds/timeSeries/annotation.ts';
export { filterRatio, math, positiveOnly, positiveRate, staticValue, sumOfSquares, valueCount, variance } from './kinds/timeSeries/metrics.ts';
export type {
  FilterRatioMetric,
  MathMetric,
  NumberMetric,
  PositiveOnlyMetric,
  PositiveRateMetric,
  RateUnit,
  StaticMetric,
  TimeSeriesFieldMetricOf,
  TimeSeriesMetric,
  TimeSeriesMetricOf,
} from './kinds/timeSeries/metrics.ts';
export type { LastValueLook, TimeSeriesLook, TimeSeriesOptions, TimeSeriesPanelLook } from './kinds/timeSeries/panel.ts';
export { timeSeries, timeSeriesGauge, timeSeriesMarkdown, timeSeriesMetric, timeSeriesTable, timeSeriesTopN } from './kinds/timeSeries/panels.ts';
export type { TimeSeriesGaugeOptions, TimeSeriesMarkdownOptions, TimeSeriesMetricOptions, TimeSeriesTableOptions, TimeSeriesTopNOptions } from './kinds/timeSeries/panels.ts';
export { seriesOf } from './kinds/timeSeries/series.ts';
export type { ColorRule, DurationUnit, ForeignSeries, SeriesLook, TimeSeriesOf, ValueFormat } from './kinds/timeSeries/series.ts';
export { timelion } from './kinds/timelion.ts';
export type { TimelionOptions } from './kinds/timelion.ts';
export { vega, vegaLite } from './kinds/vega.ts';
export type { VegaOptions } from './kinds/vega.ts';
export { savedQuery } from './objects/savedQuery.ts';
export type { SavedQuery, SavedQueryOptions } from './objects/savedQuery.ts';
export { settings } from './objects/settings.ts';
export type { Settings, SettingsOptions, TimeDefaults } from './objects/settings.ts';
export { shortUrl } from './objects/shortUrl.ts';
export type { ShortUrl } from './objects/shortUrl.ts';
export { toNdjson } from './ndjson.ts';
export type { Definition, Query, SavedObject, SavedObjectReference, SavedObjectType } from './savedObject.ts';
export { search } from './search.ts';
export type { Search, SearchOptions, SortBy } from './search.ts';
export { visualizationFrom } from './specification/specification.ts';
export type { BucketSpec, MetricSpec, SpecKind, VisualizationSpec } from './specification/spec.ts';
export { toTypeScript } from './typescript.ts';
export type { CommonOptions, LookOptions, SearchedOptions, Visualization, VisualizationKind } from './kinds/visualization.ts';
export { area, horizontalBar, line, verticalBar } from './kinds/xy.ts';
export type { AxisLabels, AxisScale, CategoryAxisOptions, LabelRotation, SeriesMode, SeriesOf, ThresholdLine, ValueAxisOptions, XyAlongAny, XyAlongSteps, XyKind, XyLook, XyOptions } from './kinds/xyOptions.ts';
export { checkSavedObjects } from './check/checkSavedObjects.ts';
export type { Checked, CheckOptions } from './check/checkSavedObjects.ts';
export { RULES } from './check/finding.ts';
export type { Finding, RuleId, Severity } from './check/finding.ts';
export { formatFindings } from './check/formatFindings.ts';
export { toSarif } from './check/sarif.ts';
export { migrateSavedObject } from './migrate/migrate.ts';
export { TARGETS } from './products/targets.ts';
export type { Target, TargetFacts, TypeFacts } from './products/targets.ts';
export type { StoredForm } from './read/forms.ts';
export type { Place, ReadEntry, ReadObject, ReadProblem } from './read/reader.ts';
export { readSavedObjects, readSavedObjectStream } from './read/readSavedObjects.ts';
export type { ReadOptions, ReadResult } from './read/readSavedObjects.ts';
export type { Json, JsonObject, StoredObject, StoredReference } from './read/storedObject.ts';
export { CONVERSION_RULES } from './convert/change.ts';
export type { ConversionChange, ConversionRule } from './convert/change.ts';
export { convertSavedObjects } from './convert/convertSavedObjects.ts';
export type { Conversion } from './convert/convertSavedObjects.ts';
export { diffSavedObjects, formatObjectDiffs } from './diff/diffSavedObjects.ts';
export type { ObjectDiff, ObjectDifference } from './diff/diffSavedObjects.ts';
export type { DashboardsConnection } from './live/connection.ts';
export { exportSavedObjects } from './live/exportSavedObjects.ts';
export type { ExportOptions, ExportSelection } from './live/exportSavedObjects.ts';
export { importSavedObjects } from './live/importSavedObjects.ts';
export type { ImportOptions, ImportResult } from './live/importSavedObjects.ts';
export { defineVisualization } from './custom/defineVisualization.ts';
export type { FilledView, KindDefinition, KindInput, KindPreview, KindUse, PreviewInput, ViewTable, VisStateParts, VisualizationKindOf } from './custom/defineVisualization.ts';
export type { OptionsGiven, OptionShape, OptionTable, OptionValues } from './custom/options.ts';
export { ROLE_TYPES } from './custom/roles.ts';
export type { CatalogueOf, FieldsByRole, FieldsFor, Role, RoleField, RoleKind, Roles } from './custom/roles.ts';
export { vegaPreview } from './custom/vegaPreview.ts';
export type { PreviewLook } from './custom/vegaPreview.ts';
export { vegaSearch } from './custom/vegaSearch.ts';
export type { VegaSearchOptions } from './custom/vegaSearch.ts';
export type { VegaAnswers, VegaSpec } from './custom/vegaSpec.ts';
export { decompileSavedObjects } from './decompile/decompileSavedObjects.ts';
export type { Decompiled, RawPart, SourceFile } from './decompile/decompileSavedObjects.ts';
export { raw } from './stored/storedDefinition.ts';
export type { MigrationVersions, StoredDefinition, StoredLink, StoredOptions, StoredRest } from './stored/storedDefinition.ts';
export { storedConfig, storedDashboard, storedIndexPattern, storedObject, storedQuery, storedSearch, storedUrl, storedVisualization } from './stored/stored.ts';
export type { PlacedDashboard, PlacedPanel, SearchingOptions } from './stored/stored.ts';
export { isShapedType, shapeProblems } from './stored/shapeProblems.ts';
export type { ShapeProblem } from './stored/shapeProblems.ts';
export { decodeAttributes, encodeAttributes } from './stored/innerJson.ts';
export type { Shapes, ShapedType } from './stored/shapes/shapes.ts';
export type { VisualizationAttributes } from './stored/shapes/visualization.ts';
export type { VisState } from './stored/shapes/visState.ts';
export type { UiState } from './stored/shapes/uiState.ts';
export type { SavedObjectMeta, SearchSource } from './stored/shapes/searchSource.ts';
export type { StoredFilter } from './stored/shapes/filter.ts';
export type { QueryClause } from './stored/shapes/query/queryDsl.ts';
export type { DashboardAttributes } from './stored/shapes/dashboard/dashboard.ts';
export type { DashboardPanel } from './stored/shapes/dashboard/panel.ts';
export type { SearchAttributes } from './stored/shapes/search.ts';
export type { IndexPatternAttributes } from './stored/shapes/indexPattern/indexPattern.ts';
export type { QueryAttributes, UrlAttributes } from './stored/shapes/others.ts';
export type { ConfigAttributes } from './stored/shapes/config.ts';
export type { TsvbParams } from './stored/shapes/tsvb/params.ts';
export type { VegaParams } from './stored/shapes/vega/params.ts';
