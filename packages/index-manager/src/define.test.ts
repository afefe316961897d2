import { isPodscopeError } from '@podscope/core';
import { describe, expect, it } from 'vitest';
import { defineIndexSetup } from './define.ts';
import type { IndexSetupInput } from './model.ts';

function problemsOf(input: IndexSetupInput): readonly string[] {
  try {
    defineIndexSetup(input);
  } catch (error) {
    if (isPodscopeError(error, 'INDEX_SETUP_INVALID')) return error.details;
    throw error;
  }
  return [];
}

describe('defineIndexSetup', () => {
  it('accepts a whole setup and fills what is left out', () => {
    const setup = defineIndexSetup({
      componentTemplates: { base: { template: { settings: { number_of_shards: 1 } } } },
      indexTemplates: { web: { index_patterns: ['web-*'], composed_of: ['base'], data_stream: {} } },
      dataStreams: ['web-shop'],
    });
    expect(setup.ingestPipelines).toEqual({});
    expect(setup.dataStreams).toEqual(['web-shop']);
  });

  it.each(['*', '**', '*-logs', '.kibana*', '', 'Web-*', 'a,b', '_all', '-x', '<a>'])('refuses the pattern %j', (pattern) => {
    expect(problemsOf({ indexTemplates: { web: { index_patterns: [pattern] } } })).toHaveLength(1);
  });

  it.each(['.hidden', 'Upper', 'a b', 'a*', '../x', '', 'a/b', '_x', 'x'.repeat(256)])('refuses the name %j', (name) => {
    expect(problemsOf({ ingestPipelines: { [name]: { processors: [] } } })).toHaveLength(1);
  });

  it('says everything that is named and not there', () => {
    const problems = problemsOf({
      componentTemplates: { base: { template: { settings: { index: { final_pipeline: 'gone' } } } } },
      indexTemplates: {
        web: { index_patterns: ['web-*'], composed_of: ['nothing'], template: { settings: { default_pipeline: 'lost' } } },
        empty: { index_patterns: [], priority: -1 },
      },
      dataStreams: ['web-shop', 'other', 'other'],
    });
    expect(problems).toEqual([
      'index template "empty", index_patterns is []; allowed: a list of at least 1',
      'index template "empty", priority is -1; allowed: a whole number from 0',
      'data stream "other" is named twice',
      'index template "web" is composed of "nothing", which the setup does not define; allowed: base',
      'component template "base": index.final_pipeline names "gone", which the setup does not define; allowed: none, as it defines none',
      'index template "web": index.default_pipeline names "lost", which the setup does not define; allowed: none, as it defines none',
    ]);
  });

  it('takes the template with the highest priority for a data stream', () => {
    const templates = {
      all: { index_patterns: ['web-*'], data_stream: {} },
      plain: { index_patterns: ['web-*-x*y'], priority: 5 },
    };
    expect(problemsOf({ indexTemplates: templates, dataStreams: ['web-1-xy'] })).toEqual(['data stream "web-1-xy": index template "plain" has no data_stream; allowed: a name for which a template with data_stream holds']);
    expect(problemsOf({ indexTemplates: templates, dataStreams: ['web-xy'] })).toEqual([]);
  });

  it('refuses two things of one name where the server has one space of names', () => {
    expect(
      problemsOf({
        indexTemplates: { web: { index_patterns: ['web-*'], data_stream: {} } },
        dataStreams: ['web-a'],
        rolloverAliases: { 'web-a': { firstIndex: 'ring-1' }, ring: { firstIndex: 'web-9' }, odd: { firstIndex: 'odd' } },
        aliases: { ring: { indices: { 'ring-1': { is_write_index: true }, 'web-a': { is_write_index: true } } }, none: { indices: {} } },
      }),
    ).toEqual([
      'rollover alias "web-a" has the name of a data stream of the setup',
      'alias "ring" has the name of a rollover alias of the setup',
      'index "odd" has the name of a data stream or alias of the setup; allowed: the name of an index, such as "odd-000001"',
      'index "web-a" has the name of a data stream or alias of the setup; allowed: the name of an index, such as "web-a-000001"',
      'rollover alias "ring": index template "web" has data_stream, so that "web-9" can\'t be a plain index; allowed: a name that no template with data_stream holds for',
      'rollover alias "odd": the first index "odd" must end in a hyphen and a number; allowed: a name such as "odd-000001"',
      'alias "ring" has 2 write indices: ring-1, web-a; allowed: at most one',
      'alias "none" names no index; allowed: at least one',
    ]);
  });

  it('refuses index templates of equal priority that hold for the same names', () => {
    const templates = { one: { index_patterns: ['web-*-x'] }, two: { index_patterns: ['shop-*', 'web-a*'], priority: 0 }, three: { index_patterns: ['web-*'], priority: 1 } };
    expect(problemsOf({ indexTemplates: templates })).toEqual(['index templates "one" and "two" have the priority 0 both, and "web-*-x" and "web-a*" have names in common; allowed: another priority for one of them']);
    expect(problemsOf({ indexTemplates: { one: { index_patterns: ['web-*-x'] }, two: { index_patterns: ['web-*-y', 'web'] } } })).toEqual([]);
  });

  it('refuses what would hold for the index manager itself, and settings and policies that are none', () => {
    const policy = { description: '', default_state: 'a', states: [{ name: 'a' }], ism_template: { index_patterns: ['.kibana*'] } };
    expect(
      problemsOf({
        owner: 'Not An Owner',
        legacyTemplates: { wide: { index_patterns: ['podscope-*', '*'] } },
        lifecyclePolicies: { system: policy, wrong: { description: '', default_state: 'b', states: [{ name: 'a' }] } },
        clusterSettings: { plain: 1 },
      }),
    ).toEqual([
      expect.stringContaining('lifecycle policy "wrong", default_state'),
      expect.stringContaining('owner "Not An Owner"'),
      expect.stringContaining('cluster setting "plain"'),
      expect.stringContaining('"podscope-*" would hold for "podscope-index-manager"'),
      expect.stringContaining('pattern "*" must start'),
      expect.stringContaining('lifecycle policy "system": pattern ".kibana*"'),
    ]);
  });

  it('says which members are not known, missing, or of another kind, and still what else is wrong', () => {
    const input: unknown = {
      owners: 'me',
      dataStreams: ['web-a', 5],
      componentTemplates: { base: { templat: {} }, five: 5 },
      indexTemplates: { web: { index_patterns: ['web-*', 1], composed_of: ['base', 'bse'], data_stream: { timestamp_field: {} }, template: { settings: [] } } },
      legacyTemplates: { old: { template: 'old-*' } },
      ingestPipelines: { two: { description: null, processors: [{ set: {}, drop: {} }] } },
      rolloverAliases: { ring: null },
      aliases: { all: { indices: { 'ring-1': { routing: 7, is_write_index: 'yes' } } } },
      clusterSettings: { 'cluster.max_shards_per_node': { value: 1 } },
    };
    expect(problemsOf(input as IndexSetupInput)).toEqual([
      expect.stringMatching(/^the setup, owners is not known; allowed: owner, clusterSettings, .*; did you mean "owner"\?$/u),
      'the setup, dataStreams.1 is 5; allowed: a text',
      'cluster setting "cluster.max_shards_per_node" is {"value":1}; allowed: a text, a number, true, false or a list of texts, under the whole dotted name',
      'component template "base", templat is not known; allowed: template, version, _meta; did you mean "template"?',
      'component template "base", template is missing; allowed: template must be given',
      'component template "five" is 5; allowed: an object',
      'ingest pipeline "two", description is null; allowed: a text',
      'ingest pipeline "two", processors.0 is {"set":{},"drop":{}}; allowed: one processor under its name, such as {"set": {…}}',
      'legacy template "old", template is not known; allowed: index_patterns, order, settings, mappings, aliases, version',
      'legacy template "old", index_patterns is missing; allowed: index_patterns must be given',
      'index template "web", index_patterns.1 is 1; allowed: a text',
      'index template "web", data_stream.timestamp_field.name is missing; allowed: name must be given',
      'index template "web", template.settings is []; allowed: an object',
      'rollover alias "ring" is null; allowed: an object',
      'alias "all", indices.ring-1.routing is 7; allowed: a text',
      'alias "all", indices.ring-1.is_write_index is "yes"; allowed: true or false',
      'index template "web" is composed of "bse", which the setup does not define; allowed: base, five; did you mean "base"?',
    ]);
  });
});
