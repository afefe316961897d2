import type { JsonObject, JsonValue } from '../model.ts';
import { isObject } from '../normalise/json.ts';
import type { TemplateFeatures } from './features.ts';
import { translateMapping } from './mapping-rules.ts';
import { translateSettings } from './setting-rules.ts';
import { type AppliedRule, Notes, type RefusedPart } from './translation.ts';

/** A template as a server takes it, and everything that is different. */
export interface TemplateTranslation {
  readonly template: JsonObject;
  /** What was done, by rule; empty when the server takes the template as it is. */
  readonly applied: readonly AppliedRule[];
  /** What the server has no counterpart of; such a template is not for this server. */
  readonly refused: readonly RefusedPart[];
}

/** Members of a template, and what is lost without them. */
const MEMBERS: Readonly<Record<string, string>> = {
  allow_auto_create: 'whether indices are made by a document is set for the cluster',
  deprecated: 'the server has no mark for templates that are to go',
};

/**
 * A component, composable or legacy template (told apart by its form) as a server takes it that lacks some of what it says.
 * Nothing is left out without a rule that names it. Pure: what the server lacks is asked for by
 * {@link probeTemplateFeatures}. Names of `ignore_missing_component_templates` stay in `composed_of`: who has the others
 * takes out those that are missing.
 */
export function translateTemplate(template: JsonObject, { lacks }: TemplateFeatures): TemplateTranslation {
  const notes = new Notes(lacks);
  const legacy = isLegacy(template);
  const top = legacy ? translateLegacy(template, notes) : translateComposable(template, notes);
  const body = legacy ? translateBody(top, '', notes) : { ...top, ...(isObject(top['template']) ? { template: translateBody(top['template'], 'template', notes) } : {}) };
  const timed = template['data_stream'] !== undefined && body['data_stream'] === undefined ? withTime(body, template['data_stream']) : body;
  return { template: timed, applied: notes.applied, refused: notes.refused };
}

/** A legacy template as a composable one of the same effect where it is the only one that matches. */
export function composableOf(legacy: JsonObject): JsonObject {
  const { index_patterns: patterns, order, version, settings, mappings, aliases, template: pattern, ...rest } = legacy;
  const body = Object.fromEntries(Object.entries({ settings, mappings, aliases }).filter(([, value]) => value !== undefined));
  return {
    ...rest,
    index_patterns: listOf(patterns ?? pattern),
    ...(typeof order === 'number' && order > 0 ? { priority: order } : {}),
    template: body,
    ...(version === undefined ? {} : { version }),
  };
}

/** A legacy template has its settings, mappings and aliases at the top, or its pattern as `template`. */
export function isLegacy(template: JsonObject): boolean {
  return typeof template['template'] === 'string' || (!isObject(template['template']) && ['mappings', 'settings', 'aliases', 'order'].some((name) => template[name] !== undefined));
}

function translateLegacy(template: JsonObject, notes: Notes): JsonObject {
  const { template: pattern, index_patterns: patterns, priority, _meta: meta, ...rest } = template;
  if (pattern !== undefined) notes.apply('template-to-index_patterns', 'template', 'the pattern is called index_patterns since Elasticsearch 6');
  if (priority !== undefined) notes.apply('priority-to-order', 'priority', 'legacy templates have an order');
  if (meta !== undefined) notes.apply('legacy-meta', '_meta', 'left out: legacy templates have none');
  const all = patterns ?? pattern;
  const whole = { ...rest, ...(all === undefined ? {} : { index_patterns: listOf(all) }), ...(priority === undefined || rest['order'] !== undefined ? {} : { order: priority }) };
  return Object.fromEntries(Object.entries(whole).map(([name, value]) => [name, NUMBERS.has(name) && value !== undefined ? numberOf(value, name, notes) : value]));
}

const NUMBERS: ReadonlySet<string> = new Set(['priority', 'order', 'version']);

/** Servers take a number as text, too. */
function numberOf(value: JsonValue, path: string, notes: Notes): JsonValue {
  if (typeof value !== 'string' || !/^\d{1,15}$/u.test(value)) return value;
  notes.apply('text-to-number', path, 'a number, not its text');
  return Number(value);
}

function translateComposable(template: JsonObject, notes: Notes): JsonObject {
  const entries = Object.entries(template).flatMap(([name, value]): readonly (readonly [string, JsonValue | undefined])[] => {
    if (value === undefined) return [];
    if (MEMBERS[name] !== undefined && notes.lacks(`member:${name}`)) return left(notes, `without-${name}`, name, MEMBERS[name]);
    if (name === 'ignore_missing_component_templates' && notes.lacks(`member:${name}`)) return left(notes, 'without-ignore_missing', name, 'every component template must be there');
    if (name === 'order') {
      notes.apply('order-to-priority', name, 'composable templates have a priority');
      return template['priority'] === undefined ? [['priority', numberOf(value, name, notes)]] : [];
    }
    if (name === 'index_patterns' || name === 'composed_of') return [[name, listOf(value)]];
    if (NUMBERS.has(name)) return [[name, numberOf(value, name, notes)]];
    if (name === 'data_stream') return translateDataStream(value, notes);
    return [[name, value]];
  });
  return Object.fromEntries(entries);
}

function translateDataStream(value: JsonValue, notes: Notes): readonly (readonly [string, JsonValue])[] {
  if (notes.lacks('member:data_stream')) return left(notes, 'data-stream-to-alias', 'data_stream', 'the server has no data streams; an alias with rollover stands for one');
  if (!isObject(value)) return [['data_stream', value]];
  const { hidden, allow_custom_routing: routing, failure_store: failures, ...rest } = value;
  const gone = Object.entries({ hidden, allow_custom_routing: routing, failure_store: failures }).filter(([, said]) => said !== undefined);
  // Elasticsearch says them in every answer; false is what every server does.
  const matter = gone.filter(([, said]) => said !== false).map(([name]) => name);
  if (gone.length === 0 || !notes.lacks('member:allow_auto_create')) return [['data_stream', value]];
  notes.apply('data-stream-options', 'data_stream', `left out: ${gone.map(([name]) => name).join(', ')}${matter.length === 0 ? ', which say the default' : ''}`);
  return [['data_stream', rest]];
}

function translateBody(body: JsonObject, path: string, notes: Notes): JsonObject {
  const within = (name: string): string => (path === '' ? name : `${path}.${name}`);
  const entries = Object.entries(body).flatMap(([name, value]): readonly (readonly [string, JsonValue | undefined])[] => {
    if (name === 'mappings' && isObject(value)) return [[name, translateMapping(value, within(name), notes)]];
    if (name === 'settings' && isObject(value)) return [[name, translateSettings(value, within(name), notes)]];
    if (name === 'lifecycle' && notes.lacks('member:lifecycle')) return left(notes, 'data-stream-lifecycle', within(name), 'the server keeps data by policies only: see lifecyclePolicies');
    if (name === 'data_stream_options' && notes.lacks('member:lifecycle')) return left(notes, 'data-stream-options', within(name), 'the server has no options of data streams');
    return [[name, value]];
  });
  return Object.fromEntries(entries);
}

/** A data stream maps its time field by itself. */
function withTime(template: JsonObject, stream: JsonValue | undefined): JsonObject {
  const named = isObject(stream) && isObject(stream['timestamp_field']) ? stream['timestamp_field']['name'] : undefined;
  const field = typeof named === 'string' ? named : '@timestamp';
  const body = isObject(template['template']) ? template['template'] : {};
  const mappings = isObject(body['mappings']) ? body['mappings'] : {};
  const properties = isObject(mappings['properties']) ? mappings['properties'] : {};
  if (properties[field] !== undefined) return template;
  return { ...template, template: { ...body, mappings: { ...mappings, properties: { ...properties, [field]: { type: 'date' } } } } };
}

function listOf(value: JsonValue | undefined): JsonValue {
  if (typeof value === 'string') return value.split(',').map((each) => each.trim());
  return value ?? [];
}

function left(notes: Notes, rule: string, path: string, why: string): readonly [] {
  notes.apply(rule, path, `left out: ${why}`);
  return [];
}
