import { asStored } from '../asStored.ts';
import { type Target, type TargetFacts, targetFacts } from '../products/targets.ts';
import type { Place } from '../read/reader.ts';
import { isJsonObject, type StoredObject } from '../read/storedObject.ts';
import type { SavedObject } from '../savedObject.ts';
import { circleFindings } from './circles.ts';
import { dashboardFindings } from './dashboard.ts';
import { fieldFindings, type KnownFields } from './fields.ts';
import { type Finding, RULES, type Said } from './finding.ts';
import { importFindings } from './imports.ts';
import { type Parts, partsOf } from './parts.ts';
import { referenceFindings } from './references.ts';
import { shapeFindings } from './shape.ts';
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
  readonly fields?: KnownFields;
}

/** An object to check, and where it was read. */
export type Checked = SavedObject | StoredObject | { readonly object: SavedObject | StoredObject; readonly place?: Place };

/**
 * Everything that an import of these objects would refuse, and everything that it takes although the page then breaks on
 * it or leaves it out. Never throws for what the objects hold.
 *
 * @throws PodscopeError `SAVED_OBJECT_TARGET_UNKNOWN`
 */
export function checkSavedObjects(objects: readonly Checked[], { target, existing = [], fields = {} }: CheckOptions): readonly Finding[] {
  const facts = targetFacts(target);
  const all = objects.map((each) => ('object' in each ? { object: asStored(each.object), place: each.place } : { object: asStored(each), place: undefined }));
  const there = new Set([...existing, ...all.map(({ object }) => object)].map(keyOf));
  const seen = new Set<string>();
  const byKey = new Map(all.map(({ object }) => [keyOf(object), object]));
  const circles = circleFindings(byKey);
  return [
    ...sizeFindings(all.map(({ object }) => object), target, facts),
    ...all.flatMap(({ object, place }) => {
      const twice = seen.has(keyOf(object));
      seen.add(keyOf(object));
      const parts = partsOf(object);
      const circle = circles.get(keyOf(object));
      const said = findingsOf(parts, target, facts, twice, (type, id) => there.has(keyOf({ type, id })));
      return [...said, ...(circle === undefined ? [] : [circle]), ...fieldFindings(parts, fields, byKey)].map((each) => finding(each, object, place));
    }),
  ];
}

function keyOf({ type, id }: { readonly type: string; readonly id: string }): string {
  return `${type}:${id}`;
}

function findingsOf(parts: Parts, target: string, facts: TargetFacts, twice: boolean, exists: (type: string, id: string) => boolean): readonly Said[] {
  const { object } = parts;
  return [
    ...(twice ? [{ rule: 'duplicate-id', path: 'id', what: `another ${object.type} before it has the id "${object.id}"`, fix: 'Give one of them another id, and what refers to it.' } as const] : []),
    ...importFindings(object, target, facts),
    ...shapeFindings(parts, target),
    ...referenceFindings(parts, exists),
    ...parts.said,
    ...(object.type === 'search' ? searchFindings(parts) : []),
    ...(object.type === 'visualization' ? visualizationFindings(parts, facts.core) : []),
    ...(object.type === 'dashboard' ? dashboardFindings(parts) : []),
  ];
}

function searchFindings({ searchSource }: Parts): readonly Said[] {
  // A query in SQL or PPL names its data set (OpenSearch Dashboards since 2.18).
  const query = searchSource?.['query'];
  if (searchSource === undefined || (isJsonObject(query) && query['dataset'] !== undefined) || searchSource['indexRefName'] !== undefined || searchSource['index'] !== undefined) return [];
  return [{ rule: 'missing-index', path: 'attributes.kibanaSavedObjectMeta.searchSourceJSON', what: 'a saved search that names no index pattern', fix: 'Add indexRefName and the reference of that name.' }];
}

function finding(said: Said, { type, id, attributes: { title } }: StoredObject, place: Place | undefined): Finding {
  return { ...said, severity: RULES[said.rule].severity, object: { type, id, ...(typeof title === 'string' ? { title } : {}) }, ...(place === undefined ? {} : { place }) };
}

function sizeFindings(objects: readonly StoredObject[], target: string, facts: TargetFacts): readonly Finding[] {
  const said: Said[] = [];
  if (objects.length > facts.objects) said.push({ rule: 'too-many-objects', what: `${objects.length} objects; an import of ${target} takes ${facts.objects}`, fix: 'Import them in several files, referenced ones first.' });
  // Six bytes a character at most: what is far from the limit need not be written out.
  const bytes = objects.reduce((sum, object) => sum + charactersOf(object), 0) * 6 <= facts.bytes ? 0 : objects.reduce((sum, object) => sum + new TextEncoder().encode(JSON.stringify(object)).length + 1, 0);
  if (bytes > facts.bytes) said.push({ rule: 'too-large', what: `about ${bytes} bytes; an import of ${target} takes ${facts.bytes}`, fix: 'Import them in several files, referenced ones first.' });
  return said.map((each) => ({ ...each, severity: RULES[each.rule].severity }));
}

/** At least as many characters as a value has in JSON before escapes. */
function charactersOf(value: unknown): number {
  if (typeof value === 'string') return value.length + 2;
  if (typeof value !== 'object' || value === null) return 25;
  let sum = 2;
  for (const [name, member] of Object.entries(value)) sum += name.length + 4 + charactersOf(member);
  return sum;
}
