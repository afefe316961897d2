import type { Options } from '../options/option.ts';
import { findOption, optionsOf, type PluginKind } from './known.ts';
import type { FluentBitConfig, Section } from './model.ts';
import { MULTILINE_PARSER, PARSER, SERVICE } from './serviceOptions.ts';
import { typedValue } from './values.ts';

/** A list of sections in a configuration. */
export type ListName = 'customs' | 'parsers' | 'multilineParsers' | 'inputs' | 'filters' | 'outputs';

/** All lists, in the order in which they are written. */
export const LISTS: readonly ListName[] = ['customs', 'parsers', 'multilineParsers', 'inputs', 'filters', 'outputs'];

/** The options that a section can have; undefined where they aren't known. */
export function optionsFor(list: ListName | 'service' | 'processors', section: Section): Options | undefined {
  if (list === 'service') return SERVICE;
  if (list === 'parsers') return PARSER;
  if (list === 'multilineParsers') return MULTILINE_PARSER;
  return typeof section['name'] === 'string' ? optionsOf(list as PluginKind, section['name']) : undefined;
}

/** What routes the records of every plugin, those too whose options aren't known. */
const ROUTING = { tag: { type: 'string' }, match: { type: 'string' }, match_regex: { type: 'string' } } as const satisfies Options;

/** Keys of a section that are no options. */
export const STRUCTURAL: ReadonlySet<string> = new Set(['name', 'processors', 'rules', 'extra']);

/**
 * A section as it stands in a file, as one of the model: known options under their listed names with values of their own type, unknown ones
 * in `extra`, as they are written.
 */
export function toSection(list: ListName | 'service' | 'processors', raw: Section): Section {
  const nameKey = Object.keys(raw).find((key) => key.toLowerCase() === 'name');
  const name = nameKey === undefined ? undefined : String(raw[nameKey]);
  const isPlugin = list === 'inputs' || list === 'filters' || list === 'outputs' || list === 'processors' || list === 'customs';
  const given = isPlugin && name !== undefined ? name.toLowerCase() : name;
  const options = optionsFor(list, { name: given });
  const section: Record<string, unknown> = given === undefined ? {} : { name: given };
  const extra: [string, unknown][] = [];
  for (const [key, value] of Object.entries(raw)) {
    if (key === nameKey) continue;
    const lower = key.toLowerCase();
    if (lower === 'processors' && isPlugin && typeof value === 'object' && !Array.isArray(value)) section['processors'] = toProcessors(value);
    else if (lower === 'rules' && list === 'multilineParsers' && Array.isArray(value)) section['rules'] = value;
    else {
      const found = findOption(options ?? (isPlugin ? ROUTING : {}), key);
      if (found === undefined) extra.push([key, value]);
      else section[found[0]] = Array.isArray(value) && found[1].repeatable !== true && found[1].type !== 'list' ? value : typedValue(found[1], value);
    }
  }
  return extra.length === 0 ? section : { ...section, extra: Object.fromEntries(extra) };
}

function toProcessors(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([signal, list]) => [signal, Array.isArray(list) ? list.map((each: Section) => toSection('processors', each)) : list]));
}

/** The sections of one list. */
export function listOf(config: FluentBitConfig, list: ListName): readonly Section[] {
  return (config[list] ?? []) as unknown as readonly Section[];
}
