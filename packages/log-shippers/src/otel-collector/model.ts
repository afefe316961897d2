import type { SecretReference } from '../secrets/secretReference.ts';

/** Any value of a component's options; secrets only as references. */
export type OtelValue = string | number | boolean | null | SecretReference | readonly OtelValue[] | { readonly [name: string]: OtelValue };
/** Options of a component. */
export type OtelOptions = Readonly<Record<string, OtelValue>>;
/** `type` or `type/name`. */
export type OtelId<Type extends string> = Type | `${Type}/${string}`;
/** Components by their ids. */
export type OtelComponents<Type extends string> = { readonly [Id in OtelId<Type>]?: OtelOptions };

/** Receivers that this library knows. */
export type OtelReceiver = 'filelog' | 'journald' | 'k8sobjects' | 'k8s_events' | 'otlp';
/** Processors that this library knows. */
export type OtelProcessor = 'memory_limiter' | 'batch' | 'transform' | 'filter' | 'k8sattributes' | 'resource' | 'attributes';
/** Exporters that this library knows. */
export type OtelExporter = 'opensearch' | 'otlp' | 'otlphttp' | 'debug';
/** Extensions that this library knows. */
export type OtelExtension = 'file_storage' | 'health_check' | 'basicauth' | 'sigv4auth';

/** What flows where. */
export interface OtelPipeline {
  readonly receivers: readonly string[];
  readonly processors?: readonly string[];
  readonly exporters: readonly string[];
}

/** A configuration of the OpenTelemetry Collector. */
export interface OtelCollectorConfig {
  /** The version that it is for, where one is known. */
  readonly version?: string;
  readonly receivers?: OtelComponents<OtelReceiver>;
  readonly processors?: OtelComponents<OtelProcessor>;
  readonly exporters?: OtelComponents<OtelExporter>;
  readonly connectors?: Readonly<Record<string, OtelOptions>>;
  readonly extensions?: OtelComponents<OtelExtension>;
  /** Components of other types, by the section that they are in. */
  readonly extra?: { readonly [Section in OtelSection]?: Readonly<Record<string, OtelOptions>> };
  readonly service: {
    readonly extensions?: readonly string[];
    readonly pipelines: Readonly<Record<string, OtelPipeline>>;
    readonly telemetry?: OtelOptions;
  };
  /** The text that it was read from, so that comments and order stay. */
  readonly source?: { readonly text: string; readonly file?: string };
}

/** Sections with components. */
export type OtelSection = 'receivers' | 'processors' | 'exporters' | 'connectors' | 'extensions';
/** The sections, in the order that they are written in. */
export const OTEL_SECTIONS = ['receivers', 'processors', 'exporters', 'connectors', 'extensions'] as const satisfies readonly OtelSection[];

/** The type of a component's id: `filelog` of `filelog/containers`. */
export const typeOf = (id: string): string => id.split('/')[0] ?? id;

/** All components of a section, those of `extra` too. */
export function componentsOf(config: OtelCollectorConfig, section: OtelSection): Readonly<Record<string, OtelOptions | undefined>> {
  return { ...config[section], ...config.extra?.[section] };
}
