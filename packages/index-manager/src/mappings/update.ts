import type { JsonObject, JsonValue } from '../model.ts';
import { isObject } from '../normalise/json.ts';
import { nestedMapping } from '../normalise/mappings.ts';
import type { MappingChange } from './classify.ts';
import { own } from './meaning.ts';
import { parameterOf } from './parameters.ts';

const HOLDERS = ['properties', 'fields'] as const;

/**
 * The smallest mapping to put to an index so that it takes these changes. A server takes a parameter that a field doesn't say
 * for its default, so each field that changes is said in whole, and what stands around it says itself; nothing else is said.
 *
 * @param live The mapping of the index.
 * @param wanted The mapping whose changes they are, by {@link classifyMappingChange}.
 */
export function mappingUpdate(live: JsonObject, wanted: JsonObject, changes: readonly MappingChange[]): JsonObject {
  const [is, shall] = [nestedMapping(live), nestedMapping(wanted)];
  return changes.reduce((update, change) => {
    if (change.path === '') return withParameter(update, change.parameter, own(shall, change.parameter) ?? change.send);
    return within(update, is, shall, change.path.split('.'), change);
  }, {} as JsonObject);
}

/** `update` with what one change needs of the field at a path below these three. */
function within(update: JsonObject, is: JsonObject, shall: JsonObject, [name, ...rest]: readonly string[], change: MappingChange): JsonObject {
  const holder = HOLDERS.find((each) => name !== undefined && fieldOf(shall, each, name) !== undefined);
  // One that is gone stays in the index: there is nothing to say.
  if (name === undefined || holder === undefined) return update;
  const [there, wanted] = [fieldOf(is, holder, name), fieldOf(shall, holder, name) ?? {}];
  const held = own(update, holder);
  const said = { ...itself(wanted, there), ...fieldOf(update, holder, name) };
  const field = there === undefined ? typed(wanted) : rest.length > 0 ? within(said, there, wanted, rest, change) : withParameter(said, change.parameter, own(said, change.parameter) ?? change.send);
  return { ...update, [holder]: { ...(isObject(held) ? held : {}), [name]: field } };
}

/** A field without those in it; what differs from server to server stays as it is in the index. */
function itself(wanted: JsonObject, there: JsonObject | undefined): JsonObject {
  const type = typeof wanted['type'] === 'string' ? wanted['type'] : 'object';
  const kept = Object.entries(there ?? {}).filter(([name]) => parameterOf(type, name)?.varies === true);
  return typed(Object.fromEntries([...kept, ...Object.entries(wanted).filter(([name]) => name !== 'properties' && name !== 'fields')]));
}

/** A server knows an object that says nothing of its type by its fields only. */
function typed(field: JsonObject): JsonObject {
  return field['type'] === undefined && field['properties'] === undefined ? { type: 'object', ...field } : field;
}

function withParameter(node: JsonObject, parameter: string, value: JsonValue | undefined): JsonObject {
  return value === undefined ? node : { ...node, [parameter]: value };
}

function fieldOf(node: JsonObject, holder: string, name: string): JsonObject | undefined {
  const held = own(node, holder);
  const field = isObject(held) ? own(held, name) : undefined;
  return isObject(field) ? field : undefined;
}
