import { isJsonObject, type Json, type JsonObject } from './storedObject.ts';

/**
 * The attributes that hold JSON as text, by type. `null`: of any type. From the type's registrations and constructors in
 * OpenSearch Dashboards (src/plugins/{dashboard,visualizations,discover,data}/server/saved_objects) and Kibana 7.17
 * (x-pack/plugins/maps/server/saved_objects, src/plugins/data_views).
 */
const TEXT_ATTRIBUTES: readonly { readonly type: string | null; readonly attribute: string }[] = [
  { type: 'visualization', attribute: 'visState' },
  { type: 'visualization', attribute: 'uiStateJSON' },
  { type: 'visualization-visbuilder', attribute: 'visualizationState' },
  { type: 'visualization-visbuilder', attribute: 'styleState' },
  { type: 'dashboard', attribute: 'panelsJSON' },
  { type: 'dashboard', attribute: 'optionsJSON' },
  { type: 'dashboard', attribute: 'uiStateJSON' },
  { type: 'map', attribute: 'mapStateJSON' },
  { type: 'map', attribute: 'layerListJSON' },
  { type: 'map', attribute: 'uiStateJSON' },
  { type: 'index-pattern', attribute: 'fields' },
  { type: 'index-pattern', attribute: 'fieldFormatMap' },
  { type: 'index-pattern', attribute: 'sourceFilters' },
  { type: 'index-pattern', attribute: 'fieldAttrs' },
  { type: 'index-pattern', attribute: 'runtimeFieldMap' },
  { type: 'index-pattern', attribute: 'typeMeta' },
];
/** Of every type that keeps a search. */
const META = 'kibanaSavedObjectMeta';
const SEARCH_SOURCE = 'searchSourceJSON';
/** Kibana 7.17 keeps the controls of a dashboard so. */
const CONTROL_GROUP = { attribute: 'controlGroupInput', members: ['panelsJSON', 'ignoreParentSettingsJSON'] } as const;

/** Whether an attribute of a type holds JSON as text. */
export function isTextAttribute(type: string, attribute: string): boolean {
  return TEXT_ATTRIBUTES.some((each) => each.attribute === attribute && (each.type === null || each.type === type));
}

/**
 * Attributes as exports have them. Beats and others keep the inner JSON as JSON in their repositories, which is easier to
 * review; no product imports it so.
 */
export function withInnerText(type: string, attributes: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => {
      if (isTextAttribute(type, name)) return [name, textOf(value)];
      if (name === META && isJsonObject(value) && value[SEARCH_SOURCE] !== undefined) return [name, { ...value, [SEARCH_SOURCE]: textOf(value[SEARCH_SOURCE]) }];
      if (name === CONTROL_GROUP.attribute && isJsonObject(value)) return [name, withTexts(value, CONTROL_GROUP.members)];
      return [name, value];
    }),
  );
}

function withTexts(value: JsonObject, members: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, members.includes(name) ? textOf(member) : member]));
}

function textOf(value: Json | undefined): Json | undefined {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
}
