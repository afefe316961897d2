import { asStored } from '../asStored.ts';
import { migrateSavedObject } from '../migrate/migrate.ts';
import { whyNoDocument } from '../products/documentId.ts';
import { whyGone } from '../products/gone.ts';
import { type Target, type TargetFacts, targetFacts } from '../products/targets.ts';
import { isJsonObject, type JsonObject, type StoredObject } from '../read/storedObject.ts';
import type { SavedObject } from '../savedObject.ts';
import type { ConversionChange, Note } from './change.ts';
import { lower, whyNotLowered } from './lower.ts';
import { withNamesOf } from './productNames.ts';
import { withoutRefusedPanels } from './refusedPanels.ts';
import { fromTimelionSheet, TIMELION_SHEETS } from './timelionSheet.ts';

/** What became of objects. */
export interface Conversion {
  /** For the target, in the order in which they were given; those of panels right before their dashboard. */
  readonly objects: readonly StoredObject[];
  readonly changes: readonly ConversionChange[];
  /** What the target has nothing for, or no id. */
  readonly refused: readonly { readonly object: { readonly type: string; readonly id: string }; readonly why: string }[];
}

/**
 * Makes saved objects of any age and product into those of a target. What it can't carry is refused or changed, and named:
 * nothing is left out silently. Objects that are older than the target stay readable to it: its import migrates them.
 *
 * @throws PodscopeError `SAVED_OBJECT_TARGET_UNKNOWN`
 */
export function convertSavedObjects(given: readonly (SavedObject | StoredObject)[], { to }: { readonly to: Target }): Conversion {
  const objects = given.map(asStored);
  const facts = targetFacts(to);
  const has = (type: string): boolean => Object.hasOwn(facts.types, type);
  const patterns = new Map(objects.filter(({ type }) => type === 'index-pattern').map(({ id, attributes }) => [id, attributes['title']]));
  const changes: ConversionChange[] = [];
  const known = objects.flatMap((object) => (TIMELION_SHEETS.includes(object.type) ? fromTimelionSheet(object, noteOn(object, changes)) : [object]));
  const refused = known.flatMap((object) => {
    const why = has(object.type) ? (whyForeignMap(object, facts, to) ?? whyNotLowered(object, facts, to) ?? whyNoDocument(object)) : `${to} has no saved objects of type "${object.type}"${whyGone(object.type)}`;
    return why === undefined ? [] : [{ object: { type: object.type, id: object.id }, why }];
  });
  const gone = new Set(refused.map(({ object }) => keyOf(object)));
  const converted = known.filter((object) => !gone.has(keyOf(object))).flatMap((object): readonly StoredObject[] => {
    const note = noteOn(object, changes);
    const migrated = withoutRefusedPanels(migrateSavedObject(object), (type, id) => !has(type) || gone.has(keyOf({ type, id })), note);
    const made = lower(migrated, facts, patterns, (each) => noteOn(each, changes));
    return made.map((each) => fitted(each, facts, noteOn(each, changes)));
  });
  return { objects: converted, changes, refused };
}

function keyOf({ type, id }: { readonly type: string; readonly id: string }): string {
  return `${type}:${id}`;
}

function noteOn({ type, id }: StoredObject, changes: ConversionChange[]): Note {
  return (rule, what) => changes.push({ object: { type, id }, rule, what });
}

/** Either product calls its maps `map`, and neither reads the other's. */
function whyForeignMap({ type, attributes }: StoredObject, { product }: TargetFacts, to: Target): string | undefined {
  if (type !== 'map') return undefined;
  const [foreign, whose] = product === 'kibana' ? [['layerList', 'mapState'], 'OpenSearch Dashboards'] : [['layerListJSON', 'mapStateJSON'], 'Kibana'];
  return foreign.some((name) => attributes[name] !== undefined) ? `it is a map of ${whose}, which ${to} cannot read` : undefined;
}

function fitted(object: StoredObject, facts: TargetFacts, note: Note): StoredObject {
  return withoutUnknown(withoutForeignReferences(withNamesOf(withoutCore(object, facts), facts, note), facts, note), facts, note);
}

/** A newer core version than the server's own is refused. What stays as it came keeps its members. */
function withoutCore(object: StoredObject, { core }: TargetFacts): StoredObject {
  const { coreMigrationVersion, ...rest } = object.rest;
  if (typeof coreMigrationVersion !== 'string' || (core !== undefined && Number.parseInt(coreMigrationVersion, 10) <= Number.parseInt(core, 10))) return object;
  return { ...object, rest };
}

/** References that no product follows, but by which the object would name something that is not there. */
const LOOSE: readonly string[] = ['tag', 'data-source'];

function withoutForeignReferences(object: StoredObject, { types }: TargetFacts, note: Note): StoredObject {
  const loose = object.references.filter(({ type }) => LOOSE.includes(type) && !Object.hasOwn(types, type));
  if (loose.length === 0) return object;
  for (const { type, id } of loose) note('reference-dropped', `without the ${type} "${id}"`);
  return { ...object, references: object.references.filter((reference) => !loose.includes(reference)) };
}

function withoutUnknown(object: StoredObject, { types }: TargetFacts, note: Note): StoredObject {
  const takes = types[object.type]?.attributes;
  const unknown = takes === undefined ? [] : Object.keys(object.attributes).filter((name) => !takes.includes(name));
  if (unknown.length === 0) return object;
  for (const name of unknown) if (!isEmpty(object.attributes[name])) note('attribute-dropped', `without "${name}"`);
  return { ...object, attributes: Object.fromEntries(Object.entries(object.attributes).filter(([name]) => !unknown.includes(name))) as JsonObject };
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '' || value === '{}' || value === false || (isJsonObject(value) && Object.keys(value).length === 0);
}
