import type { ContainerChoice, ContainerLogs, MultilineLanguage } from '../../sources/sources.ts';
import type { OtelOptions, OtelValue } from '../model.ts';

type Logs = ContainerChoice & Pick<ContainerLogs, 'format' | 'directory'> & { readonly multiline?: ContainerLogs['multiline'] };

/** Lines that go on with what was before, for each language's stack traces. A line is looked at alone: that of a Python exception goes on too. */
const CONTINUES: Readonly<Record<MultilineLanguage, string>> = {
  java: '^\\\\s+(at|\\\\.\\\\.\\\\. \\\\d+ (more|common))|^Caused by:|^\\\\s*Suppressed:',
  python: '^  |^\\\\w+(\\\\.\\\\w+)*(Error|Exception|Warning)(:|$)',
  go: '^goroutine \\\\d+ \\\\[|^\\\\s|^created by |^[\\\\w./*()-]+\\\\(.*\\\\)$|^$|^exit status \\\\d+$',
  ruby: '^\\\\s+from |^\\\\t\\\\s*\\\\d+: from ',
};

/** The most that one record may have, as the workshop's own collector. */
const LARGEST = '2MiB';

/** What all readers of files share: positions on disk, from the beginning, and waiting where the queue is full. */
export const FILE_OPTIONS = {
  start_at: 'beginning',
  storage: 'file_storage',
  include_file_path: true,
  include_file_name: true,
  include_file_record_offset: true,
  max_log_size: LARGEST,
  // A part of a long line may begin or end with spaces.
  preserve_leading_whitespaces: true,
  preserve_trailing_whitespaces: true,
  // Only what has been taken counts as read; what the pipeline refuses for now is offered again, and the file waits.
  retry_on_failure: { enabled: true, max_elapsed_time: 0 },
} as const satisfies OtelOptions;

/**
 * Reads containers' files. The `container` operator puts partial lines of both runtimes together; its metadata by file name need kubelet's
 * folder of pods, so the name of the link in `/var/log/containers` is taken apart here. What `others` choose is theirs.
 */
export function containerReceiver(logs: Logs, own: readonly string[], others: readonly Logs[]): OtelOptions {
  const directory = directoryOf(logs);
  // What is left out by one of its names is left out whatever the others are.
  const excluded = [
    ...(logs.exclude?.pods ?? []).map((pod) => `${directory}/${pod}_*_*.log`),
    ...(logs.exclude?.namespaces ?? []).map((namespace) => `${directory}/*_${namespace}_*.log`),
    ...(logs.exclude?.containers ?? []).map((container) => `${directory}/*_*_${container}-*.log`),
    ...own.map((container) => `${directory}/*_*_${container}-*.log`),
    ...others.filter(({ namespaces, pods, containers }) => (namespaces ?? pods ?? containers) !== undefined).flatMap(chosenFiles),
  ];
  return {
    include: chosenFiles(logs),
    exclude: excluded,
    ...FILE_OPTIONS,
    operators: [
      { type: 'container', id: 'runtime', ...(logs.format === undefined || logs.format === 'auto' ? {} : { format: logs.format === 'cri' ? 'containerd' : 'docker' }), add_metadata_from_filepath: false, max_log_size: LARGEST, on_error: 'send' },
      ...(logs.format === 'cri' ? [] : dockerParts()),
      ...stackTraces(logs.multiline ?? []),
      ...NAME_OPERATORS,
    ],
  };
}

function directoryOf(logs: Logs): string {
  return logs.directory ?? '/var/log/containers';
}

function chosenFiles(logs: Logs): string[] {
  const { pods = ['*'], namespaces = ['*'], containers = ['*'] } = logs;
  return pods.flatMap((pod) => namespaces.flatMap((namespace) => containers.map((container) => `${directoryOf(logs)}/${pod}_${namespace}_${container}-*.log`)));
}

/**
 * Docker ends the text of a line with a newline, and that of a part of a long line not; the `container` operator leaves both to others
 * (stanza 0.139.0, operator/parser/container/parser.go). CRI has a tag for it, which Docker's lines have not: with `auto`, a line that has one
 * is whole. `recombine` takes no notice of `if` (operator/transformer/recombine/transformer.go), so that stands in its own expression.
 */
function dockerParts(): OtelValue[] {
  return [
    {
      type: 'recombine',
      id: 'docker-parts',
      combine_field: 'body',
      combine_with: '',
      is_last_entry: 'attributes.logtag != nil or body endsWith "\\n"',
      source_identifier: 'attributes["log.file.path"]',
      overwrite_with: 'oldest',
      force_flush_period: '5s',
      max_log_size: LARGEST,
      on_error: 'send',
    },
    { type: 'regex_replace', id: 'docker-newline', if: 'attributes.logtag == nil', field: 'body', regex: '\\r?\\n$', replace_with: '', on_error: 'send' },
  ];
}

function stackTraces(languages: readonly MultilineLanguage[]): OtelValue[] {
  if (languages.length === 0) return [];
  const continues = languages.map((language) => CONTINUES[language]).join('|');
  return [
    {
      type: 'recombine',
      id: 'stack-traces',
      combine_field: 'body',
      is_first_entry: `not (body matches "${continues}")`,
      source_identifier: 'attributes["log.file.path"]',
      overwrite_with: 'oldest',
      force_flush_period: '2s',
      max_log_size: LARGEST,
      on_error: 'send',
    },
  ];
}

/** `<pod>_<namespace>_<container>-<id>.log` as resource attributes in OpenTelemetry's names, by which k8sattributes finds the pod. */
const NAME_OPERATORS: readonly OtelValue[] = [
  {
    type: 'regex_parser',
    id: 'file-name',
    parse_from: 'attributes["log.file.name"]',
    parse_to: 'resource',
    regex: '^(?P<pod>[^_]+)_(?P<namespace>[^_]+)_(?P<container>.+)-(?P<container_id>[^-]+)\\.log$',
    on_error: 'send_quiet',
  },
  ...[
    ['pod', 'k8s.pod.name'],
    ['namespace', 'k8s.namespace.name'],
    ['container', 'k8s.container.name'],
    ['container_id', 'container.id'],
  ].map(([from, to]): OtelValue => ({ type: 'move', from: `resource.${from ?? ''}`, to: `resource["${to ?? ''}"]`, on_error: 'send_quiet' })),
];
