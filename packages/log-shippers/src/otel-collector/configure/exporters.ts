import type { Auth, OpenSearchDestination, OtlpDestination } from '../../destinations/destinations.ts';
import { badValue } from '../../quantities/quantities.ts';
import type { Family } from '../../sources/sources.ts';
import type { OtelOptions, OtelValue } from '../model.ts';

/** An exporter and what it needs beside it. */
export interface MadeExporter {
  readonly id: string;
  readonly options: OtelOptions;
  readonly extensions: Readonly<Record<string, OtelOptions>>;
}

/**
 * The queue in front of an exporter: on disk, with a limit, and when it is full the readers wait instead of losing. Batches are made in it,
 * since the batch processor would hold them in memory only.
 */
function sendingQueue(items: number, batch: OtelValue): OtelOptions {
  return { enabled: true, storage: 'file_storage', sizer: 'items', queue_size: items, block_on_overflow: true, num_consumers: 4, batch };
}

/** Tried again until it is taken: the queue has a limit, and who waits in it waits on disk. */
const RETRY: OtelOptions = { enabled: true, initial_interval: '1s', max_interval: '30s', max_elapsed_time: 0 };

/** The exporter of a family's documents. */
export function exporterFor(destination: OpenSearchDestination | OtlpDestination, family: Family, queueItems: number): MadeExporter {
  return destination.kind === 'otlp' ? otlpExporter(destination, queueItems) : openSearchExporter(destination, family, queueItems);
}

/**
 * The opensearch exporter in its mapping mode `bodymap`: the body of a record is the document, and nothing is added. It gives documents no
 * ids. Read in exporter/opensearchexporter v0.138.0 of the contrib repository: config.go, encoder.go, log_bulk_indexer.go.
 */
function openSearchExporter(destination: OpenSearchDestination, family: Family, queueItems: number): MadeExporter {
  const auth = authentication(destination.auth, destination);
  const index = destination.indices?.[family] ?? `${family}-podscope`;
  const isDated = index.endsWith('-{date}');
  if (index.replace(/-\{date\}$/, '').includes('{date}')) throw badValue(`openSearch.indices.${family}`, `${JSON.stringify(index)} has its date elsewhere than at the end.`, `The exporter writes ${family}-{date}.`);
  return {
    id: `opensearch/${family}`,
    extensions: auth.extensions,
    options: {
      logs_index: isDated ? index.slice(0, -'-{date}'.length) : index,
      ...(isDated ? { logs_index_time_format: 'yyyy.MM.dd' } : {}),
      bulk_action: 'create',
      mapping: { mode: 'bodymap' },
      timeout: '60s',
      http: {
        endpoint: destination.endpoint,
        ...(destination.tls === undefined ? {} : { tls: { ...(destination.tls.caFile === undefined ? {} : { ca_file: destination.tls.caFile }), ...(destination.tls.insecureSkipVerify === true ? { insecure_skip_verify: true } : {}) } }),
        ...(auth.id === undefined ? {} : { auth: { authenticator: auth.id } }),
      },
      retry_on_failure: RETRY,
      sending_queue: sendingQueue(queueItems, { flush_timeout: '1s', sizer: 'items', min_size: 500, max_size: 1000 }),
    },
  };
}

function authentication(auth: Auth, { engine }: OpenSearchDestination): { readonly id?: string; readonly extensions: Readonly<Record<string, OtelOptions>> } {
  switch (auth.kind) {
    case 'none':
      return { extensions: {} };
    case 'basic':
      return { id: 'basicauth/opensearch', extensions: { 'basicauth/opensearch': { client_auth: { username: auth.username, password: auth.password } } } };
    case 'sigv4':
      return {
        id: 'sigv4auth',
        extensions: {
          sigv4auth: { region: auth.region, service: engine === 'opensearch-serverless' ? 'aoss' : 'es', ...(auth.roleArn === undefined ? {} : { assume_role: { arn: auth.roleArn, sts_region: auth.region } }) },
        },
      };
  }
}

function otlpExporter(destination: OtlpDestination, queueItems: number): MadeExporter {
  const { endpoint, tls } = destination;
  const isHttp = destination.protocol === 'http';
  const isPlain = isHttp ? false : !endpoint.startsWith('https://') && tls === undefined;
  return {
    id: isHttp ? 'otlphttp' : 'otlp',
    extensions: {},
    options: {
      endpoint,
      ...(isPlain ? { tls: { insecure: true } } : tls === undefined ? {} : { tls: { ...(tls.caFile === undefined ? {} : { ca_file: tls.caFile }), ...(tls.insecureSkipVerify === true ? { insecure_skip_verify: true } : {}) } }),
      retry_on_failure: RETRY,
      sending_queue: sendingQueue(queueItems, { flush_timeout: '1s', sizer: 'items', min_size: 500, max_size: 1000 }),
    },
  };
}
