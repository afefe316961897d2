import { type JsonObject, type JsonValue } from '../model.ts';
import { compact, isObject, unlessEmpty } from '../normalise/json.ts';
import { markOfPipeline, markOfTemplate } from '../plan/ownership.ts';

/** A thing as a setup has it, and who it is marked with. */
export interface ExportedBody {
  readonly body: JsonObject;
  readonly owner?: string;
}

/** A component or index template without the mark, and without what the server adds to each. */
export function templateBody(stored: JsonObject): ExportedBody {
  const owner = markOfTemplate(stored);
  const { _meta: meta, data_stream: stream, template, composed_of: composed, ...rest } = stored;
  const { managed_by: _, ...own } = isObject(meta) ? meta : {};
  const body = compact([
    ...Object.entries(withoutNulls(rest)),
    ['composed_of', unlessEmpty(composed)],
    ['data_stream', isObject(stream) ? streamBody(stream) : undefined],
    // A component needs one, even if it is empty.
    ['template', 'index_patterns' in stored ? unlessEmpty(innerBody(template)) : (innerBody(template) ?? {})],
    ['_meta', unlessEmpty(own)],
  ]);
  return { body, ...(owner === undefined ? {} : { owner }) };
}

/** A legacy template without what says nothing. */
export function legacyBody(stored: JsonObject): ExportedBody {
  const { order, settings, mappings, aliases, ...rest } = stored;
  return { body: compact([...Object.entries(withoutNulls(rest)), ['order', order === 0 ? undefined : order], ...Object.entries(innerBody({ settings: settings ?? {}, mappings: mappings ?? {}, aliases: aliases ?? {} }) ?? {})]) };
}

/** A pipeline without the mark at the end of its description. */
export function pipelineBody(stored: JsonObject): ExportedBody {
  const owner = markOfPipeline(stored);
  const { description, ...rest } = stored;
  const own = typeof description === 'string' && owner !== undefined ? description.replace(/ ?\[managed by [^\]]*\]$/u, '') : description;
  return { body: compact([['description', own === '' ? undefined : own], ...Object.entries(withoutNulls(rest))]), ...(owner === undefined ? {} : { owner }) };
}

/** A policy without what the server or the plugin writes into it. */
export function policyBody(stored: JsonObject): ExportedBody {
  const { policy_id: _id, last_updated_time: _time, schema_version: _version, user: _user, ism_template: templates, ...rest } = stored;
  const templateOf = (template: JsonValue): JsonValue => {
    if (!isObject(template)) return template;
    const { last_updated_time: _updated, ...own } = template;
    return own;
  };
  const own = Array.isArray(templates) ? (templates as readonly JsonValue[]).map(templateOf) : templates === undefined ? undefined : templateOf(templates);
  return { body: compact([...Object.entries(withoutNulls(rest)), ['ism_template', own === null ? undefined : unlessEmpty(own)]]) };
}

function innerBody(body: JsonValue | undefined): JsonObject | undefined {
  if (!isObject(body)) return undefined;
  const { settings, mappings, aliases, ...rest } = body;
  const { _data_stream_timestamp: _, ...own } = isObject(mappings) ? mappings : {};
  return compact([...Object.entries(withoutNulls(rest)), ['settings', unlessEmpty(settings)], ['mappings', unlessEmpty(own)], ['aliases', unlessEmpty(aliases)]]);
}

/** Servers say their defaults. */
function streamBody({ timestamp_field: field, hidden, allow_custom_routing: routing, ...rest }: JsonObject): JsonObject {
  const usual = !isObject(field) || field['name'] === '@timestamp';
  return compact([...Object.entries(rest), ['timestamp_field', usual ? undefined : field], ['hidden', hidden === true ? true : undefined], ['allow_custom_routing', routing === true ? true : undefined]]);
}

function withoutNulls(body: JsonObject): JsonObject {
  return compact(Object.entries(body).filter(([, value]) => value !== null));
}
