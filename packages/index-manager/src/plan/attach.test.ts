import { describe, expect, it } from 'vitest';
import { defineIndexSetup } from '../define.ts';
import { attachKey } from './attach.ts';
import { fingerprint } from './fingerprint.ts';
import { observing } from './fixtures/observing.ts';
import { KINDS } from './kinds.ts';
import { markTemplate } from './ownership.ts';
import { planIndices } from './plan.ts';

const keep = { phases: { hot: { actions: { rollover: { max_age: '1d' } } }, delete: { min_age: '7d', actions: { delete: {} } } } };
const rest = { phases: { hot: { actions: {} } } };
const template = (policy: string) => ({ index_patterns: ['web-*'], template: { settings: { 'index.lifecycle.name': policy } } });

/** A server with ILM is not among those that can be run here: planned from what its documentation says it answers. */
describe('policies of ILM in a plan', () => {
  const observed = (stored: string | undefined, streams = {}) =>
    observing({
      capabilities: { ...observing().capabilities, distribution: 'elasticsearch', ism: false, ilm: true },
      lifecyclePolicies: { keep, rest },
      indexTemplates: { web: markTemplate(template('keep')) },
      rolloverAliases: { 'web-a': { template: null, indices: ['web-a-1', 'web-a-2'], writeIndex: 'web-a-2' } },
      indices: { 'web-a-2': { mappings: {}, settings: stored === undefined ? {} : { 'index.lifecycle.name': stored } } },
      ledger: { resources: { 'rollover-alias/web-a': { owner: 'podscope', form: '', at: '', by: '' } }, streams },
    });
  const planOf = (stored: string | undefined, policy = 'keep', streams = {}) =>
    planIndices(observed(stored, streams), defineIndexSetup({ lifecyclePolicies: { keep, rest }, indexTemplates: { web: template(policy) }, rolloverAliases: { 'web-a': {} } })).changes.filter(({ action }) => action !== 'none');

  it('leaves an index that names its policy', () => {
    expect(planOf('keep')).toEqual([]);
  });

  it.each([[undefined], ['rest']])('tells an index that names %s', (stored) => {
    expect(planOf(stored)).toMatchObject([{ action: 'attach-policy', name: 'web-a', risk: 'destructive', touches: ['web-a-2'], desired: { policy: 'keep', how: 'setting', indices: ['web-a-2'] } }]);
  });

  it('is no more than careful where the policy deletes nothing', () => {
    expect(planOf('keep', 'rest')).toMatchObject([{ action: 'update', kind: 'index-template' }, { action: 'attach-policy', risk: 'careful' }]);
  });

  it('asks once', () => {
    expect(planOf(undefined, 'keep', { [attachKey('web-a-2')]: fingerprint(KINDS['lifecycle-policy'].normalise(keep)) })).toEqual([]);
  });
});
