import type { IndexClient } from '../client.ts';
import { explainIsm, type IsmManagedIndex, type ObservedIsm, observeIsmPolicies } from '../lifecycle/ism-requests.ts';
import type { Capabilities, JsonObject, ObservedIndices } from '../model.ts';
import { isObject } from '../normalise/json.ts';
import { askForObject } from './ask.ts';
import { patternsOf } from './lists.ts';

/** What is known of policies after one or two requests. */
export type ObservedPolicies = Pick<Capabilities, 'ism' | 'ilm'> & Pick<ObservedIndices, 'lifecyclePolicies' | 'policyRevisions'>;

/** The plugin gives at most so many policies at all; asked for at once, so that their number makes no further request. */
const ALL_POLICIES = 10_000;

/** The policies of whichever lifecycle engine answers: at most two requests. */
export async function observePolicies(client: IndexClient, distribution: Capabilities['distribution']): Promise<ObservedPolicies> {
  // The plugin has its new path since OpenSearch 1.0.
  const ism = await observeIsmPolicies(client, { pageSize: ALL_POLICIES, bases: [distribution === 'opensearch' ? '/_plugins/_ism' : '/_opendistro/_ism'] });
  if (ism.available) return { ism: ism.base, ilm: false, ...byName(ism) };
  const none = { ism: false, ilm: false, lifecyclePolicies: {}, policyRevisions: {} } as const;
  if (distribution === 'opensearch') return none;
  const ilm = await askForObject(client, '/_ilm/policy', { mayLack: true });
  if (ilm.status === 400 || ilm.status === 405) return none;
  const policies = Object.entries(ilm.body).flatMap(([name, entry]) => (isObject(entry) && isObject(entry['policy']) ? [[name, entry['policy']] as const] : []));
  return { ...none, ilm: true, lifecyclePolicies: Object.fromEntries(policies) };
}

/** Where ISM stands with these indices: one request, whatever their number. */
export async function observeManaged(client: IndexClient, { ism }: Pick<Capabilities, 'ism'>, indices: readonly string[]): Promise<readonly IsmManagedIndex[]> {
  if (ism === false || ism === undefined || indices.length === 0) return [];
  const wanted = new Set(indices);
  const found = await explainIsm(client, ism, patternsOf(indices, 1));
  return found.filter(({ index }) => wanted.has(index));
}

function byName({ policies }: ObservedIsm & { readonly available: true }): Pick<ObservedPolicies, 'lifecyclePolicies' | 'policyRevisions'> {
  const entries = Object.entries(policies);
  return {
    lifecyclePolicies: Object.fromEntries(entries.map(([name, { policy }]): [string, JsonObject] => [name, policy])),
    policyRevisions: Object.fromEntries(entries.map(([name, { seqNo, primaryTerm }]) => [name, { seqNo, primaryTerm }])),
  };
}
