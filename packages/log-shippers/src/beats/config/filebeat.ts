import { PodscopeError } from '@podscope/core';
import { requireCompatible, type DestinationFor, type VersionOf } from '../../compatibility/compatibility.ts';
import type { ShipperOptions } from '../../config/shipperOptions.ts';
import type { ApacheLogs, ContainerLogs, NodeLogs, Source } from '../../sources/sources.ts';
import type { BeatsVersion, FilebeatConfig, FilebeatInput, Processor } from '../model/beatsConfig.ts';
import { allowLists, commonSettings, familyField, ownIndex, type BeatsDestinations } from './beatSettings.ts';
import { containerPaths, excludedFiles, readByOthers } from './containerFiles.ts';
import { multilineOf } from './multiline.ts';
import { indexOf, outputOf } from './output.ts';
import { apacheScript, nodeScript, originScript } from './scripts.ts';

const CONTAINERS = '/var/log/containers';
/**
 * A rotated file is read on until five minutes after its last line, a removed one to its end. With `close_removed` off, its position would
 * have to be kept for ever, and a new file with the same inode would be read from the middle.
 */
const KEEP_READING = { close_inactive: '5m', close_removed: true, close_renamed: false, clean_removed: true, scan_frequency: '5s' } as const;

/**
 * The same line has the same id, whenever it is read: its place in its file and, where the runtime wrote one, its time (7.12 cuts it to the
 * millisecond), which tells it from the line at that place in the file before the rotation. Two identical lines have two places.
 */
const documentId = (fields: readonly string[]): Processor => ({
  fingerprint: { fields, target_field: '@metadata._id', method: 'sha256', encoding: 'hex', ignore_missing: true },
});

function metadata(source: ContainerLogs | ApacheLogs): Processor[] {
  const api: Processor[] = source.metadata === 'file-name' ? [] : [{
    add_kubernetes_metadata: { host: '${NODE_NAME:}', 'default_indexers.enabled': false, 'default_matchers.enabled': false, indexers: [{ container: {} }], matchers: [{ logs_path: { logs_path: `${CONTAINERS}/` } }] },
  }];
  return [...api, originScript()];
}

interface Place {
  readonly version: BeatsVersion;
  readonly index: number;
  readonly sources: readonly Source[];
  readonly destination: BeatsDestinations;
}

/**
 * The container input, in both versions: filestream of 7.12 reads past its parsers, and that of 7.17.0 leaves the newline on lines of
 * docker's format and counts `log.offset` to the end of a line instead of from its start (measured with both formats).
 */
function containerInput(source: ContainerLogs | ApacheLogs, { index, sources, destination }: Place): FilebeatInput {
  const where = `sources[${index}]`;
  const family = source.kind === 'apache-logs' ? 'apache' : 'filebeat';
  const multiline = source.kind === 'container-logs' ? multilineOf(source.multiline) : {};
  return {
    type: 'container',
    paths: containerPaths(where, source.directory ?? CONTAINERS, source),
    exclude_files: [...excludedFiles(where, source), ...readByOthers(sources, source)],
    stream: 'all',
    format: source.format ?? 'auto',
    // Files below /var/log/containers are links to those of the pods.
    symlinks: true,
    ...KEEP_READING,
    ...multiline,
    ...ownIndex(destination, indexOf, family),
    processors: [documentId(['log.file.path', 'log.offset', '@timestamp', 'stream', 'message']), familyField(family), ...metadata(source), ...(family === 'apache' ? [apacheScript()] : [])],
  };
}

function nodeInput(source: NodeLogs, { version, index, destination }: Place): FilebeatInput {
  const rest = ownIndex(destination, indexOf, 'filebeat');
  const processors = (fields: readonly string[]): Processor[] => [documentId(fields), familyField('filebeat'), nodeScript()];
  if (source.journal !== undefined) {
    if (version === '7.12') throw new PodscopeError('SHIPPER_INCOMPATIBLE', `filebeat 7.12 has no input for the journal (sources[${index}].journal).`, { hint: 'Use filebeat 7.17, or give paths of files.' });
    return {
      type: 'journald', id: `podscope-${source.kind}-${index}`, ...rest, ...(source.journal.path === undefined ? {} : { paths: [source.journal.path] }), seek: 'cursor', cursor_seek_fallback: 'head',
      include_matches: source.journal.units.map((unit) => `systemd.unit=${unit}`), processors: processors(['@timestamp', 'systemd.unit', 'journald.pid', 'message']),
    };
  }
  return {
    type: 'log', paths: [...(source.paths ?? ['/var/log/syslog', '/var/log/messages', '/var/log/kubelet.log'])], ...KEEP_READING, ...rest,
    processors: processors(['log.file.path', 'log.offset', 'message']),
  };
}

function inputOf(source: Source, place: Place): FilebeatInput[] {
  switch (source.kind) {
    case 'container-logs':
    case 'apache-logs':
      return [containerInput(source, place)];
    case 'node-logs':
      return [nodeInput(source, place)];
    default:
      return [];
  }
}

/**
 * Filebeat's configuration for sources and a destination. Positions are kept below `stateDirectory`, which must outlive the process.
 *
 * @throws PodscopeError SHIPPER_INCOMPATIBLE for what Filebeat of that version does not read or write; SHIPPER_BAD_VALUE.
 */
export function filebeatConfig<V extends VersionOf<'filebeat'>>(options: ShipperOptions<'filebeat', V>): FilebeatConfig {
  const version: BeatsVersion = options.version;
  const sources: readonly Source[] = options.sources;
  requireCompatible('filebeat', version, sources, options.destination);
  const destination = options.destination as DestinationFor<'filebeat', VersionOf<'filebeat'>> as BeatsDestinations;
  const families = (['filebeat', 'apache'] as const).filter((family) => sources.some(({ kind }) => (kind === 'apache-logs') === (family === 'apache')));
  return {
    kind: 'filebeat',
    version,
    inputs: sources.flatMap((source, index) => inputOf(source, { version, index, sources, destination })),
    settings: {
      'filebeat.shutdown_timeout': '5s',
      ...commonSettings('filebeat', options, destination),
      // Bounds the memory: about as many lines as this are under way, all others still in their files.
      'queue.mem.events': 4096, 'queue.mem.flush.min_events': 512, 'queue.mem.flush.timeout': '1s',
    },
    processors: allowLists(families, destination),
    output: outputOf(destination),
  };
}
