import { badValue } from '../../quantities/quantities.ts';
import type { Destination, FirehoseDestination, ForwardDestination, OpenSearchDestination } from '../../destinations/destinations.ts';
import type { Family } from '../../sources/sources.ts';
import { type Directive, filter, match } from '../model/config.ts';
import type { RubyText } from '../options/settings.ts';

/** Patience with a destination: about three days, then the chunk goes to the dead letters. */
const RETRIES = { retry_type: 'exponential_backoff', retry_wait: '1s', retry_max_interval: '60s', retry_timeout: '72h', retry_randomize: true } as const;

/**
 * The largest record that a chunk takes, in MiB: as much as the forward input takes in one message. One that is larger is an error of the
 * whole stream of records that it came with, which Fluentd hands to `@ERROR` and reads again, for ever (lib/fluent/event_router.rb, rescue of
 * emit_stream).
 */
const LARGEST_RECORD = 64;

/** A chunk is sent when it has so many MiB, whatever more one record may have. */
const chunks = (mebibytes: number) => ({ chunk_limit_size: `${LARGEST_RECORD}m`, chunk_full_threshold: mebibytes / LARGEST_RECORD }) as const;

/** What waits is in files, has an end, and holds back what comes when it is full: nothing is thrown away. */
function buffer(family: string, state: string) {
  return {
    '@type': 'file',
    '@argument': 'tag',
    path: `${state}/buffers/${family}`,
    flush_mode: 'interval',
    flush_interval: '2s',
    flush_thread_count: 2,
    // What came in while a pod waited for its end would else stay on its volume, for good if it is scaled away. A server that is away ends the flush at once.
    flush_at_shutdown: true,
    ...chunks(4),
    total_limit_size: '1g',
    overflow_action: 'block',
    ...RETRIES,
  } as const;
}

function secondary(family: string, state: string) {
  return { '@type': 'secondary_file', directory: `${state}/dead-letters`, basename: `${family}.\${chunk_id}` } as const;
}

/** The match of one family's documents. */
export function deliveryOf(destination: Destination, family: Family, state: string): readonly Directive[] {
  switch (destination.kind) {
    case 'opensearch':
      return [openSearchMatch(destination, family, state)];
    case 'forward':
      return [forwardMatch(destination, family, state)];
    case 'kinesis_firehose':
      return firehoseMatch(destination, family, state);
    default:
      throw badValue('fluentd.destination', `Fluentd does not send to ${destination.kind}.`, 'Send to OpenSearch directly.');
  }
}

/**
 * `opensearch` with `create`, and not `opensearch_data_stream`: that one gives no ids, so a repeated request doubles its documents, and takes
 * each error of a single document, a 429 too, for a permanent one (lib/fluent/plugin/out_opensearch_data_stream.rb of 1.1.6). Creating
 * is all that a data stream takes, and a document that is there already answers 409, which counts as delivered (opensearch_error_handler.rb).
 */
function openSearchMatch(destination: OpenSearchDestination, family: Family, state: string): Directive {
  const { auth, engine, indices, tls } = destination;
  const url = new URL(destination.endpoint);
  const secure = url.protocol === 'https:';
  const path = url.pathname.replace(/\/+$/, '');
  const index = indices?.[family] ?? `${family}-podscope`;
  const dated = index.includes('{date}');
  const address = {
    host: url.hostname,
    port: url.port === '' ? (secure ? 443 : 80) : Number(url.port),
    scheme: secure ? 'https' : 'http',
    ...(path === '' ? {} : { path }),
  } as const;
  return match(`${family}.**`, {
    '@type': 'opensearch',
    '@id': `deliver-${family}`,
    ...(auth.kind === 'sigv4' ? { endpoint: { url: destination.endpoint.replace(/\/+$/, ''), region: auth.region, aws_service_name: engine === 'opensearch-serverless' ? 'aoss' : 'es', ...awsCredentials(auth.roleArn) } } : address),
    ...(auth.kind === 'basic' ? { user: typeof auth.username === 'string' ? auth.username : auth.username, password: auth.password } : {}),
    ...(secure ? { ssl_verify: tls?.insecureSkipVerify !== true, ssl_version: 'TLSv1_2', ...(tls?.caFile === undefined ? {} : { ca_file: tls.caFile }) } : {}),
    index_name: dated ? index.replace('{date}', '%Y.%m.%d') : index,
    write_operation: 'create',
    id_key: '_id',
    remove_keys: '_id',
    emit_error_for_missing_id: true,
    include_timestamp: true,
    suppress_type_name: true,
    // Without it the start waits for the server, and gives up after a while.
    verify_os_version_at_startup: false,
    default_opensearch_version: engine === 'opensearch@1' ? 1 : engine === 'opensearch@3' ? 3 : 2,
    // Asking for the cluster's own addresses leads to nodes that can't be reached, and hangs (README.Troubleshooting.md).
    reload_connections: false,
    reload_on_failure: false,
    reconnect_on_error: true,
    request_timeout: '60s',
    // A 429 is one of a single document and passes: by default it ends the whole chunk.
    unrecoverable_error_types: ['out_of_memory_error'],
    log_os_400_reason: true,
    // Split requests lose count of which document an answer is about: the chunk's size is the limit.
    bulk_message_request_threshold: -1,
    buffer: dated ? { ...buffer(family, state), '@argument': 'tag, time', timekey: '1d', timekey_use_utc: true } : buffer(family, state),
    secondary: secondary(family, state),
  });
}

const ruby = (code: string): RubyText => ({ ruby: `#{${code}}` });

/**
 * The plugin looks for credentials in files, the instance and the container; not in the environment, where EKS puts the role of a service
 * account (IRSA): so that is given. A key of the environment is taken where it has no session, which the plugin can't pass on.
 *
 * What it finds it keeps as it is, and asks anew after an interval only: by default after five hours, where a session of STS is over after
 * one, and every request in between is refused (its issue 188, of 1.1.6). A quarter of an hour leaves room for a question that fails.
 */
function awsCredentials(roleArn: string | undefined) {
  return {
    assume_role_arn: roleArn ?? ruby("ENV['AWS_ROLE_ARN'] || use_nil"),
    assume_role_web_identity_token_file: ruby("ENV['AWS_WEB_IDENTITY_TOKEN_FILE'] || use_nil"),
    access_key_id: ruby("ENV['AWS_SESSION_TOKEN'] ? '' : ENV['AWS_ACCESS_KEY_ID'].to_s"),
    secret_access_key: ruby("ENV['AWS_SESSION_TOKEN'] ? '' : ENV['AWS_SECRET_ACCESS_KEY'].to_s"),
    refresh_credentials_interval: '15m',
  } as const;
}

function forwardMatch({ host, port = 24_224, sharedKey, tls }: ForwardDestination, family: Family, state: string): Directive {
  return match(`${family}.**`, {
    '@type': 'forward',
    '@id': `deliver-${family}`,
    require_ack_response: true,
    ack_response_timeout: '60s',
    expire_dns_cache: '30s',
    // Without it Fluentd does not start while the name can't be resolved.
    ignore_network_errors_at_startup: true,
    ...(tls === undefined ? {} : { transport: 'tls', tls_verify_hostname: tls.insecureSkipVerify !== true, tls_insecure_mode: tls.insecureSkipVerify === true, ...(tls.caFile === undefined ? {} : { tls_cert_path: [tls.caFile] }) }),
    ...(sharedKey === undefined ? {} : { security: { self_hostname: ruby("ENV['POD_NAME'] || Socket.gethostname"), shared_key: sharedKey } }),
    server: { host, port },
    buffer: buffer(family, state),
    secondary: secondary(family, state),
  });
}

/** Firehose gives the documents their ids, so what is sent twice is there twice. */
function firehoseMatch({ region, deliveryStream, roleArn }: FirehoseDestination, family: Family, state: string): readonly Directive[] {
  return [
    filter(`${family}.**`, { '@type': 'record_transformer', remove_keys: ['_id'] }),
    match(`${family}.**`, {
      '@type': 'kinesis_firehose',
      '@id': `deliver-${family}`,
      region,
      delivery_stream_name: deliveryStream,
      append_new_line: true,
      drop_failed_records_after_batch_request_retries: false,
      ...(roleArn === undefined ? {} : { assume_role_credentials: { role_arn: roleArn, role_session_name: 'fluentd' } }),
      inject: { time_key: '@timestamp', time_type: 'string', time_format: '%Y-%m-%dT%H:%M:%S.%LZ', utc: true, localtime: false },
      buffer: { ...buffer(family, state), ...chunks(1) },
      secondary: secondary(family, state),
    }),
  ];
}
