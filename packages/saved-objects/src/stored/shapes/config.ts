import type { StoredFieldFormat } from './indexPattern/fieldFormat.ts';
import type { Wms } from './kinds/maps.ts';
import type { StoredRefreshInterval, StoredTimeRange } from './time.ts';
import type { ColorByLabel } from './uiState.ts';

/**
 * Attributes of `config`: advanced settings that differ from the defaults (src/core/server/ui_settings/settings,
 * src/plugins/data/server/ui_settings.ts and those of other plugins in OpenSearch Dashboards; Kibana 7.17:
 * src/plugins/kibana_usage_collection/server/collectors/management/types.ts). Null is one set back to its default.
 */
export type ConfigAttributes = KnownSettings & OtherSettings;

/** By name: settings of plugins that aren't listed in {@link KnownSettings}. */
export interface OtherSettings {
  readonly [setting: string]: SettingValue;
}

/** What a setting can be; those that are JSON are taken apart. */
export type SettingValue = string | number | boolean | null | readonly string[] | SettingJson;

/** Settings that the products keep as JSON. */
export type SettingJson = StoredTimeRange | StoredRefreshInterval | readonly QuickRange[] | readonly ScaledFormat[] | QueryStringSettings | SortSettings | DefaultFormats | ColorByLabel | Wms;

/** The settings of the products' own plugins. */
export interface KnownSettings extends DateSettings, DataSettings, FormatSettings, DiscoverSettings, VisualizationSettings, PageSettings {
  /** The build that last wrote them. */
  readonly buildNum?: number | string | null;
  readonly isDefaultIndexMigrated?: boolean | null;
}

/** src/core/server/ui_settings/settings/date_formats.ts. */
interface DateSettings {
  readonly dateFormat?: string | null;
  readonly 'dateFormat:tz'?: string | null;
  readonly 'dateFormat:scaled'?: readonly ScaledFormat[] | null;
  readonly 'dateFormat:dow'?: string | null;
  readonly dateNanosFormat?: string | null;
  readonly 'timepicker:timeDefaults'?: StoredTimeRange | null;
  readonly 'timepicker:refreshIntervalDefaults'?: StoredRefreshInterval | null;
  readonly 'timepicker:quickRanges'?: readonly QuickRange[] | null;
}

/** An interval of ISO 8601, and the format from it on. */
export type ScaledFormat = readonly string[];

/** A range that the time picker offers. */
export interface QuickRange {
  readonly from: string;
  readonly to: string;
  readonly display: string;
  /** Before 7.0: in which column. */
  readonly section?: number;
}

/** src/plugins/data/server/ui_settings.ts. */
interface DataSettings {
  readonly defaultIndex?: string | null;
  readonly metaFields?: readonly string[] | null;
  readonly 'query:queryString:options'?: QueryStringSettings | null;
  readonly 'query:allowLeadingWildcards'?: boolean | null;
  readonly 'query:enhancements:enabled'?: boolean | null;
  readonly 'query:dataframe:hydrationStrategy'?: string | null;
  readonly 'search:queryLanguage'?: string | null;
  readonly 'search:queryLanguageBlocklist'?: readonly string[] | null;
  readonly 'search:includeFrozen'?: boolean | null;
  readonly 'search:includeAllFields'?: boolean | null;
  readonly 'search:timeout'?: number | string | null;
  readonly 'search:maxRecentDatasets'?: number | string | null;
  readonly 'sort:options'?: SortSettings | null;
  readonly 'courier:ignoreFilterIfFieldNotInIndex'?: boolean | null;
  readonly 'courier:setRequestPreference'?: 'sessionId' | 'custom' | 'none' | null;
  readonly 'courier:customRequestPreference'?: string | null;
  readonly 'courier:maxConcurrentShardRequests'?: number | string | null;
  readonly 'courier:batchSearches'?: boolean | null;
  readonly 'histogram:barTarget'?: number | string | null;
  readonly 'histogram:maxBars'?: number | string | null;
  readonly 'history:limit'?: number | string | null;
  readonly 'shortDots:enable'?: boolean | null;
  readonly 'indexPattern:placeholder'?: string | null;
  readonly 'filters:pinnedByDefault'?: boolean | null;
  readonly 'filterEditor:suggestValues'?: boolean | null;
  readonly 'autocomplete:useTimeRange'?: boolean | null;
  readonly 'autocomplete:valueSuggestionMethod'?: string | null;
  readonly 'data:withLongNumerals'?: boolean | null;
}

/** Of Lucene's parser. */
export interface QueryStringSettings {
  readonly analyze_wildcard?: boolean;
  readonly default_field?: string;
  readonly lenient?: boolean;
}

/** Of sorting. */
export interface SortSettings {
  readonly unmapped_type?: string;
}

/** src/plugins/data/server/ui_settings.ts: how values are written. */
interface FormatSettings {
  readonly 'format:defaultTypeMap'?: DefaultFormats | null;
  readonly 'format:number:defaultPattern'?: string | null;
  readonly 'format:number:defaultLocale'?: string | null;
  readonly 'format:bytes:defaultPattern'?: string | null;
  readonly 'format:percent:defaultPattern'?: string | null;
  readonly 'format:currency:defaultPattern'?: string | null;
}

/** By name: the format of a type of field; `_default_` is of all others. */
export interface DefaultFormats {
  readonly [type: string]: StoredFieldFormat & NanosecondsMark;
}

/** A format of the search server's dates with nanoseconds. */
export interface NanosecondsMark {
  readonly es?: boolean;
  readonly opensearch?: boolean;
}

/** src/plugins/discover/server/ui_settings.ts. */
interface DiscoverSettings {
  readonly defaultColumns?: readonly string[] | null;
  readonly 'discover:sampleSize'?: number | string | null;
  readonly 'discover:aggs:terms:size'?: number | string | null;
  readonly 'discover:sort:defaultOrder'?: 'asc' | 'desc' | null;
  readonly 'discover:searchOnPageLoad'?: boolean | null;
  readonly 'discover:modifyColumnsOnSwitch'?: boolean | null;
  readonly 'discover:searchFieldsFromSource'?: boolean | null;
  readonly 'discover:rowHeightOption'?: number | null;
  readonly 'discover:maxDocFieldsDisplayed'?: number | null;
  readonly 'discover:showMultiFields'?: boolean | null;
  readonly 'discover:v2'?: boolean | null;
  readonly 'doc_table:highlight'?: boolean | null;
  readonly 'doc_table:hideTimeColumn'?: boolean | null;
  readonly 'doc_table:legacy'?: boolean | null;
  readonly 'doc_table:useDataGridTable'?: boolean | null;
  readonly 'fields:popularLimit'?: number | string | null;
  readonly 'context:defaultSize'?: number | string | null;
  readonly 'context:step'?: number | string | null;
  readonly 'context:tieBreakerFields'?: readonly string[] | null;
  readonly 'truncate:maxHeight'?: number | string | null;
}

/** Of charts, maps, Timelion and TSVB (src/plugins/vis_type_vislib, charts, maps_legacy, vis_type_timelion, vis_type_timeseries). */
interface VisualizationSettings {
  readonly 'visualization:colorMapping'?: ColorByLabel | null;
  readonly 'visualization:dimmingOpacity'?: number | string | null;
  readonly 'visualization:heatmap:maxBuckets'?: number | string | null;
  readonly 'visualization:regionmap:showWarnings'?: boolean | null;
  readonly 'visualization:tileMap:maxPrecision'?: number | string | null;
  readonly 'visualization:tileMap:WMSdefaults'?: Wms | null;
  readonly 'visualization:visualize:legacyChartsLibrary'?: boolean | null;
  readonly 'visualization:visualize:legacyPieChartsLibrary'?: boolean | null;
  readonly 'visualize:enableLabs'?: boolean | null;
  readonly 'timelion:es.timefield'?: string | null;
  readonly 'timelion:es.default_index'?: string | null;
  readonly 'timelion:target_buckets'?: number | string | null;
  readonly 'timelion:max_buckets'?: number | string | null;
  readonly 'timelion:min_interval'?: string | null;
  readonly 'timelion:default_columns'?: number | string | null;
  readonly 'timelion:default_rows'?: number | string | null;
  readonly 'timelion:graphite.url'?: string | null;
  readonly 'timelion:quandl.key'?: string | null;
  readonly 'metrics:max_buckets'?: number | string | null;
  readonly 'metrics:allowStringIndices'?: boolean | null;
}

/** src/core/server/ui_settings/settings, and of lists, exports and sharing. */
interface PageSettings {
  readonly defaultRoute?: string | null;
  readonly 'accessibility:disableAnimations'?: boolean | null;
  readonly 'theme:darkMode'?: boolean | 'enabled' | 'disabled' | 'system' | null;
  readonly 'theme:version'?: string | null;
  readonly 'theme:enableUserControl'?: boolean | null;
  readonly 'home:useNewHomePage'?: boolean | null;
  readonly pageNavigation?: 'modern' | 'legacy' | null;
  readonly hideAnnouncements?: boolean | null;
  readonly 'state:storeInSessionStorage'?: boolean | null;
  readonly 'notifications:banner'?: string | null;
  readonly 'notifications:lifetime:banner'?: number | string | null;
  readonly 'notifications:lifetime:error'?: number | string | null;
  readonly 'notifications:lifetime:info'?: number | string | null;
  readonly 'notifications:lifetime:warning'?: number | string | null;
  readonly 'savedObjects:perPage'?: number | string | null;
  readonly 'savedObjects:listingLimit'?: number | string | null;
  readonly 'csv:separator'?: string | null;
  readonly 'csv:quoteValues'?: boolean | null;
  readonly 'telemetry:optIn'?: boolean | null;
  readonly 'xPackMonitoring:showBanner'?: boolean | null;
}
