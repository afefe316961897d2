import type { VegaSpec } from '@podscope/saved-objects';

/**
 * An aggregation whose one bucket goes from the beginning of the page's time range to its end: nothing else tells a specification
 * how long the range is, and an axis that ends with the data hides that something has stopped.
 */
export function pageRange(field: string): VegaSpec {
  return { date_range: { field, ranges: [{ from: { '%timefilter%': 'min' }, to: { '%timefilter%': 'max' } }] } };
}

/** How an axis says times: with hours up to 24, as the other charts of a page do. Vega's own have 12, and don't say of which half of the day. */
export const CLOCK = { milliseconds: '.%L', seconds: ':%S', minutes: '%H:%M', hours: '%H:%M', date: '%a %d', week: '%b %d', month: '%B', quarter: '%B', year: '%Y' };

/** A pattern that no index has yet is answered without aggregations; what reads them would stop the whole picture. */
export const ANSWERED = { type: 'filter', expr: 'datum.aggregations' };

/** A text of a Vega expression, whatever stands in it. */
export function literal(text: string): string {
  // Line separators are plain characters to JSON, and end the text to Vega.
  return JSON.stringify(text).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}
