import type { SecretReference } from '../secrets/secretReference.ts';
import type { Family } from '../sources/sources.ts';

/** A server that takes documents over OpenSearch's HTTP API. */
export type Engine = 'opensearch@1' | 'opensearch@2' | 'opensearch@3' | 'amazon-opensearch-service' | 'opensearch-serverless' | 'elasticsearch@7.10';

/** User and password. */
export interface BasicAuth {
  readonly kind: 'basic';
  readonly username: string | SecretReference;
  readonly password: SecretReference;
}

/** Requests signed with AWS credentials: those of the pod (EKS Pod Identity, IRSA), or of the environment; never keys in the configuration. */
export interface SigV4Auth {
  readonly kind: 'sigv4';
  readonly region: string;
  /** A role to take on first. */
  readonly roleArn?: string;
}

/** No authentication. */
export interface NoAuth {
  readonly kind: 'none';
}

/** How a shipper says who it is. */
export type Auth = BasicAuth | SigV4Auth | NoAuth;

/** How the server's certificate is checked. Without it: as the system does, for `https`. */
export interface Tls {
  /** File of the authority's certificate, in the container. */
  readonly caFile?: string;
  /** Takes any certificate. For a test server, never for more. */
  readonly insecureSkipVerify?: boolean;
}

/** Where documents of a family go: an index, alias or data stream. `{date}` is the day, for servers without data streams. */
export type IndexNames = Readonly<Partial<Record<Family, string>>>;

/** OpenSearch, or what speaks its language. */
export interface OpenSearchDestination<E extends Engine = Engine> {
  readonly kind: 'opensearch';
  readonly engine: E;
  /** `https://host:9200`. Without user or password in it. */
  readonly endpoint: string;
  readonly auth: Auth;
  readonly tls?: Tls;
  /** @default `<family>-podscope` for each */
  readonly indices?: IndexNames;
  /** Documents are only created, as data streams need it. @default true, but on elasticsearch@7.10, which has none without x-pack */
  readonly dataStreams?: boolean;
}

/** Fluentd or Fluent Bit, over Fluent's forward protocol. */
export interface ForwardDestination {
  readonly kind: 'forward';
  readonly host: string;
  /** @default 24224 */
  readonly port?: number;
  readonly sharedKey?: SecretReference;
  readonly tls?: Tls;
}

/** Logstash, over the Beats protocol (lumberjack). */
export interface BeatsDestination {
  readonly kind: 'beats';
  readonly hosts: readonly string[];
  readonly tls?: Tls;
}

/** An OpenTelemetry Collector, over OTLP. */
export interface OtlpDestination {
  readonly kind: 'otlp';
  readonly endpoint: string;
  /** @default 'grpc' */
  readonly protocol?: 'grpc' | 'http';
  readonly tls?: Tls;
}

/** Amazon Data Firehose (once Kinesis Data Firehose), which writes on to OpenSearch. */
export interface FirehoseDestination {
  readonly kind: 'kinesis_firehose';
  readonly region: string;
  readonly deliveryStream: string;
  readonly roleArn?: string;
}

/** Where a shipper sends what it reads. */
export type Destination = OpenSearchDestination | ForwardDestination | BeatsDestination | OtlpDestination | FirehoseDestination;
/** The name of a destination's kind. */
export type DestinationKind = Destination['kind'];
