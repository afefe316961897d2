import type { ControlGroupInput } from './controlGroup.ts';
import type { DashboardPanel } from './panel.ts';
import type { SavedObjectMeta } from '../searchSource.ts';
import type { StoredRefreshInterval } from '../time.ts';
import type { UiState } from '../uiState.ts';

/**
 * Attributes of a `dashboard` (src/plugins/dashboard/server/saved_objects/dashboard.ts in OpenSearch Dashboards and Kibana 7.17;
 * Kibana 8: src/plugins/dashboard/common/content_management).
 */
export interface DashboardAttributes {
  readonly title?: string;
  readonly description?: string | null;
  readonly hits?: number;
  readonly version?: number;
  readonly panelsJSON?: readonly DashboardPanel[];
  readonly optionsJSON?: DashboardOptions;
  /** Whether the time range and the refresh interval are the dashboard's own. */
  readonly timeRestore?: boolean;
  readonly timeFrom?: string | null;
  readonly timeTo?: string | null;
  readonly refreshInterval?: StoredRefreshInterval;
  readonly kibanaSavedObjectMeta?: SavedObjectMeta;
  /** Kibana from 7.17. */
  readonly controlGroupInput?: ControlGroupInput;
  /** Before 6.2; since then each panel has its own. */
  readonly uiStateJSON?: UiState;
}

/** How a dashboard looks. */
export interface DashboardOptions {
  readonly useMargins?: boolean;
  readonly hidePanelTitles?: boolean;
  /** Before 7.0. */
  readonly darkTheme?: boolean;
  /** Kibana from 7.13: the same label has the same colour in all panels. */
  readonly syncColors?: boolean;
  /** Kibana from 8.5. */
  readonly syncCursor?: boolean;
  readonly syncTooltips?: boolean;
  /** Kibana 9. */
  readonly autoApplyFilters?: boolean;
  readonly hidePanelBorders?: boolean;
}
