import { type Fields, PodscopeError } from '@podscope/core';
import { type Target, type TargetFacts, TARGETS } from '../products/targets.ts';
import type { Place } from '../read/reader.ts';
import type { StoredObject } from '../read/storedObject.ts';
import { fieldProblems } from '../fieldProblems.ts';
import { dashboardFindings } from './dashboard.ts';
import { type Finding, RULES, type Said } from './finding.ts';
import { importFindings } from './imports.ts';
import { SEARCH_SOURCE_INDEX } from '../savedObject.ts';
import { partsOf } from './parts.ts';
import { referenceFindings } from './references.ts';
import { visualizationFindings } from './visualization.ts';

/** Options of {@link checkSavedObjects}. */
export interface CheckOptions {
  /** The product that is to import them. */
  readonly target: Target;
  /** What the product has already: references to these lead somewhere. */
  readonly existing?: readonly { readonly type: string; readonly id: string }[];
  /**
   * By an index pattern's id or title, the fields of its indices, such as `fieldsOf(mapping).fields` of `@podscope/core`.
   * Fields are checked for the index patterns that are named.
   */
  readonly fields?: Readonly<Record<string, Fields>>;
}

/** An object to check, and where it was read. */
export type Checked = StoredObject | { readonly object: StoredObject; readonly place?: Place };

/**
 * Everything that an import of these objects would refuse, and everything that it takes although the page then breaks on
 * it or leaves it out. Never throws for what the objects hold.
 *
 * @throws PodscopeError `SAVED_OBJECT_TARGET_UNKNOWN`
 */
export function checkSavedObjects(objects: readonly Checked[], { target, existing = [], fields = {} }: CheckOptions): readonly Finding[] {
  if (!Object.hasOwn(TARGETS, target)) {
    throw new PodscopeError('SAVED_OBJECT_TARGET_UNKNOWN', `"${String(target)}" is no target.`, { hint: `Use one of ${Object.keys(TARGETS).join(', ')}.` });
  }
  const facts: TargetFacts = TARGETS[target];
  const all = objects.map((each) => ('object' in each ? { object: each.object as StoredObject, place: (each as { readonly place?: Place }).place } : { object: each, place: undefined }));
  const there = new Set([...existing, ...all.map(({ object }) => object)].map(keyOf));
  const seen = new Set<string>();
  const byKey = new Map(all.map(({ object }) => [keyOf(object), object]));
  return [
    ...sizeFindings(all.map(({ object }) => object), target, facts),
    ...all.flatMap(({ object, place }) => {
      const twice = seen.has(keyOf(object));
      seen.add(keyOf(object));
      const said = findingsOf(object, target, facts, twice, (type, id) => there.has(keyOf({ type, id })));
      return [...said, ...fieldFindings(object, patternOf(object, byKey), fields)].map((each) => finding(each, object, place));
    }),
  ];
}

function keyOf({ type, id }: { readonly type: string; readonly id: string }): string {
  return `${type}:${id}`;
}

function findingsOf(object: StoredObject, target: string, facts: TargetFacts, twice: boolean, exists: (type: string, id: string) => boolean): readonly Said[] {
  const parts = partsOf(object);
  return [
    ...(twice ? [{ rule: 'duplicate-id', path: 'id', what: `another ${object.type} before it has the id "${object.id}"`, fix: 'Give one of them another id, and what refers to it.' } as const] : []),
    ...importFindings(object, target, facts),
    ...referenceFindings(parts, exists),
    ...parts.said,
    ...(object.type === 'visualization' ? visualizationFindings(parts) : []),
    ...(object.type === 'dashboard' ? dashboardFindings(parts) : []),
  ];
}

/** The index pattern of an object, or of the saved search that it starts from. */
function patternOf({ references }: StoredObject, byKey: ReadonlyMap<string, StoredObject>): { readonly id: string; readonly title?: unknown } | undefined {
  const own = references.find(({ name }) => name === SEARCH_SOURCE_INDEX);
  if (own !== undefined) return { id: own.id, title: byKey.get(keyOf(own))?.attributes['title'] };
  const search = references.find(({ name, type }) => name === 'search_0' && type === 'search');
  const found = search === undefined ? undefined : byKey.get(keyOf(search));
  const through = found?.references.find(({ name }) => name === SEARCH_SOURCE_INDEX);
  return through === undefined ? undefined : { id: through.id, title: byKey.get(keyOf(through))?.attributes['title'] };
}

function fieldFindings(object: StoredObject, pattern: ReturnType<typeof patternOf>, all: NonNullable<CheckOptions['fields']>): readonly Said[] {
  const name = pattern === undefined ? undefined : [pattern.id, pattern.title].find((each): each is string => typeof each === 'string' && Object.hasOwn(all, each));
  const fields = name === undefined ? undefined : all[name];
  if (name === undefined || fields === undefined) return [];
  return fieldProblems(object, { pattern: name, fields }).map(({ code, field, usedBy, why }) => ({
    rule: code === 'SAVED_OBJECT_FIELD_UNKNOWN' ? 'unknown-field' : 'field-type',
    path: `attributes.${object.type === 'search' ? usedBy : 'visState'}`,
    what: why.replace(/\.$/u, ''),
    fix: `Use another field in the place of "${field}", or map it so.`,
  }));
}

function finding(said: Said, { type, id, attributes: { title } }: StoredObject, place: Place | undefined): Finding {
  return { ...said, severity: RULES[said.rule].severity, object: { type, id, ...(typeof title === 'string' ? { title } : {}) }, ...(place === undefined ? {} : { place }) };
}

function sizeFindings(objects: readonly StoredObject[], target: string, facts: TargetFacts): readonly Finding[] {
  const said: Said[] = [];
  if (objects.length > facts.objects) said.push({ rule: 'too-many-objects', what: `${objects.length} objects; an import of ${target} takes ${facts.objects}`, fix: 'Import them in several files, referenced ones first.' });
  const bytes = objects.reduce((sum, object) => sum + new TextEncoder().encode(JSON.stringify(object)).length + 1, 0);
  if (bytes > facts.bytes) said.push({ rule: 'too-large', what: `about ${bytes} bytes; an import of ${target} takes ${facts.bytes}`, fix: 'Import them in several files, referenced ones first.' });
  return said.map((each) => ({ ...each, severity: RULES[each.rule].severity }));
}
