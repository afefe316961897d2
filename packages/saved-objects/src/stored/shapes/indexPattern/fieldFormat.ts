/** How a field's values are written: by a format of its own, or by the one of its type with other parameters. */
export type StoredFieldFormat = FieldFormatById | DefaultFormat;

/**
 * A format (src/plugins/data/common/field_formats/converters in OpenSearch Dashboards, src/plugins/field_formats in Kibana 7.16).
 *
 * @discriminator id
 */
export type FieldFormatById =
  | NumeralFormat
  | DurationFormat
  | DateFormat
  | DateNanosFormat
  | UrlFormat
  | StringFormat
  | TruncateFormat
  | ColorFormat
  | StaticLookupFormat
  | GeoPointFormat
  | HistogramFormat
  | PlainFormat;

/** Where the product is, as the editor's preview of links knew it; each format may keep it. */
export interface FormatOrigin {
  readonly parsedUrl?: ParsedUrl;
}

/** A page's address in parts. */
export interface ParsedUrl {
  readonly origin?: string;
  readonly pathname?: string;
  readonly basePath?: string;
}

/** Only parameters: the id is the one of the field's type. */
export interface DefaultFormat {
  readonly params?: DefaultFormatParams;
}

/** A pattern of what the type's own format is written by. */
export interface DefaultFormatParams extends FormatOrigin {
  readonly pattern?: string | null;
}

/** Numbers by a pattern of Numeral.js. */
export interface NumeralFormat {
  readonly id: 'number' | 'bytes' | 'percent' | 'currency';
  readonly params?: NumeralFormatParams;
}

/** The pattern, or the setting's own where there is none. */
export interface NumeralFormatParams extends FormatOrigin {
  readonly pattern?: string | null;
}

/** Numbers that are durations. */
export interface DurationFormat {
  readonly id: 'duration';
  readonly params?: DurationFormatParams;
}

/** From a unit to words or another unit. */
export interface DurationFormatParams extends FormatOrigin {
  readonly inputFormat?: 'picoseconds' | 'nanoseconds' | 'microseconds' | 'milliseconds' | 'seconds' | 'minutes' | 'hours' | 'days' | 'weeks' | 'months' | 'years' | null;
  /** `humanizePrecise` since Kibana 7.12. */
  readonly outputFormat?: 'humanize' | 'humanizePrecise' | 'asMilliseconds' | 'asSeconds' | 'asMinutes' | 'asHours' | 'asDays' | 'asWeeks' | 'asMonths' | 'asYears' | null;
  readonly outputPrecision?: number | string | null;
  readonly showSuffix?: boolean;
  /** Kibana from 7.12. */
  readonly useShortSuffix?: boolean;
  readonly includeSpaceWithSuffix?: boolean;
}

/** Dates by a pattern of Moment.js. */
export interface DateFormat {
  readonly id: 'date';
  readonly params?: DateFormatParams;
}

/** The pattern and the time zone, or the settings' own. */
export interface DateFormatParams extends FormatOrigin {
  readonly pattern?: string | null;
  readonly timezone?: string | null;
}

/** Dates with nanoseconds. */
export interface DateNanosFormat {
  readonly id: 'date_nanos';
  readonly params?: DateNanosFormatParams;
}

/** With a pattern for dates without nanoseconds. */
export interface DateNanosFormatParams extends DateFormatParams {
  readonly fallbackPattern?: string | null;
}

/** A link, a picture or a sound. */
export interface UrlFormat {
  readonly id: 'url';
  readonly params?: UrlFormatParams;
}

/** Templates with `{{value}}` and `{{rawValue}}` in them. */
export interface UrlFormatParams extends FormatOrigin, BeatsFormatParams {
  readonly type?: 'a' | 'img' | 'audio' | null;
  readonly urlTemplate?: string | null;
  readonly labelTemplate?: string | null;
  readonly openLinkInCurrentTab?: boolean;
  readonly width?: number | string | null;
  readonly height?: number | string | null;
}

/** What Beats write beside a link's parameters out of their `fields.yml`; no product reads it there. */
interface BeatsFormatParams {
  readonly inputFormat?: string;
  readonly outputFormat?: string;
  readonly outputPrecision?: number | string;
  readonly pattern?: string;
}

/** Text changed in some way. */
export interface StringFormat {
  readonly id: 'string';
  readonly params?: StringFormatParams;
}

/** In which way; `false` and its text are in none. */
export interface StringFormatParams extends FormatOrigin {
  readonly transform?: false | 'false' | 'lower' | 'upper' | 'title' | 'short' | 'base64' | 'urlparam' | null;
}

/** The beginning of a text. */
export interface TruncateFormat {
  readonly id: 'truncate';
  readonly params?: TruncateFormatParams;
}

/** How much of it. */
export interface TruncateFormatParams extends FormatOrigin {
  readonly fieldLength?: number | string | null;
}

/** Colours by value. */
export interface ColorFormat {
  readonly id: 'color';
  readonly params?: ColorFormatParams;
}

/** By range for numbers, by regular expression for text. */
export interface ColorFormatParams extends FormatOrigin {
  readonly fieldType?: 'number' | 'string' | null;
  readonly colors?: readonly FormatColor[];
}

/** One colour and its values. */
export interface FormatColor {
  /** From and to, with a colon between them. */
  readonly range?: string;
  readonly regex?: string;
  readonly text?: string;
  readonly background?: string;
}

/** Other text for known values. */
export interface StaticLookupFormat {
  readonly id: 'static_lookup';
  readonly params?: StaticLookupFormatParams;
}

/** Which text for which value. */
export interface StaticLookupFormatParams extends FormatOrigin {
  readonly lookupEntries?: readonly LookupEntry[];
  readonly unknownKeyValue?: string | number | null;
}

/** Empty in a list that nothing was written into. */
export interface LookupEntry {
  readonly key?: string | number | boolean;
  readonly value?: string | number | boolean | null;
}

/** Points on the Earth (Kibana from 7.16). */
export interface GeoPointFormat {
  readonly id: 'geo_point';
  readonly params?: GeoPointFormatParams;
}

/** How a point is written. */
export interface GeoPointFormatParams extends FormatOrigin {
  readonly transform?: 'none' | 'string' | 'wkt' | null;
}

/** Histograms (Kibana from 7.11): the format of their numbers. */
export interface HistogramFormat {
  readonly id: 'histogram';
  readonly params?: HistogramFormatParams;
}

/** A numeral format inside. */
export interface HistogramFormatParams extends FormatOrigin {
  readonly id?: 'number' | 'bytes' | 'percent';
  readonly params?: NumeralFormatParams;
}

/** Formats without parameters. `percentage` is what Beats write for some fields; products then take the type's own format. */
export interface PlainFormat {
  readonly id: 'boolean' | 'ip' | 'relative_date' | '_source' | 'percentage';
  readonly params?: FormatOrigin;
}
