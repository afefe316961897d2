import { catalogues } from '../../../indices/setup.ts';

/** A role as the security plugin's API and its `roles.yml` have it. */
export interface SecurityRole {
  readonly cluster_permissions: readonly string[];
  readonly index_permissions: readonly { readonly index_patterns: readonly string[]; readonly allowed_actions: readonly string[] }[];
}

/** Of a data stream, the indices behind it are asked for, too. */
const PATTERNS = Object.keys(catalogues).flatMap((family) => [`${family}-*`, `.ds-${family}-*`]);

/** The role and the user of the shippers. */
export const SHIPPER = 'podscope-shipper';
/** The role and the user of the console, which reads. */
export const READER = 'podscope-reader';

/**
 * What the shippers need: Logstash and Fluentd ask for the version before they write (`GET /`), every one writes by `_bulk`, and a new
 * key of an object that takes any brings a change of the mapping. The streams are there before they start, so nobody makes an index.
 */
export const SHIPPER_ROLE: SecurityRole = {
  cluster_permissions: ['cluster:monitor/main', 'indices:data/write/bulk'],
  index_permissions: [{ index_patterns: PATTERNS, allowed_actions: ['indices:data/write/bulk*', 'indices:data/write/index', 'indices:admin/mapping/put', 'indices:admin/mapping/auto_put'] }],
};

/** What the console needs: searches, in batches, and the health. */
export const READER_ROLE: SecurityRole = {
  cluster_permissions: ['cluster:monitor/main', 'cluster:monitor/health', 'indices:data/read/msearch'],
  index_permissions: [{ index_patterns: PATTERNS, allowed_actions: ['indices:data/read/search', 'indices:data/read/msearch'] }],
};
