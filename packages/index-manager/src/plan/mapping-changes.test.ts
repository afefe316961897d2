import { expect, it } from 'vitest';
import { defineIndexSetup } from '../define.ts';
import type { ComponentTemplate, IndexSetupInput, IndexTemplate, JsonObject } from '../model.ts';
import { observing } from './fixtures/observing.ts';
import { planMappings } from './mapping-changes.ts';
import { markTemplate } from './ownership.ts';
import { planIndices } from './plan.ts';
import { lifecycleTargets } from './policy-of.ts';

const mapping = (properties: JsonObject): ComponentTemplate => ({ template: { mappings: { properties } } });
const template: IndexTemplate = { index_patterns: ['web-*'], composed_of: ['common'], data_stream: {}, ...mapping({ bytes: { type: 'long' } }) };
const observed = observing({
  componentTemplates: { common: markTemplate(mapping({ host: { type: 'keyword' } })) },
  indexTemplates: { web: markTemplate(template) },
  legacyTemplates: { old: { index_patterns: ['old-*'], mappings: { properties: {} } } },
  ledger: { resources: { 'legacy-template/old': { owner: 'podscope', form: '', at: '', by: '' } }, streams: {} },
});

function planned(input: IndexSetupInput, seen = observed) {
  const setup = defineIndexSetup(input);
  return planMappings(seen, setup, planIndices(seen, setup));
}

it('lists nothing where templates stay or are new', () => {
  const same = { componentTemplates: { common: mapping({ host: { type: 'keyword' } }) }, indexTemplates: { web: template } };
  expect(planned(same)).toEqual([]);
  expect(planned({ ...same, indexTemplates: { web: template, other: { index_patterns: ['other-*'] } } })).toEqual([]);
});

it('takes a template with its parts, before and after, also when only a part changes', () => {
  expect(planned({ componentTemplates: { common: mapping({ host: { type: 'text' } }) }, indexTemplates: { web: template } })).toEqual([
    {
      name: 'web',
      patterns: ['web-*'],
      before: { properties: { host: { type: 'keyword' }, bytes: { type: 'long' } } },
      after: { properties: { host: { type: 'text' }, bytes: { type: 'long' } } },
    },
  ]);
});

it('takes a legacy template', () => {
  expect(planned({ legacyTemplates: { old: { index_patterns: ['old-*'], mappings: { properties: { host: { type: 'ip' } } } } } })).toEqual([
    { name: 'old', patterns: ['old-*'], before: { properties: {} }, after: { properties: { host: { type: 'ip' } } } },
  ]);
});

it('takes a stream that is rolled over from what its write index has', () => {
  const seen = {
    ...observed,
    dataStreams: { 'web-a': { template: 'web', indices: ['.ds-web-a-000001'], writeIndex: '.ds-web-a-000001' } },
    indices: { '.ds-web-a-000001': { mappings: { properties: { host: { type: 'keyword' }, bytes: { type: 'keyword' }, gone: { type: 'ip' } } }, settings: {} } },
  };
  expect(planned({ componentTemplates: { common: mapping({ host: { type: 'keyword' } }) }, indexTemplates: { web: template }, dataStreams: ['web-a'] }, seen)).toMatchObject([
    { name: 'web-a', patterns: ['web-a'], before: { properties: { gone: { type: 'ip' } } }, after: { properties: { host: { type: 'keyword' }, bytes: { type: 'long' } } } },
  ]);
});

it('knows the policies of streams, of both products', () => {
  const setup = defineIndexSetup({
    lifecyclePolicies: {
      week: { description: 'A week', default_state: 'hot', states: [{ name: 'hot', actions: [], transitions: [] }], ism_template: [{ index_patterns: ['web-*'], priority: 1 }] },
      keep: { phases: { delete: { min_age: '7d', actions: { delete: {} } } } },
    },
    indexTemplates: {
      web: { index_patterns: ['web-*'], data_stream: {} },
      log: { index_patterns: ['log-*'], template: { settings: { 'index.lifecycle.name': 'keep' } } },
    },
    dataStreams: ['web-a'],
    rolloverAliases: { 'log-a': {} },
  });
  expect(lifecycleTargets(setup)).toEqual([{ name: 'web-a', policy: 'week' }, { name: 'log-a', policy: 'keep' }]);
});
