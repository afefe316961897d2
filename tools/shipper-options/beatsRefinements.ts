import type { Options } from '../../packages/log-shippers/src/options/option.ts';

/**
 * What the structs don't say: options that code reads by name, values of enums, secrets. Found in the sources of the packages and in the
 * reference configurations of Beats 7.12.1 and 7.17.0.
 */
export const BEATS_REFINEMENTS: Readonly<Record<string, Options>> = {
  'inputs *': {
    enabled: { type: 'boolean', default: true },
    processors: { type: 'any' },
    type: { type: 'string', required: true },
    id: { type: 'string' },
    'publisher_pipeline.disable_host': { type: 'boolean', default: false },
  },
  'inputs filestream': {
    parsers: { type: 'any', since: '7.17' },
    'prospector.scanner.symlinks': { type: 'boolean', default: false },
    'prospector.scanner.check_interval': { type: 'duration', default: '10s' },
    'prospector.scanner.exclude_files': { type: 'list' },
    'prospector.scanner.include_files': { type: 'list', since: '7.17' },
    'prospector.scanner.resend_on_touch': { type: 'boolean', default: false },
    encoding: { type: 'string' },
  },
  'inputs container': {
    stream: { type: 'enum', values: ['all', 'stdout', 'stderr'], default: 'all' },
    format: { type: 'enum', values: ['auto', 'docker', 'cri'], default: 'auto' },
  },
  'inputs redis': { scan_frequency: { type: 'duration', default: '10s' }, timeout: { type: 'duration' } },
  'inputs stdin': { encoding: { type: 'string' } },
  'inputs syslog': { 'protocol.udp': { type: 'map' }, 'protocol.tcp': { type: 'map' }, 'protocol.unix': { type: 'map' } },
  'processors *': { when: { type: 'map' }, if: { type: 'any' }, then: { type: 'any' }, else: { type: 'any' } },
  'processors add_fields': { fields: { type: 'map', required: true }, target: { type: 'string', default: 'fields' } },
  'processors add_labels': { labels: { type: 'map', required: true } },
  'processors add_locale': { format: { type: 'enum', values: ['offset', 'abbreviation'], default: 'offset' } },
  'processors add_tags': { tags: { type: 'list', required: true }, target: { type: 'string', default: 'tags' } },
  'processors drop_event': {},
  'processors drop_fields': { fields: { type: 'list', required: true }, ignore_missing: { type: 'boolean', default: false } },
  'processors include_fields': { fields: { type: 'list', required: true } },
  'processors extract_field': { field: { type: 'string' }, separator: { type: 'string' }, index: { type: 'integer' }, target: { type: 'string' } },
  'processors add_kubernetes_metadata': { matchers: { type: 'any' }, indexers: { type: 'any' }, in_cluster: { type: 'boolean', deprecated: 'kube_config' }, add_resource_metadata: { type: 'map' } },
  'processors script': { lang: { type: 'enum', values: ['javascript', 'js'], required: true }, params: { type: 'map' } },
  'processors rate_limit': { algorithm: { type: 'map' } },
  'outputs *': { enabled: { type: 'boolean', default: true }, codec: { type: 'map' } },
  'outputs elasticsearch': {
    hosts: { type: 'list', required: true }, worker: { type: 'integer', default: 1 }, index: { type: 'string' }, indices: { type: 'any' }, pipeline: { type: 'string' }, pipelines: { type: 'any' },
    password: { type: 'string', secret: true }, api_key: { type: 'string', secret: true }, bulk_max_size: { type: 'integer', default: 50 },
  },
  'outputs logstash': { hosts: { type: 'list', required: true }, worker: { type: 'integer', default: 1 } },
  'outputs kafka': { worker: { type: 'integer', default: 1 }, password: { type: 'string', secret: true }, topic: { type: 'string' }, topics: { type: 'any' }, partition: { type: 'map' }, hosts: { type: 'list', required: true } },
  'outputs redis': { password: { type: 'string', secret: true }, hosts: { type: 'list', required: true }, worker: { type: 'integer', default: 1 }, key: { type: 'string' }, keys: { type: 'any' }, datatype: { type: 'enum', values: ['list', 'channel'], default: 'list' } },
  'settings beat': {
    'logging.level': { type: 'enum', values: ['debug', 'info', 'warning', 'error', 'critical'], default: 'info' },
    'seccomp.enabled': { type: 'boolean', default: true }, 'seccomp.default_action': { type: 'string' }, 'seccomp.syscalls': { type: 'any' },
    'http.enabled': { type: 'boolean', default: false }, 'http.host': { type: 'string', default: 'localhost' }, 'http.port': { type: 'port', default: 5066 }, 'http.pprof.enabled': { type: 'boolean', since: '7.17' },
    'setup.ilm.enabled': { type: 'any', default: 'auto' }, 'setup.kibana.password': { type: 'string', secret: true }, 'setup.kibana.api_key': { type: 'string', secret: true },
    'cloud.id': { type: 'string' }, 'cloud.auth': { type: 'string', secret: true }, processors: { type: 'any' }, 'instrumentation.secret_token': { type: 'string', secret: true }, 'instrumentation.api_key': { type: 'string', secret: true },
    'timeseries.enabled': { type: 'boolean', default: false }, 'logging.metrics.namespaces': { type: 'list', since: '7.17' },
    'timestamp.precision': { type: 'string', since: '7.17' }, 'keystore.path': { type: 'string' }, features: { type: 'map' },
    'setup.kibana.enabled': { type: 'boolean' }, 'monitoring.enabled': { type: 'boolean' }, 'monitoring.cluster_uuid': { type: 'string' }, 'monitoring.elasticsearch': { type: 'map' }, 'monitoring.cloud.id': { type: 'string' }, 'monitoring.cloud.auth': { type: 'string', secret: true },
  },
  'settings filebeat': { 'filebeat.autodiscover.providers': { type: 'any' }, 'filebeat.registry.file_permissions': { type: 'any', default: 0o600 } },
  'settings metricbeat': { 'metricbeat.autodiscover.providers': { type: 'any' }, 'metricbeat.config.modules': { type: 'map' } },
  'autodiscover kubernetes': { type: { type: 'string', required: true } },
  'modules *': { username: { type: 'string' }, password: { type: 'string', secret: true }, namespace: { type: 'string' }, basepath: { type: 'string' }, service: { type: 'map' }, id: { type: 'string' } },
  'modules system': {
    // 7.12 takes it as an argument only, which the renderer makes of it.
    hostfs: { type: 'string' }, 'diskio.include_devices': { type: 'list' }, interfaces: { type: 'list' }, 'network.interfaces': { type: 'list' }, 'raid.mount_point': { type: 'string' }, 'core.metrics': { type: 'list' },
    'socket.reverse_lookup.enabled': { type: 'boolean' },
  },
  'modules kubernetes': { in_cluster: { type: 'boolean', deprecated: 'kube_config' }, add_resource_metadata: { type: 'map' }, node: { type: 'string' }, scope: { type: 'string' }, skip_older: { type: 'boolean' }, unique: { type: 'boolean' }, ssl: { type: 'map' } },
  'modules redis': { network: { type: 'string', default: 'tcp' }, maxconn: { type: 'integer', default: 10 }, idle_timeout: { type: 'duration', default: '20s' }, 'key.patterns': { type: 'any' } },
};

/** Inputs and processors that only the build under Elastic's own licence has: filebeat/input and libbeat/processors of x-pack. */
export const ELASTIC_LICENCE = {
  inputs: ['aws-cloudwatch', 'aws-s3', 's3', 'azure-eventhub', 'cloudfoundry', 'gcp-pubsub', 'google-pubsub', 'http_endpoint', 'httpjson', 'netflow', 'o365audit'],
  processors: ['add_cloudfoundry_metadata', 'add_nomad_metadata'],
} as const;
