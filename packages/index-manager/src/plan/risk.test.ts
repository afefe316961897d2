import { expect, it } from 'vitest';
import type { JsonObject } from '../model.ts';
import { policyDeletes } from './risk.ts';

const ism = (action: JsonObject): JsonObject => ({ description: '', default_state: 'a', states: [{ name: 'a', actions: [{ open: {} }, action] }] });

it.each<[JsonObject, boolean]>([
  [ism({ delete: {} }), true],
  [ism({ cold_delete: {} }), true],
  [{ policy: ism({ delete: {} }) }, true],
  [ism({ close: {} }), false],
  [{ phases: { hot: { actions: {} }, delete: { actions: {} } } }, true],
  [{ phases: { hot: { actions: {} } } }, false],
])('says whether %j deletes an index', (policy, deletes) => {
  expect(policyDeletes(policy)).toBe(deletes);
});
