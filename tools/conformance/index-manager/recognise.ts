import type { JsonObject } from '../../../packages/index-manager/src/index.ts';

/** What a document is. */
export type Kind = 'component-template' | 'index-template' | 'legacy-template' | 'mapping' | 'index' | 'lifecycle-policy' | 'ingest-pipeline' | 'unknown';

/** One resource of a document. */
export interface Recognised {
  readonly kind: Kind;
  /** The name that the document gives it. */
  readonly name?: string;
  readonly body: JsonObject;
  /** Why it is none of the kinds. */
  readonly why?: string;
}

/** Every resource in a document, whatever it came out of: a request's body, a server's answer, a list. */
export function recognise(document: unknown): readonly Recognised[] {
  if (Array.isArray(document)) return document.length === 0 ? [unknown('is an empty list')] : document.flatMap((item: unknown) => recognise(item));
  if (!isObject(document)) return [unknown(document === null ? 'is empty' : `is a ${typeof document}, no object`)];
  return requested(document) ?? listed(document) ?? wrapped(document) ?? single(document) ?? named(document) ?? [unknown(foreign(document))];
}

const LISTS: readonly (readonly [list: string, member: string, kind: Kind])[] = [
  ['index_templates', 'index_template', 'index-template'],
  ['component_templates', 'component_template', 'component-template'],
];

const PATHS: readonly (readonly [path: RegExp, kind: Kind])[] = [
  [/^\/?_index_template\/([^/?]+)/u, 'index-template'],
  [/^\/?_component_template\/([^/?]+)/u, 'component-template'],
  [/^\/?_template\/([^/?]+)/u, 'legacy-template'],
  [/^\/?_ingest\/pipeline\/([^/?]+)/u, 'ingest-pipeline'],
  [/^\/?(?:_plugins|_opendistro)\/_ism\/policies\/([^/?]+)/u, 'lifecycle-policy'],
  [/^\/?_ilm\/policy\/([^/?]+)/u, 'lifecycle-policy'],
];

/** A request: its path says what the body is, and how it is called. */
function requested(document: JsonObject): readonly Recognised[] | undefined {
  const { method, path, body } = document;
  if (typeof method !== 'string' || typeof path !== 'string') return undefined;
  const what = `is a request to ${path.slice(0, 80)}`;
  if (!isObject(body) || !['PUT', 'POST'].includes(method.toUpperCase())) return [unknown(`${what}, which defines nothing`)];
  for (const [form, kind] of PATHS) {
    const [, name] = form.exec(path) ?? [];
    if (name === undefined || name.startsWith('_')) continue;
    const inner = kind === 'lifecycle-policy' && isObject(body['policy']) ? body['policy'] : body;
    return [{ kind, name: unescaped(name), body: inner }];
  }
  // A new index; everything else is a question or a document.
  if (/^\/?[^_/?][^/?]*$/u.test(path) && kindOf(body) === 'index') return [{ kind: 'index', name: path.replace('/', ''), body }];
  return [unknown(`${what}, which defines no template, policy or pipeline`)];
}

function unescaped(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** Answers of servers that list. */
function listed(document: JsonObject): readonly Recognised[] | undefined {
  for (const [list, member, kind] of LISTS) {
    const items = document[list];
    if (!Array.isArray(items)) continue;
    return (items as readonly unknown[]).map((item) => {
      const body = isObject(item) ? item[member] : undefined;
      return isObject(item) && isObject(body) ? { kind, ...nameOf(item['name']), body } : unknown(`has an entry of ${list} without ${member}`);
    });
  }
  const { policies } = document;
  return Array.isArray(policies) ? (policies as readonly unknown[]).flatMap((item) => recognise(item)) : undefined;
}

const WRAPPERS: readonly (readonly [member: string, kind: Kind])[] = [
  ['index_template', 'index-template'],
  ['component_template', 'component-template'],
];

/** One resource under the name of its kind. */
function wrapped(document: JsonObject): readonly Recognised[] | undefined {
  for (const [member, kind] of WRAPPERS) {
    const body = document[member];
    if (isObject(body)) return [{ kind, ...nameOf(document['name']), body }];
  }
  const { policy, template } = document;
  if (isObject(policy) && isPolicy(policy)) return [{ kind: 'lifecycle-policy', ...nameOf(document['_id'] ?? policy['policy_id']), body: policy }];
  // A template whose body is a whole template: some tools store the request under this name.
  if (isObject(template) && (template['index_patterns'] !== undefined || isObject(template['template'])) && document['index_patterns'] === undefined) return recognise(template);
  return undefined;
}

function single(document: JsonObject): readonly Recognised[] | undefined {
  const kind = kindOf(document);
  return kind === undefined ? undefined : [{ kind, ...nameOf(document['name']), body: without(document, 'name') }];
}

function kindOf(document: JsonObject): Kind | undefined {
  const has = (...names: readonly string[]): boolean => names.some((name) => document[name] !== undefined);
  const onlyHas = (names: ReadonlySet<string>): boolean => Object.keys(document).every((name) => names.has(name));
  if (isPolicy(document)) return 'lifecycle-policy';
  if (Array.isArray(document['processors'])) return onlyHas(OF_PIPELINES) ? 'ingest-pipeline' : undefined;
  const patterns = has('index_patterns');
  const bare = has('mappings', 'settings', 'aliases', 'order');
  if (patterns && (isObject(document['template']) || has('composed_of', 'data_stream', 'priority'))) return 'index-template';
  if ((typeof document['template'] === 'string' || patterns) && bare) return 'legacy-template';
  if (patterns) return 'index-template';
  const { template } = document;
  if (isObject(template)) return Object.keys(template).length === 0 || Object.keys(template).some((name) => OF_BODIES.has(name)) ? 'component-template' : undefined;
  if (bare) return Object.entries(document).every(([name, value]) => ANNOTATIONS.has(name) || (OF_BODIES.has(name) && isObject(value))) ? 'index' : undefined;
  const mapping = Object.keys(document).length === 1 && isObject(document['_doc']) ? document['_doc'] : document;
  return isMapping(mapping) ? 'mapping' : undefined;
}

const OF_PIPELINES: ReadonlySet<string> = new Set(['name', 'description', 'processors', 'on_failure', 'version', '_meta', 'deprecated', 'field_access_pattern', 'created_date', 'created_date_millis', 'modified_date', 'modified_date_millis']);
const OF_BODIES: ReadonlySet<string> = new Set(['settings', 'mappings', 'aliases', 'lifecycle', 'data_stream_options', 'defaults', 'warmers']);
const ANNOTATIONS: ReadonlySet<string> = new Set(['version', '_meta', 'order']);
const OF_MAPPINGS: ReadonlySet<string> = new Set(['properties', 'dynamic', 'dynamic_templates', 'dynamic_date_formats', 'date_detection', 'numeric_detection', 'runtime', 'derived', 'subobjects', 'enabled', 'include_in_all']);

/** Schemas of JSON and of Kubernetes have `properties` too, and members beside them that no mapping has. */
function isMapping(document: JsonObject): boolean {
  const fields = isObject(document['properties']) ? Object.values(document['properties']) : undefined;
  if (fields === undefined && !Array.isArray(document['dynamic_templates'])) return false;
  return Object.keys(document).every((name) => OF_MAPPINGS.has(name) || name.startsWith('_')) && (fields ?? []).every((field) => isObject(field));
}

/** Answers that give each resource under its name. */
function named(document: JsonObject): readonly Recognised[] | undefined {
  const entries = Object.entries(document);
  const found = entries.map(([name, value]) => {
    const inner = isObject(value) ? (wrapped(value) ?? single(value)) : undefined;
    return inner?.map((each) => ({ ...each, name: each.name ?? name }));
  });
  return entries.length > 0 && found.every((each) => each !== undefined) ? found.flat() : undefined;
}

function isPolicy(document: JsonObject): boolean {
  return isObject(document['phases']) || (Array.isArray(document['states']) && (document['default_state'] !== undefined || document['description'] !== undefined));
}

/** What else it looks like. */
function foreign(document: JsonObject): string {
  if (document['request_processors'] !== undefined || document['response_processors'] !== undefined || document['phase_results_processors'] !== undefined) return 'is a search pipeline, which the index manager has no part in';
  if (document['attributes'] !== undefined && document['type'] !== undefined) return 'is a saved object';
  if (document['persistent'] !== undefined || document['transient'] !== undefined) return 'is a list of cluster settings';
  if (document['apiVersion'] !== undefined && document['kind'] !== undefined) return `is the ${String(document['kind'])} of a Kubernetes cluster`;
  if (document['$schema'] !== undefined && document['properties'] !== undefined) return 'is a JSON schema';
  if (Array.isArray(document['processors'])) return `has processors as a pipeline has, but also ${Object.keys(document).filter((name) => !OF_PIPELINES.has(name)).slice(0, 3).join(', ')}, which no pipeline has`;
  const names = Object.keys(document).slice(0, 5);
  return names.length === 0 ? 'is an empty object' : `has the members ${names.join(', ')}, which is the form of no template, policy or pipeline`;
}

function unknown(why: string): Recognised {
  return { kind: 'unknown', body: {}, why };
}

function nameOf(value: unknown): { readonly name?: string } {
  return typeof value === 'string' && value !== '' ? { name: value } : {};
}

function without(document: JsonObject, member: string): JsonObject {
  return Object.fromEntries(Object.entries(document).filter(([name]) => name !== member));
}

/** True for an object that is no list. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
