import type { JsonObject, JsonValue } from '../model.ts';
import { compact, isObject, textual, unlessEmpty } from './json.ts';
import { normaliseMapping } from './mappings.ts';
import { normaliseSettings } from './settings.ts';

/** A component template in one form; members that only some servers add are left out. */
export function normaliseComponentTemplate(template: JsonObject): JsonObject {
  return compact([
    ['template', normaliseBody(template['template'])],
    ['version', template['version']],
    ['_meta', unlessEmpty(template['_meta'])],
  ]);
}

/** An index template in one form; members that only some servers add are left out. */
export function normaliseIndexTemplate(template: JsonObject): JsonObject {
  const patterns = template['index_patterns'];
  const priority = template['priority'];
  return compact([
    ['index_patterns', Array.isArray(patterns) ? [...(patterns as readonly string[])].sort() : patterns],
    ['composed_of', unlessEmpty(template['composed_of'])],
    // No priority and the lowest one are the same to the server.
    ['priority', priority === 0 ? undefined : priority],
    ['data_stream', normaliseDataStream(template['data_stream'])],
    ['template', normaliseBody(template['template'])],
    ['version', template['version']],
    ['_meta', unlessEmpty(template['_meta'])],
  ]);
}

/** A legacy template in one form: its settings, mappings and aliases stand at the top. */
export function normaliseLegacyTemplate(template: JsonObject): JsonObject {
  const { index_patterns: patterns, order, version } = template;
  return compact([
    ['index_patterns', Array.isArray(patterns) ? [...(patterns as readonly string[])].sort() : patterns],
    // No order and the lowest one are the same to the server.
    ['order', order === 0 ? undefined : order],
    ...Object.entries(normaliseBody(template) ?? {}),
    ['version', version],
  ]);
}

/** A pipeline in one form. Processors stay as they are: to them `1` and `"1"` are different values. */
export function normalisePipeline(pipeline: JsonObject): JsonObject {
  return compact([
    ['description', pipeline['description'] === '' ? undefined : pipeline['description']],
    ['processors', pipeline['processors']],
    ['on_failure', unlessEmpty(pipeline['on_failure'])],
    ['version', pipeline['version']],
  ]);
}

function normaliseBody(body: JsonValue | undefined): JsonObject | undefined {
  if (!isObject(body)) return undefined;
  const { settings, mappings, aliases } = body;
  return unlessEmpty(
    compact([
      ['settings', isObject(settings) ? unlessEmpty(normaliseSettings(settings)) : undefined],
      ['mappings', isObject(mappings) ? unlessEmpty(normaliseMapping(mappings)) : undefined],
      ['aliases', isObject(aliases) ? unlessEmpty(normaliseAliases(aliases)) : undefined],
    ]),
  );
}

/** `routing` is stored as its two halves. */
function normaliseAliases(aliases: JsonObject): JsonObject {
  return compact(
    Object.entries(aliases).map(([name, alias]) => [name, isObject(alias) ? normaliseAlias(alias) : alias]),
  );
}

/** What an alias says of one index, in one form. */
export function normaliseAlias(alias: JsonObject): JsonObject {
  const { routing, index_routing: forIndexing, search_routing: forSearch, is_write_index: writes, is_hidden: hidden, filter, ...rest } = alias;
  return compact([
    ...Object.entries(textual(rest) as JsonObject),
    ['index_routing', spelled(forIndexing ?? routing)],
    ['search_routing', spelled(forSearch ?? routing)],
    // The server gives `false` back where it was said, and nothing where it wasn't; both mean the same.
    ['is_write_index', String(writes) === 'true' ? 'true' : undefined],
    ['is_hidden', String(hidden) === 'true' ? 'true' : undefined],
    ['filter', filter === undefined ? undefined : textual(filter)],
  ]);
}

function spelled(value: JsonValue | undefined): JsonValue | undefined {
  return value === undefined ? undefined : textual(value);
}

function normaliseDataStream(stream: JsonValue | undefined): JsonObject | undefined {
  if (!isObject(stream)) return undefined;
  const field = stream['timestamp_field'];
  return { timestamp_field: isObject(field) ? field : { name: '@timestamp' } };
}
