import { attributesOf, draftOf, draftsIn, isDraft, type ObjectDraft } from '../migrate/draft.ts';
import { isOlder, shapeVersion, withShapeVersion } from '../migrate/version.ts';
import { OPENSEARCH_DASHBOARDS_TYPES } from '../products/openSearchDashboards.ts';
import type { Target, TargetFacts } from '../products/targets.ts';
import { asText } from '../read/asText.ts';
import type { JsonObject, StoredObject } from '../read/storedObject.ts';
import type { Note } from './change.ts';
import { lowerDashboard } from './lowerDashboard.ts';
import { lowerVisualization } from './lowerVisualization.ts';

/** Types whose inner shape only their own product changes: there is no way back to an older one. */
const NO_WAY_BACK: readonly string[] = ['lens', 'map', 'canvas-workpad', 'canvas-element', 'graph-workspace'];

/** Why an object that is newer than the target stays out; undefined when it can be brought there. */
export function whyNotLowered(object: StoredObject, { types }: TargetFacts, to: Target): string | undefined {
  const ceiling = types[object.type]?.version;
  const version = shapeVersion(object);
  if (!NO_WAY_BACK.includes(object.type) || version === undefined || ceiling === undefined || !isOlder(ceiling, version)) return undefined;
  return `it has the shape of ${version}; ${to} reads ${ceiling} at most`;
}

/**
 * What is newer than the target, in the form of 7.10: every target reads that, and migrates it at import. What is older stays.
 *
 * @returns the saved objects that panels held, then the object.
 */
export function lower(object: StoredObject, facts: TargetFacts, patterns: ReadonlyMap<string, unknown>, noteOn: (object: StoredObject) => Note): readonly StoredObject[] {
  const { type, id } = object;
  const version = shapeVersion(object);
  const ceiling = facts.types[type]?.version;
  if (version === undefined || (ceiling !== undefined && !isOlder(ceiling, version)) || NO_WAY_BACK.includes(type)) return [object];
  const note = noteOn(object);
  const draft = draftOf(object);
  const inPanels = type === 'dashboard' ? lowerDashboard(id, draft, isOlder(version, '8.0.0') ? '7.17.0' : '8.5.0', note) : [];
  if (type === 'visualization') lowerVisualization(draft, titleIn(draft, patterns), note);
  if (type === 'index-pattern') lowerIndexPattern(draft, note);
  if (type === 'query') lowerQuery(draft, note);
  const lowered: StoredObject = { ...object, attributes: attributesOf(draft) as JsonObject, references: draft.references };
  const { coreMigrationVersion: _, ...rest } = lowered.rest;
  return [...inPanels.flatMap((each) => lower(each, facts, patterns, noteOn)), withShapeVersion({ ...lowered, rest }, OPENSEARCH_DASHBOARDS_TYPES[type]?.version)];
}

function titleIn({ references }: ObjectDraft, patterns: ReadonlyMap<string, unknown>): (name: string) => string | undefined {
  const all = [...references];
  return (name) => {
    const title = patterns.get(all.find((each) => each.name === name)?.id ?? '');
    return typeof title === 'string' ? title : undefined;
  };
}

/** Since 7.11 labels and counts of fields stand beside the fields, since 7.13 there are runtime fields, since 8.3 a name. */
function lowerIndexPattern({ attributes }: ObjectDraft, note: Note): void {
  const filled = (name: string): boolean => {
    const value = attributes[name];
    return typeof value === 'string' && value !== '' && value !== '{}';
  };
  if (filled('runtimeFieldMap')) note('runtime-fields-dropped', 'without its runtime fields');
  if (filled('fieldAttrs') && /"customLabel"/u.test(asText(attributes['fieldAttrs']))) note('field-labels-dropped', 'without the labels of its fields');
  if (filled('name') && attributes['name'] !== attributes['title']) note('attribute-dropped', 'without "name"');
  for (const name of ['allowNoIndex', 'allowHidden']) if (attributes[name] === true) note('attribute-dropped', `without "${name}"`);
  for (const name of ['runtimeFieldMap', 'fieldAttrs', 'allowNoIndex', 'name', 'allowHidden']) Reflect.deleteProperty(attributes, name);
}

/** Since 7.16 the index patterns of a saved query's filters are references. */
function lowerQuery({ attributes, references }: ObjectDraft, note: Note): void {
  for (const filter of draftsIn(attributes['filters'])) {
    const meta = filter['meta'];
    // A filter's `meta.index` is then the reference's name.
    const at = isDraft(meta) ? references.findIndex(({ name }) => name === meta['index']) : -1;
    const [reference] = at === -1 ? [] : references.splice(at, 1);
    if (reference === undefined || !isDraft(meta)) continue;
    meta['index'] = reference.id;
    note('filter-reference', `a filter names the index pattern "${reference.id}"`);
  }
}
