/** What a panel got beside what it shows (src/plugins/embeddable/public/lib/types.ts). */
export interface PanelEnhancements {
  readonly dynamicActions?: DynamicActions;
}

/** Where a click in a panel leads (x-pack/plugins/ui_actions_enhanced/common/types.ts of Kibana). */
export interface DynamicActions {
  readonly events?: readonly StoredDrilldown[];
}

/** One of the places that a click leads to. */
export interface StoredDrilldown {
  readonly eventId: string;
  readonly triggers?: readonly DrilldownTrigger[];
  readonly action: DrilldownAction;
}

/** What kind of click. */
export type DrilldownTrigger = 'VALUE_CLICK_TRIGGER' | 'SELECT_RANGE_TRIGGER' | 'FILTER_TRIGGER' | 'ROW_CLICK_TRIGGER' | 'CONTEXT_MENU_TRIGGER' | 'IMAGE_CLICK_TRIGGER';

/**
 * Where to.
 *
 * @discriminator factoryId
 */
export type DrilldownAction = DashboardDrilldown | UrlDrilldown | DiscoverDrilldown;

/** To a dashboard (x-pack/plugins/dashboard_enhanced/common/drilldowns). */
export interface DashboardDrilldown {
  readonly factoryId: 'DASHBOARD_TO_DASHBOARD_DRILLDOWN';
  readonly name?: string;
  readonly config?: DashboardDrilldownConfig;
}

/** Which dashboard, and what goes along. */
export interface DashboardDrilldownConfig {
  /** Exports have a reference `drilldown:DASHBOARD_TO_DASHBOARD_DRILLDOWN:<eventId>:dashboardId` instead. */
  readonly dashboardId?: string;
  readonly useCurrentFilters?: boolean;
  readonly useCurrentDateRange?: boolean;
  readonly openInNewTab?: boolean;
}

/** To an address (x-pack/plugins/drilldowns/url_drilldown). */
export interface UrlDrilldown {
  readonly factoryId: 'URL_DRILLDOWN';
  readonly name?: string;
  readonly config?: UrlDrilldownConfig;
}

/** Which address. */
export interface UrlDrilldownConfig {
  readonly url?: UrlTemplate;
  readonly openInNewTab?: boolean;
  readonly encodeUrl?: boolean;
}

/** Handlebars, over what was clicked. */
export interface UrlTemplate {
  readonly template?: string;
  readonly format?: 'handlebars_v1';
}

/** To Discover (from 7.17). */
export interface DiscoverDrilldown {
  readonly factoryId: 'OPEN_IN_DISCOVER_DRILLDOWN';
  readonly name?: string;
  readonly config?: DiscoverDrilldownConfig;
}

/** How it opens. */
export interface DiscoverDrilldownConfig {
  readonly openInNewTab?: boolean;
}
