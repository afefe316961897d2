import { visibleLine, visibleText } from './escape.ts';
import { fieldFormatter, metricFormatter } from './formats.ts';
import { bucketAggregations, metricColumns, type ReadSetting, rowsOf, type SearchResponse, totalOf } from './rows.ts';
import type { DocumentsResult, EmptyResult, MetricResult, TableCell, TableResult } from './result.ts';
import type { SavedObject, VisState } from './savedObjects.ts';

/** Big numbers: one for each row and metric. */
export function metricPanel(state: VisState, response: SearchResponse, setting: ReadSetting): MetricResult | EmptyResult {
  const columns = metricColumns(state);
  const values = rowsOf(state, response, setting).flatMap((row) =>
    columns.map((column) => {
      const value = row.values.get(column.id) ?? null;
      const group = row.keys.map(({ label }) => label).join(' – ');
      return {
        label: group === '' ? column.label : columns.length === 1 ? group : `${group}: ${column.label}`,
        value,
        formatted: metricFormatter(column.aggregation, setting.pattern, setting.timeZone)(dateOrNumber(value)),
        filters: row.keys.flatMap(({ filters }) => filters),
      };
    }),
  );
  return values.every(({ value }) => value === null) ? { kind: 'empty' } : { kind: 'metric', values };
}

/** JSON has no infinity, but a `min` over nothing has been seen to send one as a text. */
function dateOrNumber(value: number | null): number | null {
  return value === null || !Number.isFinite(value) ? null : value;
}

/** Buckets and metrics as columns. */
export function tablePanel(state: VisState, response: SearchResponse, setting: ReadSetting): TableResult | EmptyResult {
  const buckets = bucketAggregations(state);
  const metrics = metricColumns(state);
  const rows = rowsOf(state, response, setting);
  if (rows.length === 0 || (buckets.length === 0 && totalOf(response) === 0)) return { kind: 'empty' };
  return {
    kind: 'table',
    columns: [
      ...buckets.map(({ id, type, params }) => ({
        id,
        label: visibleLine(typeof params['customLabel'] === 'string' && params['customLabel'] !== '' ? params['customLabel'] : String(params['field'] ?? type)),
        numeric: false,
      })),
      ...metrics.map(({ id, label }) => ({ id, label, numeric: true })),
    ],
    rows: rows.map((row) => [
      ...row.keys.map(({ value, label, filters }): TableCell => ({ value, formatted: label, filters })),
      ...metrics.map(({ id, aggregation }): TableCell => {
        const value = row.values.get(id) ?? null;
        return { value, formatted: metricFormatter(aggregation, setting.pattern, setting.timeZone)(value), filters: [] };
      }),
    ]),
    perPage: Number(state.params['perPage'] ?? 10),
  };
}

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
    columns: names.map((name) => ({ id: name, label: name === '_source' ? 'Document' : visibleLine(name), numeric: setting.pattern?.fields.get(name)?.type === 'number' })),
    rows: documents.map((document) => names.map((name) => cellOf(document, name, setting))),
    documents,
    total: totalOf(response),
  };
}

function cellOf(document: Readonly<Record<string, unknown>>, name: string, setting: ReadSetting): TableCell {
  const value = name === '_source' ? document : valueAt(document, name);
  if (value === undefined || value === null) return { value: null, formatted: '–', filters: [] };
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
    const text = visibleText(JSON.stringify(value));
    return { value: text, formatted: text, filters: [] };
  }
  const format = fieldFormatter(setting.pattern, name, setting.timeZone);
  // A code is a name, not an amount: no thousands separator.
  const listed = setting.pattern?.fields.get(name);
  const plain = typeof value === 'number' && listed?.type !== 'date' && setting.pattern?.formats[name] === undefined;
  const searchable = listed?.aggregatable !== false && name !== setting.pattern?.timeField;
  return { value, formatted: plain ? String(value) : format(value), filters: searchable ? [{ field: name, value }] : [] };
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
