import type { IndexSetup, IndexTemplate, JsonObject, JsonValue, TemplateBody } from '../model.ts';
import { isObject } from '../normalise/json.ts';
import { normaliseMapping } from '../normalise/mappings.ts';
import { normaliseSettings } from '../normalise/settings.ts';
import { resolveTemplate } from '../plan/resolve.ts';
import type { EstimateWarning } from './model.ts';

/** A mapping as the server's limits see it. */
export interface MappingSize {
  /** For `index.mapping.total_fields.limit`. */
  readonly fields: number;
  /** For `index.mapping.depth.limit`. */
  readonly depth: number;
  /** For `index.mapping.nested_fields.limit`. */
  readonly nested: number;
  /** For `index.mapping.field_name_length.limit`: the longest part of a path. */
  readonly longestName: string;
}

/** The settings and their defaults, from OpenSearch 2.19 org.opensearch.index.mapper.MapperService. */
export const LIMITS = {
  'field-limit': { setting: 'index.mapping.total_fields.limit', usual: 1000 },
  'depth-limit': { setting: 'index.mapping.depth.limit', usual: 20 },
  'nested-limit': { setting: 'index.mapping.nested_fields.limit', usual: 50 },
  'name-limit': { setting: 'index.mapping.field_name_length.limit', usual: 2_147_483_647 },
} as const;

/**
 * Counts a mapping as the server does: fields, objects, multi-fields and aliases, derived fields, and the hidden fields that some
 * types bring along. `limits.opensearch.test.ts` holds each of these against a server.
 */
export function sizeOfMapping(mapping: JsonObject): MappingSize {
  const whole = normaliseMapping(mapping);
  const counted: Counted = { fields: 0, depth: 1, nested: 0, longestName: '' };
  countProperties(whole['properties'], 1, counted);
  for (const name of isObject(whole['derived']) ? Object.keys(whole['derived']) : []) countName(name, counted);
  return counted;
}

type Counted = { -readonly [Key in keyof MappingSize]: MappingSize[Key] };

function countProperties(properties: JsonValue | undefined, depth: number, counted: Counted): void {
  if (!isObject(properties)) return;
  for (const [name, field] of Object.entries(properties)) if (isObject(field)) countField(name, field, depth, counted);
}

function countField(name: string, field: JsonObject, depth: number, counted: Counted): void {
  const type = typeof field['type'] === 'string' ? field['type'] : 'object';
  countName(name, counted);
  if (type === 'nested') counted.nested += 1;
  if (type === 'nested' || type === 'object') {
    counted.depth = Math.max(counted.depth, depth + 1);
    countProperties(field['properties'], depth + 1, counted);
    return;
  }
  counted.fields += hiddenFields(type, field);
  if (isObject(field['fields'])) for (const [sub, multi] of Object.entries(field['fields'])) if (isObject(multi)) countField(sub, multi, depth, counted);
}

function countName(name: string, counted: Counted): void {
  counted.fields += 1;
  if (name.length > counted.longestName.length) counted.longestName = name;
}

/** Fields that the server makes below one of that type (the iterators of its mappers). */
function hiddenFields(type: string, field: JsonObject): number {
  // A shingle field for each size from 2 on, and one for prefixes.
  if (type === 'search_as_you_type') return Number(field['max_shingle_size'] ?? 3);
  if (type === 'text') return Number(isObject(field['index_prefixes'])) + Number(String(field['index_phrases']) === 'true');
  // One for all joins of the index, and one for each relation that has children.
  if (type === 'join') return 1 + (isObject(field['relations']) ? Object.keys(field['relations']).length : 0);
  return type === 'percolator' ? PERCOLATOR_FIELDS : 0;
}

/** The terms, what was extracted, the query itself, ranges, and how many must match. */
const PERCOLATOR_FIELDS = 5;

/** What of the setup's templates a server refuses because its mapping is too large. */
export function fieldWarnings(setup: IndexSetup): readonly EstimateWarning[] {
  const composable = Object.entries(setup.indexTemplates).flatMap(([name, template]) => {
    const resolved = resolveTemplate({ ...setup, indexTemplates: { it: { ...template, index_patterns: ['it'] } } }, 'it');
    return resolved === undefined ? [] : warningsOf(name, withTimestamp(resolved.mapping, template), resolved.settings);
  });
  const legacy = Object.entries(setup.legacyTemplates).flatMap(([name, { mappings, settings }]: [string, TemplateBody]) =>
    warningsOf(name, isObject(mappings) ? mappings : {}, isObject(settings) ? normaliseSettings(settings) : {}),
  );
  return [...composable, ...legacy];
}

/** A data stream's template gets its time field where it maps none. */
function withTimestamp(mapping: JsonObject, { data_stream: stream }: IndexTemplate): JsonObject {
  const field = stream?.timestamp_field?.name ?? '@timestamp';
  const properties = isObject(mapping['properties']) ? mapping['properties'] : {};
  return stream === undefined || Object.hasOwn(properties, field) ? mapping : { ...mapping, properties: { ...properties, [field]: { type: 'date' } } };
}

function warningsOf(template: string, mapping: JsonObject, settings: JsonObject): readonly EstimateWarning[] {
  const size = sizeOfMapping(mapping);
  const found = { 'field-limit': size.fields, 'depth-limit': size.depth, 'nested-limit': size.nested, 'name-limit': size.longestName.length };
  return (Object.keys(LIMITS) as (keyof typeof LIMITS)[]).flatMap((kind): readonly EstimateWarning[] => {
    const { setting, usual } = LIMITS[kind];
    const limit = Number(settings[setting] ?? usual);
    if (found[kind] <= limit) return [];
    return [{ kind, about: template, message: `${WORDS[kind](size)}; ${setting} is ${limit}, so the server refuses the template` }];
  });
}

const WORDS: Readonly<Record<keyof typeof LIMITS, (size: MappingSize) => string>> = {
  'field-limit': ({ fields }) => `its mapping has ${fields} fields, objects, multi-fields and aliases`,
  'depth-limit': ({ depth }) => `its mapping is ${depth} levels deep`,
  'nested-limit': ({ nested }) => `its mapping has ${nested} nested fields`,
  'name-limit': ({ longestName }) => `the field name ${longestName.slice(0, 40)}… has ${longestName.length} characters`,
};
