import type { Filter } from '../filters/filter.ts';
import type { Json, JsonObject } from '../read/storedObject.ts';
import { type Query, queryOf } from '../savedObject.ts';
import { specInvalid } from '../specInvalid.ts';
import type { Dashboard } from './dashboard.ts';
import { rison } from './rison.ts';

/** What a link carries to the dashboard that it leads to. */
export interface DashboardLinkOptions {
  /** Date math. @default what the page decides: the dashboard's own time range, or the viewer's */
  readonly time?: { readonly from: string; readonly to: string };
  /** Seconds between refreshes; only with a time. */
  readonly refresh?: number;
  /** In place of the dashboard's own query; a text is DQL. */
  readonly query?: string | Query;
  /** In place of the dashboard's own filters. A value may be a placeholder such as `{{value}}` or `{{key}}`. */
  readonly filters?: readonly Filter[];
  /**
   * Where the product is, such as `/_dashboards`: for links outside of dashboards. Without it the link is one of Markdown,
   * tables and field formats on a dashboard, and stays in the page.
   */
  readonly basePath?: string;
}

/**
 * The address of a dashboard with a time range, a query and filters: drilling down by a link. It works in Markdown, in the
 * `urlTemplate` of a field's format, and as the `link` of a time series’ table, on every target: OpenSearch Dashboards has no
 * drilldown of panels of its own. The state is that of `_g` and `_a` in src/plugins/dashboard/public/application (Rison).
 *
 * Placeholders in double braces are kept for the product to fill in. It fills in values as they are but for the escapes
 * of addresses, so that a value with `'` or `!` makes an address that the page does not understand.
 */
export function dashboardLink(to: Dashboard | string, options: DashboardLinkOptions = {}): string {
  const { time, refresh, query, filters, basePath } = options;
  if (refresh !== undefined && time === undefined) throw specInvalid('A link carries a refresh and no time.', 'Give it the time range, too.');
  const global: JsonObject = time === undefined ? {} : { time: { from: time.from, to: time.to }, ...(refresh === undefined ? {} : { refreshInterval: { pause: refresh === 0, value: refresh * 1000 } }) };
  const page: JsonObject = {
    ...(query === undefined ? {} : { query: { ...queryOf(query) } }),
    ...(filters === undefined ? {} : { filters: filters.map((each): Json => ({ ...each.stored, meta: { ...each.stored.meta, index: each.view.id } })) }),
  };
  const state = [
    ['_g', global],
    ['_a', page],
  ] as const;
  const carried = state.filter(([, value]) => Object.keys(value).length > 0).map(([name, value]) => `${name}=${escaped(rison(value))}`);
  const base = basePath === undefined ? '' : `${basePath.replace(/\/+$/u, '')}/app/dashboards`;
  return `${base}#/view/${encodeURIComponent(typeof to === 'string' ? to : to.id)}${carried.length === 0 ? '' : `?${carried.join('&')}`}`;
}

/** Escapes for an address and for Markdown, whose links end at a bracket; what stands in double braces is the product's. */
function escaped(text: string): string {
  return text
    .split(/(\{\{\w+\}\})/u)
    .map((part, index) => (index % 2 === 1 ? part : encodeURIComponent(part).replace(/[()]/gu, (bracket) => (bracket === '(' ? '%28' : '%29'))))
    .join('');
}
