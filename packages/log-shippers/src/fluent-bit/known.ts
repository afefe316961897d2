import type { Option, Options } from '../options/option.ts';
import { CUSTOMS } from './options/customs.ts';
import { FILTERS } from './options/filters.ts';
import { INPUTS } from './options/inputs.ts';
import { OUTPUTS } from './options/outputs.ts';
import { PROCESSORS } from './options/processors.ts';
import { FILTER_ADDITIONS, FILTER_REFINEMENTS, INPUT_ADDITIONS, INPUT_REFINEMENTS, OUTPUT_ADDITIONS, OUTPUT_REFINEMENTS, systemd, UNLISTED } from './refinements.ts';

/** The kinds of plugins. */
export type PluginKind = 'inputs' | 'filters' | 'processors' | 'outputs' | 'customs';

interface KindFacts {
  readonly plugins: Readonly<Record<string, Options>>;
  readonly refinements: Readonly<Record<string, Options>>;
  readonly additions: Options;
}

const KINDS: Readonly<Record<PluginKind, KindFacts>> = {
  inputs: { plugins: { ...INPUTS, systemd }, refinements: INPUT_REFINEMENTS, additions: INPUT_ADDITIONS },
  filters: { plugins: FILTERS, refinements: FILTER_REFINEMENTS, additions: FILTER_ADDITIONS },
  processors: { plugins: { ...FILTERS, ...PROCESSORS }, refinements: FILTER_REFINEMENTS, additions: { condition: { type: 'any' } } },
  outputs: { plugins: OUTPUTS, refinements: OUTPUT_REFINEMENTS, additions: OUTPUT_ADDITIONS },
  customs: { plugins: CUSTOMS, refinements: {}, additions: {} },
};

/** Names of all plugins of a kind, those included whose options aren't known. */
export function pluginNames(kind: PluginKind): readonly string[] {
  return [...Object.keys(KINDS[kind].plugins), ...UNLISTED[kind]];
}

const cache = new Map<string, Options | undefined>();

/** All options of a plugin with the refinements; undefined when the plugin or its options aren't known. Names are taken in any case. */
export function optionsOf(kind: PluginKind, plugin: string): Options | undefined {
  const name = plugin.toLowerCase();
  const key = `${kind} ${name}`;
  if (!cache.has(key)) {
    const { plugins, refinements, additions } = KINDS[kind];
    const own = Object.hasOwn(plugins, name) ? plugins[name] : undefined;
    cache.set(key, own === undefined ? undefined : { ...own, ...additions, ...(Object.hasOwn(refinements, name) ? refinements[name] : {}) });
  }
  return cache.get(key);
}

/** An option and the name it is listed under. A listed name that ends in `_` or `.` stands for all that begin so: `parser_1`, `rdkafka.acks`. */
export function findOption(options: Options, name: string): readonly [string, Option] | undefined {
  const lower = name.toLowerCase();
  if (Object.hasOwn(options, lower)) return [lower, options[lower] as Option];
  const prefix = Object.keys(options).find((known) => /[._]$/.test(known) && lower.startsWith(known) && lower.length > known.length);
  return prefix === undefined ? undefined : [lower, options[prefix] as Option];
}
