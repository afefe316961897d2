import { isJsonObject, type Json, type StoredReference } from '../read/storedObject.ts';
import type { Said } from './finding.ts';
import { objectsIn, type Parts } from './parts.ts';

/** An import looks for these, and only for these (src/core/server/saved_objects/import/validate_references.ts). */
const LOOKED_FOR: readonly string[] = ['index-pattern', 'search'];

/** References that lead nowhere, and names of references that nobody has. */
export function referenceFindings(parts: Parts, exists: (type: string, id: string) => boolean): readonly Said[] {
  const { object } = parts;
  const said: Said[] = object.references.flatMap((reference, at) => (exists(reference.type, reference.id) ? [] : [missing(reference, `references[${at}]`)]));
  const names = new Map<string, string>();
  for (const [at, { name, type }] of object.references.entries()) {
    if (names.has(name)) said.push({ rule: 'duplicate-reference-name', path: `references[${at}].name`, what: `another reference before it has the name "${name}"`, fix: 'Give it another name, and where it is named.' });
    else names.set(name, type);
  }
  for (const { path, name, wanted } of namesUsed(parts)) {
    const type = names.get(name);
    if (type === wanted) continue;
    if (type !== undefined) {
      said.push({ rule: 'bad-reference-name', path, what: `the reference "${name}" is of type ${type}, not ${wanted}`, fix: `Refer to an object of type ${wanted}.` });
      continue;
    }
    const alike = object.references.length === 0 ? 'it has no references' : `its references are ${[...names.keys()].map((each) => `"${each}"`).join(', ')}`;
    said.push({ rule: 'bad-reference-name', path, what: `no reference has the name "${name}"; ${alike}`, fix: 'Give the reference that name exactly.' });
  }
  return said;
}

function missing({ type, id, name }: StoredReference, path: string): Said {
  if (type === 'tag') return { rule: 'missing-tag', path, what: `it has the tag "${id}", which is not there`, fix: 'Add the tag to the file, or import it before.' };
  return { rule: LOOKED_FOR.includes(type) ? 'missing-reference' : 'missing-target', path, what: `it refers to ${type} "${id}" (as "${name}"), which is not there`, fix: 'Add that object to the file, or import it before.' };
}

interface NameUsed {
  readonly path: string;
  readonly name: string;
  /** The type that the reference must have. */
  readonly wanted: string;
}

/** Where an object's inner JSON names its references, panels apart: those are the dashboard's matter. */
function namesUsed({ object, inner, searchSource }: Parts): readonly NameUsed[] {
  const used: NameUsed[] = [];
  const use = (path: string, name: Json | undefined, wanted = 'index-pattern'): void => {
    if (typeof name === 'string' && name !== '') used.push({ path, name, wanted });
  };
  const source = 'attributes.kibanaSavedObjectMeta.searchSourceJSON';
  use(`${source}.indexRefName`, searchSource?.['indexRefName']);
  for (const [at, filter] of objectsIn(searchSource?.['filter']).entries()) use(`${source}.filter[${at}].meta.indexRefName`, isJsonObject(filter['meta']) ? filter['meta']['indexRefName'] : undefined);
  use('attributes.savedSearchRefName', object.attributes['savedSearchRefName'], 'search');
  const state = inner['visState'];
  const params = isJsonObject(state) ? state['params'] : undefined;
  // Since Kibana 7.14 TSVB refers to its index pattern.
  if (isJsonObject(params)) use('attributes.visState.params.index_pattern_ref_name', params['index_pattern_ref_name']);
  for (const [at, control] of objectsIn(isJsonObject(params) ? params['controls'] : undefined).entries()) {
    use(`attributes.visState.params.controls[${at}].indexPatternRefName`, control['indexPatternRefName']);
  }
  return used;
}
