import { visibleLine, visibleText } from '../escape.ts';
import { fieldFormatter } from './formats.ts';
import { type ReadSetting, type SearchResponse, totalOf } from '../answer/rows.ts';
import type { DocumentsResult, EmptyResult, TableCell } from '../answer/result.ts';
import type { SavedObject } from '../savedObjects.ts';

interface Hit {
  readonly _source?: Readonly<Record<string, unknown>>;
}

/** Documents in the columns of a saved search; without columns, the time and the whole document. */
export function documentsPanel(object: SavedObject, response: SearchResponse, setting: ReadSetting): DocumentsResult | EmptyResult {
  const hits = (response.hits?.hits ?? []) as readonly Hit[];
  if (hits.length === 0) return { kind: 'empty' };
  const stored = object.attributes['columns'];
  const chosen = Array.isArray(stored) && stored.length > 0 ? (stored as readonly string[]) : ['_source'];
  const time = setting.pattern?.timeField;
  const names = time === undefined || chosen.includes(time) ? chosen : [time, ...chosen];
  const documents = hits.map((hit) => hit._source ?? {});
  return {
    kind: 'documents',
    columns: names.map((name) => ({ id: name, label: name === '_source' ? '_source' : name === time ? 'Time' : visibleLine(name), numeric: setting.pattern?.fields.get(name)?.type === 'number' })),
    rows: documents.map((document) => names.map((name) => cellOf(document, name, setting))),
    documents,
    total: totalOf(response),
  };
}

function cellOf(document: Readonly<Record<string, unknown>>, name: string, setting: ReadSetting): TableCell {
  const value = name === '_source' ? document : valueAt(document, name);
  if (value === undefined || value === null) return { value: null, formatted: '–', filters: [] };
  const format = fieldFormatter(setting.pattern, name, setting.timeZone);
  if (Array.isArray(value) && value.every((each) => typeof each === 'string' || typeof each === 'number' || typeof each === 'boolean')) {
    const text = value.map((each) => format(each)).join(', ');
    return { value: text, formatted: text, filters: [] };
  }
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
    const text = visibleText(JSON.stringify(value));
    return { value: text, formatted: text, filters: [] };
  }
  const listed = setting.pattern?.fields.get(name);
  const searchable = listed?.aggregatable !== false && name !== setting.pattern?.timeField;
  return { value, formatted: format(value), filters: searchable ? [{ field: name, value }] : [] };
}

/** A value under its dotted name: nested, flat, or a multi-field of its parent. */
function valueAt(document: Readonly<Record<string, unknown>>, name: string): unknown {
  if (Object.hasOwn(document, name)) return document[name];
  let current: unknown = document;
  for (const part of name.split('.')) {
    if (typeof current !== 'object' || current === null || Array.isArray(current)) return current === document ? undefined : current;
    current = Object.hasOwn(current, part) ? (current as Record<string, unknown>)[part] : undefined;
    if (current === undefined) return undefined;
  }
  return current;
}
