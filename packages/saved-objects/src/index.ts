export { dateHistogram, filters, histogram, range, terms } from './buckets.ts';
export type {
  Bucket,
  BucketOf,
  BucketOptions,
  DateHistogramBucket,
  FiltersBucket,
  HistogramBucket,
  RangeBucket,
  TermsBucket,
} from './buckets.ts';
export { bundle } from './bundle.ts';
export type { Bundle } from './bundle.ts';
export { dashboard, panel, row } from './dashboard.ts';
export type { Dashboard, DashboardOptions, Panel, Placeable, Row } from './dashboard.ts';
export { dataView } from './dataView.ts';
export type { DataView, DataViewOptions, FieldFormat } from './dataView.ts';
export { dataViewFrom } from './dataViewFrom.ts';
export { fieldProblems } from './fieldProblems.ts';
export type { FieldProblem } from './fieldProblems.ts';
export { avg, count, max, min, percentiles, sum, uniqueCount } from './metrics.ts';
export type {
  AdditiveMetricOf,
  AggregatableType,
  CountMetric,
  FieldMetric,
  FieldMetricKind,
  Metric,
  MetricOf,
  MetricOptions,
  SingleMetricOf,
} from './metrics.ts';
export { toNdjson } from './ndjson.ts';
export type { Definition, Query, SavedObject, SavedObjectReference, SavedObjectType } from './savedObject.ts';
export { search } from './search.ts';
export type { Search, SearchOptions } from './search.ts';
export { gauge, markdown, metric, pie, table } from './single.ts';
export type { GaugeOptions, MetricPanelOptions, PieOptions, TableOptions } from './single.ts';
export { visualizationFrom } from './specification.ts';
export type { BucketSpec, MetricSpec, VisualizationSpec } from './specification.ts';
export { toTypeScript } from './typescript.ts';
export type { CommonOptions, Visualization, VisualizationKind } from './visualization.ts';
export { area, horizontalBar, line, verticalBar } from './xy.ts';
export type { XyKind, XyOptions } from './xy.ts';
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
export type { AwsCredentials, BasicAuth, DashboardsAuth, SignatureAuth } from './live/auth.ts';
export type { DashboardsConnection } from './live/connection.ts';
export { diffLiveSavedObjects } from './live/diffLiveSavedObjects.ts';
export { exportSavedObjects } from './live/exportSavedObjects.ts';
export type { ExportOptions, ExportSelection } from './live/exportSavedObjects.ts';
export { importSavedObjects } from './live/importSavedObjects.ts';
export type { ImportOptions, ImportResult } from './live/importSavedObjects.ts';
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
