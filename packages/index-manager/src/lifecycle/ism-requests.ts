/**
 * The requests of the ISM plugin. Paths and answers from opensearch-project/index-management, branches opendistro-1.13,
 * 2.19 and 3.8, below src/main/kotlin/org/opensearch/indexmanagement/indexstatemanagement: resthandler/Rest*.kt and
 * transport/action/**. Policies and the state of managed indices are documents of the index `.opendistro-ism-config`, under
 * that name on OpenSearch too (IndexManagementPlugin.kt); it is never read or written directly.
 */
import { PodscopeError } from '@podscope/core';
import type { Answer, IndexClient, Request } from '../client.ts';
import type { JsonObject, JsonValue } from '../model.ts';
import { isObject } from '../normalise/json.ts';
import { listsOf } from '../observe/lists.ts';
import type { IsmPolicy } from './ism-types.ts';
import { send } from './send.ts';

/** OpenSearch's path, and that of Open Distro, which OpenSearch 1 and 2 take as well. */
export type IsmBase = '/_plugins/_ism' | '/_opendistro/_ism';

/** Which write of a policy it is: what an update must name. */
export interface IsmRevision {
  readonly seqNo: number;
  readonly primaryTerm: number;
}

/** A policy as a server keeps it. */
export interface ObservedIsmPolicy extends IsmRevision {
  /** With everything that the server added; compare by {@link normaliseIsmPolicy}. */
  readonly policy: JsonObject;
}

/** What {@link observeIsmPolicies} found: plain data. */
export type ObservedIsm =
  | { readonly available: true; readonly base: IsmBase; readonly policies: Readonly<Record<string, ObservedIsmPolicy>> }
  | { readonly available: false; readonly why: string };

/** Where the plugin stands in the life of one index. */
export interface IsmManagedIndex {
  readonly index: string;
  /** Null for an index that no policy manages. */
  readonly policyId: string | null;
  /** The revision of the policy that the index runs; undefined until the plugin's first look at the index. */
  readonly revision: IsmRevision | undefined;
  readonly state: string | undefined;
  /** Set while the index is on its way into another state: its policy can't be changed then. */
  readonly transitionTo: string | undefined;
  readonly enabled: boolean;
}

/** What `add` and `change_policy` answer. */
export interface IsmUpdate {
  readonly updated: number;
  readonly failed: readonly { readonly index: string; readonly reason: string }[];
}

/** The plugin's own default is 20 (common/model/rest/SearchParams.kt); the config index gives at most 10,000 in all. */
const PAGE = 500;
const MOST = 10_000;

/**
 * Every policy of the server, page by page; or that the server has no ISM. A server without the plugin has no such path
 * and says so with status 400 (`no handler found for uri`).
 *
 * @throws PodscopeError ISM_REQUEST_FAILED when the server can't be reached or refuses.
 */
export async function observeIsmPolicies(client: IndexClient, options: { readonly pageSize?: number; readonly bases?: readonly IsmBase[] } = {}): Promise<ObservedIsm> {
  const size = options.pageSize ?? PAGE;
  let why = '';
  for (const base of options.bases ?? (['/_plugins/_ism', '/_opendistro/_ism'] as const)) {
    const first = await page(client, base, 0, size);
    if (first.status >= 400) {
      why = why === '' ? first.reason : why;
      continue;
    }
    const policies: Record<string, ObservedIsmPolicy> = {};
    let answer = first;
    for (let from = 0; ; ) {
      const listed = listOf(answer.body['policies']);
      for (const entry of listed) policies[String(entry['_id'])] = observedPolicy(entry);
      from += listed.length;
      if (listed.length === 0 || from >= Number(answer.body['total_policies']) || from + size > MOST) break;
      answer = await page(client, base, from, size);
    }
    return { available: true, base, policies };
  }
  return { available: false, why };
}

async function page(client: IndexClient, base: IsmBase, from: number, size: number): Promise<Answer> {
  const request: Request = { method: 'GET', path: `${base}/policies?size=${size}&from=${from}`, expected: [400, 404, 405] };
  const answer = await send(client, 'ism', request);
  // Only the missing path means that there is no plugin; a search that fails also has status 400. Elasticsearch 7.10 takes the
  // path for that of a document, which knows no `from` and `size`.
  if (answer.status < 400 || /no handler found|invalid index name|method|unrecognized parameters/iu.test(answer.reason)) return answer;
  return send(client, 'ism', { ...request, expected: [] });
}

function observedPolicy(entry: JsonObject): ObservedIsmPolicy {
  return { seqNo: Number(entry['_seq_no']), primaryTerm: Number(entry['_primary_term']), policy: isObject(entry['policy']) ? entry['policy'] : {} };
}

/**
 * Creates a policy, or with a `revision` updates it; the revision must be the newest.
 *
 * @returns the new revision.
 * @throws PodscopeError ISM_POLICY_CONFLICT when it exists already, or was changed after that revision.
 * @throws PodscopeError ISM_REQUEST_FAILED with the server's reason, such as an action that its `allow_list` leaves out.
 */
export async function putIsmPolicy(client: IndexClient, base: IsmBase, id: string, policy: IsmPolicy, revision?: IsmRevision): Promise<IsmRevision> {
  const guard = revision === undefined ? '' : `?if_seq_no=${revision.seqNo}&if_primary_term=${revision.primaryTerm}`;
  const { status, body, reason } = await send(client, 'ism', {
    method: 'PUT',
    path: `${base}/policies/${encodeURIComponent(id)}${guard}`,
    body: { policy: policy as unknown as JsonObject },
    expected: [409],
  });
  if (status === 409) {
    throw new PodscopeError('ISM_POLICY_CONFLICT', `The policy "${id}" ${revision === undefined ? 'exists already' : 'was changed by somebody else'}.`, {
      hint: 'Observe the policies again and plan anew; nothing was overwritten.',
      details: [reason],
    });
  }
  return { seqNo: Number(body['_seq_no']), primaryTerm: Number(body['_primary_term']) };
}

/** Deletes a policy. Indices that it manages go on with the copy that each of them keeps. False when there was none. */
export async function deleteIsmPolicy(client: IndexClient, base: IsmBase, id: string): Promise<boolean> {
  const { status } = await send(client, 'ism', { method: 'DELETE', path: `${base}/policies/${encodeURIComponent(id)}`, expected: [404] });
  return status !== 404;
}

/**
 * Where the plugin stands with some indices (also those that no policy manages), or with all managed ones. An index that does
 * not exist is left out.
 */
export async function explainIsm(client: IndexClient, base: IsmBase, indices?: readonly string[]): Promise<readonly IsmManagedIndex[]> {
  const found: IsmManagedIndex[] = [];
  if (indices !== undefined) {
    // With names the plugin gives all of them at once, whatever `size` says (TransportExplainAction.kt).
    for (const names of listsOf(indices)) found.push(...explained((await send(client, 'ism', { method: 'GET', path: `${base}/explain/${names}` })).body));
    return found;
  }
  for (let from = 0; ; ) {
    const { body } = await send(client, 'ism', { method: 'GET', path: `${base}/explain?size=${PAGE}&from=${from}` });
    const some = explained(body);
    found.push(...some);
    from += some.length;
    if (some.length === 0 || from >= Number(body['total_managed_indices']) || from + PAGE > MOST) return found;
  }
}

function explained(body: JsonObject): readonly IsmManagedIndex[] {
  return Object.entries(body).flatMap(([index, entry]): readonly IsmManagedIndex[] => {
    if (!isObject(entry)) return []; // total_managed_indices
    const { policy_id: policyId, policy_seq_no: seqNo, policy_primary_term: primaryTerm, state, transition_to: to } = entry;
    const known = typeof seqNo === 'number' && typeof primaryTerm === 'number';
    const named = policyId ?? entry['index.plugins.index_state_management.policy_id'] ?? entry['index.opendistro.index_state_management.policy_id'];
    return [
      {
        index,
        policyId: typeof named === 'string' ? named : null,
        revision: known ? { seqNo, primaryTerm } : undefined,
        state: isObject(state) && typeof state['name'] === 'string' ? state['name'] : undefined,
        transitionTo: typeof to === 'string' ? to : undefined,
        enabled: entry['enabled'] === true,
      },
    ];
  });
}

/** Gives a policy to indices that have none; those that have one, and those that do not exist, are in `failed`. */
export async function addIsmPolicy(client: IndexClient, base: IsmBase, indices: readonly string[], policyId: string): Promise<IsmUpdate> {
  const added = await update(client, `${base}/add`, indices, { policy_id: policyId });
  if (added.updated + added.failed.length >= indices.length) return added;
  // The plugin passes over what does not exist (DefaultIndexMetadataService.kt), and says nothing of it.
  const existing = new Set((await explainIsm(client, base, indices)).map(({ index }) => index));
  const missing = indices.filter((index) => !existing.has(index));
  return { ...added, failed: [...added.failed, ...missing.map((index) => ({ index, reason: 'no such index' }))] };
}

/**
 * Moves managed indices to the newest revision of a policy, or to another policy. They take it at the plugin's next look at
 * them: at once where the actions of their state are the same, else when they come to their next transition.
 *
 * @throws PodscopeError ISM_REQUEST_FAILED also when one of the indices does not exist.
 */
export async function changeIsmPolicy(
  client: IndexClient,
  base: IsmBase,
  indices: readonly string[],
  change: { readonly policyId: string; readonly state?: string; readonly onlyFrom?: readonly string[] },
): Promise<IsmUpdate> {
  return update(client, `${base}/change_policy`, indices, {
    policy_id: change.policyId,
    ...(change.state === undefined ? {} : { state: change.state }),
    ...(change.onlyFrom === undefined ? {} : { include: change.onlyFrom.map((state) => ({ state })) }),
  });
}

async function update(client: IndexClient, path: string, indices: readonly string[], body: JsonObject): Promise<IsmUpdate> {
  let updated = 0;
  const failed: { readonly index: string; readonly reason: string }[] = [];
  for (const names of listsOf(indices)) {
    const answer = await send(client, 'ism', { method: 'POST', path: `${path}/${names}`, body });
    updated += Number(answer.body['updated_indices']);
    failed.push(...listOf(answer.body['failed_indices']).map(({ index_name: index, reason }) => ({ index: String(index), reason: String(reason) })));
  }
  return { updated, failed };
}

function listOf(value: JsonValue | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}
