import type { IndexClient } from '../client.ts';
import type { JsonObject, JsonValue, Ledger } from '../model.ts';
import { isObject } from '../normalise/json.ts';
import { normaliseClusterSettings } from '../normalise/settings.ts';
import { askForObject, objectsOf } from '../observe/ask.ts';
import { bodies, byName, ledgerOf, wrapped } from '../observe/observe.ts';
import { observePolicies } from '../observe/policies.ts';
import type { SetupSection } from '../validate/sections.ts';

/** Everything that a cluster has of the kinds that were asked for, as the server gives it. */
export interface Cluster {
  readonly componentTemplates: Readonly<Record<string, JsonObject>>;
  readonly indexTemplates: Readonly<Record<string, JsonObject>>;
  readonly legacyTemplates: Readonly<Record<string, JsonObject>>;
  readonly ingestPipelines: Readonly<Record<string, JsonObject>>;
  readonly lifecyclePolicies: Readonly<Record<string, JsonObject>>;
  readonly dataStreams: Readonly<Record<string, JsonObject>>;
  /** By alias and index. */
  readonly aliases: Readonly<Record<string, Readonly<Record<string, JsonObject>>>>;
  readonly clusterSettings: Readonly<Record<string, JsonValue>>;
  readonly ledger: Ledger;
}

/** What is read for the things of a section to be understood, beside themselves. */
const NEEDS: Readonly<Record<SetupSection, readonly SetupSection[]>> = {
  clusterSettings: [],
  componentTemplates: ['ingestPipelines'],
  ingestPipelines: [],
  lifecyclePolicies: [],
  legacyTemplates: ['ingestPipelines'],
  indexTemplates: ['componentTemplates', 'ingestPipelines'],
  dataStreams: ['indexTemplates', 'componentTemplates', 'ingestPipelines'],
  rolloverAliases: ['aliases', 'indexTemplates', 'componentTemplates', 'legacyTemplates', 'ingestPipelines'],
  aliases: ['indexTemplates', 'componentTemplates', 'legacyTemplates'],
};

/** Eleven requests at most, whatever the cluster has. */
export async function observeCluster(client: IndexClient, sections: readonly SetupSection[]): Promise<Cluster> {
  const needed = new Set([...sections, ...sections.flatMap((section) => NEEDS[section])]);
  const when = async (section: SetupSection, path: string): Promise<JsonObject> => (needed.has(section) ? (await askForObject(client, path, { mayLack: true })).body : {});
  const [ledger, components, templates, legacy, pipelines, streams, aliases, settings, policies] = await Promise.all([
    ledgerOf(client),
    when('componentTemplates', '/_component_template'),
    when('indexTemplates', '/_index_template'),
    when('legacyTemplates', '/_template'),
    when('ingestPipelines', '/_ingest/pipeline'),
    when('dataStreams', '/_data_stream'),
    when('aliases', '/_alias?expand_wildcards=all'),
    when('clusterSettings', '/_cluster/settings?flat_settings=true'),
    needed.has('lifecyclePolicies') ? policiesOf(client) : {},
  ]);
  return {
    componentTemplates: byName(components, 'component_templates', 'component_template'),
    indexTemplates: byName(templates, 'index_templates', 'index_template'),
    legacyTemplates: bodies(legacy),
    ingestPipelines: bodies(pipelines),
    lifecyclePolicies: policies,
    dataStreams: Object.fromEntries(objectsOf(streams, 'data_streams').map((stream) => [String(stream['name']), stream])),
    aliases: byAlias(aliases),
    clusterSettings: normaliseClusterSettings(isObject(settings['persistent']) ? settings['persistent'] : {}),
    ledger,
  };
}

async function policiesOf(client: IndexClient): Promise<Readonly<Record<string, JsonObject>>> {
  const { body } = await askForObject(client, '/', { expected: [403] });
  const distribution = isObject(body['version']) && body['version']['distribution'] !== 'opensearch' ? 'elasticsearch' : 'opensearch';
  return (await wrapped(observePolicies(client, distribution))).lifecyclePolicies;
}

function byAlias(answer: JsonObject): Cluster['aliases'] {
  const found: Record<string, Record<string, JsonObject>> = {};
  for (const [index, entry] of Object.entries(answer)) {
    const aliases = isObject(entry) && isObject(entry['aliases']) ? entry['aliases'] : {};
    for (const [alias, options] of Object.entries(aliases)) (found[alias] ??= {})[index] = isObject(options) ? options : {};
  }
  return found;
}
