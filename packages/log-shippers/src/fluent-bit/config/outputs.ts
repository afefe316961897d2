import type { Destination, ForwardDestination, OpenSearchDestination, OtlpDestination, Tls } from '../../destinations/destinations.ts';
import { badValue } from '../../quantities/quantities.ts';
import type { Family } from '../../sources/sources.ts';
import type { FluentBitOutput } from '../model.ts';

/** What every output has: a finite number of retries, and a limit of what waits for it on disk. */
const DELIVERY = { retry_limit: 240, 'storage.total_limit_size': '1G' } as const;

/** The outputs of one family's documents. */
export function outputsOf(destination: Destination, family: Family): readonly FluentBitOutput[] {
  const match = `${family}.*`;
  switch (destination.kind) {
    case 'opensearch':
      return [openSearchOutput(destination, family, match)];
    case 'forward':
      return [forwardOutput(destination, family, match)];
    case 'otlp':
      return [otlpOutput(destination, family, match)];
    case 'kinesis_firehose':
      return [
        {
          name: 'kinesis_firehose',
          alias: family,
          match,
          region: destination.region,
          delivery_stream: destination.deliveryStream,
          time_key: '@timestamp',
          time_key_format: '%Y-%m-%dT%H:%M:%S.%3NZ',
          ...(destination.roleArn === undefined ? {} : { role_arn: destination.roleArn }),
          ...DELIVERY,
        },
      ];
    case 'beats':
      throw badValue('destination', 'Fluent Bit does not speak the Beats protocol.', 'Send to Fluentd with forward(…), or to OpenSearch.');
  }
}

function openSearchOutput(destination: OpenSearchDestination, family: Family, match: string): FluentBitOutput {
  const url = new URL(destination.endpoint);
  const secure = url.protocol === 'https:';
  const { auth } = destination;
  const index = (destination.indices?.[family] ?? `${family}-podscope`).replace('{date}', '%Y.%m.%d');
  const path = url.pathname.replace(/\/+$/, '');
  const common = {
    alias: family,
    match,
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (secure ? 443 : 80) : Number(url.port),
    ...(path === '' ? {} : { path }),
    ...(secure ? tlsOf(destination.tls) : {}),
    ...(auth.kind === 'basic' ? { http_user: auth.username, http_passwd: auth.password } : {}),
    ...(auth.kind === 'sigv4'
      ? { aws_auth: true, aws_region: auth.region, aws_service_name: destination.engine === 'opensearch-serverless' ? ('aoss' as const) : ('es' as const), ...(auth.roleArn === undefined ? {} : { aws_role_arn: auth.roleArn }) }
      : {}),
    index,
    ...(index.includes('%') ? { current_time_index: true } : {}),
    suppress_type_name: true,
    // The id is a hash of the record, with its file and offset; a repeated record is refused with 409, which counts as delivered.
    write_operation: 'create',
    generate_id: true,
    time_key: '@timestamp',
    time_key_nanos: true,
    replace_dots: false,
    // The whole answer to a bulk request: one that is cut off counts as a failure.
    buffer_size: '16M',
    trace_error: true,
    ...DELIVERY,
  } as const;
  return destination.engine === 'elasticsearch@7.10' ? { name: 'es', ...common } : { name: 'opensearch', ...common };
}

function forwardOutput({ host, port = 24_224, sharedKey, tls }: ForwardDestination, family: Family, match: string): FluentBitOutput {
  return {
    name: 'forward',
    alias: family,
    match,
    host,
    port,
    ...(sharedKey === undefined ? {} : { shared_key: sharedKey }),
    ...(tls === undefined ? {} : tlsOf(tls)),
    // With metadata, Fluentd takes none of the records.
    retain_metadata_in_forward_mode: false,
    require_ack_response: true,
    ...DELIVERY,
  };
}

function otlpOutput({ endpoint, protocol = 'grpc', tls }: OtlpDestination, family: Family, match: string): FluentBitOutput {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) throw badValue('otlp.endpoint', `${JSON.stringify(endpoint)} is no URL.`, 'Such as http://otel-collector:4317.');
  const path = url.pathname.replace(/\/+$/, '');
  return {
    name: 'opentelemetry',
    alias: family,
    match,
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (protocol === 'grpc' ? 4317 : 4318) : Number(url.port),
    // A key that no record has: the whole record is the body then. Without it, what stands under `log` or `message` would be, and the rest is dropped.
    logs_body_key: ['$podscope_document'],
    ...(protocol === 'grpc' ? { grpc: true, http2: 'on' } : { logs_uri: `${path}/v1/logs` }),
    ...(url.protocol === 'https:' ? tlsOf(tls) : {}),
    ...DELIVERY,
  };
}

function tlsOf(tls: Tls | undefined) {
  return { tls: true, 'tls.verify': tls?.insecureSkipVerify !== true, ...(tls?.caFile === undefined ? {} : { 'tls.ca_file': tls.caFile }) } as const;
}
