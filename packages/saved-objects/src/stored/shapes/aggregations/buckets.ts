import type { MetricAggregation } from './aggregation.ts';
import type { QueryClause } from '../query/queryDsl.ts';
import type { GeoBox, GeoLatLon } from '../query/queryDslGeo.ts';
import type { TermsSelection } from '../searchBody/searchBuckets.ts';
import type { StoredTimeRange } from '../time.ts';
import type { BoundsInput, BucketJsonInput, Numeric } from './jsonInput.ts';
import type { CommonAggParams, InnerSlot, Placed } from './placed.ts';

/** Parameters of a bucket aggregation over one field. */
export interface FieldBucketAggParams extends CommonAggParams<BucketJsonInput> {
  readonly field?: string | null;
}

/** By time (src/plugins/data/common/search/aggs/buckets/date_histogram.ts; so do the others with their names). */
export interface DateHistogramAgg<Slot> extends Placed<Slot> {
  readonly type: 'date_histogram';
  readonly params?: DateHistogramAggParams;
}

/** Parameters of a date histogram. */
export interface DateHistogramAggParams extends FieldBucketAggParams {
  /** `auto`, one letter for a unit, or a number and a unit; numbers are milliseconds. */
  readonly interval?: Numeric | null;
  /** The time range that the editor last saw; each reader's own takes its place. */
  readonly timeRange?: StoredTimeRange | null;
  readonly useNormalizedOpenSearchInterval?: boolean;
  /** The same in Kibana. */
  readonly useNormalizedEsInterval?: boolean;
  readonly scaleMetricValues?: boolean;
  readonly drop_partials?: boolean;
  readonly min_doc_count?: Numeric | boolean;
  readonly extended_bounds?: BoundsInput | null;
  readonly format?: string;
  readonly time_zone?: string;
  /** Kibana 7.11 on: the interval and time zone of the last request. */
  readonly used_interval?: Numeric;
  readonly used_time_zone?: string;
  readonly used_timezone?: string;
  /** Kibana 8: bounds follow the time range. */
  readonly extendToTimeRange?: boolean;
  /** Before 7.2, with `interval` `custom`. */
  readonly customInterval?: string;
}

/** By equal steps of a number. */
export interface HistogramAgg<Slot> extends Placed<Slot> {
  readonly type: 'histogram';
  readonly params?: HistogramAggParams;
}

/** Parameters of a histogram. */
export interface HistogramAggParams extends FieldBucketAggParams {
  /** `auto` from Kibana 7.11 on. */
  readonly interval?: Numeric | null;
  /** A base that the interval is a multiple of. */
  readonly intervalBase?: number | null;
  /** Whether empty buckets show; numbers before 5. */
  readonly min_doc_count?: boolean | Numeric | null;
  readonly has_extended_bounds?: boolean;
  readonly extended_bounds?: BoundsInput | null;
  /** Kibana 7.11 on, for `auto`. */
  readonly maxBars?: Numeric | null;
  readonly used_interval?: Numeric;
  /** Kibana 8. */
  readonly autoExtendBounds?: boolean;
}

/** By given ranges of a number. */
export interface RangeAgg<Slot> extends Placed<Slot> {
  readonly type: 'range';
  readonly params?: RangeAggParams;
}

/** Parameters of ranges. */
export interface RangeAggParams extends FieldBucketAggParams {
  readonly ranges?: readonly FromToRange[];
}

/** From a number (inside) to another (outside); open without. */
export interface FromToRange {
  readonly from?: Numeric | null;
  readonly to?: Numeric | null;
  readonly label?: string;
  readonly $$hashKey?: string;
}

/** By given ranges of time. */
export interface DateRangeAgg<Slot> extends Placed<Slot> {
  readonly type: 'date_range';
  readonly params?: DateRangeAggParams;
}

/** Parameters of ranges of time. */
export interface DateRangeAggParams extends FieldBucketAggParams {
  readonly ranges?: readonly DateMathRange[];
  readonly time_zone?: string | null;
}

/** From a time to another, in date math. */
export interface DateMathRange {
  readonly from?: string | null;
  readonly to?: string | null;
  readonly $$hashKey?: string;
}

/** By given ranges of addresses. */
export interface IpRangeAgg<Slot> extends Placed<Slot> {
  readonly type: 'ip_range';
  readonly params?: IpRangeAggParams;
}

/** Parameters of ranges of addresses; both lists are kept, one is used. */
export interface IpRangeAggParams extends FieldBucketAggParams {
  readonly ipRangeType?: 'fromTo' | 'mask';
  readonly ranges?: IpRanges;
}

/** Ranges of addresses in both ways. */
export interface IpRanges {
  readonly fromTo?: readonly AddressRange[];
  readonly mask?: readonly AddressMask[];
}

/** From an address to another. */
export interface AddressRange {
  readonly from?: string | null;
  readonly to?: string | null;
  readonly $$hashKey?: string;
}

/** A network, such as `10.0.0.0/8`. */
export interface AddressMask {
  readonly mask?: string | null;
  readonly $$hashKey?: string;
}

/** By the values of a field. */
export interface TermsAgg<Slot> extends Placed<Slot> {
  readonly type: 'terms';
  readonly params?: TermsAggParams;
}

/** Parameters of terms. */
export interface TermsAggParams extends FieldBucketAggParams {
  readonly size?: Numeric | null;
  readonly order?: 'asc' | 'desc' | LegacyOrder;
  /** The id of a metric (`1`, `1.95` of percentiles), `_key` (`_term` before 6), `_count`, or `custom` for {@link orderAgg}. */
  readonly orderBy?: string | null;
  readonly orderAgg?: MetricAggregation<InnerSlot> | null;
  readonly otherBucket?: boolean;
  readonly otherBucketLabel?: string | boolean;
  readonly missingBucket?: boolean;
  readonly missingBucketLabel?: string | boolean;
  readonly include?: StoredTerms | null;
  readonly exclude?: StoredTerms | null;
  /** Kibana 7.16 on. */
  readonly includeIsRegex?: boolean;
  readonly excludeIsRegex?: boolean;
  readonly shardSize?: Numeric;
}

/** Which terms. */
export type StoredTerms = TermsSelection | TermsPattern;

/** Kibana 4: a regular expression with flags (src/plugins/data/common/search/aggs/buckets/migrate_include_exclude_format.ts reads it still). */
export interface TermsPattern {
  readonly pattern?: string;
  readonly flags?: string | readonly string[];
}

/** Kibana 4 kept the order with its name. */
export interface LegacyOrder {
  readonly val?: 'asc' | 'desc';
  readonly value?: 'asc' | 'desc';
  readonly display?: string;
  readonly text?: string;
}

/** By the values that stand out. */
export interface SignificantTermsAgg<Slot> extends Placed<Slot> {
  readonly type: 'significant_terms';
  readonly params?: SignificantTermsAggParams;
}

/** Parameters of significant terms. */
export interface SignificantTermsAggParams extends FieldBucketAggParams {
  readonly size?: Numeric | null;
  readonly include?: StoredTerms | null;
  readonly exclude?: StoredTerms | null;
}

/** By queries. */
export interface FiltersAgg<Slot> extends Placed<Slot> {
  readonly type: 'filters';
  readonly params?: FiltersAggParams;
}

/** Parameters of queries as buckets. */
export interface FiltersAggParams extends CommonAggParams<BucketJsonInput> {
  readonly filters?: readonly BucketFilter[];
}

/** A query with a name. */
export interface BucketFilter {
  readonly input?: FilterInput;
  readonly label?: string | null;
  readonly $$hashKey?: string;
}

/** A query of a bucket. */
export interface FilterInput {
  /** A query of OpenSearch's own before 6.3, of which 7.3 made text where it was a `query_string`. */
  readonly query?: string | QueryClause | null;
  readonly language?: 'kuery' | 'lucene';
}

/** By one query or box: what maps put around their grid. */
export interface FilterAgg<Slot> extends Placed<Slot> {
  readonly type: 'filter';
  readonly params?: FilterAggParams;
}

/** Parameters of one filter. */
export interface FilterAggParams extends CommonAggParams<BucketJsonInput> {
  readonly filter?: FilterInput;
  readonly geo_bounding_box?: GeoBox;
}

/** By cells of a geohash. */
export interface GeohashGridAgg<Slot> extends Placed<Slot> {
  readonly type: 'geohash_grid';
  readonly params?: GeohashGridAggParams;
}

/** Parameters of cells (src/plugins/data/common/search/aggs/buckets/geo_hash.ts); what of the map the editor last saw, before 7. */
export interface GeohashGridAggParams extends FieldBucketAggParams {
  readonly autoPrecision?: boolean;
  readonly precision?: Numeric;
  readonly useGeocentroid?: boolean;
  readonly isFilteredByCollar?: boolean;
  readonly boundingBox?: GeoBox | null;
  readonly mapZoom?: number;
  readonly mapCenter?: GeoLatLon | readonly number[];
  readonly mapBounds?: GeoBox;
}

/** By tiles of a map. */
export interface GeotileGridAgg<Slot> extends Placed<Slot> {
  readonly type: 'geotile_grid';
  readonly params?: GeotileGridAggParams;
}

/** Parameters of tiles. */
export interface GeotileGridAggParams extends FieldBucketAggParams {
  readonly useGeocentroid?: boolean;
  readonly precision?: Numeric;
}
