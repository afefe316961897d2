import { PodscopeError } from '@podscope/core';
import { defineIndexSetup } from '../define.ts';
import { meant } from '../lifecycle/shape.ts';
import type { IndexSetupInput, IndexTemplate, JsonObject, JsonValue } from '../model.ts';
import { isObject } from '../normalise/json.ts';
import { normaliseSettings } from '../normalise/settings.ts';
import { DEFAULT_OWNER } from '../plan/ownership.ts';
import { matches, templateFor } from '../validate/patterns.ts';
import { SECTION_NAMES, SECTIONS, type SetupSection } from '../validate/sections.ts';
import { problemsOf } from '../validate/validate.ts';
import { type Candidate, candidatesIn } from './candidates.ts';
import type { Cluster } from './cluster.ts';
import type { ExportedIndexSetup, ExportIndexSetupOptions, ExportSelection, LeftOut } from './model.ts';
import { without } from './without.ts';

/**
 * What of a cluster makes a setup, and what does not. Pure.
 *
 * @throws PodscopeError INDEX_EXPORT_MISSING when a name without `*` is selected that the cluster does not have.
 */
export function setupIn(cluster: Cluster, selection?: ExportSelection, options: ExportIndexSetupOptions = {}): ExportedIndexSetup {
  const all = candidatesIn(cluster);
  if (selection !== undefined) refuseMissing(all, selection);
  const selected = selection === undefined ? all : withNeeded(all, all.filter(({ section, name }) => (selection[section] ?? []).some((pattern) => matches(pattern, name))));
  const whyNot = ({ section, name, why, builtIn }: Candidate) => why ?? (builtIn === true && selection?.[section]?.includes(name) !== true ? 'is built in; selected by its name it is exported' : undefined);
  const wanted = selected.filter((candidate) => whyNot(candidate) === undefined);
  // Other tools mark what is theirs in the same way; whoever applied a setup here is in the ledger.
  const appliers = new Set(Object.values(cluster.ledger.resources).map((entry) => entry.owner));
  const owners = new Set(wanted.flatMap(({ owner }) => (owner !== undefined && appliers.has(owner) ? owner : [])));
  const owner = options.owner ?? (owners.size === 1 ? [...owners][0] : undefined) ?? DEFAULT_OWNER;
  const leftOut = selected.flatMap((candidate): LeftOut[] => {
    const why = whyNot(candidate);
    return why === undefined ? [] : [{ kind: SECTIONS[candidate.section].kind, name: candidate.name, why }];
  });
  return withinRules(wanted, owner, leftOut);
}

/** What an alias is found to be depends on what it points at. */
const SHARED: readonly SetupSection[] = ['dataStreams', 'rolloverAliases', 'aliases'];

function refuseMissing(all: readonly Candidate[], selection: ExportSelection): void {
  const missing = SECTION_NAMES.flatMap((section) => {
    const names = all.filter((candidate) => candidate.section === section).map(({ name }) => name);
    return (selection[section] ?? [])
      .filter((name) => !name.includes('*') && !names.includes(name))
      .map((name) => {
        const other = SHARED.includes(section) ? all.find((candidate) => candidate.name === name && SHARED.includes(candidate.section))?.section : undefined;
        return { what: `${SECTIONS[section].one} ${JSON.stringify(name)}`, near: other === undefined ? meant(name, names).didYouMean : `${SECTIONS[other].one} ${name}` };
      });
  });
  const [first] = missing;
  if (first === undefined) return;
  throw new PodscopeError('INDEX_EXPORT_MISSING', `The cluster does not have the ${first.what}${missing.length > 1 ? ` (and ${missing.length - 1} more that were named)` : ''}.`, {
    hint: 'Correct the names, or use patterns with "*"; nothing was exported.',
    details: missing.map(({ what, near }) => `${what}${near === undefined ? '' : `; did you mean "${near}"?`}`),
  });
}

/** What was selected, and what it cannot be without. */
function withNeeded(all: readonly Candidate[], selected: readonly Candidate[]): readonly Candidate[] {
  const found = new Set(selected);
  for (const candidate of found) for (const [section, name] of neededBy(all, candidate)) {
    const needed = all.find((each) => each.section === section && each.name === name);
    if (needed !== undefined) found.add(needed);
  }
  return all.filter((candidate) => found.has(candidate));
}

function neededBy(all: readonly Candidate[], { section, name, value }: Candidate): readonly (readonly [SetupSection, string])[] {
  if (section === 'dataStreams' || section === 'rolloverAliases') {
    const first = isObject(value) && typeof value['firstIndex'] === 'string' ? value['firstIndex'] : section === 'dataStreams' ? name : `${name}-000001`;
    const templates = all.filter((each) => each.section === 'indexTemplates').map((each) => [each.name, each.value as unknown as IndexTemplate] as const);
    const holding = templateFor({ indexTemplates: Object.fromEntries(templates) }, first)?.[0];
    return holding === undefined ? [] : [['indexTemplates', holding]];
  }
  if (!isObject(value)) return [];
  const composed = Array.isArray(value['composed_of']) ? (value['composed_of'] as readonly string[]) : [];
  return [...composed.map((component) => ['componentTemplates', component] as const), ...pipelinesOf(section === 'legacyTemplates' ? value : value['template']).map((pipeline) => ['ingestPipelines', pipeline] as const)];
}

function pipelinesOf(body: JsonValue | undefined): readonly string[] {
  const given = isObject(body) ? body['settings'] : undefined;
  const settings: JsonObject = isObject(given) ? normaliseSettings(given) : {};
  return [settings['index.default_pipeline'], settings['index.final_pipeline']].filter((pipeline) => typeof pipeline === 'string');
}

/** Takes away what the rules don't allow, then what can't be without that, until nothing is wrong. */
function withinRules(wanted: readonly Candidate[], owner: string, leftOut: LeftOut[]): ExportedIndexSetup {
  let left = wanted;
  for (;;) {
    const input = inputOf(left, owner);
    const problems = problemsOf(input).filter(({ path }) => path[0] !== 'owner');
    if (problems.length === 0) return { setup: defineIndexSetup(input), leftOut };
    for (const { path, what, unknown } of problems) {
      const [section, key, ...inside] = path;
      const name = section === 'dataStreams' ? (input.dataStreams?.[Number(key)] ?? '') : String(key);
      const candidate = left.find((each) => each.section === section && each.name === name);
      // Gone with an earlier problem.
      if (candidate === undefined) continue;
      // A policy without a part of it would do something else; of the other kinds nothing compares what a setup has no member for.
      const partly = unknown === true && section !== 'lifecyclePolicies';
      leftOut.push({ kind: SECTIONS[candidate.section].kind, name, ...(partly ? { path: inside.join('.') } : {}), why: partly ? 'a setup has no such member' : what });
      left = left.flatMap((each) => (each !== candidate ? [each] : partly ? [{ ...each, value: without(each.value, inside) }] : []));
    }
  }
}

function inputOf(candidates: readonly Candidate[], owner: string): IndexSetupInput {
  const sorted = candidates.toSorted((one, other) => (one.name < other.name ? -1 : 1));
  const inSection = (section: SetupSection) => sorted.filter((candidate) => candidate.section === section);
  const things = SECTION_NAMES.filter((section) => section !== 'dataStreams').map((section) => [section, Object.fromEntries(inSection(section).map(({ name, value }) => [name, value]))]);
  return { owner, ...(Object.fromEntries(things) as IndexSetupInput), dataStreams: inSection('dataStreams').map(({ name }) => name) };
}
