import type { JsonObject, JsonValue } from '../model.ts';
import { isObject } from '../normalise/json.ts';
import { normaliseMapping } from '../normalise/mappings.ts';
import { listOf, meaningOf, own, type Place, same } from './meaning.ts';
import { parameterOf, type MappingChangeClass, type MappingParameter } from './parameters.ts';
import { changesRoot } from './root.ts';
import { typeChange } from './types.ts';

/** One parameter that differs between two mappings, and what it takes to change it. */
export interface MappingChange {
  /** The field, its parents before it, joined by `.`; a multi-field after its field; empty for the mapping itself. */
  readonly path: string;
  /** The parameter; `properties` for a field that is new or gone, `fields` for a multi-field. */
  readonly parameter: string;
  /** In the form of the comparison: values as text. Undefined when it isn't said. */
  readonly before: JsonValue | undefined;
  readonly after: JsonValue | undefined;
  readonly class: MappingChangeClass;
  /** The reason, in one line. */
  readonly why: string;
  /** What a request must say to get it, where leaving it out would leave it as it is. */
  readonly send?: JsonValue;
}

const HOLDERS: ReadonlySet<string> = new Set(['properties', 'fields']);

/**
 * Everything in which `after` is another mapping than `before`, each with what it takes. Equal meaning is no change: names
 * with dots or nested, numbers as text, a default said or left out.
 *
 * A field of `before` that `after` doesn't have is a change of the class `reindex`, since servers never take one out of an
 * index; whether a field that nobody asks for is to be got rid of, or just was added by documents, is the caller's to say.
 */
export function classifyMappingChange(before: JsonObject, after: JsonObject): readonly MappingChange[] {
  const [was, is] = [normaliseMapping(before), normaliseMapping(after)];
  return [...changesRoot(was, is), ...changesWithin({ path: '', type: '(mapping)', dynamic: 'true' }, was, is)];
}

/** The worst class of some changes; undefined when there are none. */
export function worstClass(changes: readonly MappingChange[]): MappingChangeClass | undefined {
  const order: readonly MappingChangeClass[] = ['impossible', 'reindex', 'one-way', 'free'];
  return order.find((each) => changes.some((change) => change.class === each));
}

function changesWithin(place: Place, before: JsonObject, after: JsonObject): readonly MappingChange[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => name !== 'type').sort();
  return names.flatMap((name): readonly MappingChange[] => {
    const [was, is] = [own(before, name), own(after, name)];
    if (HOLDERS.has(name)) return changesOfFields({ ...place, dynamic: dynamicOf(after, place.dynamic) }, name, isObject(was) ? was : {}, isObject(is) ? is : {});
    if (place.type === '(mapping)' && name.startsWith('_')) return [];
    const row = parameterOf(place.type, name);
    if (row?.varies === true && (was === undefined || is === undefined)) return [];
    const [one, other] = [meaningOf(place, name, before), meaningOf(place, name, after)];
    return same(one, other) ? [] : [change(place, name, was, is, row)];
  });
}

/** Fields or multi-fields, by name. */
function changesOfFields(place: Place, holder: string, before: JsonObject, after: JsonObject): readonly MappingChange[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names.flatMap((name): readonly MappingChange[] => {
    const [was, is] = [own(before, name), own(after, name)];
    const path = place.path === '' ? name : `${place.path}.${name}`;
    const kind = holder === 'fields' ? 'multi-field' : 'field';
    if (!isObject(was)) {
      const why = holder === 'fields' ? 'a new multi-field; documents that are there get it only when they are written again' : 'a new field';
      return [{ path, parameter: holder, before: undefined, after: is, class: 'free', why }];
    }
    if (!isObject(is)) return [{ path, parameter: holder, before: was, after: undefined, class: 'reindex', why: `a ${kind} stays in an index as long as the index` }];
    const [type, next] = [typeOf(was), typeOf(is)];
    if (type !== next) return [{ path, parameter: 'type', before: type, after: next, ...typeChange(type, next) }];
    return changesWithin({ path, type, dynamic: place.dynamic }, was, is);
  });
}

function change(place: Place, parameter: string, before: JsonValue | undefined, after: JsonValue | undefined, row: MappingParameter | undefined): MappingChange {
  const found = { path: place.path, parameter, before, after };
  if (row === undefined) return { ...found, class: 'reindex', why: `nothing is known of ${parameter} on a ${nameOf(place.type)}: taken for one that can't be changed` };
  if (row.class === 'impossible') return { ...found, class: 'impossible', why: `servers take ${parameter} on a ${nameOf(place.type)} and keep nothing of it` };
  if (row.class === 'reindex') return { ...found, class: 'reindex', why: `${parameter} of a ${nameOf(place.type)} is fixed when the field is made` };
  if (row.class === 'one-way') return { ...found, ...oneWay(parameter, before, after, row) };
  const send = row.keeps === true && after === undefined ? (parameter === 'dynamic' && place.path !== '' ? place.dynamic : row.default) : undefined;
  if (row.keeps === true && after === undefined && send === undefined) {
    return { ...found, class: 'reindex', why: `once said, ${parameter} of a ${nameOf(place.type)} can be changed but not left out` };
  }
  const why = row.later === true ? 'holds for documents written from now on; the others keep what was made of them' : 'holds at once';
  return { ...found, class: 'free', why, ...(send === undefined ? {} : { send }) };
}

function oneWay(parameter: string, before: JsonValue | undefined, after: JsonValue | undefined, row: MappingParameter): Pick<MappingChange, 'class' | 'why'> {
  const there = row.way === 'grows' ? contains(after, before) : (after ?? row.default) === row.way;
  return there
    ? { class: 'one-way', why: `${parameter} can go this way, and never back without a reindex` }
    : { class: 'reindex', why: `${parameter} can only ${row.way === 'grows' ? 'grow' : `become ${row.way ?? ''}`} in an index` };
}

/** Whether all of `part` is in `whole`; a text stands for a list of one. */
function contains(whole: JsonValue | undefined, part: JsonValue | undefined): boolean {
  if (isObject(part)) return isObject(whole) && Object.entries(part).every(([name, inner]) => contains(own(whole, name), inner));
  const [all, some] = [listOf(whole), listOf(part)];
  return some.every((item) => all.some((each) => same(each, item)));
}

function typeOf(field: JsonObject): string {
  const type = own(field, 'type');
  return typeof type === 'string' ? type : 'object';
}

function dynamicOf(node: JsonObject, around: string): string {
  const said = own(node, 'dynamic');
  return typeof said === 'string' ? said : around;
}

const nameOf = (type: string): string => (type === '(mapping)' ? 'mapping' : `${type} field`);
