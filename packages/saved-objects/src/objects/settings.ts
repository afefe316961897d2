import type { DataView } from '../dataView.ts';
import type { Json } from '../read/storedObject.ts';
import { type Definition, savedObject } from '../savedObject.ts';
import { specInvalid } from '../specInvalid.ts';

/** The advanced settings of a product's version. */
export interface Settings extends Definition {
  readonly id: string;
  readonly kind: 'config';
}

/** A range of time to begin with. */
export interface TimeDefaults {
  readonly from: string;
  readonly to: string;
}

/** Advanced settings that dashboards depend on. */
export interface SettingsOptions {
  /** The data view that is chosen at first. */
  readonly defaultDataView?: DataView;
  /** By a pattern of moment.js. */
  readonly dateFormat?: string;
  /** A time zone, or `Browser`. */
  readonly timeZone?: string;
  readonly firstDayOfWeek?: 'Sunday' | 'Monday' | 'Tuesday' | 'Wednesday' | 'Thursday' | 'Friday' | 'Saturday';
  /** Where the product opens, such as `/app/dashboards#/view/web`. */
  readonly defaultRoute?: string;
  readonly darkMode?: boolean;
  /** The time range that pages begin with. */
  readonly timeDefaults?: TimeDefaults;
  /** The refresh that pages begin with, in seconds; 0 is none. */
  readonly refreshDefault?: number;
  /** Bars of a histogram at most, and as many as its automatic interval aims at. */
  readonly histogramBars?: { readonly max?: number; readonly target?: number };
  readonly queryLanguage?: 'kuery' | 'lucene';
  /** Other settings by their names. */
  readonly others?: Readonly<Record<string, Json>>;
}

/**
 * Defines the advanced settings of a product's version: a server of another version does not read them. Names from
 * src/plugins/data/server/ui_settings.ts and src/core/server/ui_settings/settings of OpenSearch Dashboards.
 */
export function settings(version: string, options: SettingsOptions): Settings {
  if (!/^\d+\.\d+\.\d+$/u.test(version)) throw specInvalid(`"${version}" is no version of a product.`, 'Use such as 2.8.0.');
  const { defaultDataView: view, timeDefaults, refreshDefault, histogramBars } = options;
  const named: Readonly<Record<string, Json | undefined>> = {
    defaultIndex: view?.id,
    dateFormat: options.dateFormat,
    'dateFormat:tz': options.timeZone,
    'dateFormat:dow': options.firstDayOfWeek,
    defaultRoute: options.defaultRoute,
    'theme:darkMode': options.darkMode,
    'timepicker:timeDefaults': timeDefaults === undefined ? undefined : JSON.stringify({ from: timeDefaults.from, to: timeDefaults.to }),
    'timepicker:refreshIntervalDefaults': refreshDefault === undefined ? undefined : JSON.stringify({ pause: refreshDefault === 0, value: refreshDefault * 1000 }),
    'histogram:maxBars': histogramBars?.max,
    'histogram:barTarget': histogramBars?.target,
    'search:queryLanguage': options.queryLanguage,
  };
  const attributes = { ...Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined)), ...options.others };
  return Object.freeze({ id: version, kind: 'config', object: savedObject('config', version, attributes, []), uses: view === undefined ? [] : [view] });
}
