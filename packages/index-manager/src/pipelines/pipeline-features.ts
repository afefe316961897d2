import { type IndexClient, send } from '../client.ts';
import { failureOf } from '../failures.ts';
import type { JsonObject } from '../model.ts';
import { isObject } from '../normalise/json.ts';

/** What a server's ingest pipelines can do. */
export interface PipelineFeatures {
  /** The processors that every node has. */
  readonly processors: readonly string[];
  /** `<processor>.<parameter>` and `member:<name>` of a pipeline that this server refused when it was asked. */
  readonly lacks: readonly string[];
}

const processor = (type: string, parameter: string, body: JsonObject): readonly [string, JsonObject] => [`${type}.${parameter}`, { processors: [{ [type]: body }] }];
const member = (name: string, value: JsonObject[string]): readonly [string, JsonObject] => [`member:${name}`, { processors: [], [name]: value }];

/** A pipeline with each, which a server either understands or not. */
const PROBES: ReadonlyMap<string, JsonObject> = new Map([
  processor('append', 'media_type', { field: 'a', value: 'b', media_type: 'text/plain' }),
  processor('community_id', 'source_ip', { source_ip: 'a' }),
  processor('convert', 'ip', { field: 'a', type: 'ip' }),
  processor('date', 'output_format', { field: 'a', formats: ['ISO8601'], output_format: 'yyyy' }),
  processor('dot_expander', 'override', { field: 'a.b', override: false }),
  processor('dot_expander', '*', { field: '*' }),
  processor('fingerprint', 'method', { fields: ['a'], method: 'SHA-1' }),
  processor('grok', 'capture_all_matches', { field: 'a', patterns: ['a'], capture_all_matches: false }),
  processor('grok', 'ecs_compatibility', { field: 'a', patterns: ['a'], ecs_compatibility: 'disabled' }),
  processor('json', 'add_to_root_conflict_strategy', { field: 'a', add_to_root: true, add_to_root_conflict_strategy: 'replace' }),
  processor('json', 'allow_duplicate_keys', { field: 'a', allow_duplicate_keys: false }),
  processor('json', 'strict_json_parsing', { field: 'a', strict_json_parsing: true }),
  processor('pipeline', 'ignore_missing_pipeline', { name: 'a', ignore_missing_pipeline: true }),
  processor('remove', 'keep', { keep: ['a'] }),
  processor('rename', 'override', { field: 'a', target_field: 'b', override: true }),
  processor('rename', 'override_target', { field: 'a', target_field: 'b', override_target: true }),
  processor('set', 'copy_from', { field: 'a', copy_from: 'b' }),
  processor('set', 'media_type', { field: 'a', value: 'b', media_type: 'text/plain' }),
  processor('user_agent', 'ecs', { field: 'a', ecs: true }),
  processor('user_agent', 'extract_device_type', { field: 'a', extract_device_type: false }),
  member('_meta', {}),
  member('deprecated', false),
  member('field_access_pattern', 'classic'),
  member('created_date_millis', 0),
]);

/** What {@link probePipelineFeatures} asks for. */
export const PIPELINE_FEATURES: readonly string[] = [...PROBES.keys()];

/**
 * Asks a server what its pipelines understand, by `_ingest/pipeline/_simulate`, which changes nothing.
 *
 * @throws PodscopeError INDEX_OBSERVE_FAILED when the server can't be reached or does not let this user ask.
 */
export async function probePipelineFeatures(client: IndexClient): Promise<PipelineFeatures> {
  const processors = await processorsOf(client);
  const asked = [...PROBES].filter(([name]) => name.startsWith('member:') || processors.includes(name.slice(0, name.indexOf('.'))));
  const answers = await Promise.all(asked.map(async ([name, pipeline]) => ((await understands(client, pipeline)) ? [] : [name])));
  return { processors, lacks: answers.flat().sort() };
}

async function processorsOf(client: IndexClient): Promise<readonly string[]> {
  try {
    const { body } = await send(client, { method: 'GET', path: '/_nodes/ingest?filter_path=nodes.*.ingest.processors' });
    const nodes = isObject(body['nodes']) ? Object.values(body['nodes']) : [];
    const sets = nodes.map((node) => {
      const ingest = isObject(node) && isObject(node['ingest']) ? node['ingest']['processors'] : undefined;
      return new Set(Array.isArray(ingest) ? ingest.filter(isObject).map(({ type }) => String(type)) : []);
    });
    const [first = new Set<string>()] = sets;
    return [...first].filter((type) => sets.every((each) => each.has(type))).sort();
  } catch (error) {
    throw failureOf(error, 'INDEX_OBSERVE_FAILED', 'Asking which processors the server has');
  }
}

async function understands(client: IndexClient, pipeline: JsonObject): Promise<boolean> {
  try {
    const body = { pipeline, docs: [{ _source: {} }] };
    return (await send(client, { method: 'POST', path: '/_ingest/pipeline/_simulate', body, expected: [400] })).status !== 400;
  } catch (error) {
    throw failureOf(error, 'INDEX_OBSERVE_FAILED', 'Asking what pipelines the server understands');
  }
}
