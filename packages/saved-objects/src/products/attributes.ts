/**
 * The attributes that every product takes of a type, from their registrations: src/plugins/{visualizations,dashboard,discover,
 * data,share}/server/saved_objects of OpenSearch Dashboards and of Kibana up to 7.12. Their index is `dynamic: strict`.
 */
export const VISUALIZATION = ['description', 'kibanaSavedObjectMeta', 'savedSearchRefName', 'title', 'uiStateJSON', 'version', 'visState'] as const;
export const DASHBOARD = ['description', 'hits', 'kibanaSavedObjectMeta', 'optionsJSON', 'panelsJSON', 'refreshInterval', 'timeFrom', 'timeRestore', 'timeTo', 'title', 'version'] as const;
export const SEARCH = ['columns', 'description', 'hits', 'kibanaSavedObjectMeta', 'sort', 'title', 'version'] as const;
export const QUERY = ['title', 'description', 'query', 'filters', 'timefilter'] as const;
export const URL = ['accessCount', 'accessDate', 'createDate', 'url'] as const;
