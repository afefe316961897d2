import { isSecretReference } from '../../secrets/secretReference.ts';
import { bytesOf } from '../../quantities/quantities.ts';
import type { SectionAt } from '../check.ts';
import type { FluentBitConfig } from '../model.ts';
import type { Report } from './report.ts';

/** Outputs that only show or drop records: nothing is lost with them. */
const LOCAL = new Set(['stdout', 'null', 'file', 'counter', 'flowcounter', 'exit', 'lib', 'plot', 'prometheus_exporter', 'vivo_exporter']);
/** Inputs that read on where they stopped: a full buffer stops them, and nothing of what they read is lost. */
const BUFFERED = new Set(['tail', 'systemd', 'forward', 'http', 'tcp', 'udp', 'syslog', 'opentelemetry', 'kubernetes_events']);
const STORES = new Set(['opensearch', 'es']);
/** From here on a buffer holds more than a busy server takes within one retry. */
const MUCH = 50_000_000;

/** Retries, buffers, and what is lost or doubled when the backend is away. */
export function checkDelivery(config: FluentBitConfig, inputs: readonly SectionAt[], outputs: readonly SectionAt[], service: SectionAt, report: Report): void {
  const onDisk = inputs.some(({ section }) => section['storage.type'] === 'filesystem');
  const path = config.service?.['storage.path'];
  for (const at of inputs) {
    const { section } = at;
    if (section['storage.type'] === 'filesystem' && path === undefined) {
      // Without a service section this may be a part that another file includes.
      report('missing-storage-path', at, 'storage.type', 'Filesystem buffers need storage.path in the service section.', 'storage.path: /var/lib/fluent-bit/storage', config.service === undefined || config.includes !== undefined ? 'warning' : 'error');
    }
    if (BUFFERED.has(String(section['name'])) && section['storage.type'] !== 'filesystem' && section['storage.type'] !== 'memrb' && isNone(section['mem_buf_limit']) && outputs.some(({ section: output }) => !LOCAL.has(String(output['name'])))) {
      report('unbounded-buffer', at, undefined, `${String(section['name'])} buffers in memory without a limit.`, 'mem_buf_limit: 50M, or storage.type: filesystem');
    }
  }
  for (const at of outputs) {
    const { section } = at;
    const name = String(section['name']);
    if (LOCAL.has(name)) continue;
    const limit = section['retry_limit'];
    const word = String(limit).toLowerCase();
    if (['no_limits', 'false', 'off'].includes(word)) report('endless-retry', at, 'retry_limit', 'A chunk with one record that is refused for good is sent again for ever.', 'A number: 240 is about an hour with scheduler.cap 30.');
    else if (STORES.has(name) && (limit === undefined || Number(limit) < 5 || word === 'no_retries') && largestBuffer(inputs) >= MUCH) {
      report('too-few-retries', at, limit === undefined ? undefined : 'retry_limit', `${limit === undefined || word === '1' ? 'One retry' : word === 'no_retries' ? 'No retry' : `${String(limit)} retries`} behind a large buffer: what a busy server answers with 429 is lost.`, 'retry_limit: 240');
    }
    if (onDisk && section['storage.total_limit_size'] === undefined) report('unbounded-buffer', at, undefined, `What waits on disk for ${name} has no limit.`, "storage.total_limit_size: 1G");
    if (section['tls'] === true && section['tls.verify'] === false) report('tls-not-verified', at, 'tls.verify', `${name} takes any certificate.`, 'tls.ca_file: the authority’s certificate');
    if (name === 'forward' && section['retain_metadata_in_forward_mode'] !== false) report('forward-metadata', at, section['retain_metadata_in_forward_mode'] === undefined ? undefined : 'retain_metadata_in_forward_mode', 'Records go out with metadata, which Fluentd takes for broken events.', 'retain_metadata_in_forward_mode: false');
    if (name === 'opensearch') checkOpenSearch(at, report);
    if (STORES.has(name) && section['generate_id'] !== true && section['id_key'] === undefined) report('doubled-on-retry', at, undefined, 'The server makes the ids: what is sent again is stored twice.', 'generate_id: true, with the file and the offset in the record');
    if (STORES.has(name) && section['buffer_size'] !== undefined && section['buffer_size'] !== 'False' && (bytesOf(section['buffer_size'] as string) ?? Infinity) < 512_000 && Number(section['buffer_size']) !== 0) {
      report('response-cut-off', at, 'buffer_size', 'The answer to a bulk request of 2 MB is longer than this.', 'buffer_size: 16M');
    }
  }
  if (config.service?.health_check === true) {
    report('probe-restarts-agent', service, 'health_check', 'With health_check the path /api/v1/health answers 500 while the backend is away.', 'Let the liveness probe ask for / and leave /api/v1/health to alerts, or turn health_check off.');
  }
}

function checkOpenSearch(at: SectionAt, report: Report): void {
  if (at.section['suppress_type_name'] !== true) report('type-name', at, at.section['suppress_type_name'] === undefined ? undefined : 'suppress_type_name', 'Each action names a type, which OpenSearch 2 and later refuse.', 'suppress_type_name: true');
}

function isNone(limit: unknown): boolean {
  return limit === undefined || limit === 0 || limit === '0';
}

function largestBuffer(inputs: readonly SectionAt[]): number {
  return Math.max(0, ...inputs.map(({ section }) => {
    if (section['storage.type'] === 'filesystem') return Infinity;
    const limit = section['mem_buf_limit'];
    if (isNone(limit)) return section['name'] === 'tail' ? Infinity : 0;
    return isSecretReference(limit) ? 0 : (bytesOf(limit as string) ?? 0);
  }));
}

/** Positions of files. */
export function checkPositions(inputs: readonly SectionAt[], report: Report): void {
  const seen = new Map<string, SectionAt>();
  for (const at of inputs) {
    const { section } = at;
    const db = section['db'];
    if (typeof db === 'string') {
      const other = seen.get(db);
      if (other === undefined) seen.set(db, at);
      else report('same-database', at, 'db', `${db} is the database of ${other.path} too.`, 'Give each input a file of its own.');
    } else if (section['name'] === 'tail' && section['exit_on_eof'] !== true) report('missing-database', at, undefined, 'Where the input has read to is nowhere: a restart loses or doubles lines.', 'db: /var/lib/fluent-bit/tail.db');
    if (section['name'] === 'tail' && section['skip_long_lines'] !== true && section['truncate_long_lines'] !== true && section['exit_on_eof'] !== true) {
      report('long-lines-stop-file', at, section['skip_long_lines'] === undefined ? undefined : 'skip_long_lines', 'One line longer than buffer_max_size, and the rest of the file is not read.', 'skip_long_lines: true, and buffer_max_size: 4M');
    }
  }
}
