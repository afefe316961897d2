import { expect, it } from 'vitest';
import { defineIndexSetup } from '../define.ts';
import type { IsmPolicy, IsmTemplate } from '../lifecycle/ism-types.ts';

const policy = (template: IsmPolicy['ism_template']): IsmPolicy => ({ description: '', default_state: 'kept', states: [{ name: 'kept' }], ism_template: template ?? null });
const problems = (templates: Readonly<Record<string, IsmTemplate | readonly IsmTemplate[]>>): readonly string[] => {
  try {
    defineIndexSetup({ lifecyclePolicies: Object.fromEntries(Object.entries(templates).map(([name, template]) => [name, policy(template)])) });
    return [];
  } catch (error) {
    return (error as { readonly details: readonly string[] }).details;
  }
};

it('refuses policies that ISM would refuse because their templates overlap', () => {
  expect(problems({ a: { index_patterns: ['shop-*'], priority: 5 }, b: [{ index_patterns: ['shop-web*'], priority: 5 }] })).toEqual([
    expect.stringContaining('the templates of lifecycle policies "a" and "b" have the priority 5 both, and "shop-*" and "shop-web*" have names in common'),
  ]);
  expect(problems({ a: [{ index_patterns: ['shop-*'] }, { index_patterns: ['s*-b'], priority: 0 }] })).toEqual([expect.stringContaining('two templates of lifecycle policy "a" have the priority 0 both')]);
});

it('takes those of other priorities, or without a name in common', () => {
  expect(problems({ a: { index_patterns: ['shop-*'], priority: 5 }, b: { index_patterns: ['shop-web*'], priority: 6 }, c: { index_patterns: ['ring-*'], priority: 5 } })).toEqual([]);
});
