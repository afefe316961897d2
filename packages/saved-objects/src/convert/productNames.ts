import { attributesOf, type Draft, draftOf, draftsIn, isDraft } from '../migrate/draft.ts';
import type { TargetFacts } from '../products/targets.ts';
import { asText } from '../read/asText.ts';
import type { JsonObject, StoredObject } from '../read/storedObject.ts';
import type { Note } from './change.ts';

/**
 * Whether a date histogram keeps to intervals that the server knows: src/plugins/data/common/search/aggs/buckets/
 * date_histogram.ts of either product. It is on where it is not said, so that only what is off needs the right name.
 */
const INTERVAL = { kibana: 'useNormalizedEsInterval', 'opensearch-dashboards': 'useNormalizedOpenSearchInterval' } as const;

/** A visualization with what the target's product calls otherwise, and with what it no longer shows named. */
export function withNamesOf(object: StoredObject, { product, core }: TargetFacts, note: Note): StoredObject {
  const name = INTERVAL[product];
  const other = INTERVAL[product === 'kibana' ? 'opensearch-dashboards' : 'kibana'];
  const text = object.attributes['visState'];
  if (object.type !== 'visualization' || typeof text !== 'string' || !(text.includes(other) || text.includes('region_map'))) return object;
  const draft = draftOf(object);
  let renamed = false;
  for (const { params } of draftsIn(draft.state?.['aggs'])) renamed = rename(params, other, name) || renamed;
  if (renamed) note('interval-renamed', `${other} is ${name}`);
  const params = draft.state?.['params'];
  // Kibana 8 draws region maps by its Maps app (x-pack/plugins/maps/public/legacy_visualizations/region_map/utils.ts): over Elastic's layers only.
  if (core?.startsWith('8.') === true && draft.state?.['type'] === 'region_map' && isDraft(params) && isDraft(params['selectedLayer']) && params['selectedLayer']['isEMS'] !== true) {
    note('region-layer', `the layer "${asText(params['selectedLayer']['name'] ?? '')}" is not drawn`);
  }
  return renamed ? { ...object, attributes: attributesOf(draft) as JsonObject, references: draft.references } : object;
}

function rename(params: unknown, from: string, to: string): boolean {
  if (!isDraft(params) || params[from] !== false) return false;
  const { [from]: off, ...others } = params;
  if (others[to] !== undefined) return false;
  Reflect.deleteProperty(params as Draft, from);
  (params as Draft)[to] = off;
  return true;
}
