import { bytesOf } from '../../quantities/quantities.ts';
import type { MatchDirective, SourceDirective } from '../model/config.ts';
import { typeOf } from '../model/toItems.ts';
import type { Place, Report } from './report.ts';

type Values = Readonly<Record<string, unknown>>;

const OPENSEARCH: ReadonlySet<string> = new Set(['opensearch', 'opensearch_data_stream']);
const STORES: ReadonlySet<string> = new Set([...OPENSEARCH, 'kinesis_firehose', 'kinesis_streams']);

/** An option, wherever it stands. */
function option(values: Values | undefined, name: string): unknown {
  return values?.[name] ?? (values?.['extra'] as Values | undefined)?.[name];
}

function sectionIn(values: Values, name: string): Values | undefined {
  const value = option(values, name);
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return typeof first === 'object' && first !== null ? (first as Values) : undefined;
}

/** What a match loses, doubles or never ends. */
export function lintMatch(report: Report, directive: MatchDirective, place: Place): void {
  lintOutput(report, { ...directive.plugin }, place);
}

function lintOutput(report: Report, values: Values, place: Place): void {
  const { type = '' } = typeOf(values);
  const stores = option(values, 'store');
  for (const store of Array.isArray(stores) ? (stores as readonly Values[]) : typeof stores === 'object' && stores !== null ? [stores as Values] : []) lintOutput(report, store, { ...place, path: `${place.path}.store` });
  const buffer = sectionIn(values, 'buffer');
  const at = (name: string): Place => ({ ...place, path: `${place.path}.${name}` });
  const bufferType = typeOf(buffer ?? {}).type;
  if ((bufferType === 'file' || bufferType === 'file_single') && option(buffer, 'total_limit_size') === undefined && option(buffer, 'queue_limit_length') === undefined) {
    report.add('unbounded-buffer', at('buffer'), 'The file buffer has no total_limit_size: it takes 64 GB of the disk.', 'total_limit_size 1g');
  }
  if (option(buffer, 'retry_forever') === true) report.add('endless-retry', at('buffer.retry_forever'), 'A chunk that is refused for good is tried for ever, and all behind it waits.', 'retry_timeout 72h, with a <secondary>.');
  if (option(buffer, 'overflow_action') === 'drop_oldest_chunk') report.add('dropped-on-overflow', at('buffer.overflow_action'), 'A full buffer throws away what waited longest.', 'overflow_action block');
  if (!STORES.has(type)) return;
  if (bufferType !== 'file' && bufferType !== 'file_single') report.add('memory-buffer', at('buffer'), 'What waits for the server is in memory, and is lost with the process.', '<buffer> with @type file and a path on a volume.');
  if (sectionIn(values, 'secondary') === undefined && option(buffer, 'retry_forever') !== true) report.add('dropped-after-retries', at('secondary'), 'What could not be delivered in time is thrown away.', '<secondary> with @type secondary_file.');
  if (OPENSEARCH.has(type)) lintOpenSearch(report, type, values, at);
}

function lintOpenSearch(report: Report, type: string, values: Values, at: (name: string) => Place): void {
  const permanent = option(values, 'unrecoverable_error_types');
  if (permanent === undefined || String(permanent as string | readonly string[]).includes('rejected_execution_exception')) {
    report.add('rejected-is-permanent', at('unrecoverable_error_types'), 'A 429 of one document ends the whole chunk: a busy server loses what it is sent.', 'unrecoverable_error_types ["out_of_memory_error"]');
  }
  const hasId = option(values, 'id_key') !== undefined;
  if (type === 'opensearch_data_stream') report.add('doubled-on-retry', at('@type'), 'opensearch_data_stream gives no ids: a repeated request doubles its documents, and a 429 of one document loses it.', '@type opensearch with write_operation create and an id_key.');
  else if (!hasId && option(values, 'write_operation') === 'create') report.add('create-without-id', at('id_key'), 'write_operation create throws away what has no id, and says so only when debugging.', 'id_key _id, with a filter that makes one.');
  else if (!hasId) report.add('doubled-on-retry', at('id_key'), 'Documents have no ids of their own: a repeated request doubles them.', 'id_key _id, with a filter that makes one, and write_operation create.');
  const threshold = option(values, 'bulk_message_request_threshold');
  if (threshold !== undefined && (bytesOf(threshold as string | number) ?? -1) > 0) report.add('split-request', at('bulk_message_request_threshold'), 'With split requests, answers are counted to the wrong documents of the chunk.', 'Leave it at -1 and limit the chunks: chunk_limit_size 4m.');
  if (option(values, 'reload_connections') !== false && sectionIn(values, 'endpoint') === undefined) report.add('reload-connections', at('reload_connections'), 'After 10,000 requests the output goes over to the addresses that the nodes have among themselves.', 'reload_connections false');
  if (option(values, 'verify_os_version_at_startup') !== false) report.add('waits-at-start', at('verify_os_version_at_startup'), 'Fluentd asks the server for its version before it starts, and gives up when it is away.', 'verify_os_version_at_startup false and default_opensearch_version.');
}

/** What a source loses or reads twice. */
export function lintSource(report: Report, directive: SourceDirective, place: Place): void {
  const values: Values = { ...directive.plugin };
  const { type } = typeOf(values);
  const at = (name: string): Place => ({ ...place, path: `${place.path}.${name}` });
  if (type === 'forward' && option(values, 'chunk_size_limit') === undefined) report.add('unbounded-input', at('chunk_size_limit'), 'The port takes a message of any size into memory.', 'chunk_size_limit 64m');
  if (type !== 'tail') return;
  if (option(values, 'pos_file') === undefined) report.add('missing-database', at('pos_file'), 'Without a pos_file, what is written while Fluentd is away is never read.', 'pos_file on a volume.');
  const path = String((option(values, 'path') ?? '') as string);
  // What is in /var/log/containers are links to the newest files: rotated ones have none.
  if (path.includes('*') && !path.startsWith('/var/log/containers/') && option(values, 'follow_inodes') !== true) report.add('rotated-twice', at('follow_inodes'), 'A rotated file that the path takes too is read again from its start.', 'follow_inodes true');
  const excluded = String((option(values, 'exclude_path') ?? '') as string | readonly string[]);
  if (/^\/var\/log\/(?:containers|pods)\/\*/.test(path) && !/fluentd/.test(excluded)) report.add('reads-own-logs', at('exclude_path'), "Fluentd's own log is among the files: each line that it writes makes another.", 'exclude_path ["/var/log/containers/*_fluentd-*.log"]');
}
