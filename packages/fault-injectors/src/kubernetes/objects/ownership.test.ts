import { describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../api/types.ts';
import { fieldsIn, treeOf } from './fieldSets.ts';
import { FAULT_MANAGER, returnedOwnership } from './ownership.ts';

const entry = (manager: string, fieldsV1: object, more: object = {}) => ({ manager, operation: 'Update', apiVersion: 'apps/v1', time: '2026-01-01T00:00:00Z', fieldsType: 'FieldsV1', fieldsV1, ...more });
const withEntries = (...managedFields: unknown[]): KubernetesObject => ({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', managedFields } });
const applied = { operation: 'Apply' };

describe('a set of fields', () => {
  it('is read and written as the server does', () => {
    const tree = { 'f:spec': { 'f:replicas': {}, 'f:containers': { 'k:{"name":"php"}': { '.': {}, 'f:image': {} } } } };
    const item = ['f:spec', 'f:containers', 'k:{"name":"php"}'];
    expect(fieldsIn(tree)).toEqual(new Set([['f:spec', 'f:replicas'], item, [...item, 'f:image']].map((path) => JSON.stringify(path))));
    expect(treeOf(fieldsIn(tree))).toEqual(tree);
  });
});

describe('what is returned to the owners of fields', () => {
  const before = withEntries(entry('owner', { 'f:spec': { 'f:replicas': {}, 'f:paused': {} } }, applied), entry('other', { 'f:metadata': { 'f:labels': { 'f:a': {} } } }));

  it('is what the fault took, to exactly the entry from before with its time', () => {
    const after = withEntries(entry('owner', { 'f:spec': { 'f:paused': {} } }, { ...applied, time: '2026-02-02T00:00:00Z' }), entry('other', { 'f:metadata': { 'f:labels': { 'f:a': {} } } }), entry(FAULT_MANAGER, { 'f:spec': { 'f:replicas': {} } }));
    expect(returnedOwnership(before, after)).toEqual(before.metadata.managedFields);
  });

  it('is an entry that had nothing left', () => {
    const alone = withEntries(entry('owner', { 'f:spec': { 'f:replicas': {} } }, applied));
    expect(returnedOwnership(alone, withEntries(entry(FAULT_MANAGER, { 'f:spec': { 'f:replicas': {} } })))).toEqual(alone.metadata.managedFields);
  });

  it('leaves others what they got since', () => {
    const since = withEntries(entry('owner', { 'f:spec': { 'f:paused': {} } }, applied), entry('newcomer', { 'f:spec': { 'f:minReadySeconds': {} } }), entry(FAULT_MANAGER, { 'f:spec': { 'f:replicas': {} } }));
    expect(returnedOwnership(before, since)).toEqual([before.metadata.managedFields?.[0], entry('newcomer', { 'f:spec': { 'f:minReadySeconds': {} } })]);
  });

  it('does not give back a field that its owner gave up since', () => {
    const since = withEntries(entry('owner', {}, applied), entry(FAULT_MANAGER, { 'f:spec': { 'f:replicas': {} } }));
    expect(returnedOwnership(before, since)?.[0]?.fieldsV1).toEqual({ 'f:spec': { 'f:replicas': {} } });
  });

  it('is nothing where the fault owns nothing', () => {
    expect(returnedOwnership(before, before)).toBeUndefined();
  });
});
