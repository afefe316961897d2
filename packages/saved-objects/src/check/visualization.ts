import { AGGREGATION_SLOTS, type AggregationSlot, isBuiltInKind, OTHER_KINDS } from '../products/kinds.ts';
import { aggregationFacts } from '../products/aggregations.ts';
import { asText } from '../read/asText.ts';
import { isJsonObject, type Json, type JsonObject } from '../read/storedObject.ts';
import type { Said } from './finding.ts';
import { objectsIn, type Parts } from './parts.ts';
import { parameterFindings } from './parameters.ts';
import { timeSeriesFindings } from './timeSeries.ts';
import { vegaFindings } from './vega.ts';

const STATE = 'attributes.visState';
/** Without these a kind that is not made of aggregations shows an error. */
const NEEDED: Readonly<Record<string, string>> = { markdown: 'markdown', metrics: 'series', timelion: 'expression', input_control_vis: 'controls' };

/** What a visualization breaks on, or leaves out. */
export function visualizationFindings({ object, inner, searchSource }: Parts, core: string | undefined): readonly Said[] {
  const state = inner['visState'];
  if (!isJsonObject(state)) return state === undefined ? [] : [{ rule: 'bad-inner-json', path: STATE, what: `${STATE} is not an object`, fix: 'Export the visualization again.' }];
  const kind = state['type'];
  if (typeof kind !== 'string' || !isBuiltInKind(kind)) {
    return [{ rule: 'unknown-kind', path: `${STATE}.type`, what: `no product without further plugins draws a visualization of type ${JSON.stringify(kind ?? null)}`, fix: `Use one of ${[...Object.keys(AGGREGATION_SLOTS), ...OTHER_KINDS].join(', ')}.` }];
  }
  const params = state['params'];
  const empty: readonly Said[] = isJsonObject(params) && Object.keys(params).length > 0 ? neededFindings(kind, params) : [{ rule: 'empty-params', path: `${STATE}.params`, what: `a ${kind} without parameters`, fix: 'Give the parameters that the product stores for a new one.' }];
  const slots = Object.hasOwn(AGGREGATION_SLOTS, kind) ? AGGREGATION_SLOTS[kind] : undefined;
  if (slots === undefined) return [...empty, ...(isJsonObject(params) && empty.length === 0 ? otherFindings(kind, params) : [])];
  const aggs = objectsIn(state['aggs']).map((agg, at) => ({ agg, at }));
  // Without an index pattern of its own it may have that of its saved search.
  const index = searchSource?.['indexRefName'] ?? searchSource?.['index'] ?? object.attributes['savedSearchRefName'] ?? object.attributes['savedSearchId'];
  return [
    ...empty,
    ...(index === undefined ? [{ rule: 'missing-index', path: 'attributes.kibanaSavedObjectMeta.searchSourceJSON', what: `a ${kind} that names no index pattern and no saved search`, fix: 'Add indexRefName and the reference of that name.' } as const] : []),
    ...aggs.flatMap(({ agg, at }) => aggregationFindings(agg, `${STATE}.aggs[${at}]`, kind, slots, aggs.map((each) => each.agg))),
    ...twiceFindings(aggs),
    ...(kind === 'region_map' ? layerFindings(params, core) : []),
    ...slots.flatMap((slot) => countFindings(slot, kind, aggs.filter(({ agg }) => agg['schema'] === slot.schema && agg['enabled'] !== false))),
  ];
}

function neededFindings(kind: string, params: JsonObject): readonly Said[] {
  const name = Object.hasOwn(NEEDED, kind) ? NEEDED[kind] : undefined;
  return name === undefined || (params[name] !== undefined && params[name] !== null) ? [] : [{ rule: 'empty-params', path: `${STATE}.params.${name}`, what: `a ${kind} without ${name}`, fix: 'Give it.' }];
}

function otherFindings(kind: string, params: JsonObject): readonly Said[] {
  if (kind === 'vega') return vegaFindings(params['spec']);
  return kind === 'metrics' ? timeSeriesFindings(params, `${STATE}.params`) : [];
}

/** Kibana 8 draws region maps by its Maps app, over Elastic's layers only: x-pack/plugins/maps/public/legacy_visualizations/region_map/utils.ts. */
function layerFindings(params: Json | undefined, core: string | undefined): readonly Said[] {
  const layer = isJsonObject(params) ? params['selectedLayer'] : undefined;
  if (core?.startsWith('8.') !== true || !isJsonObject(layer) || layer['isEMS'] === true) return [];
  return [{ rule: 'region-layer', path: `${STATE}.params.selectedLayer`, what: `the layer ${JSON.stringify(layer['name'] ?? null)} is not of Elastic’s Maps Service: nothing is drawn`, fix: 'Build a map with the layer’s GeoJSON, or choose one of Elastic’s layers.' }];
}

function twiceFindings(aggs: readonly Placed[]): readonly Said[] {
  const ids = aggs.map(({ agg }) => asText(agg['id']));
  return aggs.filter(({ at, agg }) => agg['id'] !== undefined && ids.indexOf(asText(agg['id'])) < aggs.findIndex((each) => each.at === at)).map(({ agg, at }) => ({ rule: 'duplicate-aggregation-id', path: `${STATE}.aggs[${at}].id`, what: `another aggregation before it has the id "${asText(agg['id'])}"`, fix: 'Give it another id.' }));
}

type Placed = { readonly agg: JsonObject; readonly at: number };

function countFindings({ schema, min, max }: AggregationSlot, kind: string, there: readonly Placed[]): readonly Said[] {
  const path = `${STATE}.aggs`;
  if (there.length < min) return [{ rule: 'too-few-aggregations', path, what: `a ${kind} needs ${min === 1 ? 'an aggregation' : `${min} aggregations`} of schema "${schema}"`, fix: 'Add one, such as count.' }];
  const beyond = there.slice(max);
  return beyond.map(({ at }) => ({ rule: 'too-many-aggregations', path: `${path}[${at}]`, what: `a ${kind} draws ${max} of schema "${schema}"; this one is left out`, fix: 'Take it away, or give it another schema.' }) as const);
}

function aggregationFindings(agg: JsonObject, path: string, kind: string, slots: readonly AggregationSlot[], all: readonly JsonObject[]): readonly Said[] {
  const facts = aggregationFacts(agg['type']);
  if (facts === undefined) return [{ rule: 'unknown-aggregation', path: `${path}.type`, what: `no product has an aggregation ${JSON.stringify(agg['type'] ?? null)}`, fix: 'Use another aggregation, or take it away.' }];
  const name = asText(agg['type']) as NonNullable<AggregationSlot['only']>[number];
  const slot = slots.find(({ schema }) => schema === agg['schema']);
  const said: Said[] = [];
  if (slot === undefined) {
    said.push({ rule: 'unknown-schema', path: `${path}.schema`, what: `a ${kind} has no place ${JSON.stringify(agg['schema'] ?? null)}; the aggregation is left out`, fix: `Use one of ${slots.map(({ schema }) => schema).join(', ')}.` });
  } else if (facts.group !== slot.group || slot.only?.includes(name) === false || slot.not?.includes(name) === true) {
    said.push({ rule: 'aggregation-not-allowed', path: `${path}.type`, what: `a ${kind} takes no ${name} as "${slot.schema}"`, fix: slot.only === undefined ? 'Use another aggregation.' : `Use one of ${slot.only.join(', ')}.` });
  }
  return [...said, ...parameterFindings(agg, path, all)];
}
