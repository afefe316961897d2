import { aggregationFacts } from '../products/aggregations.ts';
import { asText } from '../read/asText.ts';
import { isJsonObject, type Json, type JsonObject } from '../read/storedObject.ts';
import type { Said } from './finding.ts';

/** Lists that must have something in them, by aggregation. */
const LISTS: Readonly<Record<string, string>> = { percentiles: 'percents', percentile_ranks: 'values', range: 'ranges' };
/** What gives terms no order: the `aggFilter` of src/plugins/data/common/search/aggs/buckets/_terms_order_helper and terms.ts. */
const NO_ORDER: readonly string[] = ['top_hits', 'std_dev', 'geo_bounds', 'geo_centroid'];
const OWN_ORDERS: readonly string[] = ['_key', '_count', '_term'];

/** What an aggregation lacks, or names in vain. Switched off, it is not looked at. */
export function parameterFindings(agg: JsonObject, path: string, all: readonly JsonObject[]): readonly Said[] {
  const type = asText(agg['type']);
  const params = isJsonObject(agg['params']) ? agg['params'] : {};
  if (agg['enabled'] === false) return [];
  const missing = missingIn(type, params);
  return [
    ...(missing === undefined ? [] : [{ rule: 'missing-parameter', path: `${path}.params.${missing}`, what: `${type} without ${missing}`, fix: 'Give the parameter, or take the aggregation away.' } as const]),
    ...orderFindings(type, params, path, all),
    ...pipelineFindings(type, params, path, all),
  ];
}

function missingIn(type: string, params: JsonObject): string | undefined {
  const facts = aggregationFacts(type);
  // A date histogram without one is over the index pattern's time field.
  if (facts !== undefined && facts.fields !== 'none' && type !== 'date_histogram' && !isNamed(params['field'])) return 'field';
  if (type === 'histogram' && !isNamed(params['interval']) && typeof params['interval'] !== 'number') return 'interval';
  const list = Object.hasOwn(LISTS, type) ? LISTS[type] : undefined;
  // Where the list is absent the product takes its own.
  if (list !== undefined && Array.isArray(params[list]) && params[list].length === 0) return list;
  if (facts?.pipeline === 'sibling') return ['customMetric', 'customBucket'].find((name) => !isJsonObject(params[name]));
  return undefined;
}

/** Before 7.0 a field was an object with a name. */
function isNamed(value: Json | undefined): boolean {
  return (typeof value === 'string' && value !== '') || isJsonObject(value);
}

/** `_key`, `_count`, `_term` (before 6.0), `custom`, or the id of a metric, with `.95` for one of its percentiles. */
function orderFindings(type: string, params: JsonObject, path: string, all: readonly JsonObject[]): readonly Said[] {
  const { orderBy, orderAgg } = params;
  if (type !== 'terms' || typeof orderBy !== 'string' || OWN_ORDERS.includes(orderBy) || orderBy === '') return [];
  const where = `${path}.params.orderBy`;
  if (orderBy === 'custom') return isJsonObject(orderAgg) ? [] : [{ rule: 'bad-order-by', path: where, what: 'terms in an order of their own, which is not there', fix: 'Give orderAgg, or name a metric’s id.' }];
  const metrics = all.filter((each) => aggregationFacts(each['type'])?.group === 'metrics');
  const found = metrics.find(({ id }) => orderBy === asText(id) || orderBy.startsWith(`${asText(id)}.`) || orderBy.startsWith(`${asText(id)}[`));
  if (found === undefined) {
    const ids = metrics.map(({ id }) => `"${asText(id)}"`);
    return [{ rule: 'bad-order-by', path: where, what: `terms in the order of the metric "${orderBy}", which is not there${ids.length === 0 ? '' : `; there are ${ids.join(', ')}`}`, fix: 'Name a metric’s id, or "_key".' }];
  }
  const kind = asText(found['type']);
  if (!NO_ORDER.includes(kind) && aggregationFacts(kind)?.pipeline === undefined) return [];
  return orderBy === asText(found['id']) ? [{ rule: 'bad-order-by', path: where, what: `terms in the order of ${kind}, which gives none`, fix: 'Name another metric’s id, or "_key".' }] : [];
}

function pipelineFindings(type: string, params: JsonObject, path: string, all: readonly JsonObject[]): readonly Said[] {
  const { metricAgg, customMetric } = params;
  if (aggregationFacts(type)?.pipeline !== 'parent') return [];
  if (metricAgg === undefined || metricAgg === 'custom') {
    return isJsonObject(customMetric) ? [] : [{ rule: 'missing-metric', path: `${path}.params.metricAgg`, what: `${type} of nothing`, fix: 'Name a metric’s id, or give customMetric.' }];
  }
  if (all.some(({ id, type: other }) => asText(id) === asText(metricAgg) && aggregationFacts(other)?.group === 'metrics')) return [];
  return [{ rule: 'missing-metric', path: `${path}.params.metricAgg`, what: `${type} of the metric "${asText(metricAgg)}", which is not there`, fix: 'Name the id of a metric.' }];
}
