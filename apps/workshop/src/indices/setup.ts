import { type Fields, mappingOf } from '@podscope/core';
import { defineIndexSetup, type IndexSetup, type IndexTemplate } from '@podscope/index-manager';
import { apacheFields, filebeatFields, kubernetesFields, metricbeatFields, redisFields } from '@podscope/core/catalogues';

/** The fields of each kind of document, in the order in which lists show them. */
export const catalogues = {
  filebeat: filebeatFields,
  metricbeat: metricbeatFields,
  kubernetes: kubernetesFields,
  redis: redisFields,
  apache: apacheFields,
} as const satisfies Readonly<Record<string, Fields>>;

/** A kind of document; `<family>-*` is the pattern that dashboards use. */
export type Family = keyof typeof catalogues;

/** Where the collectors write: one data stream for each kind of document. */
export const dataStreams = {
  filebeat: 'filebeat-podscope',
  metricbeat: 'metricbeat-podscope',
  kubernetes: 'kubernetes-podscope',
  redis: 'redis-podscope',
  apache: 'apache-podscope',
} as const satisfies Readonly<Record<Family, string>>;

const RETENTION = 'podscope-retention';
const COMMON = 'podscope-common';
const LOG_LEVELS = 'podscope-log-levels';
/** Above the 100 that shippers' own templates usually have. */
const PRIORITY = 200;

function template(family: Family, settings: Readonly<Record<string, string>> = {}): IndexTemplate {
  return {
    index_patterns: [`${family}-*`],
    priority: PRIORITY,
    composed_of: [COMMON],
    data_stream: {},
    template: { settings, mappings: mappingOf(catalogues[family]) },
  };
}

/**
 * Everything that must stand in OpenSearch before the first document: one machine's settings, a template with the
 * strict mapping of each catalogue, the five data streams, and how long they keep what they have.
 */
export const workshopIndexSetup = defineIndexSetup({
  componentTemplates: {
    // A replica has nowhere to go on one node, and would keep the cluster yellow.
    [COMMON]: { template: { settings: { number_of_shards: 1, number_of_replicas: 0, refresh_interval: '1s' } } },
  },
  ingestPipelines: {
    // Nodes write "Warning", Redis "warning", the supervisor "WARN": one spelling of case makes one bar.
    // Access logs are by far the most documents and come parsed, so they pass no pipeline.
    [LOG_LEVELS]: {
      description: 'Lower-cases log.level',
      processors: [{ lowercase: { field: 'log.level', ignore_missing: true } }],
    },
  },
  lifecyclePolicies: {
    // Servers with ISM carry it out themselves; for the others the supervisor does.
    [RETENTION]: {
      description: 'A new index each day, kept for two weeks after it is full: what fits on one machine',
      default_state: 'written',
      states: [
        { name: 'written', actions: [{ rollover: { min_index_age: '1d', min_size: '2gb' } }], transitions: [{ state_name: 'old', conditions: { min_rollover_age: '14d' } }] },
        { name: 'old', actions: [{ delete: {} }], transitions: [] },
      ],
      ism_template: [{ index_patterns: Object.keys(catalogues).map((family) => `${family}-*`), priority: PRIORITY }],
    },
  },
  indexTemplates: {
    'podscope-filebeat': template('filebeat', { default_pipeline: LOG_LEVELS }),
    'podscope-metricbeat': template('metricbeat'),
    'podscope-kubernetes': template('kubernetes'),
    'podscope-redis': template('redis'),
    'podscope-apache': template('apache'),
  },
  dataStreams: Object.values(dataStreams),
});

/** A setup whose indices have a replica of each shard: for servers of more than one node. */
export function replicated(setup: IndexSetup): IndexSetup {
  const common = setup.componentTemplates[COMMON] as { readonly template: { readonly settings: object } } | undefined;
  if (common === undefined) return setup;
  const settings = { ...common.template.settings, number_of_replicas: 1 };
  return defineIndexSetup({ ...setup, componentTemplates: { ...setup.componentTemplates, [COMMON]: { ...common, template: { ...common.template, settings } } } });
}
