/** A Go struct of the Beats module: the options that it reads. */
export interface BeatsStruct {
  /** `<section> <plugin>`; several structs of one name add up. */
  readonly name: string;
  readonly package: string;
  readonly type: string;
  /** The function or variable with its defaults. */
  readonly default?: string;
  /** Put before the names of its options. */
  readonly prefix?: string;
}

const struct = (name: string, folder: string, type = 'config', defaults?: string, prefix?: string): BeatsStruct => ({
  name, package: folder, type, ...(defaults === undefined ? {} : { default: defaults }), ...(prefix === undefined ? {} : { prefix }),
});

const input = (name: string, type = 'config', defaults = 'defaultConfig'): BeatsStruct => struct(`inputs ${name}`, `filebeat/input/${name}`, type, defaults);
const processor = (name: string, type = 'config', defaults?: string, folder = name): BeatsStruct => struct(`processors ${name}`, `libbeat/processors/${folder}`, type, defaults);
const output = (name: string, type: string, defaults: string, folder = name): BeatsStruct => struct(`outputs ${name}`, `libbeat/outputs/${folder}`, type, defaults);
const setting = (prefix: string, folder: string, type = 'Config', defaults?: string): BeatsStruct => struct('settings beat', folder, type, defaults, prefix);
const system = (metricset: string, type = 'Config', defaults?: string): BeatsStruct => struct('modules system', `metricbeat/module/system/${metricset}`, type, defaults);

/** The structs that options are read from, in both versions unless one hasn't got it. */
export const BEATS_STRUCTS: readonly BeatsStruct[] = [
  struct('inputs *', 'filebeat/channel', 'commonInputConfig'),
  input('log'), input('filestream'), struct('inputs container', 'filebeat/input/container', 'config', 'defaultConfig'), struct('inputs container', 'filebeat/input/log', 'config', 'defaultConfig'),
  struct('inputs filestream', 'filebeat/input/filestream', 'fileWatcherConfig', 'defaultFileWatcherConfig', 'prospector.scanner.'),
  input('docker'), input('journald'), input('kafka', 'kafkaInputConfig'), input('mqtt', 'mqttInputConfig'), input('redis'), input('syslog'), input('tcp'), input('udp'), input('unix'),

  processor('add_cloud_metadata', 'config', 'defaultConfig'), processor('add_docker_metadata', 'Config', 'defaultConfig'), processor('add_host_metadata', 'Config', 'defaultConfig'),
  processor('add_id', 'config', 'defaultConfig'), processor('add_kubernetes_metadata', 'kubeAnnotatorConfig', 'defaultKubernetesAnnotatorConfig'),
  processor('add_observer_metadata', 'Config', 'defaultConfig'), processor('add_process_metadata', 'config', 'defaultConfig'), processor('community_id', 'config', 'defaultConfig', 'communityid'),
  processor('convert', 'config', 'defaultConfig'), processor('copy_fields', 'copyFieldsConfig', undefined, 'actions'), processor('decode_csv_fields', 'csvConfig', 'defaultCSVConfig'),
  processor('decode_json_fields', 'config', 'defaultConfig', 'actions'), processor('decode_xml', 'decodeXMLConfig', 'defaultConfig'), processor('decode_xml_wineventlog', 'config', 'defaultConfig'),
  processor('decompress_gzip_field', 'decompressGzipFieldConfig', undefined, 'actions'), processor('dissect', 'config', 'defaultConfig'), processor('dns', 'Config', 'defaultConfig'),
  processor('extract_array', 'config', 'defaultConfig'), processor('fingerprint', 'Config', 'defaultConfig'), processor('rate_limit', 'config', undefined, 'ratelimit'),
  processor('registered_domain', 'config', 'defaultConfig'), processor('rename', 'renameFieldsConfig', undefined, 'actions'), processor('replace', 'replaceStringConfig', undefined, 'actions'),
  processor('script', 'Config', 'defaultConfig', 'script/javascript'), processor('timestamp', 'config', 'defaultConfig'), processor('translate_sid', 'config', 'defaultConfig'),
  processor('truncate_fields', 'truncateFieldsConfig', undefined, 'actions'), processor('urldecode', 'urlDecodeConfig'),
  processor('decode_base64_field', 'base64Config', undefined, 'actions'), processor('detect_mime_type', 'mimeTypeProcessor', undefined, 'actions'), processor('add_network_direction', 'networkDirectionProcessor', undefined, 'actions'),

  output('elasticsearch', 'elasticsearchConfig', 'defaultConfig'), output('logstash', 'Config', 'defaultConfig'), output('file', 'config', 'defaultConfig', 'fileout'),
  output('console', 'Config', 'defaultConfig'), output('kafka', 'kafkaConfig', 'defaultConfig'), output('redis', 'redisConfig', 'defaultConfig'),

  struct('settings beat', 'libbeat/cmd/instance', 'beatConfig'),
  setting('path.', 'libbeat/paths', 'Path'), setting('http.', 'libbeat/api', 'Config'), setting('logging.', 'libbeat/logp', 'Config'),
  setting('queue.mem.', 'libbeat/publisher/queue/memqueue', 'config', 'defaultConfig'), setting('queue.spool.', 'libbeat/publisher/queue/spool', 'config', 'defaultConfig'),
  setting('queue.disk.', 'libbeat/publisher/queue/diskqueue', 'userConfig'),
  setting('setup.template.', 'libbeat/template', 'TemplateConfig'), setting('setup.ilm.', 'libbeat/idxmgmt/ilm', 'Config', 'defaultConfig'),
  setting('setup.kibana.', 'libbeat/kibana', 'ClientConfig'), setting('setup.dashboards.', 'libbeat/dashboards', 'Config'), setting('seccomp.', 'libbeat/common/seccomp', 'Config'),
  setting('monitoring.', 'libbeat/monitoring/report', 'config'),
  struct('settings filebeat', 'filebeat/config', 'Config', 'DefaultConfig', 'filebeat.'),
  struct('settings metricbeat', 'metricbeat/beater', 'Config', 'defaultConfig', 'metricbeat.'),
  struct('autodiscover kubernetes', 'libbeat/autodiscover/providers/kubernetes', 'Config', 'defaultConfig'),

  struct('modules *', 'metricbeat/mb', 'ModuleConfig', 'defaultModuleConfig'), struct('modules *', 'metricbeat/mb/module', 'connectorConfig'),
  struct('modules *', 'metricbeat/helper', 'Config', 'defaultConfig'),
  system('core', 'Config', 'defaultConfig'), system('cpu', 'Config', 'defaultConfig'), system('filesystem'), system('process', 'Config', 'defaultConfig'), system('service'), system('socket', 'Config', 'defaultConfig'),
  struct('modules kubernetes', 'metricbeat/module/kubernetes/util', 'kubernetesConfig'), struct('modules kubernetes', 'metricbeat/module/kubernetes/event', 'kubeEventsConfig', 'defaultKubernetesEventsConfig'),
];
