import { isJsonObject, type StoredObject } from '../read/storedObject.ts';
import { SEARCH_SOURCE_INDEX } from '../savedObject.ts';
import { Code, type Printable } from './printCode.ts';

/** Attributes in which references are the names of what they lead to, and the references that are left. */
export interface Shown {
  readonly shown: Printable;
  readonly left: StoredObject['references'];
  readonly view?: Code;
}

/** The constant that an object is, where it is defined before. */
export type NameOf = (target: StoredObject['references'][number]) => Code | undefined;

/** Takes references out of the list where the attributes can say the name of what they lead to. */
export function shownByName(object: StoredObject, attributes: Printable, nameOf: NameOf): Shown {
  if (object.type === 'dashboard') return panelsShown(object, attributes, nameOf);
  if (object.type === 'search' || object.type === 'visualization') return viewShown(object, attributes, nameOf);
  return { shown: attributes, left: object.references };
}

/** Panels that show an object which is defined here say so by its name. */
function panelsShown(object: StoredObject, attributes: Printable, nameOf: NameOf): Shown {
  const list = isPrintableObject(attributes) ? attributes['panelsJSON'] : undefined;
  if (!isPrintableObject(attributes) || !Array.isArray(list)) return { shown: attributes, left: object.references };
  const used = new Set<string>();
  const panels = list.map((panel: Printable, index): Printable => {
    const name = `panel_${index}`;
    const reference = onlyReference(object, name);
    if (!isPrintableObject(panel) || panel['panelRefName'] !== name || reference === undefined) return panel;
    const shows = nameOf(reference);
    if (shows === undefined) return panel;
    used.add(name);
    const { panelRefName: _, ...rest } = panel;
    return { shows, ...rest };
  });
  return { shown: { ...attributes, panelsJSON: panels }, left: object.references.filter(({ name }) => !used.has(name)) };
}

/** A search source that searches a data view which is defined here. */
function viewShown(object: StoredObject, attributes: Printable, nameOf: NameOf): Shown {
  const meta = isPrintableObject(attributes) ? attributes['kibanaSavedObjectMeta'] : undefined;
  const source = isPrintableObject(meta) ? meta['searchSourceJSON'] : undefined;
  const reference = onlyReference(object, SEARCH_SOURCE_INDEX);
  const untouched = { shown: attributes, left: object.references };
  if (!isPrintableObject(attributes) || !isPrintableObject(meta) || !isPrintableObject(source) || source['indexRefName'] !== SEARCH_SOURCE_INDEX || reference?.type !== 'index-pattern') return untouched;
  const view = nameOf(reference);
  if (view === undefined) return untouched;
  const { indexRefName: _, ...left } = source;
  return {
    shown: { ...attributes, kibanaSavedObjectMeta: { ...meta, searchSourceJSON: left } },
    left: object.references.filter((each) => each !== reference),
    view,
  };
}

function onlyReference(object: StoredObject, name: string): StoredObject['references'][number] | undefined {
  const [reference, ...more] = object.references.filter((each) => each.name === name);
  return more.length === 0 ? reference : undefined;
}

function isPrintableObject(value: Printable | undefined): value is { readonly [member: string]: Printable | undefined } {
  return isJsonObject(value) && !(value instanceof Code);
}
