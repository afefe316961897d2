import type { JsonObject, JsonValue } from '../model.ts';
import type { Notes } from './translation.ts';

/** Names of Elasticsearch 6 and before, and those of today. */
const RENAMED: Readonly<Record<string, string>> = { nGram: 'ngram', edgeNGram: 'edge_ngram', htmlStrip: 'html_strip', delimited_payload_filter: 'delimited_payload' };
const PART = /^index\.analysis\.(?:filter|tokenizer|char_filter)\.(?<name>[^.]+)\.(?<member>type|min_gram|max_gram)$/u;
const USE = /^index\.analysis\.analyzer\.[^.]+\.(?:filter|char_filter|tokenizer)$/u;
const NGRAM_LIMIT = 'index.max_ngram_diff';

/** Flat settings with analysers as today's servers take them; the same object where nothing is different. */
export function translateAnalysis(flat: JsonObject, path: string, notes: Notes): JsonObject {
  const own = new Set(Object.keys(flat).flatMap((setting) => PART.exec(setting)?.groups?.['name'] ?? []));
  const entries = Object.entries(flat).map(([setting, value]) => [setting, value === undefined ? undefined : translate(setting, value, own, `${path}.${setting}`, notes)] as const);
  const translated = Object.fromEntries(entries);
  const limit = ngramLimit(translated, path, notes);
  if (limit !== undefined) return { ...translated, [NGRAM_LIMIT]: limit };
  return entries.every(([setting, value]) => value === flat[setting]) ? flat : translated;
}

function translate(setting: string, value: JsonValue, own: ReadonlySet<string>, at: string, notes: Notes): JsonValue {
  const named = PART.exec(setting)?.groups?.['member'] === 'type';
  if (!named && !USE.test(setting)) return value;
  // What an analyser uses may be a part of this template that is called so.
  const renamed = (each: JsonValue): JsonValue => {
    const to = typeof each === 'string' && (named || !own.has(each)) ? RENAMED[each] : undefined;
    if (to === undefined || !notes.lacks(`analysis:${String(each)}`)) return each;
    notes.apply('analysis-name', at, `${String(each)} is called ${to}`);
    return to;
  };
  if (!Array.isArray(value)) return renamed(value);
  const list = (value as readonly JsonValue[]).filter((each) => {
    const removed = each === 'standard' && setting.endsWith('.filter') && !own.has('standard') && notes.lacks('analysis:standard');
    if (removed) notes.apply('analysis-name', at, 'left out: the filter standard did nothing, and is gone');
    return !removed;
  });
  const all = list.map(renamed);
  return all.length === value.length && all.every((each, position) => each === value[position]) ? value : all;
}

/** Servers once took any distance between the shortest and the longest n-gram. */
function ngramLimit(flat: JsonObject, path: string, notes: Notes): string | undefined {
  const distances = Object.entries(flat).flatMap(([setting, type]) => {
    if (type !== 'ngram' && type !== 'nGram') return [];
    if (PART.exec(setting)?.groups?.['member'] !== 'type') return [];
    const base = setting.slice(0, -'type'.length);
    return [Number(flat[`${base}max_gram`] ?? 2) - Number(flat[`${base}min_gram`] ?? 1)];
  });
  const most = Math.max(1, ...distances.filter(Number.isFinite));
  if (most <= Number(flat[NGRAM_LIMIT] ?? 1)) return undefined;
  notes.apply('ngram-limit', `${path}.${NGRAM_LIMIT}`, `${most}, the distance between min_gram and max_gram, which servers refuse without it`);
  return String(most);
}
