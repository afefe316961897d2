import type { Option, Options } from '../../options/option.ts';
import { BASE } from './generated/base.ts';
import { BUFFERS } from './generated/buffers.ts';
import { FILTERS } from './generated/filters.ts';
import { FORMATTERS } from './generated/formatters.ts';
import { INPUTS } from './generated/inputs.ts';
import { OPENSEARCH_OUTPUTS } from './generated/openSearchOutputs.ts';
import { OUTPUTS } from './generated/outputs.ts';
import { PARSERS } from './generated/parsers.ts';
import type { PluginKind, PluginSpec, SectionSpec } from './pluginSpec.ts';
import { REFINEMENTS, UNLISTED_OPTIONS, UNLISTED_SECTIONS } from './refinements.ts';
import { SERVICE_DISCOVERIES } from './generated/serviceDiscoveries.ts';
import { STORAGES } from './generated/storages.ts';

/** Every plugin that is known, by kind and name: Fluentd's own, and those that the workshop's images have. */
export const PLUGINS = {
  input: INPUTS,
  filter: FILTERS,
  output: { ...OUTPUTS, ...OPENSEARCH_OUTPUTS },
  parser: PARSERS,
  formatter: FORMATTERS,
  buffer: BUFFERS,
  storage: STORAGES,
  service_discovery: SERVICE_DISCOVERIES,
} as const;

/** What is known of a section, all parts that it inherits put in. */
export interface KnownSection {
  /** Where it is: `output.opensearch.buffer`. */
  readonly path: string;
  readonly argument: string | undefined;
  readonly options: Options;
  readonly sections: Readonly<Record<string, SectionSpec>>;
  readonly plugin: PluginKind | undefined;
  /** The plugin whose options these are: `parser.multiline` for a `<parse>` of that type. */
  readonly owner: string;
  /** Takes any name. */
  readonly free: boolean;
}

const known = new Map<string, KnownSection | undefined>();

/** What a plugin takes; undefined when it isn't known. */
export function knownPlugin(kind: PluginKind, name: string): KnownSection | undefined {
  const path = `${kind}.${name}`;
  if (!known.has(path)) {
    const list: Readonly<Record<string, PluginSpec>> = PLUGINS[kind];
    const spec = Object.hasOwn(list, name) ? list[name] : undefined;
    known.set(path, spec === undefined ? undefined : wholeSection(path, [...(spec.base ?? []).map((base): SectionSpec => BASE[base]), spec]));
  }
  return known.get(path);
}

/** What `<system>` takes. */
export const SYSTEM: KnownSection = wholeSection('system', [BASE.system]);

/** What a section inside of another takes, with the options of the plugin that its `@type` names; undefined when there is no such section. */
export function knownInside(outer: KnownSection, name: string, type: string | undefined): KnownSection | undefined {
  const spec = Object.hasOwn(outer.sections, name) ? outer.sections[name] : undefined;
  if (spec === undefined) return undefined;
  const path = `${outer.path}.${name}`;
  const key = `${path} ${type ?? ''}`;
  if (!known.has(key)) known.set(key, insideOf(path, spec, type));
  return known.get(key);
}

function insideOf(path: string, spec: SectionSpec, type: string | undefined): KnownSection {
  const section = wholeSection(path, [spec]);
  // Which buffer a plugin takes of itself differs; that in files has all options of that in memory.
  const standard = spec.plugin === 'buffer' ? 'file' : undefined;
  const inner = spec.plugin === undefined ? undefined : knownPlugin(spec.plugin, type ?? standard ?? '');
  if (inner === undefined) return section;
  return { ...section, owner: inner.path, options: { ...inner.options, ...section.options }, sections: { ...inner.sections, ...section.sections } };
}

function wholeSection(path: string, specs: readonly SectionSpec[]): KnownSection {
  const options: Record<string, Option> = {};
  const sections: Record<string, SectionSpec> = {};
  let argument: string | undefined;
  let plugin: PluginKind | undefined;
  for (const spec of specs) {
    argument = spec.argument ?? argument;
    plugin = spec.plugin ?? plugin;
    for (const [name, option] of Object.entries(spec.options)) options[name] = { ...options[name], ...option };
    for (const [name, section] of Object.entries(spec.sections ?? {})) {
      const before = sections[name];
      sections[name] = before === undefined ? section : { ...before, ...section, options: { ...before.options, ...section.options }, sections: { ...before.sections, ...section.sections } };
    }
  }
  const refinements: Readonly<Record<string, Option>> = REFINEMENTS;
  for (const name of Object.keys(options)) {
    const refined = refinements[`${path}.${name}`];
    if (refined !== undefined) options[name] = { ...options[name], ...refined };
  }
  for (const [place, section] of Object.entries(UNLISTED_SECTIONS)) {
    const at = place.lastIndexOf('.');
    if (place.slice(0, at) === path) sections[place.slice(at + 1)] ??= section;
  }
  return { path, owner: path, argument, options, sections, plugin, free: specs.some((spec) => spec.free === true) };
}

const aliases = new WeakMap<Options, ReadonlyMap<string, string>>();

/** The option of a section by its name or another spelling of it. */
export function optionOf(section: KnownSection, name: string): Option | undefined {
  if (Object.hasOwn(section.options, name)) return section.options[name];
  let spellings = aliases.get(section.options);
  if (spellings === undefined) {
    spellings = new Map(Object.entries(section.options).flatMap(([own, option]) => (option.aliases ?? []).map((alias) => [alias, own] as const)));
    aliases.set(section.options, spellings);
  }
  const own = spellings.get(name);
  if (own !== undefined) return section.options[own];
  return (UNLISTED_OPTIONS[section.owner] ?? []).some((pattern) => pattern.test(name)) ? { type: 'any' } : undefined;
}
