import { isPodscopeError } from '@podscope/core';
import { type IndexClient, reasonOf } from '../client.ts';
import { failureOf } from '../failures.ts';
import type { Capabilities, IndexSetup, JsonObject, Ledger, ObservedIndex, ObservedIndices } from '../model.ts';
import { isObject } from '../normalise/json.ts';
import { normaliseClusterSettings } from '../normalise/settings.ts';
import { markOfPipeline, markOfTemplate } from '../plan/ownership.ts';
import { readLedger } from '../store/ledger.ts';
import { STORE } from '../store/store.ts';
import { askForObject, objectsOf } from './ask.ts';
import { listsOf, patternsOf } from './lists.ts';
import { modifiesStreams } from './modify.ts';
import { observeManaged, observePolicies, type ObservedPolicies } from './policies.ts';
import { type IndexScope, scopeOf, scopeOfLedger, union } from './scope.ts';
import { aliasesOf, streamsOf } from './streams.ts';

/** Options of {@link observeIndexSetup}. */
export interface ObserveOptions {
  /** Also what the owner has beside the setup, for {@link PlanOptions.prune}. @default false */
  readonly owned?: boolean;
  /** Mappings of all indices of the streams, not only of those that are written to. @default false */
  readonly history?: boolean;
}

/** Options of {@link observeScope}. */
interface ScopeOptions extends ObserveOptions {
  /** Also whether the server has data streams, where none is named. @default false */
  readonly streams?: boolean;
}

/** Requests of one observation. */
const MOST = 12;

/**
 * Reads what stands in the cluster under the setup's names: twelve requests at most, whatever the setup's size, and none
 * for kinds that it has nothing of. What the server can do is taken from the same answers.
 *
 * Names go into addresses, which have an end. What the setup's kinds leave of the twelve is for lists of names that are too
 * long for one; where that is not enough, names with a beginning in common share a pattern, and what else it holds for is
 * read beside them. So a large setup reads more in an answer, never more answers, and nothing of indices that have nothing
 * in common with its names.
 *
 * @throws PodscopeError INDEX_OBSERVE_FAILED when the server can't be reached or refuses; INDEX_CREDENTIALS_REFUSED,
 * INDEX_FORBIDDEN or INDEX_CLUSTER_BLOCKED when that is the matter.
 */
export async function observeIndexSetup(client: IndexClient, setup: IndexSetup, options: ObserveOptions = {}): Promise<ObservedIndices> {
  const streams = Object.values(setup.indexTemplates).some((template) => template.data_stream !== undefined);
  return observeScope(client, scopeOf(setup), setup.owner, { ...options, streams });
}

/** As {@link observeIndexSetup}, for names. */
export async function observeScope(client: IndexClient, wanted: IndexScope, owner: string, options: ScopeOptions = {}): Promise<ObservedIndices> {
  const { owned = false, history = false } = options;
  const [info, ledger] = await Promise.all([askForObject(client, '/', { expected: [403] }), ledgerOf(client)]);
  const scope = owned ? union(wanted, scopeOfLedger(ledger, owner)) : wanted;
  const distribution = isObject(info.body['version']) && info.body['version']['distribution'] !== 'opensearch' ? 'elasticsearch' : 'opensearch';
  const onServer = [...scope['data-stream'], ...scope['rollover-alias'], ...scope.alias];
  const needs = {
    components: owned || scope['component-template'].length > 0,
    templates: owned || scope['index-template'].length > 0,
    legacy: scope['legacy-template'].length > 0,
    pipelines: owned || scope['ingest-pipeline'].length > 0,
    streams: options.streams === true || scope['data-stream'].length > 0,
    cluster: scope['cluster-setting'].length > 0,
    policies: scope['lifecycle-policy'].length > 0,
    modify: history && scope['data-stream'].length > 0,
  };
  // The server and the ledger were asked; policies take two: those of another engine, or where ISM stands with the indices.
  const left = MOST - 2 - Object.values(needs).filter(Boolean).length - (needs.policies ? 1 : 0);
  const inside = scope['data-stream'].length > 0 || scope['rollover-alias'].length > 0;
  // With their history, indices are read by the names of what they are in, so that one answer has their aliases too.
  const named = listsOf(patternsOf(onServer, Math.max(1, inside && !history ? left - 1 : left)));
  const when = (needed: boolean, path: string) => (needed ? askForObject(client, path, { mayLack: true }) : undefined);
  const [components, templates, legacy, pipelines, streams, aliases, cluster, policies, modify] = await Promise.all([
    when(needs.components, '/_component_template'),
    when(needs.templates, '/_index_template'),
    when(needs.legacy, '/_template'),
    when(needs.pipelines, '/_ingest/pipeline'),
    when(needs.streams, streamPath(scope['data-stream'], distribution)),
    askLists(client, named, history ? '?flat_settings=true&' : '/_alias?'),
    when(needs.cluster, '/_cluster/settings?flat_settings=true'),
    needs.policies ? wrapped(observePolicies(client, distribution)) : undefined,
    needs.modify ? wrapped(modifiesStreams(client), 'Asking whether backing indices can be exchanged') : undefined,
  ]);
  const dataStreams = streams === undefined ? undefined : streams.status === 200;
  const found = { dataStreams: streamsOf(streams?.body ?? {}, scope['data-stream']), ...aliasesOf(aliases, scope, dataStreams ?? true) };
  const members = [...Object.values(found.dataStreams), ...Object.values(found.rolloverAliases)];
  const written = members.flatMap(({ writeIndex }) => writeIndex ?? []);
  const [content, managedIndices] = await Promise.all([
    history ? aliases : askLists(client, listsOf(patternsOf(written, Math.max(1, left - named.length))), '?flat_settings=true&'),
    policies === undefined ? [] : wrapped(observeManaged(client, policies, members.flatMap((each) => each.indices))),
  ]);
  const indices = indicesOf(content, history ? members.flatMap((each) => each.indices) : written);
  const all = byName(templates?.body, 'index_templates', 'index_template');
  return {
    capabilities: {
      distribution,
      version: isObject(info.body['version']) ? String(info.body['version']['number']) : 'unknown',
      composableTemplates: templates === undefined ? undefined : templates.status === 200,
      dataStreams,
      modifyDataStream: modify,
      ism: policies?.ism,
      ilm: policies?.ilm,
    } satisfies Capabilities,
    componentTemplates: keep(byName(components?.body, 'component_templates', 'component_template'), scope['component-template'], (body) => owned && markOfTemplate(body) === owner),
    indexTemplates: keep(all, scope['index-template'], (body) => owned && markOfTemplate(body) === owner),
    foreignTemplates: foreignOf(all, scope['index-template'], owner, owned),
    legacyTemplates: keep(bodies(legacy?.body), scope['legacy-template']),
    ingestPipelines: keep(bodies(pipelines?.body), scope['ingest-pipeline'], (body) => owned && markOfPipeline(body) === owner),
    ...policiesIn(policies, scope['lifecycle-policy']),
    managedIndices,
    ...found,
    clusterSettings: keep(normaliseClusterSettings(isObject(cluster?.body['persistent']) ? cluster.body['persistent'] : {}), scope['cluster-setting']),
    transientSettings: keep(normaliseClusterSettings(isObject(cluster?.body['transient']) ? cluster.body['transient'] : {}), scope['cluster-setting']),
    indices,
    ledger,
  };
}

/** The functions that are used elsewhere too have errors of their own; whatever fails here is one of observing. */
export async function wrapped<T>(asking: Promise<T>, subject = 'Reading lifecycle policies'): Promise<T> {
  try {
    return await asking;
  } catch (error) {
    throw failureOf(error, 'INDEX_OBSERVE_FAILED', isPodscopeError(error) ? `${subject} (${reasonOf(error)})` : subject);
  }
}

/** What is owned in the cluster. */
export async function ledgerOf(client: IndexClient): Promise<Ledger> {
  return (await wrapped(readLedger(client), 'Reading the ledger of what is owned')).ledger;
}

/** The answers of one question about lists of names, as one. */
async function askLists(client: IndexClient, lists: readonly string[], question: '/_alias?' | '?flat_settings=true&'): Promise<JsonObject> {
  const answers = await Promise.all(lists.map(async (list) => askForObject(client, `/${list}${question}expand_wildcards=all&ignore_unavailable=true`)));
  return Object.fromEntries(answers.flatMap(({ body }) => Object.entries(body)));
}

function indicesOf(answer: JsonObject, names: readonly string[]): Record<string, ObservedIndex> {
  const wanted = new Set(names);
  const entries = Object.entries(answer).filter(([index]) => wanted.has(index));
  return Object.fromEntries(entries.map(([index, entry]) => [index, { mappings: partOf(entry, 'mappings'), settings: partOf(entry, 'settings') }]));
}

function partOf(entry: JsonObject[string], member: string): JsonObject {
  const part = isObject(entry) ? entry[member] : undefined;
  return isObject(part) ? part : {};
}

/**
 * By name: to list all of them a user needs a permission for every data stream of the cluster. With the wildcard a name that
 * nothing carries is no error. Elasticsearch leaves hidden ones out.
 */
function streamPath(names: readonly string[], distribution: Capabilities['distribution']): string {
  // Without a name of a stream, one that none has: the server still says whether it has such things.
  const [list = `${STORE}*`] = listsOf(patternsOf(names.map((name) => `${name}*`), 1));
  return `/_data_stream/${list}${distribution === 'elasticsearch' ? '?expand_wildcards=all' : ''}`;
}

/** The things of an answer that lists them with their names. */
export function byName(answer: JsonObject | undefined, list: string, member: string): Record<string, JsonObject> {
  return Object.fromEntries(objectsOf(answer ?? {}, list).map((item) => [String(item['name']), isObject(item[member]) ? item[member] : {}]));
}

/** The things of an answer that has each under its name. */
export function bodies(answer: JsonObject | undefined): Record<string, JsonObject> {
  return Object.fromEntries(Object.entries(answer ?? {}).flatMap(([name, body]) => (isObject(body) ? [[name, body]] : [])));
}

function keep<T>(things: Readonly<Record<string, T>>, names: readonly string[], alsoIf: (thing: T) => boolean = () => false): Record<string, T> {
  const wanted = new Set(names);
  return Object.fromEntries(Object.entries(things).filter(([name, thing]) => wanted.has(name) || alsoIf(thing)));
}

function policiesIn(policies: ObservedPolicies | undefined, names: readonly string[]): Pick<ObservedIndices, 'lifecyclePolicies' | 'policyRevisions'> {
  return { lifecyclePolicies: keep(policies?.lifecyclePolicies ?? {}, names), policyRevisions: keep(policies?.policyRevisions ?? {}, names) };
}

function foreignOf(templates: Readonly<Record<string, JsonObject>>, names: readonly string[], owner: string, owned: boolean): ObservedIndices['foreignTemplates'] {
  const named = new Set(names);
  const foreign = Object.entries(templates).filter(([name, template]) => !named.has(name) && !(owned && markOfTemplate(template) === owner));
  return Object.fromEntries(
    foreign.map(([name, template]) => [
      name,
      {
        patterns: textsOf(template['index_patterns']),
        priority: typeof template['priority'] === 'number' ? template['priority'] : 0,
        parts: textsOf(template['composed_of']),
        ...(markOfTemplate(template) === owner ? { left: true as const } : {}),
      },
    ]),
  );
}

function textsOf(list: JsonObject[string]): readonly string[] {
  return Array.isArray(list) ? (list as readonly string[]) : [];
}
