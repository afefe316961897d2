import { type AnyField, builderNameOf, type Field, PodscopeError } from '@podscope/core';
import type { StoredAggregation } from './aggregations/storedAggregations.ts';
import type { DataView } from './dataView.ts';
import { dataViewFrom } from './dataViewFrom.ts';
import type { Query, SavedObject } from './savedObject.ts';
import { STORED_KIND } from './kinds/visualization.ts';
import type { XyLook } from './kinds/xyOptions.ts';
import { hasOtherOrder, unwrittenLook, unwrittenParameter, WRITTEN, type WrittenKind, type WrittenLook } from './writable.ts';

interface VisState {
  readonly type: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly aggs: readonly StoredAggregation[];
}

/** Values in source code, and the names that they need imported. */
class Source {
  readonly imports = new Set<string>();

  /** A call of a function of this library. */
  call(name: string, args: readonly (string | undefined)[]): string {
    this.imports.add(name);
    return `${name}(${args.filter((each) => each !== undefined).join(', ')})`;
  }
}

/**
 * TypeScript that builds one visualization and its data view with the builders, as a person would write it: for a chart that a
 * form has made. {@link decompileSavedObjects} writes any object of any export, with every parameter that is stored. `objects`
 * must hold the visualization's index pattern.
 *
 * @throws PodscopeError `SAVED_OBJECT_NOT_OURS` for a visualization of which its code would not say everything,
 * `SAVED_OBJECT_REFERENCE_MISSING` when the index pattern isn't among the objects.
 */
export function toTypeScript(object: SavedObject, objects: readonly SavedObject[]): string {
  const source = new Source();
  const state = stateOf(object);
  const kind = WRITTEN.find((each) => STORED_KIND[each] === state.type);
  if (!kind) throw notOurs(object, `kind "${state.type}"`);
  const head = [quoted(object.id), quoted(String(object.attributes['title']))];
  if (kind === 'markdown') {
    refuseFilters(object);
    if (filterCode(object) !== undefined) throw notOurs(object, 'a query');
    if (Number(state.params['fontSize']) !== 12 || state.params['openLinksInNewTab'] !== false) throw notOurs(object, 'a look of its own');
    const options = objectCode({ description: descriptionCode(object) });
    const call = source.call('markdown', [...head, quoted(String(state.params['markdown'])), options]);
    return `${importLine(source.imports, '@podscope/saved-objects')}\n\nexport const visualization = ${call};\n`;
  }
  const view = viewOf(object, objects);
  const options = optionsOf(object, kind, state, source);
  refuseUnwritten(object, kind, view, state);
  source.imports.add('dataView');
  const visualization = source.call(kind, [...head, 'view', optionsCode(options)]);
  const types = new Set(Object.entries(view.fields).flatMap(([name, field]) => (Object.hasOwn(view.scripted, name) ? [] : [field])).flatMap((field) => [field, ...Object.values(field.multi)]).map(({ type }) => builderNameOf(type)));
  return [
    importLine(new Set([...types, 'defineFields']), '@podscope/core'),
    importLine(source.imports, '@podscope/saved-objects'),
    '',
    'const fields = defineFields({',
    ...Object.entries(view.fields).filter(([name]) => !Object.hasOwn(view.scripted, name)).map(([name, field]) => `  ${keyed(name)}: ${fieldCode(field)},`),
    '});',
    '',
    `const view = dataView(${quoted(view.pattern)}, {`,
    '  fields,',
    ...(view.id === view.pattern ? [] : [`  id: ${quoted(view.id)},`]),
    ...(view.timeField === '@timestamp' ? [] : [`  timeField: ${view.timeField === undefined ? 'null' : quoted(view.timeField)},`]),
    ...recordCode('formats', view.formats),
    ...recordCode('scripted', view.scripted),
    ...(view.sourceFilters.length === 0 ? [] : [`  sourceFilters: [${view.sourceFilters.map(quoted).join(', ')}],`]),
    '});',
    '',
    `export const visualization = ${visualization};`,
    '',
  ].join('\n');
}

function fieldCode(field: AnyField | Field): string {
  const multi = Object.entries(field.multi).map(([name, sub]) => `${keyed(name)}: ${builderNameOf((sub as Field).type)}()`);
  return `${builderNameOf(field.type)}(${multi.length === 0 ? '' : `{ fields: { ${multi.join(', ')} } }`})`;
}

function stateOf(object: SavedObject): VisState {
  const text = object.attributes['visState'];
  if (object.type !== 'visualization' || typeof text !== 'string') throw notOurs(object, `type "${object.type}"`);
  return JSON.parse(text) as VisState;
}

function viewOf(object: SavedObject, objects: readonly SavedObject[]): DataView {
  const reference = object.references.find(({ type }) => type === 'index-pattern');
  const found = objects.find(({ type, id }) => type === 'index-pattern' && id === reference?.id);
  if (found) return dataViewFrom(found);
  throw new PodscopeError('SAVED_OBJECT_REFERENCE_MISSING', `The index pattern "${reference?.id ?? ''}" of "${object.id}" is not among the objects.`, {
    hint: 'Pass the index pattern’s saved object too.',
  });
}

/** The options of a builder: name → code. */
type Options = Record<string, string | undefined>;

function optionsOf(object: SavedObject, kind: Exclude<WrittenKind, 'markdown'>, { params, aggs }: VisState, source: Source): Options {
  const metrics = aggs.filter(({ schema }) => schema === 'metric').map((each) => metricCode(object, each, source));
  const buckets = (schema: string): readonly string[] => aggs.filter((each) => each.schema === schema).map((each) => bucketCode(object, each, source));
  const y = metrics.length === 1 ? metrics[0] : `[${metrics.join(', ')}]`;
  const options: Options = { filter: filterCode(object), description: descriptionCode(object), y };
  const listCode = (codes: readonly string[]): string => (codes.length === 1 ? (codes[0] as string) : `[${codes.join(', ')}]`);
  switch (kind) {
    case 'pie':
      return { ...options, slices: listCode(buckets('segment')), donut: params['isDonut'] === true ? undefined : 'false' };
    case 'table':
      return { ...options, rows: listCode(buckets('bucket')), perPage: params['perPage'] === 10 ? undefined : numberCode(object, params['perPage']) };
    case 'metric':
      return { ...options, split: buckets('group')[0] };
    case 'gauge': {
      const { bounds, shape } = gaugeLook(params);
      return { ...options, split: buckets('group')[0], bounds: numbersCode(object, bounds), shape: shape === 'circle' ? quoted(shape) : undefined };
    }
    default:
      return { ...options, x: buckets('segment')[0], split: buckets('group')[0], ...axisOptions(kind, params) };
  }
}

function axisOptions(kind: WrittenKind, params: VisState['params']): Options {
  const { mode, legend, axisTitle } = axisLook(params);
  return {
    mode: mode === (kind === 'line' ? 'normal' : 'stacked') ? undefined : quoted(String(mode)),
    legend: legend === 'right' ? undefined : quoted(String(legend)),
    axisTitle: axisTitle === undefined ? undefined : quoted(axisTitle),
  };
}

/** What is written of axes, as values. */
function axisLook(params: VisState['params']): Pick<WrittenLook, 'mode' | 'legend' | 'axisTitle'> {
  const series = (params['seriesParams'] as readonly { readonly mode: string; readonly data: { readonly label: string } }[])[0];
  const axis = (params['valueAxes'] as readonly { readonly scale: { readonly mode: string }; readonly title: { readonly text: string } }[])[0];
  const mode = axis?.scale.mode === 'normal' ? series?.mode : axis?.scale.mode;
  const legend = params['addLegend'] === false ? 'none' : params['legendPosition'];
  const title = axis?.title.text;
  // Whether there are such modes and places is what the comparison with a visualization of that look tells.
  return {
    mode: (mode ?? 'normal') as NonNullable<XyLook['mode']>,
    legend: legend as NonNullable<XyLook['legend']>,
    ...(title === undefined || title === series?.data.label ? {} : { axisTitle: title }),
  };
}

/** Refuses what the code would not say: the visualization that it builds would be another one. */
function refuseUnwritten(object: SavedObject, kind: Exclude<WrittenKind, 'markdown'>, view: DataView, { params, aggs }: VisState): void {
  for (const each of aggs) {
    const parameter = unwrittenParameter(each);
    if (parameter !== undefined) throw notOurs(object, `"${parameter}" of ${each.type}`);
    if (hasOtherOrder(each)) throw notOurs(object, `${each.type} in the order of another metric`);
    if (!['metric', 'segment', 'group', 'bucket'].includes(each.schema)) throw notOurs(object, `an aggregation as ${each.schema}`);
  }
  if (aggs.filter(({ schema }) => schema === 'group').length > 1) throw notOurs(object, 'several splits');
  refuseFilters(object);
  const other = unwrittenLook(kind, view, params, lookOf(kind, params, aggs));
  if (other !== undefined) throw notOurs(object, `a look of its own ("${other}")`);
}

/** Refuses what stands beside the state, and is not written of any kind. */
function refuseFilters(object: SavedObject): void {
  if (sourceOf(object).filter?.length !== 0) throw notOurs(object, 'filters');
  if (object.attributes['savedSearchRefName'] !== undefined) throw notOurs(object, 'a saved search');
  if (object.attributes['uiStateJSON'] !== '{}') throw notOurs(object, 'colours or an order of its own');
}

function lookOf(kind: WrittenKind, params: VisState['params'], aggs: readonly StoredAggregation[]): WrittenLook {
  const labels = aggs.filter(({ schema }) => schema === 'metric').map((_, index) => String((params['seriesParams'] as readonly { readonly data: { readonly label: string } }[] | undefined)?.[index]?.data.label));
  if (kind === 'pie') return { labels, donut: params['isDonut'] === true };
  if (kind === 'table') return { labels, perPage: Number(params['perPage']) };
  if (kind === 'metric') return { labels };
  if (kind === 'gauge') return { labels, ...gaugeLook(params) };
  return { labels, ...axisLook(params) };
}

function gaugeLook(params: VisState['params']): Required<Pick<WrittenLook, 'bounds' | 'shape'>> {
  const gauge = params['gauge'] as { readonly colorsRange: readonly { readonly from: number; readonly to: number }[]; readonly gaugeType: string };
  return { bounds: gauge.colorsRange.flatMap(({ from, to }, index) => (index === 0 ? [from, to] : [to])), shape: gauge.gaugeType === 'Circle' ? 'circle' : 'arc' };
}

function descriptionCode({ attributes: { description = '' } }: SavedObject): string | undefined {
  return description === '' ? undefined : quoted(String(description));
}

function filterCode(object: SavedObject): string | undefined {
  return queryCode(sourceOf(object).query);
}

function sourceOf(object: SavedObject): { readonly query: Query; readonly filter?: readonly unknown[] } {
  const { searchSourceJSON } = object.attributes['kibanaSavedObjectMeta'] as { readonly searchSourceJSON: string };
  return JSON.parse(searchSourceJSON) as { readonly query: Query; readonly filter?: readonly unknown[] };
}

function queryCode({ query, language }: Query): string | undefined {
  if (language === 'kuery') return query === '' ? undefined : quoted(query);
  return `{ query: ${quoted(query)}, language: ${quoted(language)} }`;
}

const METRIC: Readonly<Record<string, string>> = { count: 'count', avg: 'avg', sum: 'sum', min: 'min', max: 'max', cardinality: 'uniqueCount', percentiles: 'percentiles' };

function metricCode(object: SavedObject, { type, params }: StoredAggregation, source: Source): string {
  const name = Object.hasOwn(METRIC, type) ? METRIC[type] : undefined;
  if (name === undefined) throw notOurs(object, `aggregation "${type}"`);
  const percents = type === 'percentiles' ? numbersCode(object, params['percents']) : undefined;
  const options = objectCode({ label: labelCode(params), percents });
  return source.call(name, [type === 'count' ? undefined : quoted(String(params['field'])), options]);
}

function bucketCode(object: SavedObject, { type, params }: StoredAggregation, source: Source): string {
  const field = quoted(String(params['field']));
  const label = labelCode(params);
  switch (type) {
    case 'date_histogram':
      return source.call('dateHistogram', [field, objectCode({ interval: params['interval'] === 'auto' ? undefined : quoted(String(params['interval'])), label })]);
    case 'terms':
      return source.call('terms', [
        field,
        objectCode({
          size: params['size'] === 5 ? undefined : numberCode(object, params['size']),
          orderBy: params['orderBy'] === '_key' ? quoted('key') : undefined,
          order: params['order'] === 'asc' ? quoted('asc') : undefined,
          label,
        }),
      ]);
    case 'filters': {
      const entries = params['filters'] as readonly { readonly input: Query; readonly label: string }[];
      return source.call('filters', [`{ ${entries.map((each) => `${keyed(each.label)}: ${queryCode(each.input) ?? quoted('')}`).join(', ')} }`]);
    }
    case 'histogram':
      return source.call('histogram', [field, objectCode({ interval: numberCode(object, params['interval']), label })]);
    case 'range':
      return source.call('range', [field, rangesCode(object, params['ranges']), objectCode({ label })]);
    default:
      throw notOurs(object, `aggregation "${type}"`);
  }
}

/** Stored objects may come from anybody: what should be a number is written as code only if it is one. */
function numberCode(object: SavedObject, value: unknown): string {
  if (typeof value === 'number') return String(value);
  throw notOurs(object, `${JSON.stringify(value)} in place of a number`);
}

function numbersCode(object: SavedObject, values: unknown): string {
  return `[${(Array.isArray(values) ? values : [values]).map((value) => numberCode(object, value)).join(', ')}]`;
}

function rangesCode(object: SavedObject, ranges: unknown): string {
  const bound = (name: string, value: unknown): string[] => (value === undefined || value === null ? [] : [`${name}: ${numberCode(object, value)}`]);
  const each = (Array.isArray(ranges) ? ranges : []) as readonly { readonly from?: unknown; readonly to?: unknown }[];
  return `[${each.map(({ from, to }) => `{ ${[...bound('from', from), ...bound('to', to)].join(', ')} }`).join(', ')}]`;
}

function labelCode(params: StoredAggregation['params']): string | undefined {
  return typeof params['customLabel'] === 'string' ? quoted(params['customLabel']) : undefined;
}

function objectCode(parts: Options): string | undefined {
  const given = Object.entries(parts).filter(([, code]) => code !== undefined);
  return given.length === 0 ? undefined : `{ ${given.map(([name, code]) => `${name}: ${code}`).join(', ')} }`;
}

function optionsCode(options: Options): string {
  const given = Object.entries(options).filter(([, code]) => code !== undefined);
  return `{\n${given.map(([name, code]) => `  ${name}: ${code},`).join('\n')}\n}`;
}

/** A member of an object literal whose values are texts or plain data, or nothing where it would be empty. */
function recordCode(member: string, values: Readonly<Record<string, string | object>>): readonly string[] {
  const entries = Object.entries(values);
  if (entries.length === 0) return [];
  return [`  ${member}: {`, ...entries.map(([name, value]) => `    ${keyed(name)}: ${typeof value === 'string' ? quoted(value) : JSON.stringify(value)},`), '  },'];
}

function importLine(names: ReadonlySet<string>, from: string): string {
  return `import { ${[...names].sort().join(', ')} } from ${quoted(from)};`;
}

function keyed(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) && name !== '__proto__' ? name : name === '__proto__' ? `[${quoted(name)}]` : quoted(name);
}

/** A string literal. JSON's are also TypeScript's, but for the quotes that the project's style has. */
function quoted(text: string): string {
  return `'${JSON.stringify(text).slice(1, -1).replace(/\\"/g, '"').replace(/'/g, "\\'")}'`;
}

function notOurs(object: SavedObject, what: string): PodscopeError {
  return new PodscopeError('SAVED_OBJECT_NOT_OURS', `"${object.id}" has ${what}, of which toTypeScript writes nothing.`, {
    hint: 'Use decompileSavedObjects, which writes every kind, or export it as NDJSON.',
  });
}
