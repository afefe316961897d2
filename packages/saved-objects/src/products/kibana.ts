import { DASHBOARD, QUERY, SEARCH, URL, VISUALIZATION } from './attributes.ts';
import type { TypeFacts } from './targets.ts';

type Types = Readonly<Record<string, TypeFacts>>;

/** x-pack/plugins/lens/server/saved_objects.ts */
const LENS = ['title', 'description', 'visualizationType', 'state', 'expression'];
/** x-pack/plugins/maps/server/saved_objects */
const MAP = ['description', 'title', 'version', 'mapStateJSON', 'layerListJSON', 'uiStateJSON', 'bounds'];
/** x-pack/plugins/saved_objects_tagging/server/saved_objects/tag.ts */
const TAG = ['name', 'description', 'color'];

/** Kibana 7.10, of which OpenSearch Dashboards was made. */
export const KIBANA_7_10: Types = {
  'index-pattern': { version: '7.6.0' },
  search: { version: '7.9.3', attributes: SEARCH },
  visualization: { version: '7.10.0', attributes: VISUALIZATION },
  dashboard: { version: '7.9.3', attributes: DASHBOARD },
  query: { attributes: QUERY },
  url: { attributes: URL },
  config: { version: '7.9.0' },
  lens: { version: '7.10.0', attributes: LENS },
  map: { version: '7.10.0', attributes: MAP },
  tag: { attributes: TAG },
  'canvas-workpad': {},
  'canvas-element': {},
  'graph-workspace': {},
};

/** Kibana 7.12. A saved search says whether its chart is hidden (elastic/kibana#88603). */
export const KIBANA_7_12: Types = {
  ...KIBANA_7_10,
  'index-pattern': { version: '7.11.0' },
  search: { version: '7.9.3', attributes: [...SEARCH, 'hideChart'] },
  visualization: { version: '7.12.0', attributes: VISUALIZATION },
  dashboard: { version: '7.11.0', attributes: DASHBOARD },
  config: { version: '7.12.0' },
  lens: { version: '7.12.0', attributes: LENS },
  map: { version: '7.12.0', attributes: MAP },
};

/**
 * Kibana 7.17. Versions from src/plugins/visualizations/server/migrations/visualization_saved_object_migrations.ts,
 * src/plugins/dashboard/server/saved_objects/migrations, src/plugins/data/server/saved_objects/migrations/query.ts,
 * src/plugins/data_views/server/saved_objects/index_pattern_migrations.ts and
 * x-pack/plugins/{lens/server/migrations/saved_object_migrations.ts,maps/server/saved_objects/saved_object_migrations.ts};
 * attributes of a saved search from src/plugins/discover/server/saved_objects/search.ts, without those of 8.0 (its view of field
 * statistics, elastic/kibana#121582) and 8.1.
 */
export const KIBANA_7_17: Types = {
  ...KIBANA_7_12,
  search: { version: '7.9.3', attributes: [...SEARCH, 'grid', 'hideChart'] },
  visualization: { version: '7.17.0', attributes: VISUALIZATION },
  dashboard: { version: '7.17.3', attributes: DASHBOARD },
  query: { version: '7.16.0', attributes: QUERY },
  url: { attributes: [...URL, 'locatorJSON', 'slug'] },
  config: { version: '7.13.0' },
  lens: { version: '7.16.0', attributes: LENS },
  map: { version: '7.14.0', attributes: MAP },
};

/** Of 8.19: src/plugins/saved_search/server/saved_objects/schema.ts. */
const SEARCH_8 = [
  ...SEARCH, 'breakdownField', 'density', 'grid', 'headerRowHeight', 'hideAggregatedPreview', 'hideChart', 'isTextBasedQuery', 'refreshInterval', 'rowHeight', 'rowsPerPage', 'sampleSize', 'timeRange', 'timeRestore',
  'usesAdHocDataView', 'viewMode', 'visContext',
];

/**
 * Kibana 8, as 8.19 has it. Since 8.0 every type counts as 8.0.0 at least (`convertToMultiNamespaceTypeVersion`); since 8.10 the
 * model version n is 10.n.0. An import takes `migrationVersion` in all of them; `typeMigrationVersion` since 8.8
 * (packages/core/saved-objects/core-saved-objects-migration-server-internal/src/document_migrator). Attributes are strict up to
 * 8.7 by the index and since by the schemas of the registrations, in src/plugins/{visualizations/server/saved_objects,
 * dashboard/server/dashboard_saved_object,saved_search/server/saved_objects,data_views/server/saved_objects,
 * data/server/saved_objects} and x-pack/plugins/{lens,maps}/server/saved_objects.
 */
export const KIBANA_8: Types = {
  'index-pattern': { version: '8.0.0' },
  search: { version: '10.5.0', attributes: SEARCH_8 },
  visualization: { version: '8.5.0', attributes: VISUALIZATION },
  dashboard: { version: '10.3.0', attributes: [...DASHBOARD, 'controlGroupInput', 'sections'] },
  query: { version: '10.2.0', attributes: [...QUERY, 'titleKeyword'] },
  url: {},
  config: { version: '8.9.0' },
  lens: { version: '8.9.0', attributes: LENS },
  map: { version: '8.4.0', attributes: MAP },
  tag: { version: '8.0.0', attributes: TAG },
  'canvas-workpad': { version: '8.2.0' },
  'canvas-element': { version: '8.0.0' },
  'graph-workspace': { version: '8.0.0' },
  'event-annotation-group': {},
  links: {},
};
