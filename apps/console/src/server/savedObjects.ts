import { PodscopeError } from '@podscope/core';
import { DEEPEST_JSON, isDeeper } from './http/depth.ts';

/** A saved object as plain data; further members, such as `migrationVersion`, are kept. */
export interface ConsoleSavedObject {
  readonly id: string;
  readonly type: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly references: readonly { readonly name: string; readonly type: string; readonly id: string }[];
}

/** The patterns of the installed data views. */
export function patternsOf(objects: readonly ConsoleSavedObject[]): ReadonlySet<string> {
  return new Set(
    objects.flatMap(({ type, attributes }) => {
      const title = type === 'index-pattern' ? attributes['title'] : undefined;
      return typeof title === 'string' ? [title] : [];
    }),
  );
}

/** Own visualizations have a prefix, so that none takes an installed object's place. */
const ID = /^own-[a-z0-9][a-z0-9-]{0,116}$/u;
const LONGEST_TITLE = 200;
const LONGEST_DESCRIPTION = 2_000;
const VERSION = /^\d{1,3}(?:\.\d{1,3}){2}$/u;
const MOST_OWN = 200;
const MOST_REFERENCES = 20;
const LONGEST_STATE = 100_000;

/**
 * Checks a visualization that the page wants to save, and builds it anew out of the members that are known.
 *
 * @throws PodscopeError CONSOLE_OBJECT_REFUSED.
 */
export function checkVisualization(value: unknown, installed: readonly ConsoleSavedObject[]): ConsoleSavedObject {
  if (!isRecord(value)) throw refusedObject('it is no object');
  const { id, type, attributes, references, migrationVersion } = value;
  if (type !== 'visualization') throw refusedObject('only visualizations can be saved here');
  if (typeof id !== 'string' || !ID.test(id)) throw refusedObject('its id is not "own-" with small letters, digits and "-"');
  if (!isRecord(attributes)) throw refusedObject('it has no attributes');
  const { title, description, visState, kibanaSavedObjectMeta } = attributes;
  if (typeof title !== 'string' || title.trim() === '' || title.length > LONGEST_TITLE) throw refusedObject(`its title is not a text of 1 to ${LONGEST_TITLE} characters`);
  if (!isJsonText(visState)) throw refusedObject('its visState is not a JSON object, or too large');
  if (!isRecord(kibanaSavedObjectMeta) || !isJsonText(kibanaSavedObjectMeta['searchSourceJSON'])) throw refusedObject('its searchSourceJSON is not a JSON object, or too large');
  const pointers = checkReferences(references, installed);
  const others = installed.filter((object) => object.id !== id && ID.test(object.id));
  if (others.length >= MOST_OWN) throw refusedObject(`there are ${MOST_OWN} own visualizations already`);
  const version = isRecord(migrationVersion) ? migrationVersion['visualization'] : undefined;
  return {
    id,
    type,
    attributes: {
      title,
      visState,
      uiStateJSON: '{}',
      description: typeof description === 'string' ? description.slice(0, LONGEST_DESCRIPTION) : '',
      version: 1,
      kibanaSavedObjectMeta: { searchSourceJSON: kibanaSavedObjectMeta['searchSourceJSON'] },
    },
    references: pointers,
    ...(typeof version === 'string' && VERSION.test(version) ? { migrationVersion: { visualization: version } } : {}),
  };
}

function checkReferences(references: unknown, installed: readonly ConsoleSavedObject[]): ConsoleSavedObject['references'] {
  if (!Array.isArray(references) || references.length > MOST_REFERENCES) throw refusedObject(`it has no list of at most ${MOST_REFERENCES} references`);
  return references.map((reference: unknown) => {
    if (!isRecord(reference)) throw refusedObject('a reference is no object');
    const { id, name, type } = reference;
    if (typeof id !== 'string' || typeof name !== 'string' || typeof type !== 'string') throw refusedObject('a reference has no id, name or type');
    if (!installed.some((object) => object.id === id && object.type === type)) throw refusedObject(`it refers to a ${type} that is not installed`);
    return { id, name, type };
  });
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isJsonText(value: unknown): boolean {
  if (typeof value !== 'string' || value.length > LONGEST_STATE || isDeeper(value, DEEPEST_JSON)) return false;
  try {
    return isRecord(JSON.parse(value));
  } catch {
    return false;
  }
}

function refusedObject(why: string): PodscopeError<'CONSOLE_OBJECT_REFUSED'> {
  return new PodscopeError('CONSOLE_OBJECT_REFUSED', `The visualization was not saved: ${why}.`, {
    hint: 'Correct it and save again; nothing was changed.',
  });
}
