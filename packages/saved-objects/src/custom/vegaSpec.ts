import { PodscopeError } from '@podscope/core';
import { isJsonObject, type Json, type JsonObject } from '../read/storedObject.ts';
import { refusedIn } from './vegaExpressions.ts';

/** What OpenSearch Dashboards 1 to 3 and Kibana 7.10 to 8 all read. Newer ones warn of nothing older than themselves. */
const VEGA_SCHEMA = 'https://vega.github.io/schema/vega/v5.json';

/** A specification of Vega or Vega-Lite. Without `$schema` it is Vega 5. */
export type VegaSpec = JsonObject;

/** Answers of searches, by the name of the data set that asks. */
export type VegaAnswers = JsonObject;

/**
 * A kind's specification with what the products want beside it: which language it is, that it fills its panel, that warnings stay
 * in the console (`config.kibana`, in both products), and for texts the style whose colour they set by the theme (src/plugins/vis_type_vega/public/data_model/vega_parser.ts, `_setDefaultColors`).
 *
 * @throws PodscopeError `SAVED_OBJECT_SPEC_INVALID` for what no product would draw.
 */
export function finishedSpec(made: unknown, place: string): VegaSpec {
  if (!isJsonObject(made)) throw invalid(`${place} is no object`, 'Return the specification as an object.');
  const spec = plainJson(made, place);
  const schema = spec['$schema'] ?? VEGA_SCHEMA;
  const language = typeof schema === 'string' ? /\/(vega|vega-lite)\/v(\d+)(?:\.[\d.]+)?\.json$/u.exec(schema) : null;
  if (language === null) throw invalid(`${place}.$schema is ${JSON.stringify(schema)}`, `Leave it out for Vega 5, or use such as https://vega.github.io/schema/vega-lite/v4.json.`);
  checkSearches(spec, place);
  checkExpressions(spec, place);
  const config = isJsonObject(spec['config']) ? spec['config'] : {};
  return {
    $schema: schema,
    autosize: { type: 'fit', contains: 'padding' },
    padding: 5,
    ...spec,
    // A range without documents makes Vega warn of an axis without data; the products would write that over the panel.
    config: { ...config, kibana: { hideWarnings: true, ...(isJsonObject(config['kibana']) ? config['kibana'] : {}) } },
    ...(language[1] === 'vega' && Array.isArray(spec['marks']) ? { marks: spec['marks'].map(themed) } : {}),
  };
}

/** Puts answers in the place of the searches: what a product does before it draws. A search without an answer gets none. */
export function withAnswers(spec: VegaSpec, answers: VegaAnswers): VegaSpec {
  const filled = (value: Json | undefined, inData: boolean): Json | undefined => {
    if (Array.isArray(value)) return value.map((each) => filled(each, inData) ?? null);
    if (!isJsonObject(value)) return value;
    const { url, ...rest } = value;
    if (inData && isJsonObject(url)) return { ...rest, values: answers[String(value['name'])] ?? {} };
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, filled(part, name === 'data')]));
  };
  return filled(spec, false) as VegaSpec;
}

/** The searches of a specification: every `url` that is an object below a `data`, as the products look for them. */
function searchesOf(spec: VegaSpec): readonly { readonly path: string; readonly name: string | undefined; readonly url: Json }[] {
  const found: { path: string; name: string | undefined; url: Json }[] = [];
  const visit = (value: Json | undefined, path: string, inData: boolean): void => {
    if (Array.isArray(value)) return value.forEach((each, index) => visit(each, `${path}[${index}]`, inData));
    if (!isJsonObject(value)) return;
    if (inData && value['url'] !== undefined) found.push({ path: `${path}.url`, name: typeof value['name'] === 'string' ? value['name'] : undefined, url: value['url'] });
    else for (const [name, part] of Object.entries(value)) visit(part, path === '' ? name : `${path}.${name}`, name === 'data');
  };
  visit(spec, '', false);
  return found;
}

function plainJson(made: JsonObject, place: string): VegaSpec {
  try {
    return JSON.parse(JSON.stringify(made)) as VegaSpec;
  } catch (cause) {
    throw invalid(`${place} is no JSON`, 'Return only objects, lists, texts, numbers, truth values and null, and no circle of them.', cause);
  }
}

function checkSearches(spec: VegaSpec, place: string): void {
  const names = new Set<string>();
  for (const { path, name, url } of searchesOf(spec)) {
    const at = `${place}.${path}`;
    if (!isJsonObject(url)) throw invalid(`${at} is ${JSON.stringify(url)}`, 'The products load nothing from addresses. Ask with vegaSearch(view, …), or give the rows as `values`.');
    const { body } = url;
    if (body !== undefined && !isJsonObject(body)) throw invalid(`${at}.body is no object`, 'Give the body of a search.');
    if (url['%type%'] !== undefined) throw invalid(`${at} has a %type%`, 'Leave it out: what it stands for has another name in OpenSearch Dashboards than in Kibana.');
    if (body?.['query'] !== undefined && (url['%context%'] ?? url['%timefield%']) !== undefined) throw invalid(`${at} has a query beside %context%`, 'Use the `filter` of vegaSearch, which puts both together.');
    if (body?.['aggregations'] !== undefined) throw invalid(`${at}.body has "aggregations"`, 'Call them "aggs": in no other place are time range and interval put in.');
    if (name === undefined) throw invalid(`${at} belongs to data without a name`, 'Give the data set a name: answers are told apart by it.');
    if (names.has(name)) throw invalid(`${at} belongs to a second data set "${name}"`, 'Give each its own name: answers are told apart by it.');
    names.add(name);
  }
}

const EXPRESSIONS = ['expr', 'update', 'test', 'calculate', 'filter', 'signal'];

function checkExpressions(value: Json | undefined, place: string): void {
  if (Array.isArray(value)) return value.forEach((each, index) => checkExpressions(each, `${place}[${index}]`));
  if (!isJsonObject(value)) return;
  for (const [name, part] of Object.entries(value)) {
    const at = `${place}.${name}`;
    const refused = typeof part === 'string' && EXPRESSIONS.includes(name) ? refusedIn(part) : undefined;
    if (refused !== undefined) throw invalid(`${at} ${refused}`, 'OpenSearch Dashboards refuses such expressions, because they could reach for the page.');
    checkExpressions(part, at);
  }
}

/** Texts that say no colour are drawn black on a dark page; this style's colour follows the theme. */
function themed(mark: Json): Json {
  if (!isJsonObject(mark)) return mark;
  if (Array.isArray(mark['marks'])) return { ...mark, marks: mark['marks'].map(themed) };
  const says = JSON.stringify(mark['encode'] ?? {}).includes('"fill"');
  return mark['type'] === 'text' && mark['style'] === undefined && !says ? { ...mark, style: 'guide-label' } : mark;
}

function invalid(message: string, hint: string, cause?: unknown): PodscopeError {
  return new PodscopeError('SAVED_OBJECT_SPEC_INVALID', `${message}.`, { hint, ...(cause === undefined ? {} : { cause }) });
}
