import { whyNotCarried } from './carried.ts';
import type { RawObject } from './forms.ts';
import { withInnerText } from './innerJson.ts';
import { isJsonObject, type Json, type StoredObject, type StoredReference } from './storedObject.ts';

/** An object in the form of exports, or what keeps it from being one. */
export type Exported = { readonly object?: StoredObject; readonly wrong: readonly string[] };

/** What each form held, in the one form of exports. A broken reference is named and left out, an object that nothing carries as a whole. */
export function exportForm(raw: RawObject): Exported {
  const { type, id, attributes, migrationVersion, rest } = raw;
  const why = whyNotCarried(attributes) ?? whyNotCarried(rest);
  if (why !== undefined) return { wrong: [`${type} ${id} holds ${why}`] };
  const wrong: string[] = [];
  const references = referencesOf(raw, wrong);
  const versions = versionsOf(migrationVersion, wrong, `${type} ${id}`);
  return { object: { type, id, attributes: withInnerText(type, attributes), references, ...(versions === undefined ? {} : { migrationVersion: versions }), rest }, wrong };
}

function referencesOf({ type, id, references }: RawObject, wrong: string[]): readonly StoredReference[] {
  if (references === undefined || references === null) return [];
  if (!Array.isArray(references)) {
    wrong.push(`${type} ${id}: "references" is not a list`);
    return [];
  }
  return references.flatMap((each: Json, index) => {
    if (isJsonObject(each) && typeof each['name'] === 'string' && typeof each['type'] === 'string' && typeof each['id'] === 'string') {
      return [{ name: each['name'], type: each['type'], id: each['id'] }];
    }
    wrong.push(`${type} ${id}: references[${index}] has no name, type and id`);
    return [];
  });
}

function versionsOf(versions: Json | undefined, wrong: string[], name: string): Readonly<Record<string, string>> | undefined {
  if (versions === undefined || versions === null) return undefined;
  const known = isJsonObject(versions) ? Object.entries(versions).filter((entry): entry is [string, string] => typeof entry[1] === 'string') : [];
  if (!isJsonObject(versions) || known.length < Object.keys(versions).length) wrong.push(`${name}: "migrationVersion" is not versions by type`);
  return Object.fromEntries(known);
}
