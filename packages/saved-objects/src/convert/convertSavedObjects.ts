import { PodscopeError } from '@podscope/core';
import { attributesOf, draftOf, isDraft, type ObjectDraft } from '../migrate/draft.ts';
import { migrateSavedObject } from '../migrate/migrate.ts';
import { isOlder } from '../migrate/version.ts';
import { type Target, type TargetFacts, TARGETS } from '../products/targets.ts';
import type { JsonObject, StoredObject } from '../read/storedObject.ts';
import type { ConversionChange, Note } from './change.ts';
import { lowerDashboard } from './lowerDashboard.ts';
import { lowerVisualization } from './lowerVisualization.ts';

/** What became of objects. */
export interface Conversion {
  /** For the target, in the order in which they were given; those of panels right before their dashboard. */
  readonly objects: readonly StoredObject[];
  readonly changes: readonly ConversionChange[];
  /** What the target has nothing for. */
  readonly refused: readonly { readonly object: { readonly type: string; readonly id: string }; readonly why: string }[];
}

/**
 * Makes saved objects of any age and product into those of a target. What it can't carry is refused or changed, and named:
 * nothing is left out silently. Objects that are older than the target stay readable to it: its import migrates them.
 *
 * @throws PodscopeError `SAVED_OBJECT_TARGET_UNKNOWN`
 */
export function convertSavedObjects(objects: readonly StoredObject[], { to }: { readonly to: Target }): Conversion {
  if (!Object.hasOwn(TARGETS, to)) {
    throw new PodscopeError('SAVED_OBJECT_TARGET_UNKNOWN', `"${String(to)}" is no target.`, { hint: `Use one of ${Object.keys(TARGETS).join(', ')}.` });
  }
  const facts: TargetFacts = TARGETS[to];
  const has = (type: string): boolean => Object.hasOwn(facts.types, type);
  const patterns = new Map(objects.filter(({ type }) => type === 'index-pattern').map(({ id, attributes }) => [id, attributes['title']]));
  const changes: ConversionChange[] = [];
  const refused: Conversion['refused'][number][] = [];
  const converted = objects.flatMap((object): readonly StoredObject[] => {
    if (!has(object.type)) {
      refused.push({ object: { type: object.type, id: object.id }, why: `${to} has no saved objects of type "${object.type}"` });
      return [];
    }
    const made = lower(migrateSavedObject(object), facts, has, patterns, changes);
    return made.map((each) => withoutUnknown(each, facts, noteOn(each, changes)));
  });
  return { objects: converted, changes, refused };
}

function noteOn({ type, id }: StoredObject, changes: ConversionChange[]): Note {
  return (rule, what) => changes.push({ object: { type, id }, rule, what });
}

/** What is newer than the target, in the form that it reads. */
function lower(object: StoredObject, facts: TargetFacts, has: (type: string) => boolean, patterns: ReadonlyMap<string, unknown>, changes: ConversionChange[]): readonly StoredObject[] {
  const { type, id } = object;
  const ceiling = facts.types[type]?.version;
  const version = object.migrationVersion?.[type];
  const note = noteOn(object, changes);
  if (version === undefined || (ceiling !== undefined && !isOlder(ceiling, version))) return [object];
  const draft = draftOf(object);
  const inPanels = type === 'dashboard' ? lowerDashboard(id, draft, has, note) : [];
  if (type === 'visualization') lowerVisualization(draft, titleIn(draft, patterns), note);
  if (type === 'index-pattern') lowerIndexPattern(draft, note);
  const { [type]: _, ...others } = object.migrationVersion ?? {};
  // What Kibana 8 says of versions is not for these.
  const { coreMigrationVersion: __, typeMigrationVersion: ___, ...rest } = object.rest;
  const lowered: StoredObject = {
    ...object, rest, attributes: attributesOf(draft) as JsonObject, references: draft.references,
    migrationVersion: { ...others, ...(ceiling === undefined ? {} : { [type]: ceiling }) },
  };
  return [...inPanels.flatMap((each) => lower(each, facts, has, patterns, changes)), lowered];
}

function titleIn({ references }: ObjectDraft, patterns: ReadonlyMap<string, unknown>): (name: string) => string | undefined {
  const all = [...references];
  return (name) => {
    const title = patterns.get(all.find((each) => each.name === name)?.id ?? '');
    return typeof title === 'string' ? title : undefined;
  };
}

/** Since 7.11 labels and counts of fields stand beside the fields, since 7.13 there are runtime fields. */
function lowerIndexPattern({ attributes }: ObjectDraft, note: Note): void {
  const filled = (name: string): boolean => {
    const value = attributes[name];
    return typeof value === 'string' && value !== '' && value !== '{}';
  };
  if (filled('runtimeFieldMap')) note('runtime-fields-dropped', 'without its runtime fields');
  if (filled('fieldAttrs') && /"customLabel"/u.test(String(attributes['fieldAttrs']))) note('field-labels-dropped', 'without the labels of its fields');
  for (const name of ['runtimeFieldMap', 'fieldAttrs', 'allowNoIndex']) Reflect.deleteProperty(attributes, name);
}

function withoutUnknown(object: StoredObject, { types }: TargetFacts, note: Note): StoredObject {
  const takes = types[object.type]?.attributes;
  const unknown = takes === undefined ? [] : Object.keys(object.attributes).filter((name) => !takes.includes(name));
  if (unknown.length === 0) return object;
  for (const name of unknown) if (!isEmpty(object.attributes[name])) note('attribute-dropped', `without "${name}"`);
  return { ...object, attributes: Object.fromEntries(Object.entries(object.attributes).filter(([name]) => !unknown.includes(name))) };
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '' || value === '{}' || value === false || (isDraft(value) && Object.keys(value).length === 0);
}
