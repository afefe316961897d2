import { shapeVersion } from '../migrate/version.ts';
import { whyNoDocument } from '../products/documentId.ts';
import { type Json, isJsonObject } from '../read/storedObject.ts';
import type { Said } from './finding.ts';
import type { Parts } from './parts.ts';

/** Types whose page parses the search source whatever else there is (src/plugins/saved_objects/public/saved_object/helpers/apply_opensearch_resp.ts). */
const WITH_SEARCH: readonly string[] = ['visualization', 'search', 'dashboard'];
/** Two UUIDs: src/core/server/saved_objects/import/validate_object_id.ts of OpenSearch Dashboards 2.14. */
const OF_DATA_SOURCE = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}_[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu;

/** What an object of any type must have. */
export function shapeFindings(parts: Parts, target: string): readonly Said[] {
  const { object } = parts;
  const { type, id, attributes } = object;
  const said: Said[] = [];
  const tooLong = whyNoDocument(object);
  if (tooLong !== undefined) said.push({ rule: 'bad-id', path: 'id', what: tooLong, fix: 'Give it a shorter id, and what refers to it.' });
  if (target.startsWith('opensearch-dashboards') && OF_DATA_SOURCE.test(id)) {
    const what = 'the id says that the object is of a data source: OpenSearch Dashboards takes it only where data sources are on';
    said.push({ rule: 'data-source-id', path: 'id', what, fix: 'Take the first id and its "_" away, here and where it is referred to, or import it with its data source.' });
  }
  const meta = attributes['kibanaSavedObjectMeta'];
  if (WITH_SEARCH.includes(type) && !(isJsonObject(meta) && isText(meta['searchSourceJSON'])) && !parts.said.some(({ path }) => path?.startsWith('attributes.kibanaSavedObjectMeta') === true)) {
    said.push({ rule: 'missing-search-source', path: 'attributes.kibanaSavedObjectMeta.searchSourceJSON', what: `a ${type} without a search source`, fix: 'Add kibanaSavedObjectMeta with searchSourceJSON, "{}" at least.' });
  }
  // Kibana 8 refuses those without (`schemas` of the registrations); an index pattern is nothing without one anywhere.
  const titled = type === 'index-pattern' || (target === 'kibana@8' && WITH_SEARCH.includes(type));
  if (titled && !isText(attributes['title'])) said.push({ rule: 'missing-title', path: 'attributes.title', what: `a ${type} without a title`, fix: type === 'index-pattern' ? 'Give the pattern of its indices, such as logs-*.' : 'Give it one.' });
  return said;
}

/** Whether panels have the places that dashboards keep since 7.3; older ones get them at import. */
export function hasPlaces({ object }: Parts): boolean {
  return Number(shapeVersion(object)?.split('.').slice(0, 2).map((part) => part.padStart(3, '0')).join('') ?? 0) >= 7003;
}

function isText(value: Json | undefined): boolean {
  return typeof value === 'string' && value !== '';
}
