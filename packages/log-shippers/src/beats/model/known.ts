import type { Option, Options } from '../../options/option.ts';
import { INPUTS } from '../options/inputs.ts';
import { MODULES } from '../options/modules.ts';
import { OUTPUTS } from '../options/outputs.ts';
import { PROCESSORS } from '../options/processors.ts';
import { SETTINGS } from '../options/settings.ts';
import type { BeatsVersion } from './beatsConfig.ts';

type Lists = Readonly<Record<string, Options>>;

/** Joined once: there are hundreds in some, and each configuration asks for all of its own. */
const joined = new Map<Options, Options>();

function optionsOf(lists: Lists, plugin: string): Options | undefined {
  const own = Object.hasOwn(lists, plugin) && plugin !== '*' ? lists[plugin] : undefined;
  return own === undefined ? undefined : withCommon(lists['*'], own);
}

function withCommon(common: Options | undefined, own: Options): Options {
  const known = joined.get(own) ?? { ...common, ...own };
  joined.set(own, known);
  return known;
}

/** The options of an input; undefined when there is none of that name. */
export const inputOptions = (type: string): Options | undefined => optionsOf(INPUTS, type);
/** The options of a processor. */
export const processorOptions = (name: string): Options | undefined => optionsOf(PROCESSORS, name);
/** The options of an output. */
export const outputOptions = (name: string): Options | undefined => optionsOf(OUTPUTS, name);
/** The options of a module of Metricbeat whose options are known. */
export const moduleOptions = (name: string): Options | undefined => optionsOf(MODULES, name);
/** The settings at the top. */
export const settingOptions = (kind: 'filebeat' | 'metricbeat'): Options => withCommon(SETTINGS.beat, SETTINGS[kind]);

/** The names of what is known, for suggestions. */
export const KNOWN = {
  inputs: Object.keys(INPUTS).filter((name) => name !== '*'),
  processors: Object.keys(PROCESSORS).filter((name) => name !== '*'),
  outputs: Object.keys(OUTPUTS).filter((name) => name !== '*'),
} as const;

/** Whether a version has the option. */
export function hasOption({ since, until }: Option, version: BeatsVersion): boolean {
  return (since === undefined || number(version) >= number(since)) && (until === undefined || number(version) < number(until));
}

function number(version: string): number {
  const [major = '0', minor = '0'] = version.split('.');
  return Number(major) * 1000 + Number(minor);
}

/** The option that `name` is, or that has it inside: an option whose value is a map of its own, or a list. */
export function optionAt(options: Options, name: string): { readonly name: string; readonly option: Option } | undefined {
  for (let at = name; at !== ''; at = at.includes('.') ? at.slice(0, at.lastIndexOf('.')) : '') {
    const option = Object.hasOwn(options, at) ? options[at] : undefined;
    if (option !== undefined && (at === name || option.type === 'map' || option.type === 'any')) return { name: at, option };
  }
  return undefined;
}

/** Whether the descent into an option's value ends at that name. */
export const endsAt = (options: Options) => (name: string): boolean => Object.hasOwn(options, name);
