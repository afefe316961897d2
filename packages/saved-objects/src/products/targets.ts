/** What a product knows of one type of saved object. */
export interface TypeFacts {
  /** The newest shape that it can read; a newer one fails the whole import. Undefined: the type has no history there. */
  readonly version?: string;
  /** All attributes that its index takes (`dynamic: strict`); undefined: it takes any. */
  readonly attributes?: readonly string[];
}

/** What an import of a product takes. */
export interface TargetFacts {
  readonly types: Readonly<Record<string, TypeFacts>>;
  /** Objects in one import (`savedObjects.maxImportExportSize`). */
  readonly objects: number;
  /** Bytes of one import (`savedObjects.maxImportPayloadBytes`). */
  readonly bytes: number;
}

const VISUALIZATION = ['description', 'kibanaSavedObjectMeta', 'savedSearchRefName', 'title', 'uiStateJSON', 'version', 'visState'];
const DASHBOARD = ['description', 'hits', 'kibanaSavedObjectMeta', 'optionsJSON', 'panelsJSON', 'refreshInterval', 'timeFrom', 'timeRestore', 'timeTo', 'title', 'version'];
const SEARCH = ['columns', 'description', 'hits', 'kibanaSavedObjectMeta', 'sort', 'title', 'version'];

const COMMON: Readonly<Record<string, TypeFacts>> = {
  search: { version: '7.9.3', attributes: SEARCH },
  query: { attributes: ['title', 'description', 'query', 'filters', 'timefilter'] },
  url: { attributes: ['accessCount', 'accessDate', 'createDate', 'url'] },
  config: { version: '7.9.0' },
};
const UP_TO_7_10: Readonly<Record<string, TypeFacts>> = {
  ...COMMON,
  'index-pattern': { version: '7.6.0' },
  visualization: { version: '7.10.0', attributes: VISUALIZATION },
  dashboard: { version: '7.9.3', attributes: DASHBOARD },
};
/** The product's defaults; an administrator can change them. */
const LIMITS = { objects: 10_000, bytes: 26_214_400 };
const OPENSEARCH_DASHBOARDS: TargetFacts = {
  ...LIMITS,
  // Of plugins that its distribution brings.
  types: { ...UP_TO_7_10, 'visualization-visbuilder': {}, map: {}, 'observability-search': {}, 'observability-visualization': {}, 'observability-panel': {}, 'augment-vis': {} },
};

/**
 * The products that saved objects can be made for. Types, versions and attributes from their registrations, in OpenSearch
 * Dashboards src/plugins/{visualizations,dashboard,discover,data,share}/server/saved_objects and
 * src/core/server/ui_settings/saved_objects; limits from src/core/server/saved_objects/saved_objects_config.ts.
 */
export const TARGETS = {
  'opensearch-dashboards@1': OPENSEARCH_DASHBOARDS,
  'opensearch-dashboards@2': OPENSEARCH_DASHBOARDS,
  'opensearch-dashboards@3': OPENSEARCH_DASHBOARDS,
  'kibana@7.10': { ...LIMITS, types: { ...UP_TO_7_10, lens: {}, map: {}, tag: {} } },
  'kibana@7.12': {
    ...LIMITS,
    types: {
      ...COMMON,
      'index-pattern': { version: '7.11.0' },
      visualization: { version: '7.12.0', attributes: VISUALIZATION },
      dashboard: { version: '7.11.0', attributes: DASHBOARD },
      lens: {},
      map: {},
      tag: {},
    },
  },
} as const satisfies Readonly<Record<string, TargetFacts>>;

/** A product and its version. */
export type Target = keyof typeof TARGETS;
