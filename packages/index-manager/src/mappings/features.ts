import { PodscopeError } from '@podscope/core';
import { type IndexClient, send } from '../client.ts';
import { failureOf } from '../failures.ts';
import type { JsonObject } from '../model.ts';
import { PLAIN_SETTINGS } from './plain-settings.ts';

/**
 * What templates can say and not every server understands: `type:<name>`, `parameter:<name>`, `setting:<name>`,
 * `analysis:<name>` and `member:<name>` of a template.
 */
export interface TemplateFeatures {
  /** What this server refused when it was asked; nothing is taken from its version. */
  readonly lacks: readonly string[];
}

const mapping = (mappings: JsonObject): JsonObject => ({ template: { mappings } });
const type = (name: string, parameters: JsonObject = {}): readonly [string, JsonObject] => [`type:${name}`, mapping({ properties: { f: { type: name, ...parameters } } })];
const parameter = (name: string, value: JsonObject[string], of = 'keyword'): readonly [string, JsonObject] => [`parameter:${name}`, mapping({ properties: { f: { type: of, [name]: value } } })];
const root = (name: string, value: JsonObject[string]): readonly [string, JsonObject] => [`parameter:${name}`, mapping({ [name]: value })];
const setting = (name: string, value: JsonObject[string]): readonly [string, JsonObject] => [`setting:${name}`, { template: { settings: { [`index.${name}`]: value } } }];
const member = (name: string, value: JsonObject[string]): readonly [string, JsonObject] => [`member:${name}`, { [name]: value }];
const analysis = (name: string, value: JsonObject): readonly [string, JsonObject] => [`analysis:${name}`, { template: { settings: { analysis: value } } }];

/** A template with each, which a server either understands or not. */
const PROBES: ReadonlyMap<string, JsonObject> = new Map([
  ...['flattened', 'flat_object', 'match_only_text', 'wildcard', 'version', 'unsigned_long', 'histogram', 'counted_keyword', 'passthrough', 'exponential_histogram', 'tdigest'].map((name) => type(name)),
  ...['point', 'shape', 'geo_shape', 'xy_point', 'xy_shape', 'semantic_text', 'sparse_vector', 'annotated_text', 'icu_collation_keyword', 'murmur3', 'pattern_text'].map((name) => type(name)),
  type('constant_keyword', { value: 'one' }),
  type('aggregate_metric_double', { metrics: ['max'], default_metric: 'max' }),
  type('dense_vector', { dims: 3 }),
  type('knn_vector', { dimension: 3 }),
  ['parameter:constant_keyword without value', mapping({ properties: { f: { type: 'constant_keyword' } } })],
  parameter('synthetic_source_keep', 'none'),
  parameter('time_series_dimension', true),
  parameter('time_series_metric', 'gauge', 'long'),
  root('subobjects', false),
  root('runtime', { f: { type: 'keyword' } }),
  root('derived', { f: { type: 'keyword', script: { source: "emit('a')" } } }),
  root('_data_stream_timestamp', { enabled: true }),
  ['parameter:_source.mode', mapping({ _source: { mode: 'stored' } })],
  ['parameter:dynamic=runtime', mapping({ dynamic: 'runtime' })],
  ['parameter:boolean.ignore_malformed', mapping({ properties: { f: { type: 'boolean', ignore_malformed: true } } })],
  // Servers without lists take one for its text, which never matches: as a regular expression "[z-a, b]" is refused, and "z-a" is not.
  ['parameter:path_match list', mapping({ dynamic_templates: [{ t: { match_pattern: 'regex', path_match: ['z-a', 'b'], match_mapping_type: 'string', mapping: { type: 'keyword' } } }] })],
  ['parameter:unmatch_mapping_type', mapping({ dynamic_templates: [{ t: { path_match: 'a.*', unmatch_mapping_type: 'object', mapping: { type: 'keyword' } } }] })],
  ['parameter:match_mapping_type list', mapping({ dynamic_templates: [{ t: { match_mapping_type: ['string', 'long'], mapping: { type: 'keyword' } } }] })],
  setting('lifecycle.name', 'probe'),
  setting('opendistro.index_state_management.rollover_alias', 'probe'),
  setting('plugins.index_state_management.rollover_alias', 'probe'),
  setting('mode', 'standard'),
  setting('mapping.source.mode', 'stored'),
  ...['zstd', 'qat_lz4', 'zlib', 'lz4'].map((codec): readonly [string, JsonObject] => [`setting:codec=${codec}`, { template: { settings: { 'index.codec': codec } } }]),
  ...Object.entries(PLAIN_SETTINGS).map(([name, { probe }]) => setting(name, probe)),
  analysis('nGram', { filter: { f: { type: 'nGram' } }, analyzer: { a: { tokenizer: 'keyword', filter: ['f'] } } }),
  analysis('edgeNGram', { filter: { f: { type: 'edgeNGram' } }, analyzer: { a: { tokenizer: 'keyword', filter: ['f'] } } }),
  analysis('htmlStrip', { char_filter: { f: { type: 'htmlStrip' } }, analyzer: { a: { tokenizer: 'keyword', char_filter: ['f'] } } }),
  analysis('delimited_payload_filter', { filter: { f: { type: 'delimited_payload_filter' } }, analyzer: { a: { tokenizer: 'keyword', filter: ['f'] } } }),
  analysis('standard', { analyzer: { a: { tokenizer: 'standard', filter: ['standard'] } } }),
  setting('knn', true),
  setting('mapping.total_fields.ignore_dynamic_beyond_limit', true),
  setting('mapping.dimension_fields.limit', 20),
  member('deprecated', false),
  member('allow_auto_create', true),
  member('ignore_missing_component_templates', []),
  member('data_stream', {}),
  ['member:lifecycle', { template: { lifecycle: {} } }],
]);

/** The names that {@link probeTemplateFeatures} asks for. */
export const TEMPLATE_FEATURES: readonly string[] = [...PROBES.keys()];

const AT_ONCE = 8;
/** Two templates of one priority for the same names are refused for that. */
const UNLIKELY_PRIORITY = 718_281_828;

/**
 * Asks a server what it understands: one small request for each name, by `_index_template/_simulate`, which changes nothing.
 *
 * @param names what to ask for. @default all that the rules of {@link translateTemplate} know of
 * @throws PodscopeError INDEX_OBSERVE_FAILED when the server can't be reached or has no such request.
 */
export async function probeTemplateFeatures(client: IndexClient, names: readonly string[] = TEMPLATE_FEATURES): Promise<TemplateFeatures> {
  // A server that refuses a plain template too says nothing by refusing the others.
  if (!(await understands(client, {}))) throw new PodscopeError('INDEX_OBSERVE_FAILED', 'The server refuses to simulate a plain index template, so it can not be asked what templates it understands.', { hint: 'Check that POST _index_template/_simulate is allowed to this user.' });
  const lacks: string[] = [];
  const waiting = [...names];
  const worker = async (): Promise<void> => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      const probe = PROBES.get(name);
      if (probe !== undefined && !(await understands(client, probe))) lacks.push(name);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return { lacks: lacks.sort() };
}

async function understands(client: IndexClient, probe: JsonObject): Promise<boolean> {
  try {
    const body = { index_patterns: ['podscope-probe-*'], priority: UNLIKELY_PRIORITY, ...probe };
    // Any other answer than these two says nothing about the template.
    return (await send(client, { method: 'POST', path: '/_index_template/_simulate', body, expected: [400] })).status !== 400;
  } catch (error) {
    throw failureOf(error, 'INDEX_OBSERVE_FAILED', 'Asking what templates the server understands');
  }
}
