import { DASHBOARD, QUERY, SEARCH, URL, VISUALIZATION } from './attributes.ts';
import type { TypeFacts } from './targets.ts';

/**
 * The types of OpenSearch Dashboards 1 to 3, and of plugins that its distribution brings. Versions from the migrations beside
 * the registrations that attributes.ts names, and src/core/server/ui_settings/saved_objects; `map` from
 * server/saved_objects/map_saved_object.ts of dashboards-maps, which is none of Kibana's maps.
 */
export const OPENSEARCH_DASHBOARDS_TYPES: Readonly<Record<string, TypeFacts>> = {
  'index-pattern': { version: '7.6.0' },
  search: { version: '7.9.3', attributes: SEARCH },
  visualization: { version: '7.10.0', attributes: VISUALIZATION },
  dashboard: { version: '7.9.3', attributes: DASHBOARD },
  query: { attributes: QUERY },
  url: { attributes: URL },
  config: { version: '7.9.0' },
  map: { attributes: ['title', 'description', 'layerList', 'uiState', 'mapState', 'version', 'kibanaSavedObjectMeta'] },
  'visualization-visbuilder': {},
  'observability-search': {},
  'observability-visualization': {},
  'observability-panel': {},
  'augment-vis': {},
  'data-source': {},
};
