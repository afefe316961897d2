import { isJsonObject, type Json } from '../read/storedObject.ts';
import type { Said } from './finding.ts';
import { objectsIn, type Parts } from './parts.ts';

/** An import looks for these, and only for these (src/core/server/saved_objects/import/validate_references.ts). */
const LOOKED_FOR: readonly string[] = ['index-pattern', 'search'];

/** References that lead nowhere, and names of references that nobody has. */
export function referenceFindings(parts: Parts, exists: (type: string, id: string) => boolean): readonly Said[] {
  const { object } = parts;
  const said: Said[] = object.references.flatMap(({ type, id, name }, at) =>
    exists(type, id) ? [] : [{ rule: LOOKED_FOR.includes(type) ? 'missing-reference' : 'missing-target', path: `references[${at}]`, what: `it refers to ${type} "${id}" (as "${name}"), which is not there`, fix: 'Add that object to the file, or import it before.' }],
  );
  const names = new Set(object.references.map(({ name }) => name));
  for (const { path, name } of namesUsed(parts)) {
    if (names.has(name)) continue;
    const alike = object.references.length === 0 ? 'it has no references' : `its references are ${[...names].map((each) => `"${each}"`).join(', ')}`;
    said.push({ rule: 'bad-reference-name', path, what: `no reference has the name "${name}"; ${alike}`, fix: 'Give the reference that name exactly.' });
  }
  return said;
}

/** Where an object's inner JSON names its references, panels apart: those are the dashboard's matter. */
function namesUsed({ object, inner, searchSource }: Parts): readonly { readonly path: string; readonly name: string }[] {
  const used: { readonly path: string; readonly name: string }[] = [];
  const use = (path: string, name: Json | undefined): void => {
    if (typeof name === 'string' && name !== '') used.push({ path, name });
  };
  const source = 'attributes.kibanaSavedObjectMeta.searchSourceJSON';
  use(`${source}.indexRefName`, searchSource?.['indexRefName']);
  for (const [at, filter] of objectsIn(searchSource?.['filter']).entries()) use(`${source}.filter[${at}].meta.indexRefName`, isJsonObject(filter['meta']) ? filter['meta']['indexRefName'] : undefined);
  use('attributes.savedSearchRefName', object.attributes['savedSearchRefName']);
  const state = inner['visState'];
  const params = isJsonObject(state) ? state['params'] : undefined;
  for (const [at, control] of objectsIn(isJsonObject(params) ? params['controls'] : undefined).entries()) {
    use(`attributes.visState.params.controls[${at}].indexPatternRefName`, control['indexPatternRefName']);
  }
  return used;
}
