import { isJsonObject, type Json } from './read/storedObject.ts';

/** Formats by one word. Durations name the unit that documents carry. */
export type NamedFormat = 'bytes' | 'percent' | 'microseconds' | 'milliseconds' | 'seconds';

/** A number by a pattern of numeral.js, such as `0,0.[00]`. */
export interface NumberFormat {
  readonly id: 'number' | 'bytes' | 'percent';
  readonly pattern?: string;
}

/** A unit of durations. */
export type DurationFormatUnit = 'picoseconds' | 'nanoseconds' | 'microseconds' | 'milliseconds' | 'seconds' | 'minutes' | 'hours' | 'days' | 'weeks' | 'months' | 'years';

/** A number as a duration. */
export interface DurationFormat {
  readonly id: 'duration';
  /** The unit that documents carry. */
  readonly inputFormat: DurationFormatUnit;
  readonly outputFormat: 'humanize' | 'asMilliseconds' | 'asSeconds' | 'asMinutes' | 'asHours' | 'asDays' | 'asWeeks' | 'asMonths' | 'asYears';
  readonly outputPrecision?: number;
  readonly showSuffix?: boolean;
}

/** A date by a pattern of moment.js. */
export interface DateFormat {
  readonly id: 'date' | 'date_nanos';
  readonly pattern?: string;
  readonly timezone?: string;
}

/** A text, changed. */
export interface StringFormat {
  readonly id: 'string';
  readonly transform: 'lower' | 'upper' | 'title' | 'short' | 'base64' | 'urlparam' | false;
}

/** A text, cut. */
export interface TruncateFormat {
  readonly id: 'truncate';
  readonly fieldLength: number;
}

/** A link, a picture or a sound, by the value. */
export interface UrlFormat {
  readonly id: 'url';
  /** @default 'a' */
  readonly type?: 'a' | 'img' | 'audio';
  /** `{{value}}` is the value, encoded; `{{rawValue}}` as it is. */
  readonly urlTemplate?: string;
  /** `{{value}}` and `{{url}}`. */
  readonly labelTemplate?: string;
  readonly openLinkInCurrentTab?: boolean;
  readonly width?: string;
  readonly height?: string;
}

/** Values in colours. */
export interface ColorFormat {
  readonly id: 'color';
  readonly fieldType: 'number' | 'string';
  readonly colors: readonly {
    /** For numbers: `10:20`. */
    readonly range?: string;
    /** For texts: a regular expression. */
    readonly regex?: string;
    readonly text?: string;
    readonly background?: string;
  }[];
}

/** Other texts for values. */
export interface LookupFormat {
  readonly id: 'static_lookup';
  readonly lookupEntries: readonly { readonly key: string; readonly value: string }[];
  readonly unknownKeyValue?: string | null;
}

/** What has no parameters. */
export interface PlainFormat {
  readonly id: 'boolean' | 'ip' | 'relative_date' | '_source';
}

/**
 * How values of a field are shown: the converters of src/plugins/data/common/field_formats/converters of OpenSearch
 * Dashboards by their ids and parameters, or one word for the frequent ones.
 */
export type FieldFormat = NamedFormat | NumberFormat | DurationFormat | DateFormat | StringFormat | TruncateFormat | UrlFormat | ColorFormat | LookupFormat | PlainFormat;

/** A format as an index pattern stores it. */
export interface StoredFormat {
  readonly id: string;
  readonly params?: { readonly [name: string]: Json | undefined };
}

const NAMED: Readonly<Record<NamedFormat, StoredFormat>> = {
  bytes: { id: 'bytes' },
  percent: { id: 'percent', params: { pattern: '0,0.[0]%' } },
  microseconds: duration('microseconds', 'asMilliseconds'),
  milliseconds: duration('milliseconds', 'asMilliseconds'),
  seconds: duration('seconds', 'asSeconds'),
};

const IDS: readonly string[] = ['number', 'bytes', 'percent', 'duration', 'date', 'date_nanos', 'string', 'truncate', 'url', 'color', 'static_lookup', 'boolean', 'ip', 'relative_date', '_source'];

/** Without the suffix the product shows a bare number. */
function duration(inputFormat: NamedFormat, outputFormat: string): StoredFormat {
  return { id: 'duration', params: { inputFormat, outputFormat, outputPrecision: 2, showSuffix: true } };
}

/** A format as the product stores it. */
export function storedFormat(format: FieldFormat): StoredFormat {
  if (typeof format === 'string') return NAMED[format];
  const { id, ...params } = format as { readonly id: string; readonly [name: string]: Json | undefined };
  return Object.keys(params).length === 0 ? { id } : { id, params };
}

/** The format that is stored so, if the products have it. */
export function formatOf(stored: unknown): FieldFormat | undefined {
  if (!isJsonObject(stored) || typeof stored['id'] !== 'string' || !IDS.includes(stored['id'])) return undefined;
  const { id, params = {} } = stored;
  if (!isJsonObject(params)) return undefined;
  const bare = Object.keys(params).length === 0;
  const text = JSON.stringify(bare ? { id } : { id, params });
  const name = (Object.keys(NAMED) as NamedFormat[]).find((each) => JSON.stringify(NAMED[each]) === text);
  if (name !== undefined) return name;
  if (id === 'duration' && (typeof params['inputFormat'] !== 'string' || typeof params['outputFormat'] !== 'string')) return undefined;
  // What the parameters say is the product's matter: they are carried as they are.
  return { id, ...params } as FieldFormat;
}
