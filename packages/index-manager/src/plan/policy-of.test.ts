import { expect, it } from 'vitest';
import { defineIndexSetup } from '../define.ts';
import type { IsmPolicy } from '../lifecycle/ism-types.ts';
import { lifecycleTargets, policyFor } from './policy-of.ts';

const policy = (pattern: string, priority: number): IsmPolicy => ({ description: '', default_state: 'kept', states: [{ name: 'kept' }], ism_template: [{ index_patterns: [pattern], priority }] });

const setup = defineIndexSetup({
  lifecyclePolicies: { indices: policy('ring-web-0*', 1), all: policy('ring-*', 0), alias: policy('ring-web', 9), streams: policy('shop-web', 1) },
  indexTemplates: { ring: { index_patterns: ['ring-*'] }, shop: { index_patterns: ['shop-*'], data_stream: {} } },
  rolloverAliases: { 'ring-web': {}, 'ring-db': { firstIndex: 'ring-db-1' } },
  dataStreams: ['shop-web'],
});

it('goes by the name of an index behind an alias, and by that of a data stream', () => {
  expect(policyFor(setup, 'rollover-alias', 'ring-web')).toBe('indices');
  expect(policyFor(setup, 'rollover-alias', 'ring-db')).toBe('all');
  expect(policyFor(setup, 'data-stream', 'shop-web')).toBe('streams');
  expect(lifecycleTargets(setup)).toEqual([
    { name: 'shop-web', policy: 'streams' },
    { name: 'ring-web', policy: 'indices' },
    { name: 'ring-db', policy: 'all' },
  ]);
});
