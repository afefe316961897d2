import type { IndexSetup, IndexSetupInput } from './model.ts';
import { DEFAULT_OWNER } from './plan/ownership.ts';
import { invalidSetup, lineOf } from './validate/problem.ts';
import { problemsOf } from './validate/validate.ts';

/**
 * Checks a description of templates, pipelines, policies, streams, aliases and settings, and returns it as plain data.
 *
 * Every member must be known and of its kind. Patterns must start with a letter or digit (a bare `*` would reach system
 * indices); everything that is named (component templates, default pipelines, the template of a data stream) must be in the
 * setup; no two index templates of equal priority may hold for the same name, and no two things share a name where the
 * server has one space of names. What stands in settings, mappings and processors is the server's to judge.
 *
 * @throws PodscopeError INDEX_SETUP_INVALID, with one line for each problem in `details`.
 */
export function defineIndexSetup(input: IndexSetupInput): IndexSetup {
  const problems = problemsOf(input);
  if (problems.length > 0) throw invalidSetup(problems.map(lineOf));
  return setupOf(input);
}

/** What was found to be right, with every section. */
export function setupOf(input: IndexSetupInput): IndexSetup {
  return Object.freeze({
    owner: input.owner ?? DEFAULT_OWNER,
    componentTemplates: { ...input.componentTemplates },
    indexTemplates: { ...input.indexTemplates },
    legacyTemplates: { ...input.legacyTemplates },
    ingestPipelines: { ...input.ingestPipelines },
    lifecyclePolicies: { ...input.lifecyclePolicies },
    dataStreams: [...(input.dataStreams ?? [])],
    rolloverAliases: { ...input.rolloverAliases },
    aliases: { ...input.aliases },
    clusterSettings: { ...input.clusterSettings },
  });
}
