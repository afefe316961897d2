import { PodscopeError } from '@podscope/core';
import { badValue, requirePort } from '../quantities/quantities.ts';
import type { SecretReference } from '../secrets/secretReference.ts';
import type { Auth, BasicAuth, BeatsDestination, Engine, FirehoseDestination, ForwardDestination, NoAuth, OpenSearchDestination, OtlpDestination, SigV4Auth } from './destinations.ts';

/** Options of {@link openSearch}. */
export interface OpenSearchOptions<E extends Engine> extends Omit<OpenSearchDestination<E>, 'kind' | 'auth'> {
  /** OpenSearch Serverless takes signed requests only. */
  readonly auth: E extends 'opensearch-serverless' ? SigV4Auth : E extends `opensearch@${string}` | 'elasticsearch@7.10' ? Exclude<Auth, SigV4Auth> : Auth;
}

/**
 * OpenSearch as a destination: what every shipper renders in its own way.
 *
 * @throws PodscopeError SHIPPER_BAD_VALUE when the endpoint is no URL of http or https; SHIPPER_SECRET_IN_PLAIN_TEXT when a password stands in it;
 * SHIPPER_INCOMPATIBLE when the engine does not take that way of authentication.
 */
export function openSearch<const E extends Engine>(options: OpenSearchOptions<E>): OpenSearchDestination<E> {
  const url = URL.canParse(options.endpoint) ? new URL(options.endpoint) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) {
    throw badValue('openSearch.endpoint', `${JSON.stringify(url === undefined ? options.endpoint.replace(/\/\/[^@/]*@/, '//[redacted]@') : url.protocol)} is no URL of OpenSearch.`, 'Such as https://opensearch.logging.svc:9200.');
  }
  if (url.username !== '' || url.password !== '') {
    throw new PodscopeError('SHIPPER_SECRET_IN_PLAIN_TEXT', `openSearch.endpoint of ${url.host} has a user or password in it.`, { hint: "Give auth: basicAuth('name', fromSecret('opensearch', 'password'))." });
  }
  // The types say so too, where the engine is known to the compiler.
  const { engine, auth }: { readonly engine: Engine; readonly auth: Auth } = options;
  if (engine === 'opensearch-serverless' && auth.kind !== 'sigv4') throw new PodscopeError('SHIPPER_INCOMPATIBLE', 'opensearch-serverless takes signed requests only.', { hint: "Give auth: sigV4('eu-central-1')." });
  if (auth.kind === 'sigv4' && engine !== 'opensearch-serverless' && engine !== 'amazon-opensearch-service') {
    throw new PodscopeError('SHIPPER_INCOMPATIBLE', `${engine} does not know requests signed for AWS.`, { hint: "Take engine: 'amazon-opensearch-service', or another auth." });
  }
  return { kind: 'opensearch', ...options };
}

/** User and password, the password out of a Secret. */
export const basicAuth = (username: string | SecretReference, password: SecretReference): BasicAuth => ({ kind: 'basic', username, password });
/** Requests signed with the AWS credentials of the pod. @throws PodscopeError SHIPPER_BAD_VALUE for what is no region's name */
export const sigV4 = (region: string, options: { readonly roleArn?: string } = {}): SigV4Auth => ({ kind: 'sigv4', region: requireRegion('sigV4.region', region), ...options });
/** No authentication. */
export const noAuth: NoAuth = { kind: 'none' };

/** Fluentd or Fluent Bit, over Fluent's forward protocol. @throws PodscopeError SHIPPER_BAD_VALUE */
export function forward(options: Omit<ForwardDestination, 'kind'>): ForwardDestination {
  if (options.port !== undefined) requirePort('forward.port', options.port);
  return { kind: 'forward', ...options };
}

const HOST_PORT = /^[^\s:/]+:(\d+)$/;

/** Logstash, over the Beats protocol. @throws PodscopeError SHIPPER_BAD_VALUE when a host has no port. */
export function beatsProtocol(options: Omit<BeatsDestination, 'kind'>): BeatsDestination {
  for (const host of options.hosts) requirePort(`beatsProtocol.hosts: ${host}`, Number(HOST_PORT.exec(host)?.[1]));
  if (options.hosts.length === 0) throw badValue('beatsProtocol.hosts', 'there is none.', "hosts: ['logstash:5044']");
  return { kind: 'beats', ...options };
}

/** An OpenTelemetry Collector, over OTLP. */
export const otlp = (options: Omit<OtlpDestination, 'kind'>): OtlpDestination => ({ kind: 'otlp', ...options });
/** Amazon Data Firehose. @throws PodscopeError SHIPPER_BAD_VALUE for what is no name of a region or of a delivery stream */
export function kinesisFirehose(options: Omit<FirehoseDestination, 'kind'>): FirehoseDestination {
  requireRegion('kinesisFirehose.region', options.region);
  if (!STREAM.test(options.deliveryStream)) throw badValue('kinesisFirehose.deliveryStream', `${JSON.stringify(options.deliveryStream)} is no name of a delivery stream.`, 'Up to 64 letters, digits, hyphens, underscores and dots.');
  return { kind: 'kinesis_firehose', ...options };
}

/** `eu-central-1`, `us-gov-west-1`, `eu-isoe-west-1`: places that AWS has not built yet have such names, too. */
const REGION = /^[a-z]{2,}(-[a-z]+)+-\d+$/;
/** As CreateDeliveryStream takes it. */
const STREAM = /^[\w.-]{1,64}$/;

function requireRegion(where: string, region: string): string {
  if (REGION.test(region)) return region;
  throw badValue(where, `${JSON.stringify(region)} is no region of AWS.`, 'Such as eu-central-1.');
}
