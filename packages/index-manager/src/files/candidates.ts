import type { IndexChangeKind, JsonObject, JsonValue } from '../model.ts';
import { isObject } from '../normalise/json.ts';
import { SECTION_NAMES, SECTIONS, type SetupSection } from '../validate/sections.ts';
import { type ExportedBody, legacyBody, pipelineBody, policyBody, templateBody } from './bodies.ts';
import { isBuiltIn, secretIn, systemsOwn } from './built-in.ts';
import type { Cluster } from './cluster.ts';

/** A thing of the cluster that may be exported, or why not. */
export interface Candidate {
  readonly section: SetupSection;
  readonly name: string;
  readonly value: JsonValue;
  readonly owner?: string;
  readonly why?: string;
  /** It has the name of something that servers make: taken only when it is asked for by that name. */
  readonly builtIn?: true;
}

/** Everything that a cluster has, as things of a setup, by section and name. */
export function candidatesIn(cluster: Cluster): readonly Candidate[] {
  const all = [
    ...Object.entries(cluster.clusterSettings).map(([name, value]) => settingCandidate(name, value)),
    ...things(cluster, 'componentTemplates', templateBody),
    ...things(cluster, 'ingestPipelines', pipelineBody),
    ...things(cluster, 'lifecyclePolicies', policyBody),
    ...things(cluster, 'legacyTemplates', legacyBody),
    ...things(cluster, 'indexTemplates', templateBody),
    ...Object.entries(cluster.dataStreams).map(([name, body]) => streamCandidate(name, body)),
    ...Object.entries(cluster.aliases).map(([name, indices]) => aliasCandidate(cluster, name, indices)),
  ];
  const sorted = all.toSorted((one, other) => SECTION_NAMES.indexOf(one.section) - SECTION_NAMES.indexOf(other.section) || (one.name < other.name ? -1 : 1));
  return sorted.map((candidate) => {
    const owner = candidate.owner ?? cluster.ledger.resources[keyOf(candidate)]?.owner;
    return owner === undefined ? candidate : { ...candidate, owner };
  });
}

function things(cluster: Cluster, section: 'componentTemplates' | 'ingestPipelines' | 'lifecyclePolicies' | 'legacyTemplates' | 'indexTemplates', bodyOf: (stored: JsonObject) => ExportedBody): readonly Candidate[] {
  return Object.entries(cluster[section]).map(([name, stored]) => {
    const { body, owner } = bodyOf(stored);
    const secret = secretIn(body);
    const why = systemsOwn(name, stored) ?? (secret === undefined ? undefined : `holds what looks like a secret, at ${secret}`);
    return { section, name, value: body, ...(owner === undefined ? {} : { owner }), ...(why === undefined ? {} : { why }), ...(isBuiltIn(section, name, stored) ? { builtIn: true } : {}) };
  });
}

function settingCandidate(name: string, value: JsonValue): Candidate {
  const secret = typeof value === 'string' ? secretIn(value, name) : undefined;
  return { section: 'clusterSettings', name, value, ...(secret === undefined ? {} : { why: 'holds what looks like a secret' }) };
}

function streamCandidate(name: string, stored: JsonObject): Candidate {
  const why = stored['system'] === true ? 'belongs to the system' : systemsOwn(name, stored);
  return { section: 'dataStreams', name, value: name, ...(why === undefined ? {} : { why }) };
}

/** An alias with rollover, or a plain one, as the ledger says; else by what it points at. */
function aliasCandidate(cluster: Cluster, name: string, indices: Readonly<Record<string, JsonObject>>): Candidate {
  const known = (kind: IndexChangeKind) => Object.hasOwn(cluster.ledger.resources, `${kind}/${name}`);
  const rolled = known('rollover-alias') || known('data-stream') || (!known('alias') && isRolledOver(indices));
  const section = rolled ? 'rolloverAliases' : 'aliases';
  const names = Object.keys(indices).sort((one, other) => one.localeCompare(other, 'en', { numeric: true }));
  const value: JsonValue = rolled ? firstIndexOf(name, names) : { indices: Object.fromEntries(names.map((index) => [index, indices[index] ?? {}])) };
  const why = systemsOwn(name, {}) ?? givenBy(cluster, name) ?? (names.every((index) => index.startsWith('.')) ? 'points at indices of the system or of data streams only' : undefined);
  return { section, name, value, ...(why === undefined ? {} : { why }) };
}

const SERIES = /^(.+)-\d+$/u;

function isRolledOver(indices: Readonly<Record<string, JsonObject>>): boolean {
  const stems = new Set(Object.keys(indices).map((index) => SERIES.exec(index)?.[1]));
  const options = Object.values(indices);
  return stems.size === 1 && !stems.has(undefined) && options.some(({ is_write_index: writes }) => writes === true) && options.every(({ filter, index_routing: forIndexing, search_routing: forSearch }) => filter === undefined && forIndexing === undefined && forSearch === undefined);
}

function firstIndexOf(alias: string, [first = '']: readonly string[]): JsonObject {
  return SERIES.exec(first)?.[1] === alias ? {} : { firstIndex: first };
}

/** A template gives such an alias to each of its indices: the template is what a setup has. */
function givenBy({ componentTemplates, indexTemplates, legacyTemplates }: Cluster, alias: string): string | undefined {
  const gives = (body: JsonValue | undefined) => isObject(body) && isObject(body['aliases']) && Object.hasOwn(body['aliases'], alias);
  for (const [name, { template }] of Object.entries(componentTemplates)) if (gives(template)) return `comes from component template "${name}"`;
  for (const [name, { template }] of Object.entries(indexTemplates)) if (gives(template)) return `comes from index template "${name}"`;
  for (const [name, body] of Object.entries(legacyTemplates)) if (gives(body)) return `comes from legacy template "${name}"`;
  return undefined;
}

function keyOf({ section, name }: Candidate): string {
  return `${SECTIONS[section].kind}/${name}`;
}
