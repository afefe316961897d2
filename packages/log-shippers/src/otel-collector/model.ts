import type { SecretReference } from '../secrets/secretReference.ts';
import type { EXPORTERS } from './options/exporters.ts';
import type { EXTENSIONS } from './options/extensions.ts';
import type { PROCESSORS } from './options/processors.ts';
import type { RECEIVERS } from './options/receivers.ts';

/** Any value of a component's options; secrets only as references. */
export type OtelValue = string | number | boolean | null | SecretReference | readonly OtelValue[] | { readonly [name: string]: OtelValue };
/** Options of a component. */
export type OtelOptions = Readonly<Record<string, OtelValue>>;
/** `type` or `type/name`. */
export type OtelId<Type extends string> = Type | `${Type}/${string}`;
type Variable = `\${env:${string}}`;

/** The type of an option, or of the options under it, as the component's structs say. */
type Typed<Tree> = Tree extends 'string'
  ? string | SecretReference
  : Tree extends 'boolean'
    ? boolean | Variable
    : Tree extends 'integer' | 'number'
      ? number | Variable
      : Tree extends 'duration'
        ? `${number}${'ns' | 'us' | 'ms' | 's' | 'm' | 'h'}` | 0 | Variable
        : Tree extends 'secret'
          ? SecretReference
          : Tree extends 'list'
            ? readonly OtelValue[]
            : Tree extends 'map'
              ? OtelOptions
              : Tree extends 'any'
                ? OtelValue
                : { readonly [Name in keyof Tree]?: Typed<Tree[Name]> } | null;

type Both<Union> = (Union extends unknown ? (one: Union) => void : never) extends (all: infer All) => void ? All : never;

/** Components by their ids, with the options that each type has. */
export type OtelComponents<Type extends string, Tables> = Both<
  Type extends unknown ? { readonly [Id in OtelId<Type>]?: Type extends keyof Tables ? Typed<Tables[Type]> : OtelOptions | null } : never
>;

/** Receivers that this library knows. */
export type OtelReceiver = keyof typeof RECEIVERS | 'k8sobjects' | 'k8s_events';
/** Processors that this library knows. */
export type OtelProcessor = keyof typeof PROCESSORS | 'k8sattributes' | 'resource' | 'attributes';
/** Exporters that this library knows. */
export type OtelExporter = keyof typeof EXPORTERS;
/** Extensions that this library knows. */
export type OtelExtension = keyof typeof EXTENSIONS;

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
  readonly receivers?: OtelComponents<OtelReceiver, typeof RECEIVERS>;
  readonly processors?: OtelComponents<OtelProcessor, typeof PROCESSORS>;
  readonly exporters?: OtelComponents<OtelExporter, typeof EXPORTERS>;
  readonly connectors?: Readonly<Record<string, OtelOptions>>;
  readonly extensions?: OtelComponents<OtelExtension, typeof EXTENSIONS>;
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
export function componentsOf(config: OtelCollectorConfig, section: OtelSection): Readonly<Record<string, OtelOptions | null | undefined>> {
  return { ...(config[section] as Readonly<Record<string, OtelOptions | null>> | undefined), ...config.extra?.[section] };
}
