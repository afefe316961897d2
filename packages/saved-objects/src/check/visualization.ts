import { AGGREGATION_SLOTS, type AggregationSlot, isBuiltInKind, OTHER_KINDS } from '../products/kinds.ts';
import { aggregationFacts } from '../products/aggregations.ts';
import { isJsonObject, type Json, type JsonObject } from '../read/storedObject.ts';
import type { Said } from './finding.ts';
import { objectsIn, type Parts } from './parts.ts';
import { vegaFindings } from './vega.ts';

const STATE = 'attributes.visState';

/** What a visualization breaks on, or leaves out. */
export function visualizationFindings({ object, inner, searchSource }: Parts): readonly Said[] {
  const state = inner['visState'];
  if (!isJsonObject(state)) return state === undefined ? [] : [{ rule: 'bad-inner-json', path: STATE, what: `${STATE} is not an object`, fix: 'Export the visualization again.' }];
  const kind = state['type'];
  if (typeof kind !== 'string' || !isBuiltInKind(kind)) {
    return [{ rule: 'unknown-kind', path: `${STATE}.type`, what: `no product without further plugins draws a visualization of type ${JSON.stringify(kind ?? null)}`, fix: `Use one of ${[...Object.keys(AGGREGATION_SLOTS), ...OTHER_KINDS].join(', ')}.` }];
  }
  const params = state['params'];
  const empty: readonly Said[] = isJsonObject(params) && Object.keys(params).length > 0 ? [] : [{ rule: 'empty-params', path: `${STATE}.params`, what: `a ${kind} without parameters`, fix: 'Give the parameters that the product stores for a new one.' }];
  const slots = Object.hasOwn(AGGREGATION_SLOTS, kind) ? AGGREGATION_SLOTS[kind] : undefined;
  if (slots === undefined) return [...empty, ...(kind === 'vega' && isJsonObject(params) ? vegaFindings(params['spec']) : [])];
  const aggs = objectsIn(state['aggs']).map((agg, at) => ({ agg, at }));
  // Without an index pattern of its own it may have that of its saved search.
  const index = searchSource?.['indexRefName'] ?? searchSource?.['index'] ?? object.attributes['savedSearchRefName'] ?? object.attributes['savedSearchId'];
  return [
    ...empty,
    ...(index === undefined ? [{ rule: 'missing-index', path: 'attributes.kibanaSavedObjectMeta.searchSourceJSON', what: `a ${kind} that names no index pattern and no saved search`, fix: 'Add indexRefName and the reference of that name.' } as const] : []),
    ...aggs.flatMap(({ agg, at }) => aggregationFindings(agg, `${STATE}.aggs[${at}]`, kind, slots, aggs.map((each) => each.agg))),
    ...slots.flatMap((slot) => countFindings(slot, kind, aggs.filter(({ agg }) => agg['schema'] === slot.schema && agg['enabled'] !== false))),
  ];
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
  const name = String(agg['type']) as NonNullable<AggregationSlot['only']>[number];
  const slot = slots.find(({ schema }) => schema === agg['schema']);
  const said: Said[] = [];
  if (slot === undefined) {
    said.push({ rule: 'unknown-schema', path: `${path}.schema`, what: `a ${kind} has no place ${JSON.stringify(agg['schema'] ?? null)}; the aggregation is left out`, fix: `Use one of ${slots.map(({ schema }) => schema).join(', ')}.` });
  } else if (facts.group !== slot.group || slot.only?.includes(name) === false || slot.not?.includes(name) === true) {
    said.push({ rule: 'aggregation-not-allowed', path: `${path}.type`, what: `a ${kind} takes no ${name} as "${slot.schema}"`, fix: slot.only === undefined ? 'Use another aggregation.' : `Use one of ${slot.only.join(', ')}.` });
  }
  return [...said, ...orderFindings(agg, path, all)];
}

/** `_key`, `_count`, `_term` (before 6.0), `custom`, or the id of a metric, with `.95` for one of its percentiles. */
function orderFindings({ type, params }: JsonObject, path: string, all: readonly JsonObject[]): readonly Said[] {
  const orderBy: Json | undefined = type === 'terms' && isJsonObject(params) ? params['orderBy'] : undefined;
  if (typeof orderBy !== 'string' || ['_key', '_count', '_term', 'custom', ''].includes(orderBy)) return [];
  const metrics = all.filter((each) => aggregationFacts(each['type'])?.group === 'metrics').map((each) => String(each['id']));
  if (metrics.some((id) => orderBy === id || orderBy.startsWith(`${id}.`) || orderBy.startsWith(`${id}[`))) return [];
  return [{ rule: 'bad-order-by', path: `${path}.params.orderBy`, what: `terms in the order of the metric "${orderBy}", which is not there${metrics.length === 0 ? '' : `; there are ${metrics.map((id) => `"${id}"`).join(', ')}`}`, fix: 'Name a metric’s id, or "_key".' }];
}
