import type { Shipper } from '../../../packages/log-shippers/src/index.ts';

/** Findings in a program's own examples that are right, with the reason why they stand there all the same. */
export interface KnownExample {
  readonly program: Shipper;
  /** Where only one version's files have it. */
  readonly version?: string;
  readonly rule: string;
  readonly reason: string;
  /** By the end of the file's path in the program's source tree: where in it, or how many. */
  readonly files: Readonly<Record<string, readonly string[] | number>>;
}

/** For Fluent Bit 5.1.1, Fluentd 1.18.0, Logstash 7.16.3 and 8.9.2, Beats 7.12.1 and 7.17.0, and the collector's distributions 0.139.0. */
export const KNOWN_EXAMPLES: readonly KnownExample[] = [
  {
    program: 'fluent-bit', rule: 'unknown-option',
    reason: 'HTTP_Monitor is an obsolete key, HTTP_Server today: the program ignores what it does not know in the service section',
    files: {
      'conf/in_disk.conf': ['service.HTTP_Monitor'],
      'conf/in_dummy.conf': ['service.HTTP_Monitor'],
      'conf/in_forward.conf': ['service.HTTP_Monitor'],
      'conf/in_head.conf': ['service.HTTP_Monitor'],
      'conf/in_mqtt.conf': ['service.HTTP_Monitor'],
      'conf/in_netif.conf': ['service.HTTP_Monitor'],
      'conf/in_proc.conf': ['service.HTTP_Monitor'],
      'conf/out_td.conf': ['service.HTTP_Monitor'],
    },
  },
  {
    program: 'fluent-bit', rule: 'unknown-option',
    reason: 'the address of prometheus_exporter is its host: 5.1.1 refuses the file ("unknown configuration property \'listen\'")',
    files: { 'conf/fluent-bit-metrics.conf': ['outputs[0].listen'] },
  },
  {
    program: 'fluent-bit', rule: 'unknown-option',
    reason: 'an option of old versions, Buffer_Max_Size today: 5.1.1 refuses the file ("unknown configuration property \'buffer\'")',
    files: { 'conf/in_forward.conf': ['inputs[0].Buffer'] },
  },
  {
    program: 'fluent-bit', rule: 'bad-value',
    reason: 'written twice by mistake: 5.1.1 refuses the file ("is set 2 times")',
    files: { 'conf/in_proc.conf': ['inputs[0].alert'], 'conf/out_kafka-rest.conf': ['outputs[0].tag_key'] },
  },
  {
    program: 'fluent-bit', rule: 'unknown-plugin',
    reason: 'the input xbee was removed: 5.1.1 refuses the file ("a plugin name that doesn\'t exist")',
    files: { 'conf/in_xbee.conf': ['inputs[0].name'] },
  },
  {
    program: 'fluent-bit', rule: 'endless-retry',
    reason: 'the example retries for ever on purpose (Retry_Limit False)',
    files: { 'conf/kube_elasticsearch.conf': ['outputs[0].retry_limit'] },
  },
  {
    program: 'fluent-bit', rule: 'secret-in-plain-text',
    reason: 'a made-up key in plain text, as examples have',
    files: { 'conf/out_td.conf': ['outputs[0].api'] },
  },
  {
    program: 'fluent-bit', rule: 'unreadable',
    reason: 'the names of its sections are indented: 5.1.1 refuses the file ("undefined value")',
    files: { 'conf/parser_custom.conf': 1 },
  },
  {
    program: 'fluent-bit', rule: 'missing-database',
    reason: 'a short example that keeps no positions',
    files: {
      'conf/kube.conf': 1,
      'conf/kube_elasticsearch.conf': 1,
      'conf/rate_limit.conf': 1,
      'documentation/examples/multiline/filter_multiline/fluent-bit.conf': 1,
      'documentation/examples/multiline/regex-001/fluent-bit.conf': 1,
      'examples/perf_test/fluent-bit.conf': 1,
    },
  },
  {
    program: 'fluent-bit', rule: 'long-lines-stop-file',
    reason: 'a short example with the default, which stops at a line that is too long',
    files: {
      'conf/kube.conf': 1,
      'conf/kube_elasticsearch.conf': 1,
      'conf/rate_limit.conf': 1,
      'documentation/examples/multiline/filter_multiline/fluent-bit.conf': 1,
      'documentation/examples/multiline/regex-001/fluent-bit.conf': 1,
      'examples/perf_test/fluent-bit.conf': 1,
      'examples/windows/docker/conf/fluent-bit.conf': 1,
      'examples/windows/kubernetes/configmap.yaml': 1,
    },
  },
  {
    program: 'fluent-bit', rule: 'reads-own-logs',
    reason: 'the example reads the logs of all containers, its own among them',
    files: { 'conf/kube.conf': 1, 'conf/kube_elasticsearch.conf': 1, 'conf/rate_limit.conf': 1 },
  },
  {
    program: 'fluent-bit', rule: 'kubernetes-buffer-size',
    reason: 'the example leaves Buffer_Size at 32K',
    files: { 'conf/kube.conf': 1, 'conf/kube_elasticsearch.conf': 1, 'conf/rate_limit.conf': 1 },
  },
  {
    program: 'fluent-bit', rule: 'doubled-on-retry',
    reason: 'the example leaves the ids to the server',
    files: { 'conf/kube_elasticsearch.conf': 1 },
  },
  {
    program: 'fluentd', rule: 'secret-in-plain-text',
    reason: 'made-up passwords and keys in plain text, as examples have',
    files: {
      'example/in_forward_client.conf': 5,
      'example/in_forward_shared_key.conf': 1,
      'example/in_forward_users.conf': 3,
      'example/out_forward_client.conf': 12,
      'example/out_forward_shared_key.conf': 2,
      'example/out_forward_users.conf': 7,
    },
  },
  {
    program: 'fluentd', rule: 'tag-without-output',
    reason: 'a fault of the example: in_syslog adds facility and severity to the tag, and <match test> takes neither',
    files: { 'example/in_syslog.conf': ['source[0]'] },
  },
  {
    program: 'fluentd', rule: 'match-matches-nothing',
    reason: 'the same fault, seen from the match',
    files: { 'example/in_syslog.conf': 1 },
  },
  {
    program: 'fluentd', rule: 'deprecated-option',
    reason: 'written for an older Fluentd; 1.18 still takes these options',
    files: {
      'example/copy_roundrobin.conf': 4,
      'example/filter_stdout.conf': 2,
      'example/in_out_forward.conf': 4,
      'example/in_syslog.conf': 2,
      'example/in_tail.conf': 1,
      'example/in_tcp.conf': 2,
      'example/in_udp.conf': 3,
      'example/multi_filters.conf': 10,
      'example/out_copy.conf': 3,
      'example/out_file.conf': 2,
      'example/out_forward.conf': 1,
      'example/out_forward_buf_file.conf': 3,
      'example/out_forward_client.conf': 5,
      'example/out_forward_shared_key.conf': 2,
      'example/out_forward_users.conf': 3,
      'example/v0_12_filter.conf': 2,
      'example/worker_section.conf': 1,
    },
  },
  {
    program: 'fluentd', rule: 'unbounded-input',
    reason: 'the example leaves the size of a message without a limit, which is the default',
    files: {
      'example/in_forward.conf': 1,
      'example/in_forward_client.conf': 1,
      'example/in_forward_shared_key.conf': 1,
      'example/in_forward_tls.conf': 1,
      'example/in_forward_users.conf': 1,
      'example/in_forward_workers.conf': 1,
      'example/in_out_forward.conf': 1,
      'example/out_copy.conf': 1,
      'example/out_file.conf': 1,
      'example/secondary_file.conf': 1,
      'example/v0_12_filter.conf': 1,
      'example/worker_section.conf': 1,
      'fluent.conf': 1,
    },
  },
  {
    program: 'fluentd', rule: 'unbounded-buffer',
    reason: 'the example leaves the buffer at the default of 64 GB',
    files: { 'example/in_forward_workers.conf': 1, 'example/in_sample_with_compression.conf': 1 },
  },
  {
    program: 'fluentd', rule: 'unknown-plugin',
    reason: 'buffered_null is no output of Fluentd 1.18: the source has none of that name',
    files: { 'example/multi_filters.conf': 1 },
  },
  {
    program: 'logstash', rule: 'secret-in-plain-text',
    reason: 'the password "changeme" in plain text, as examples have',
    files: {
      'docker/examples/logstash.conf': ['output[0].elasticsearch.password'],
      'docs/static/monitoring/pipelines/tweets_about_rain.conf': ['output[1].elasticsearch.password'],
    },
  },
  {
    program: 'filebeat', rule: 'seccomp',
    reason: 'Beats ship with the list of system calls of 2021 on; images with an older glibc run with it',
    files: {
      'filebeat.yml': 1,
      'filebeat.docker.yml': 1,
      'filebeat.reference.yml': 1,
      'deploy/kubernetes/filebeat-kubernetes.yaml': 1,
      'deploy/kubernetes/filebeat/filebeat-configmap.yaml': 1,
    },
  },
  {
    program: 'filebeat', version: '7.12', rule: 'template-to-opensearch',
    reason: 'written for Elasticsearch, which takes the template and ILM that OpenSearch refuses',
    files: {
      'filebeat.yml': ['setup'],
      'filebeat.docker.yml': ['setup'],
      'filebeat.reference.yml': ['setup'],
      'deploy/kubernetes/filebeat-kubernetes.yaml': ['setup'],
      'deploy/kubernetes/filebeat/filebeat-configmap.yaml': ['setup'],
    },
  },
  {
    program: 'metricbeat', rule: 'seccomp',
    reason: 'Beats ship with the list of system calls of 2021 on; images with an older glibc run with it',
    files: {
      'metricbeat.yml': 1,
      'metricbeat.docker.yml': 1,
      'metricbeat.reference.yml': 1,
      'deploy/kubernetes/metricbeat-kubernetes.yaml': 1,
      'deploy/kubernetes/metricbeat/metricbeat-daemonset-configmap.yaml': 1,
    },
  },
  {
    program: 'metricbeat', version: '7.12', rule: 'template-to-opensearch',
    reason: 'written for Elasticsearch, which takes the template and ILM that OpenSearch refuses',
    files: {
      'metricbeat.yml': ['setup'],
      'metricbeat.docker.yml': ['setup'],
      'metricbeat.reference.yml': ['setup'],
      'deploy/kubernetes/metricbeat-kubernetes.yaml': ['setup'],
      'deploy/kubernetes/metricbeat/metricbeat-daemonset-configmap.yaml': ['setup'],
    },
  },
  {
    program: 'metricbeat', rule: 'drops-events',
    reason: 'Metricbeat\'s default: it drops a batch after three tries',
    files: {
      'metricbeat.yml': 1,
      'metricbeat.docker.yml': 1,
      'metricbeat.reference.yml': 1,
      'deploy/kubernetes/metricbeat-kubernetes.yaml': 1,
      'deploy/kubernetes/metricbeat/metricbeat-daemonset-configmap.yaml': 1,
    },
  },
  {
    program: 'metricbeat', rule: 'state-and-node',
    reason: 'the reference has every module beside every other',
    files: { 'metricbeat.reference.yml': 1 },
  },
  {
    program: 'metricbeat', version: '7.12', rule: 'kube-state-metrics-2',
    reason: '7.12 is of the time of kube-state-metrics 1',
    files: { 'metricbeat.reference.yml': 1 },
  },
  {
    program: 'otel-collector', rule: 'unbounded-buffer',
    reason: 'the default configuration has no memory_limiter',
    files: { 'distributions/otelcol/config.yaml': 3, 'distributions/otelcol-contrib/config.yaml': 3 },
  },
];
