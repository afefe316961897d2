import type { JsonObject, JsonValue } from '../model.ts';
import { isObject } from '../normalise/json.ts';
import { parameterOf } from './parameters.ts';

/** Where a parameter stands. */
export interface Place {
  /** The field, its parents before it; empty for the mapping itself. */
  readonly path: string;
  readonly type: string;
  /** What `dynamic` comes to here where it isn't said. */
  readonly dynamic: string;
}

/** What a parameter of a normalised field comes to: with defaults, those that others give included, in the server's spelling. */
export function meaningOf(place: Place, parameter: string, field: JsonObject): JsonValue | undefined {
  const said = own(field, parameter);
  const fallback = parameterOf(place.type, parameter)?.default;
  switch (parameter) {
    case 'dynamic':
      return said ?? (place.path === '' ? fallback : place.dynamic);
    case 'copy_to':
      return [...listOf(said)].sort();
    case 'meta':
      return said ?? {};
    case 'search_analyzer':
      return said ?? own(field, 'analyzer') ?? parameterOf(place.type, 'analyzer')?.default;
    case 'search_quote_analyzer':
      return said ?? meaningOf(place, 'search_analyzer', field);
    case 'index_prefixes':
      return isObject(said) ? { min_chars: '2', max_chars: '5', ...said } : said;
    case 'fielddata_frequency_filter':
      return isObject(said) ? { min_segment_size: '0', ...said } : said;
    default:
      return said === undefined ? fallback : spelled(place.type, parameter, said);
  }
}

/** What the server gives back in another spelling than it was given. */
function spelled(type: string, parameter: string, said: JsonValue): JsonValue {
  if (parameter === 'orientation' && typeof said === 'string') return said.toLowerCase();
  // The root of all locales, which speaks none.
  if (parameter === 'locale' && said === 'ROOT') return '';
  if (parameter === 'boost') return Number(said).toFixed(1);
  if (type === 'geo_point' && parameter === 'null_value') return pointOf(said);
  return said;
}

/** `"lat,lon"`, `[lon, lat]` and `{ lat, lon }` are one point; what is none of them stays. */
function pointOf(value: JsonValue): JsonValue {
  const parts: readonly unknown[] = typeof value === 'string' ? value.split(',') : Array.isArray(value) ? [...(value as readonly JsonValue[])].reverse() : isObject(value) ? [value['lat'], value['lon']] : [];
  const [lat, lon] = parts.map(Number);
  return lat === undefined || lon === undefined || Number.isNaN(lat) || Number.isNaN(lon) ? value : { lat: String(lat), lon: String(lon) };
}

/** A text stands for a list of one. */
export function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as readonly JsonValue[]) : [value];
}

/** The object's own member. */
export function own(node: JsonObject, name: string): JsonValue | undefined {
  return Object.hasOwn(node, name) ? node[name] : undefined;
}

/** Equal at every depth; the order of members means nothing. */
export function same(one: JsonValue | undefined, other: JsonValue | undefined): boolean {
  if (isObject(one) && isObject(other)) {
    const names = new Set([...Object.keys(one), ...Object.keys(other)]);
    return [...names].every((name) => same(own(one, name), own(other, name)));
  }
  if (Array.isArray(one) && Array.isArray(other)) return one.length === other.length && one.every((item: JsonValue, at) => same(item, (other as readonly JsonValue[])[at]));
  return one === other;
}
