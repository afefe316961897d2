import { Hjson } from '../hjson.ts';
import { whyNotCarried } from '../read/carried.ts';
import { isTextAttribute } from '../read/innerJson.ts';
import { isJsonObject, type Json, type JsonObject } from '../read/storedObject.ts';

/** Reads or writes the JSON inside of attributes; gives the value back as it is where it cannot. */
type Turn = (value: Json | undefined, how: 'json' | 'hjson') => Json | undefined;

/**
 * Attributes with the JSON inside them taken apart: `visState`, `panelsJSON`, search sources, the specification of a Vega
 * visualization, the JSON input of an aggregation, the value of a filter that was written by hand. Text that is no JSON
 * stays text.
 */
export function decodeAttributes(type: string, attributes: JsonObject): JsonObject {
  return turned(type, attributes, decoded);
}

/** The opposite of {@link decodeAttributes}: attributes as exports have them. */
export function encodeAttributes(type: string, attributes: JsonObject): JsonObject {
  return turned(type, attributes, encoded);
}

const decoded: Turn = (value, how) => {
  if (typeof value !== 'string') return value;
  try {
    const parsed = how === 'json' ? (JSON.parse(value) as Json) : specification(value);
    return typeof parsed === 'object' && parsed !== null && whyNotCarried(parsed) === undefined ? parsed : value;
  } catch {
    return value;
  }
};

/** As `vega_parser.ts` of the Vega plugin reads it. The parser makes prototypes of members named `__proto__`, which are lost when it is written. */
function specification(text: string): Json {
  return text.includes('__proto__') ? text : (Hjson.parse(text, { legacyRoot: false }) as Json);
}

const encoded: Turn = (value, how) => (typeof value !== 'object' || value === null ? value : how === 'json' ? JSON.stringify(value) : JSON.stringify(value, null, 2));

function turned(type: string, attributes: JsonObject, turn: Turn): JsonObject {
  return mapped(attributes, (name, value) => {
    if (isTextAttribute(type, name)) return around(turn, value, (inner) => (name === 'visState' ? visState(inner, turn) : name === 'panelsJSON' ? panels(inner, turn) : inner));
    if (name === 'kibanaSavedObjectMeta' && isJsonObject(value)) return mapped(value, (member, source) => (member === 'searchSourceJSON' ? around(turn, source, (inner) => searchSource(inner, turn)) : source));
    if (name === 'controlGroupInput' && isJsonObject(value)) return mapped(value, (member, inner) => (member.endsWith('JSON') ? turn(inner, 'json') : inner));
    if (type === 'query' && name === 'filters') return filters(value, turn);
    if (type === 'search' && name === 'tabs') return tabs(value, turn);
    if (name === 'controlGroupJson') return turn(value, 'json');
    if (type === 'config' && JSON_SETTINGS.has(name)) return turn(value, 'json');
    return value;
  });
}

/** Advanced settings of type `json` (src/core/server/ui_settings, src/plugins/{data,charts,maps_legacy}/server/ui_settings.ts, Kibana's x-pack/plugins/security_solution/server/ui_settings.ts): they are stored as text. */
const JSON_SETTINGS: ReadonlySet<string> = new Set([
  'dateFormat:scaled',
  'format:defaultTypeMap',
  'query:queryString:options',
  'securitySolution:refreshIntervalDefaults',
  'securitySolution:timeDefaults',
  'siem:refreshIntervalDefaults',
  'siem:timeDefaults',
  'sort:options',
  'timepicker:quickRanges',
  'timepicker:refreshIntervalDefaults',
  'timepicker:timeDefaults',
  'visualization:colorMapping',
  'visualization:tileMap:WMSdefaults',
]);

/** Reads first and then goes inside, or goes inside and then writes. */
function around(turn: Turn, value: Json | undefined, inside: (value: Json | undefined) => Json | undefined): Json | undefined {
  return turn === decoded ? inside(turn(value, 'json')) : turn(inside(value), 'json');
}

function visState(value: Json | undefined, turn: Turn): Json | undefined {
  if (!isJsonObject(value)) return value;
  return mapped(value, (name, member) => {
    if (name === 'params' && value['type'] === 'vega' && isJsonObject(member)) return mapped(member, (each, spec) => (each === 'spec' ? turn(spec, 'hjson') : spec));
    if (name === 'aggs') return aggregations(member, turn);
    if (name === 'data' && isJsonObject(member)) return mapped(member, (each, inner) => (each === 'aggs' ? aggregations(inner, turn) : each === 'searchSource' ? searchSource(inner, turn) : inner));
    return member;
  });
}

function aggregations(value: Json | undefined, turn: Turn): Json | undefined {
  if (!Array.isArray(value)) return value;
  return value.map((agg: Json) => (isJsonObject(agg) ? mapped(agg, (name, params) => (name === 'params' && isJsonObject(params) ? mapped(params, (each, inner) => parameter(each, inner, turn)) : params)) : agg));
}

/** The "JSON input" of an aggregation, also of one inside a pipeline or an order. */
function parameter(name: string, value: Json | undefined, turn: Turn): Json | undefined {
  if (name === 'json') return turn(value, 'json');
  if (name === 'customMetric' || name === 'customBucket' || name === 'orderAgg') {
    return isJsonObject(value) ? mapped(value, (each, params) => (each === 'params' && isJsonObject(params) ? mapped(params, (inner, member) => parameter(inner, member, turn)) : params)) : value;
  }
  return value;
}

function panels(value: Json | undefined, turn: Turn): Json | undefined {
  if (!Array.isArray(value)) return value;
  return value.map((panel: Json) => (isJsonObject(panel) ? mapped(panel, (name, member) => (name === 'embeddableConfig' && isJsonObject(member) ? mapped(member, (each, inner) => (each === 'savedVis' ? visState(inner, turn) : each === 'filters' ? filters(inner, turn) : inner)) : member)) : panel));
}

/** The searches that Discover of Kibana 9 holds side by side. */
function tabs(value: Json | undefined, turn: Turn): Json | undefined {
  if (!Array.isArray(value)) return value;
  return value.map((tab: Json) => (isJsonObject(tab) ? mapped(tab, (name, inner) => (name === 'attributes' && isJsonObject(inner) ? turned('search', inner, turn) : inner)) : tab));
}

function searchSource(value: Json | undefined, turn: Turn): Json | undefined {
  return isJsonObject(value) ? mapped(value, (name, member) => (name === 'filter' ? filters(member, turn) : member)) : value;
}

function filters(value: Json | undefined, turn: Turn): Json | undefined {
  if (!Array.isArray(value)) return value;
  return value.map((filter: Json) => (isJsonObject(filter) ? mapped(filter, (name, meta) => (name === 'meta' && isJsonObject(meta) ? mapped(meta, (each, inner) => (each === 'value' ? turn(inner, 'json') : inner)) : meta)) : filter));
}

function mapped(object: JsonObject, change: (name: string, value: Json | undefined) => Json | undefined): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(name, value)]));
}
