import type { JsonObject, JsonValue } from '../model.ts';
import { isObject } from '../normalise/json.ts';
import { SECTION_NAMES, type SetupSection } from './sections.ts';

/**
 * A setup of which nothing is taken for granted but that each section is there, so that all rules can be asked about one of
 * which some parts are of the wrong form.
 */
export type Loose = Readonly<Record<Exclude<SetupSection, 'dataStreams'>, JsonObject>> & { readonly owner: unknown; readonly dataStreams: unknown };

/** What was given, with an empty section where there is none. */
export function looseOf(input: object): Loose {
  const given = input as Readonly<Record<string, unknown>>;
  const sections = SECTION_NAMES.filter((section) => section !== 'dataStreams').map((section) => [section, isObject(given[section]) ? given[section] : {}] as const);
  return { ...(Object.fromEntries(sections) as unknown as Loose), owner: given['owner'], dataStreams: given['dataStreams'] };
}

/** The names of a section. */
export function namesIn(setup: Loose, section: Exclude<SetupSection, 'dataStreams'>): readonly string[] {
  return Object.keys(setup[section]);
}

/** The things of a section that are objects at all. */
export function thingsIn(setup: Loose, section: Exclude<SetupSection, 'dataStreams'>): readonly (readonly [string, JsonObject])[] {
  return Object.entries(setup[section]).flatMap(([name, body]) => (isObject(body) ? [[name, body] as const] : []));
}

/** The texts of a list, with their positions. */
export function itemsOf(value: unknown): readonly (readonly [number, string])[] {
  return Array.isArray(value) ? [...(value as readonly JsonValue[]).entries()].filter((entry): entry is [number, string] => typeof entry[1] === 'string') : [];
}

/** The texts of a list. */
export function textsOf(value: unknown): readonly string[] {
  return itemsOf(value).map(([, text]) => text);
}

/** A priority; the lowest where it is none. */
export function priorityOf(template: JsonObject): number {
  const { priority } = template;
  return typeof priority === 'number' ? priority : 0;
}
