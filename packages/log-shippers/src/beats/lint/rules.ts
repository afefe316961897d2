import type { LintRule } from '../../lint/problem.ts';

/** What {@link lintFilebeat} and {@link lintMetricbeat} look for. */
export const BEATS_RULES = {
  'unknown-plugin': { severity: 'error', title: 'An input, processor, output or module that there is none of', source: 'filebeat test config takes any type of an input: the inputs are made when it runs (filebeat/input/v2/loader.go)' },
  'unknown-option': { severity: 'error', title: 'An option that the plugin does not have: Beats read past it without a word', source: 'go-ucfg unpacks what the struct has and ignores the rest' },
  'bad-value': { severity: 'error', title: 'A value of the wrong kind or with the wrong unit', source: 'the structs of the module, with their `config` tags' },
  'missing-option': { severity: 'error', title: 'An option that must be there', source: 'the `validate:"required"` tags of the module' },
  'missing-paths': { severity: 'error', title: 'An input of files without paths', source: 'filebeat/input/filestream/config.go, Validate: only when the input is made' },
  'not-in-version': { severity: 'error', title: 'A plugin or option that this version does not have', source: 'the modules github.com/elastic/beats/v7 of both versions' },
  'same-database': { severity: 'error', title: 'Two inputs keep their positions under one name', source: 'filebeat/input/filestream/internal/input-logfile/manager.go: inputs without an id share one' },
  'same-files': { severity: 'warning', title: 'Two inputs read the same files: every line twice', source: 'filebeat/input/filestream, filebeat/input/log: no input knows of another' },
  'filestream-without-id': { severity: 'warning', title: 'A filestream input without an id: an id given later reads every file again', source: 'filebeat/input/filestream/internal/input-logfile/manager.go' },
  'symlinks-off': { severity: 'error', title: 'Files below /var/log/containers are links, which the input does not follow', source: 'prospector.scanner.symlinks and symlinks are false unless set' },
  'multiline-without-container': { severity: 'error', title: 'Lines are joined before the runtime\'s own part is taken off them', source: 'libbeat/reader/parser/parser.go: parsers run in their order' },
  'parsers-ignored': { severity: 'error', title: 'Filestream of 7.12 has no parsers: the option is read past', source: 'filebeat/input/filestream/input.go of 7.12.1, open()' },
  'cri-not-parsed': { severity: 'warning', title: 'Container files are read without the container format', source: 'documents then begin with the runtime\'s time, stream and flag' },
  'clean-inactive': { severity: 'error', title: 'Positions are forgotten before their file is', source: 'filebeat/input/log/config.go, Validate' },
  'loses-lines': { severity: 'warning', title: 'A setting with which lines of rotated files are lost', source: 'https://www.elastic.co/guide/en/beats/filebeat/7.17/filebeat-input-log.html: close_renamed, close_timeout, close_removed' },
  'several-outputs': { severity: 'error', title: 'More than one output: the Beat does not start', source: 'libbeat/cmd/instance/beat.go: "more than one namespace configured"' },
  'no-output': { severity: 'error', title: 'No output: the Beat does not start', source: 'libbeat/cmd/instance/beat.go' },
  'seccomp': { severity: 'warning', title: 'The list of system calls of 2021 is on', source: 'with glibc 2.35 or newer clone3 and rseq are refused, and a Beat of 7.x ends with "pthread_create failed: Operation not permitted"' },
  'unbounded-buffer': { severity: 'warning', title: 'A queue that may take a whole disk or memory', source: 'libbeat/publisher/queue/diskqueue/config.go: max_size 0 is without a limit' },
  'drops-events': { severity: 'warning', title: 'Events are dropped after some tries', source: 'libbeat/publisher/pipeline/ttl_batch.go: Metricbeat drops a batch after max_retries' },
  'secret-in-plain-text': { severity: 'error', title: 'A secret in plain text', source: 'anybody who may read the ConfigMap reads it' },
  'template-to-opensearch': { severity: 'error', title: 'The Beat sets up a template or ILM that the server does not take', source: 'measured: Filebeat 7.12.1 and OpenSearch 2.19.6: "error loading template", nothing is sent' },
  'index-without-template': { severity: 'error', title: 'An index of its own without the template\'s name and pattern: the Beat does not start', source: 'libbeat/idxmgmt/std.go' },
  'ttl-with-pipelining': { severity: 'warning', title: 'ttl has no effect with pipelining', source: 'libbeat/outputs/logstash/async.go' },
  'kube-state-metrics-2': { severity: 'warning', title: 'Metricbeat 7.12 reads the names of kube-state-metrics 1', source: 'metricbeat/module/kubernetes/state_node/state_node.go of 7.12.1: kube_node_status_capacity_pods, which 2.0 renamed to kube_node_status_capacity' },
  'state-and-node': { severity: 'warning', title: 'State of the cluster and a node\'s metrics in one Metricbeat: in a DaemonSet every node reads the state', source: 'each sample comes once for each node' },
  'probe-restarts-agent': { severity: 'warning', title: 'The endpoint for probes listens on the loopback address only', source: 'libbeat/api/config.go: http.host is localhost, which kubelet cannot reach' },
} as const satisfies Readonly<Record<string, LintRule>>;

/** The name of a rule. */
export type BeatsRule = keyof typeof BEATS_RULES;
