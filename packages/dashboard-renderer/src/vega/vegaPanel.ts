import type { Theme } from '../draw/colors.ts';
import { boolQuery } from '../query/query.ts';
import { narrowingOf, type ObjectRequestOptions } from '../request/requests.ts';
import type { SearchResponse } from '../answer/rows.ts';
import { type IndexPattern, patternByTitle, type SavedObject, visStateOf } from '../savedObjects.ts';
import { resolveRange } from '../time/time.ts';
import { searchOfPage } from './magicWords.ts';
import { vegaSpecOf } from './spec.ts';

/** One search of a Vega visualization, in the terms of `_msearch`. */
export interface VegaRequest {
  /** The data set that asks. */
  readonly name: string;
  readonly index: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** What Vega draws. */
export interface VegaView {
  /** A specification in Vega-Lite is to be compiled first. */
  readonly language: 'vega' | 'vega-lite';
  /** With the answers in it; it asks for nothing any more. */
  readonly spec: Readonly<Record<string, unknown>>;
}

type Node = Readonly<Record<string, unknown>>;

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** True for a visualization that is a specification of Vega or Vega-Lite; false for what can't be read. */
export function isVega(object: SavedObject): boolean {
  try {
    return object.type === 'visualization' && visStateOf(object).type === 'vega';
  } catch {
    return false;
  }
}

/**
 * The searches of a Vega visualization, as the page sends them.
 *
 * @throws PodscopeError `RENDERER_OBJECT_BROKEN`, `RENDERER_OBJECT_MISSING`, `RENDERER_QUERY_INVALID`, `RENDERER_TIME_INVALID`
 */
export function vegaRequestsFor(object: SavedObject, objects: readonly SavedObject[], options: ObjectRequestOptions): readonly VegaRequest[] {
  const range = resolveRange(options.timeRange, options.now);
  const narrowing = narrowingOf(object, objects, options);
  const found: VegaRequest[] = [];
  withSearches(vegaSpecOf(object), (url, name) => {
    const index = String(url['index'] ?? '');
    // Filters apply by the fields of the installed data view; a pattern without one has no fields.
    const pattern: IndexPattern = patternByTitle(objects, index) ?? { id: index, pattern: index, timeField: undefined, fields: new Map(), formats: {} };
    const { bool } = boolQuery(pattern, { ...narrowing, range: undefined });
    found.push({ name, ...searchOfPage(url, { range, bool }, `Data set ${name} of visualization "${object.id}"`) });
    return {};
  });
  return found;
}

/**
 * What Vega draws of the answers, with the colours of the theme where the specification says none.
 *
 * @param answers By the name of the request.
 * @throws PodscopeError `RENDERER_OBJECT_BROKEN`
 */
export function vegaViewOf(object: SavedObject, answers: ReadonlyMap<string, SearchResponse>, { theme }: { readonly theme: Theme }): VegaView {
  const spec = vegaSpecOf(object);
  const language = String(spec['$schema']).includes('/vega-lite/') ? 'vega-lite' : 'vega';
  const filled = withSearches(spec, (_url, name) => ({ values: answers.get(name) ?? {} }));
  const { kibana: _kibana, opensearchDashboards: _dashboards, ...config } = isNode(filled['config']) ? filled['config'] : {};
  return { language, spec: { ...filled, config: merged(look(theme, language), config) } };
}

/** The specification with something else in the place of each search; a search is a `url` that is an object, below a `data`. */
function withSearches(spec: Node, replace: (url: Node, name: string) => Node): Node {
  let count = 0;
  const visit = (value: unknown, inData: boolean): unknown => {
    if (Array.isArray(value)) return value.map((each) => visit(each, inData));
    if (!isNode(value)) return value;
    const { url, ...rest } = value;
    if (inData && isNode(url)) return { ...rest, ...replace(url, typeof value['name'] === 'string' ? value['name'] : String(count++)) };
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, visit(part, name === 'data')]));
  };
  return visit(spec, false) as Node;
}

const CATEGORIES = ['#54B399', '#6092C0', '#D36086', '#9170B8', '#CA8EAE', '#D6BF57', '#B9A888', '#DA8B45', '#AA6556', '#E7664C'];
const INK: Readonly<Record<Theme, { readonly strong: string; readonly text: string; readonly lines: string }>> = {
  light: { strong: '#343741', text: '#69707d', lines: '#d9dfe8' },
  dark: { strong: '#d4dae5', text: '#98a2b3', lines: '#343741' },
};

/** Colours where the products set them: src/plugins/vis_type_vega/public/data_model/vega_parser.ts, `_setDefaultColors`. */
function look(theme: Theme, language: VegaView['language']): Node {
  const { strong, text, lines } = INK[theme];
  const [first] = CATEGORIES;
  const fill = { fill: first };
  const stroke = { stroke: first };
  return {
    range: { category: CATEGORIES },
    ...(language === 'vega-lite' ? { mark: { color: first } } : { arc: fill, area: fill, rect: fill, symbol: fill, trail: fill, line: stroke, path: stroke, rule: stroke, shape: stroke }),
    title: { color: strong },
    style: { 'guide-label': { fill: text }, 'guide-title': { fill: strong }, 'group-title': { fill: strong }, 'group-subtitle': { fill: strong } },
    axis: { tickColor: lines, domainColor: lines, gridColor: lines },
    background: 'transparent',
  };
}

function merged(defaults: Node, own: Node): Node {
  const both: Record<string, unknown> = { ...defaults };
  for (const [name, value] of Object.entries(own)) {
    const before = both[name];
    both[name] = isNode(before) && isNode(value) ? merged(before, value) : value;
  }
  return both;
}
