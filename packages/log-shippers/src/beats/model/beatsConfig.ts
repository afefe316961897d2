import type { Options, Settings } from '../../options/option.ts';
import type { INPUTS } from '../options/inputs.ts';
import type { MODULES } from '../options/modules.ts';
import type { OUTPUTS } from '../options/outputs.ts';
import type { PROCESSORS } from '../options/processors.ts';
import type { SETTINGS } from '../options/settings.ts';

/** Options that this library's lists don't have, as Beats write them; the linter names the unknown ones. */
interface Extra {
  readonly extra?: Readonly<Record<string, unknown>>;
}

type Named<Lists extends Readonly<Record<string, Options>>, Key extends string> = { readonly [Name in Exclude<keyof Lists, '*'>]: { readonly [Each in Key]: Name } & Settings<Lists[Name]> }[Exclude<keyof Lists, '*'>];
type Every<Lists extends Readonly<Record<string, Options>>, Key extends string> = Partial<Omit<Settings<Lists['*']>, Key | 'processors'>>;

/** A condition of a processor: `{ equals: { 'podscope.family': 'apache' } }`. */
export type Condition = Readonly<Record<string, unknown>>;

/** One processor, as Beats write it: `{ drop_fields: { fields: ['agent'] } }`. `if`, `then` and `else` stand beside each other. */
export type Processor =
  | { readonly [Name in Exclude<keyof typeof PROCESSORS, '*'>]: { readonly [Each in Name]: Settings<(typeof PROCESSORS)[Name]> & { readonly when?: Condition } & Extra } }[Exclude<keyof typeof PROCESSORS, '*'>]
  | { readonly if: Condition; readonly then: Processor | readonly Processor[]; readonly else?: Processor | readonly Processor[] };

/** One input of Filebeat. Names of nested options are dotted: `close.on_state_change.inactive`. */
export type FilebeatInput = Named<typeof INPUTS, 'type'> & Every<typeof INPUTS, 'type'> & { readonly processors?: readonly Processor[] } & Extra;

/** One module of Metricbeat. */
export type MetricbeatModule = Named<typeof MODULES, 'module'> & Every<typeof MODULES, 'module'> & { readonly processors?: readonly Processor[] } & Extra;

/** Where a Beat sends; it takes exactly one. */
export type BeatsOutput = { readonly [Name in Exclude<keyof typeof OUTPUTS, '*'>]: { readonly [Each in Name]: Settings<(typeof OUTPUTS)[Name]> & Partial<Settings<(typeof OUTPUTS)['*']>> & Extra } }[Exclude<keyof typeof OUTPUTS, '*'>];

/** Settings at the top, dotted: `path.data`, `http.port`, `queue.mem.events`. */
type CommonSettings = Partial<Omit<Settings<(typeof SETTINGS)['beat']>, 'output' | 'processors'>>;
type FilebeatSettings = CommonSettings & Partial<Omit<Settings<(typeof SETTINGS)['filebeat']>, 'filebeat.inputs'>>;
type MetricbeatSettings = CommonSettings & Partial<Omit<Settings<(typeof SETTINGS)['metricbeat']>, 'metricbeat.modules'>>;

/** The versions of Beats that are known here. */
export type BeatsVersion = '7.17' | '7.12';

interface BeatConfig {
  readonly version: BeatsVersion;
  /** Of all events, after those of the input or module. */
  readonly processors?: readonly Processor[];
  readonly output?: BeatsOutput;
  readonly extra?: Readonly<Record<string, unknown>>;
  /** The text that the configuration was read from: it is written back with its comments where nothing was changed. */
  readonly source?: BeatsSource;
}

/** Where a configuration was read from. */
export interface BeatsSource {
  readonly file?: string;
  readonly text: string;
}

/** A configuration of Filebeat. */
export interface FilebeatConfig extends BeatConfig {
  readonly kind: 'filebeat';
  readonly inputs: readonly FilebeatInput[];
  readonly settings?: FilebeatSettings;
}

/** A configuration of Metricbeat. */
export interface MetricbeatConfig extends BeatConfig {
  readonly kind: 'metricbeat';
  readonly modules: readonly MetricbeatModule[];
  readonly settings?: MetricbeatSettings;
}

/** A configuration of either. */
export type BeatsConfig = FilebeatConfig | MetricbeatConfig;
