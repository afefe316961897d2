import { type AppliedRule, Notes, type RefusedPart } from '../mappings/translation.ts';
import type { JsonObject, JsonValue } from '../model.ts';
import { isObject } from '../normalise/json.ts';
import { copyInstead } from './copy-rules.ts';
import { whyMissing } from './missing-processors.ts';
import type { PipelineFeatures } from './pipeline-features.ts';

/** A pipeline as a server takes it, doing the same to every document, and everything that is different. */
export interface PipelineTranslation {
  readonly pipeline: JsonObject;
  /** What was done, by rule; empty when the server takes the pipeline as it is. */
  readonly applied: readonly AppliedRule[];
  /** What the server has no counterpart of; such a pipeline is not for this server. */
  readonly refused: readonly RefusedPart[];
}

/** Options of {@link translatePipeline}. */
export interface TranslatePipelineOptions {
  /** Whether there will be a pipeline of that name: one that may be missing is left out, or called. @default none */
  readonly hasPipeline?: (name: string) => boolean;
}

/** Members of a pipeline, and what is lost without them. */
const MEMBERS: Readonly<Record<string, string>> = {
  _meta: 'the server keeps none with a pipeline',
  deprecated: 'the server has no mark for pipelines that are to go',
  created_date_millis: 'it says when another server made it',
  created_date: 'it says when another server made it',
  modified_date_millis: 'it says when another server changed it',
  modified_date: 'it says when another server changed it',
};

/** Parameters that a server may lack, with the value that says what every server does. */
const DEFAULTS: Readonly<Record<string, JsonValue>> = {
  'dot_expander.override': false,
  'grok.capture_all_matches': false,
  'grok.ecs_compatibility': 'disabled',
  'json.add_to_root_conflict_strategy': 'replace',
  'json.allow_duplicate_keys': false,
  'json.strict_json_parsing': true,
  'rename.override': false,
  'user_agent.ecs': true,
  'user_agent.extract_device_type': false,
};

/** Parameters that have no counterpart where a server lacks them. */
const WITHOUT: Readonly<Record<string, string>> = {
  'community_id.source_ip': 'the processor of this server takes ports and numbers of protocols as numbers only, and fewer protocols: it would refuse documents that the other one takes',
  'date.output_format': 'dates are written in one format only',
  'dot_expander.*': 'only fields that are named are expanded',
  'fingerprint.method': 'the fingerprints of this server have other values than those of Elasticsearch',
  'remove.keep': 'only fields that are named are removed',
};

/** A pipeline in the words of a server that lacks some of what it says. Nothing is left out without a rule that names it. Pure. */
export function translatePipeline(pipeline: JsonObject, features: PipelineFeatures, { hasPipeline = () => false }: TranslatePipelineOptions = {}): PipelineTranslation {
  const notes = new Notes(features.lacks);
  const has = (type: string): boolean => features.processors.includes(type);
  const processors = (list: JsonValue, path: string): JsonValue =>
    Array.isArray(list) ? (list as readonly JsonValue[]).flatMap((each, at): readonly JsonValue[] => (isObject(each) ? one(each, `${path}.${at}`) : [each])) : list;
  function one(processor: JsonObject, path: string): readonly JsonObject[] {
    const [type] = Object.keys(processor);
    const body = type === undefined ? undefined : processor[type];
    if (type === undefined || !isObject(body)) return [processor];
    if (!has(type)) notes.refuse(`${path}.${type}`, whyMissing(type));
    const inner = Object.fromEntries(Object.entries(body).map(([name, value]) => [name, value === undefined ? undefined : within(type, name, value, `${path}.${type}.${name}`)]));
    return translateProcessor(type, inner, `${path}.${type}`, { notes, has, hasPipeline });
  }
  function within(type: string, name: string, value: JsonValue, path: string): JsonValue {
    if (name === 'on_failure') return processors(value, path);
    if (type !== 'foreach' || name !== 'processor' || !isObject(value)) return value;
    const [only] = one(value, path);
    if (only === undefined) notes.refuse(path, 'a foreach needs a processor, and this one has nothing to do here');
    return only ?? value;
  }
  const entries = Object.entries(pipeline).flatMap(([name, value]): readonly (readonly [string, JsonValue | undefined])[] => {
    if (value === undefined) return [];
    if (name === 'processors' || name === 'on_failure') return [[name, processors(value, name)]];
    const asked = /^(?:created|modified)_date/u.test(name) ? 'created_date_millis' : name;
    if (MEMBERS[name] !== undefined && notes.lacks(`member:${asked}`)) return left(notes, 'pipeline-member', name, MEMBERS[name]);
    if (name !== 'field_access_pattern' || !notes.lacks(`member:${name}`)) return [[name, value]];
    if (value === 'classic') return left(notes, 'pipeline-member', name, 'it says the default');
    notes.refuse(name, 'names with dots are always members of objects here');
    return [];
  });
  return { pipeline: Object.fromEntries(entries), applied: notes.applied, refused: notes.refused };
}

interface Surroundings {
  readonly notes: Notes;
  readonly has: (type: string) => boolean;
  readonly hasPipeline: (name: string) => boolean;
}

function translateProcessor(type: string, body: JsonObject, path: string, { notes, has, hasPipeline }: Surroundings): readonly JsonObject[] {
  if (type === 'set' && body['copy_from'] !== undefined && notes.lacks('set.copy_from')) {
    const instead = copyInstead(body, has);
    if (typeof instead === 'string') notes.refuse(`${path}.copy_from`, instead);
    else notes.apply(`copy_from-to-${Object.keys(instead)[0] ?? ''}`, `${path}.copy_from`, 'another processor copies the same value');
    return [typeof instead === 'string' ? { [type]: body } : instead];
  }
  if (type === 'pipeline' && body['ignore_missing_pipeline'] !== undefined && notes.lacks('pipeline.ignore_missing_pipeline')) {
    return translateCall(body, path, notes, hasPipeline);
  }
  if (type === 'community_id' && body['source_ip_field'] === undefined && notes.lacks('community_id.source_ip')) notes.refuse(path, WITHOUT['community_id.source_ip'] ?? '');
  const entries = Object.entries(body).flatMap(([name, value]): readonly (readonly [string, JsonValue | undefined])[] => translateParameter(type, name, value, body, `${path}.${name}`, notes));
  return [{ [type]: Object.fromEntries(entries) }];
}

/** Whether the other pipeline is there is known here, and asked by others for each document. */
function translateCall(body: JsonObject, path: string, notes: Notes, hasPipeline: (name: string) => boolean): readonly JsonObject[] {
  const { ignore_missing_pipeline: ignores, ...call } = body;
  const at = `${path}.ignore_missing_pipeline`;
  const name = String(call['name']);
  if (ignores === true && name.includes('{{')) {
    notes.refuse(at, 'which pipeline it is follows from the document, so that nobody can say here whether it is missing');
    return [{ pipeline: body }];
  }
  if (ignores === true && !hasPipeline(name)) {
    notes.apply('missing-pipeline', path, `left out: there is no pipeline ${name}, which it lets be missing`);
    return [];
  }
  notes.apply('missing-pipeline', at, `left out: ${ignores === true ? `there is a pipeline ${name}` : 'it says the default'}`);
  return [{ pipeline: call }];
}

function translateParameter(type: string, name: string, value: JsonValue | undefined, body: JsonObject, at: string, notes: Notes): readonly (readonly [string, JsonValue | undefined])[] {
  const feature = `${type}.${name}`;
  if (feature === 'dot_expander.field' && value === '*' && notes.lacks('dot_expander.*')) notes.refuse(at, WITHOUT['dot_expander.*'] ?? '');
  if (feature === 'convert.type' && value === 'ip' && notes.lacks('convert.ip')) notes.refuse(at, 'no value is checked for being an address');
  if (!notes.lacks(feature) || feature === 'community_id.source_ip') return [[name, value]];
  if (WITHOUT[feature] !== undefined) {
    notes.refuse(at, WITHOUT[feature]);
    return [[name, value]];
  }
  const isDefault = value === DEFAULTS[feature] || (name === 'media_type' && (value === 'application/json' || !JSON.stringify(body['value'] ?? '').includes('{{')));
  if (isDefault) return left(notes, 'default-parameter', at, 'it says what the server does anyway');
  if (feature === 'rename.override' && !notes.lacks('rename.override_target')) {
    notes.apply('override-to-override_target', at, 'override_target is what OpenSearch calls it');
    return [['override_target', value]];
  }
  notes.refuse(at, `the server's processor ${type} has no ${name}`);
  return [[name, value]];
}

function left(notes: Notes, rule: string, path: string, why: string): readonly [] {
  notes.apply(rule, path, `left out: ${why}`);
  return [];
}
