import type { SavedObject } from '@podscope/saved-objects';

export type { SavedObject };

/** A field of a data view. */
export interface ViewField {
  readonly name: string;
  /** OpenSearch's mapping type, or the data view's own word for it. */
  readonly type: string;
  readonly aggregatable: boolean;
}

/** A data view: an index pattern with the fields behind it. */
export interface DataView {
  readonly id: string;
  readonly pattern: string;
  readonly fields: readonly ViewField[];
}

/** A text attribute of an object, or the empty text. */
export function textAttribute(object: SavedObject | undefined, name: string): string {
  const value = object?.attributes[name];
  return typeof value === 'string' ? value : '';
}

/** An object's title, or its id. */
export function titleOf(object: SavedObject): string {
  return textAttribute(object, 'title') || object.id;
}

/** The data views among the objects. */
export function dataViewsOf(objects: readonly SavedObject[]): readonly DataView[] {
  return objects
    .filter((object) => object.type === 'index-pattern')
    .map((object) => ({ id: object.id, pattern: titleOf(object), fields: fieldsOf(textAttribute(object, 'fields')) }));
}

/** The dashboards among the objects: an overview first, the others by title. */
export function dashboardsOf(objects: readonly SavedObject[]): readonly SavedObject[] {
  const rank = (object: SavedObject): number => (/overview/i.test(titleOf(object)) ? 0 : 1);
  return objects
    .filter((object) => object.type === 'dashboard')
    .sort((one, other) => rank(one) - rank(other) || titleOf(one).localeCompare(titleOf(other)));
}

/** The first dashboard whose title or id has one of the words. */
export function findDashboard(objects: readonly SavedObject[], words: RegExp): SavedObject | undefined {
  return dashboardsOf(objects).find((object) => words.test(titleOf(object)) || words.test(object.id));
}

function fieldsOf(text: string): readonly ViewField[] {
  let list: unknown;
  try {
    list = JSON.parse(text || '[]');
  } catch {
    return [];
  }
  if (!Array.isArray(list)) return [];
  const fields: ViewField[] = [];
  for (const item of list as unknown[]) {
    if (typeof item !== 'object' || item === null) continue;
    const { name, type, esTypes, aggregatable } = item as Readonly<Record<string, unknown>>;
    if (typeof name !== 'string' || name.startsWith('_')) continue;
    const mapped: unknown = Array.isArray(esTypes) ? esTypes[0] : undefined;
    fields.push({
      name,
      type: typeof mapped === 'string' ? mapped : typeof type === 'string' ? type : 'string',
      aggregatable: aggregatable !== false,
    });
  }
  return fields.sort((one, other) => one.name.localeCompare(other.name));
}
