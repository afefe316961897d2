import { type IndexClient, type Method, send } from '../client.ts';
import { addIsmPolicy, changeIsmPolicy, deleteIsmPolicy, putIsmPolicy } from '../lifecycle/ism-requests.ts';
import type { IsmPolicy } from '../lifecycle/ism-types.ts';
import type { IndexChange, IndexChangeKind, JsonObject, ObservedIndices } from '../model.ts';
import { isObject } from '../normalise/json.ts';

/** Where a body of a kind is put, and removed from. */
const PATHS: Readonly<Partial<Record<IndexChangeKind, string>>> = {
  'component-template': '/_component_template/',
  'ingest-pipeline': '/_ingest/pipeline/',
  'legacy-template': '/_template/',
  'index-template': '/_index_template/',
  'data-stream': '/_data_stream/',
  'lifecycle-policy': '/_ilm/policy/',
};
/** The server refuses to create one of these where somebody made one after the plan. */
const GUARDED: readonly IndexChangeKind[] = ['component-template', 'legacy-template', 'index-template'];

/** Makes one change. Throws the client's error, or one that says what the server did not do. */
export async function makeChange(client: IndexClient, change: IndexChange, observed: ObservedIndices): Promise<void> {
  const { kind, name, action, desired = {} } = change;
  if (action === 'attach-policy') return attach(client, desired, observed);
  if (action === 'rollover') return acknowledged(client, 'POST', `/${encodeURIComponent(name)}/_rollover`);
  if (action === 'put-mapping') return inPlace(client, desired);
  if (kind === 'cluster-setting') return acknowledged(client, 'PUT', '/_cluster/settings', { persistent: { [name]: action === 'delete' ? null : desired['value'] } });
  if (kind === 'alias' || kind === 'rollover-alias') return alias(client, change, observed);
  if (kind === 'lifecycle-policy' && observed.capabilities.ism) return ismPolicy(client, change, observed, observed.capabilities.ism);
  const path = `${PATHS[kind]}${encodeURIComponent(name)}`;
  if (action === 'delete') return acknowledged(client, 'DELETE', path);
  if (kind === 'data-stream') return action === 'create' ? acknowledged(client, 'PUT', path) : undefined;
  const body = kind === 'lifecycle-policy' && !isObject(desired['policy']) ? { policy: desired } : desired;
  return acknowledged(client, 'PUT', `${path}${action === 'create' && GUARDED.includes(kind) ? '?create=true' : ''}`, body);
}

async function acknowledged(client: IndexClient, method: Method, path: string, body?: JsonObject): Promise<void> {
  const answer = await send(client, { method, path, ...(body === undefined ? {} : { body }) });
  if (answer.body['acknowledged'] !== true) throw new Error('the server did not acknowledge it in time');
}

async function inPlace(client: IndexClient, { index, mappings, settings }: JsonObject): Promise<void> {
  const path = `/${encodeURIComponent(String(index))}`;
  if (isObject(mappings)) await acknowledged(client, 'PUT', `${path}/_mapping`, mappings);
  if (isObject(settings)) await acknowledged(client, 'PUT', `${path}/_settings`, settings);
}

async function alias(client: IndexClient, { kind, name, action, desired }: IndexChange, observed: ObservedIndices): Promise<void> {
  const members = kind === 'alias' ? Object.keys(observed.aliases[name] ?? {}) : (observed.rolloverAliases[name]?.indices ?? []);
  if (kind === 'rollover-alias' && action !== 'delete') {
    const { unmarked } = observed.rolloverAliases[name] ?? {};
    // One that is adopted may be there as it should be; only the ledger learns of it.
    if (action === 'update' && unmarked !== undefined) await acknowledged(client, 'POST', '/_aliases', { actions: [{ add: { index: unmarked.index, alias: name, ...unmarked.options, is_write_index: true } }] });
    if (action === 'create') await acknowledged(client, 'PUT', `/${encodeURIComponent(String(desired?.['firstIndex']))}`, { aliases: { [name]: { is_write_index: true } } });
    return;
  }
  const wanted = isObject(desired?.['indices']) && action !== 'delete' ? desired['indices'] : {};
  // All in one request: the alias is never without its indices.
  const actions = [
    ...Object.entries(wanted).map(([index, options]) => ({ add: { index, alias: name, ...(isObject(options) ? options : {}) } })),
    ...members.filter((index) => !Object.hasOwn(wanted, index)).map((index) => ({ remove: { index, alias: name } })),
  ];
  await acknowledged(client, 'POST', '/_aliases', { actions });
}

async function ismPolicy(client: IndexClient, { name, action, desired = {} }: IndexChange, observed: ObservedIndices, base: '/_plugins/_ism' | '/_opendistro/_ism'): Promise<void> {
  if (action === 'delete') await deleteIsmPolicy(client, base, name);
  else await putIsmPolicy(client, base, name, (isObject(desired['policy']) ? desired['policy'] : desired) as unknown as IsmPolicy, action === 'create' ? undefined : observed.policyRevisions[name]);
}

async function attach(client: IndexClient, desired: JsonObject, { capabilities: { ism } }: ObservedIndices): Promise<void> {
  const indices = desired['indices'] as readonly string[];
  const policyId = String(desired['policy']);
  if (desired['how'] === 'setting') {
    for (const index of indices) await acknowledged(client, 'PUT', `/${encodeURIComponent(index)}/_settings`, { 'index.lifecycle.name': policyId });
    return;
  }
  if (!ism) throw new Error('the server has no ISM any more');
  const { failed } = desired['how'] === 'add' ? await addIsmPolicy(client, ism, indices, policyId) : await changeIsmPolicy(client, ism, indices, { policyId });
  const [first] = failed;
  if (first !== undefined) throw new Error(`${first.index}: ${first.reason}${failed.length > 1 ? ` (and ${failed.length - 1} more)` : ''}`);
}
