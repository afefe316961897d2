export { COMPATIBILITY, requireCompatible } from './compatibility/compatibility.ts';
export type { DestinationFor, EngineFor, Shipper, SourceFor, VersionOf } from './compatibility/compatibility.ts';
export type { Incompatible, ShipperFacts, Trap, VersionFacts } from './compatibility/compatible.ts';
export type { ConfigFiles, ShipperOptions } from './config/shipperOptions.ts';
export { basicAuth, beatsProtocol, forward, kinesisFirehose, noAuth, openSearch, otlp, sigV4 } from './destinations/builders.ts';
export type { OpenSearchOptions } from './destinations/builders.ts';
export type {
  Auth,
  BasicAuth,
  BeatsDestination,
  Destination,
  DestinationKind,
  Engine,
  FirehoseDestination,
  ForwardDestination,
  IndexNames,
  NoAuth,
  OpenSearchDestination,
  OtlpDestination,
  SigV4Auth,
  Tls,
} from './destinations/destinations.ts';
export type { ConfigPlace, LintRule, Problem, Severity } from './lint/problem.ts';
export type { Duration, Option, Options, OptionType, OptionValue, Settings, Size } from './options/option.ts';
export { fromSecret, isSecretReference } from './secrets/secretReference.ts';
export type { SecretReference } from './secrets/secretReference.ts';
export { apacheLogs, containerLogs, FAMILIES, fromShippers, kubernetesEvents, kubernetesMetrics, nodeLogs, redisInfo, systemMetrics } from './sources/sources.ts';
export type {
  ApacheLogs,
  ContainerChoice,
  ContainerLogFormat,
  ContainerLogs,
  Family,
  FromShippers,
  KubernetesEvents,
  KubernetesMetrics,
  Metadata,
  MultilineLanguage,
  NodeLogs,
  RedisInfo,
  Source,
  SourceKind,
  SystemMetrics,
} from './sources/sources.ts';
