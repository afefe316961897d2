/** How numbers and times are written. */
export interface Locale {
  readonly number?: NumberLocale;
  readonly time?: TimeLocale;
}

/** How numbers are written. */
export interface NumberLocale {
  readonly decimal: string;
  readonly thousands: string;
  readonly grouping: readonly number[];
  readonly currency: readonly string[];
  readonly numerals?: readonly string[];
  readonly percent?: string;
  readonly minus?: string;
  readonly nan?: string;
}

/** How times are written. */
export interface TimeLocale {
  readonly dateTime: string;
  readonly date: string;
  readonly time: string;
  readonly periods: readonly string[];
  readonly days: readonly string[];
  readonly shortDays: readonly string[];
  readonly months: readonly string[];
  readonly shortMonths: readonly string[];
}
