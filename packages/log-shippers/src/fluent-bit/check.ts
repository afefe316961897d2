import type { PodscopeError } from '@podscope/core';
import { nearest } from '../lint/problem.ts';
import { badValue } from '../quantities/quantities.ts';
import { findOption, pluginNames, type PluginKind } from './known.ts';
import type { FluentBitConfig, Section } from './model.ts';
import { LISTS, type ListName, listOf, optionsFor, STRUCTURAL } from './shape.ts';
import { placeOf } from './source.ts';
import { valueProblem } from './values.ts';

/** A way to a section: `inputs[0]`. */
export interface SectionAt {
  readonly list: ListName | 'service' | 'processors';
  readonly path: string;
  readonly section: Section;
}

/** All sections of a configuration, those of processors included. */
export function sectionsOf(config: FluentBitConfig): readonly SectionAt[] {
  const own: SectionAt[] = config.service === undefined ? [] : [{ list: 'service', path: 'service', section: config.service as unknown as Section }];
  for (const list of LISTS) {
    for (const [index, section] of listOf(config, list).entries()) {
      const path = `${list}[${index}]`;
      own.push({ list, path, section });
      for (const [signal, processors] of Object.entries((section['processors'] ?? {}) as Record<string, unknown>)) {
        if (!Array.isArray(processors) || !processors.every((each) => typeof each === 'object' && each !== null)) continue;
        for (const [at, processor] of (processors as readonly Section[]).entries()) own.push({ list: 'processors', path: `${path}.processors.${signal}[${at}]`, section: processor });
      }
    }
  }
  return own;
}

/**
 * Refuses what can't be written rightly: an unknown option outside of `extra`, a value of another type. Sections that were read and not changed
 * are left to the linter: they stay as they stand in their file.
 *
 * @throws PodscopeError SHIPPER_BAD_VALUE
 */
export function requireValid(config: FluentBitConfig): void {
  for (const at of sectionsOf(config)) {
    if (placeOf(at.section) !== undefined) continue;
    const options = optionsFor(at.list, at.section);
    if (options === undefined && !isPluginList(at.list)) continue;
    if (options === undefined) {
      const name = String(at.section['name']);
      if (at.section['name'] !== undefined && !pluginNames(at.list as PluginKind).includes(name)) throw unknown(`${at.path}.name`, `there is no plugin ${JSON.stringify(name)}.`, name, pluginNames(at.list as PluginKind));
      continue;
    }
    for (const [key, value] of Object.entries(at.section)) {
      if (STRUCTURAL.has(key) || value === undefined) continue;
      const where = `Fluent Bit ${at.path}${at.section['name'] === undefined ? '' : ` (${String(at.section['name'])})`}.${key}`;
      const found = findOption(options, key);
      if (found === undefined) throw unknown(where, 'there is no such option.', key, Object.keys(options));
      const problem = valueProblem(found[1], value);
      if (problem !== undefined) throw badValue(where, problem.message, problem.hint);
    }
  }
}

function isPluginList(list: string): boolean {
  return list !== 'service' && list !== 'parsers' && list !== 'multilineParsers';
}

function unknown(where: string, message: string, given: string, known: readonly string[]): PodscopeError<'SHIPPER_BAD_VALUE'> {
  const meant = nearest(given, known);
  return badValue(where, message, meant === undefined ? 'What this library does not know stands in extra.' : `Did you mean ${meant}?`);
}
