import type { IndexDuty } from './permissions.ts';

/**
 * Every request of a duty, with `<name>` for names: what an access policy or a proxy has to let through. A test compares it
 * with what is sent, both ways; those of `ism` are the plugin's paths.
 */
export const REQUESTS: Readonly<Record<IndexDuty, readonly string[]>> = {
  plan: [
    'GET /', 'GET /<name>', 'GET /<name>/_alias', 'GET /<name>/_doc/<name>', 'GET /_cluster/settings', 'GET /_component_template',
    'GET /_data_stream/<name>', 'GET /_index_template', 'GET /_ingest/pipeline', 'GET /_template', 'POST /_data_stream/_modify',
    'POST /_index_template/_simulate',
  ],
  apply: [
    'GET /', 'GET /<name>', 'GET /<name>/_alias', 'GET /<name>/_doc/<name>', 'GET /_cluster/settings', 'GET /_component_template',
    'GET /_data_stream/<name>', 'GET /_index_template', 'GET /_ingest/pipeline', 'GET /_template', 'POST /<name>/_rollover',
    'POST /_aliases', 'PUT /<name>', 'PUT /<name>/_doc/<name>', 'PUT /<name>/_mapping', 'PUT /<name>/_settings', 'PUT /_cluster/settings',
    'PUT /_component_template/<name>', 'PUT /_data_stream/<name>', 'PUT /_index_template/<name>', 'PUT /_ingest/pipeline/<name>',
    'PUT /_template/<name>',
  ],
  prune: [
    'DELETE /_component_template/<name>', 'DELETE /_data_stream/<name>', 'DELETE /_index_template/<name>',
    'DELETE /_ingest/pipeline/<name>', 'DELETE /_template/<name>', 'GET /', 'GET /<name>', 'GET /<name>/_alias', 'GET /<name>/_doc/<name>',
    'GET /_cluster/settings', 'GET /_component_template', 'GET /_data_stream/<name>', 'GET /_index_template', 'GET /_ingest/pipeline',
    'GET /_template', 'POST /_aliases', 'PUT /<name>/_doc/<name>', 'PUT /_cluster/settings',
  ],
  drift: [
    'GET /', 'GET /<name>', 'GET /<name>/_alias', 'GET /<name>/_doc/<name>', 'GET /_cluster/settings', 'GET /_component_template',
    'GET /_data_stream/<name>', 'GET /_index_template', 'GET /_ingest/pipeline', 'GET /_template', 'POST /<name>/_search',
  ],
  export: [
    'GET /', 'GET /<name>/_doc/<name>', 'GET /_alias', 'GET /_cluster/settings', 'GET /_component_template', 'GET /_data_stream',
    'GET /_index_template', 'GET /_ingest/pipeline', 'GET /_plugins/_ism/policies', 'GET /_template',
  ],
  reindex: [
    'DELETE /<name>', 'DELETE /_search/scroll', 'GET /<name>', 'GET /<name>/_alias', 'GET /<name>/_count', 'GET /<name>/_doc/<name>',
    'GET /<name>/_settings', 'GET /<name>/_settings/index.uuid', 'GET /<name>/_stats', 'GET /_cluster/health/<name>',
    'GET /_data_stream/<name>', 'GET /_tasks', 'GET /_tasks/<name>', 'GET /_template', 'POST /<name>/_bulk', 'POST /<name>/_clone/<name>',
    'POST /<name>/_mget', 'POST /<name>/_refresh', 'POST /<name>/_rollover', 'POST /<name>/_search', 'POST /_aliases',
    'POST /_data_stream/_modify', 'POST /_index_template/_simulate_index/<name>', 'POST /_reindex', 'POST /_reindex/<name>/_rethrottle',
    'POST /_search/scroll', 'POST /_tasks/<name>/_cancel', 'PUT /<name>', 'PUT /<name>/_block/write', 'PUT /<name>/_doc/<name>', 'PUT /<name>/_settings',
  ],
  lifecycle: [
    'DELETE /<name>', 'GET /<name>/_alias', 'GET /<name>/_settings/index.uuid', 'GET /<name>/_stats/docs,store',
    'GET /_cluster/state/metadata/<name>', 'GET /_data_stream/<name>', 'GET /_nodes/_local/stats/os', 'POST /<name>/_rollover',
  ],
  ism: [
    'DELETE /_plugins/_ism/policies/<name>', 'GET /_plugins/_ism/explain/<name>', 'GET /_plugins/_ism/policies',
    'POST /_plugins/_ism/add/<name>', 'POST /_plugins/_ism/change_policy/<name>', 'PUT /_plugins/_ism/policies/<name>',
  ],
};
