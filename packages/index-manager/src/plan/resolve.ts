import type { IndexSetup, JsonObject, TemplateBody } from '../model.ts';
import { isObject } from '../normalise/json.ts';
import { nestedMapping, normaliseMapping } from '../normalise/mappings.ts';
import { normaliseSettings } from '../normalise/settings.ts';
import { templateFor } from '../validate/patterns.ts';

/** What an index gets from the templates of a setup. */
export interface ResolvedTemplate {
  readonly template: string;
  readonly settings: JsonObject;
  /** In one form, for comparison. */
  readonly mapping: JsonObject;
  /** For a request. */
  readonly mappingBody: JsonObject;
}

/** Component templates in their order, then the template itself; later ones win, field by field. */
export function resolveTemplate(setup: IndexSetup, index: string): ResolvedTemplate | undefined {
  const found = templateFor(setup, index);
  if (found === undefined) return undefined;
  const [name, template] = found;
  const components = (template.composed_of ?? []).map((component) => setup.componentTemplates[component]?.template);
  const bodies: readonly TemplateBody[] = [...components, template.template].filter((body) => body !== undefined);
  const mappings = bodies.map(({ mappings: mapping }) => mapping).filter(isObject);
  return {
    template: name,
    settings: Object.assign({}, ...bodies.map(({ settings }) => (isObject(settings) ? normaliseSettings(settings) : {}))) as JsonObject,
    mapping: mappings.map(normaliseMapping).reduce(mergeMappings, {}),
    mappingBody: mappings.map(nestedMapping).reduce(mergeMappings, {}),
  };
}

/** As servers merge the mappings of templates: objects by their members, a field's definition as a whole. */
function mergeMappings(one: JsonObject, other: JsonObject): JsonObject {
  const { properties: mine, ...rest } = one;
  const { properties: theirs, ...over } = other;
  const properties = isObject(mine) && isObject(theirs) ? mergeProperties(mine, theirs) : (theirs ?? mine);
  const templates = mergeDynamic(rest['dynamic_templates'], over['dynamic_templates']);
  return { ...rest, ...over, ...(templates === undefined ? {} : { dynamic_templates: templates }), ...(properties === undefined ? {} : { properties }) };
}

function mergeProperties(mine: JsonObject, theirs: JsonObject): JsonObject {
  const merged = new Map(Object.entries(mine));
  for (const [name, field] of Object.entries(theirs)) {
    const before = merged.get(name);
    const objects = isObject(before) && isObject(field) && isObject(before['properties']) && isObject(field['properties']);
    merged.set(name, objects ? mergeMappings(before, field) : field);
  }
  return Object.fromEntries(merged);
}

/** By name: one of the same name is replaced where it stands, others come after. */
function mergeDynamic(mine: JsonObject[string], theirs: JsonObject[string]): JsonObject[string] {
  if (!Array.isArray(mine) || !Array.isArray(theirs)) return theirs ?? mine;
  const nameOf = (entry: unknown): string | undefined => (isObject(entry) ? Object.keys(entry)[0] : undefined);
  const merged = [...(mine as readonly JsonObject[])];
  for (const entry of theirs as readonly JsonObject[]) {
    const at = merged.findIndex((each) => nameOf(each) === nameOf(entry));
    if (at < 0) merged.push(entry);
    else merged[at] = entry;
  }
  return merged;
}
