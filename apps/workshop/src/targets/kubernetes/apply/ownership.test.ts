import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fieldChanges } from './differences.ts';
import type { FieldTree, ManagedEntry } from './managedFields.ts';
import { lostFields } from './ownership.ts';

/** What a server notes for an apply of this, where maps are merged, lists of maps are merged by name, and other lists are replaced whole. */
function owned(value: unknown): FieldTree {
  if (Array.isArray(value)) {
    const named = value.every((item) => typeof item === 'object' && item !== null && 'name' in item);
    if (!named || value.length === 0) return {};
    return Object.fromEntries(value.map((item) => [`k:${JSON.stringify({ name: (item as { readonly name: string }).name })}`, { '.': {}, ...owned(item) }]));
  }
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [`f:${key}`, owned(inner)]));
}

const entry = (fieldsV1: FieldTree, more: Partial<ManagedEntry> = {}): ManagedEntry => ({ manager: 'podscope', operation: 'Apply', apiVersion: 'v1', fieldsV1, ...more });

/** A tree without one of its leaves, and without what is empty then: that is how a server takes a field from its owner. */
function without(tree: FieldTree, path: readonly string[]): FieldTree | undefined {
  const [key, ...rest] = path;
  if (key === undefined) return undefined;
  const inner = without(tree[key] ?? {}, rest);
  const left = Object.fromEntries(Object.entries({ ...tree, [key]: inner }).filter(([, value]) => value !== undefined)) as FieldTree;
  return Object.keys(left).length === 0 ? undefined : left;
}

const leaves = (tree: FieldTree, path: readonly string[] = []): (readonly string[])[] => {
  const keys = Object.keys(tree).filter((key) => key !== '.');
  return keys.length === 0 ? [path] : keys.flatMap((key) => leaves(tree[key] ?? {}, [...path, key]));
};

const name = fc.stringMatching(/^[a-z]{1,6}$/);
const { object } = fc.letrec<{ value: unknown; object: Record<string, unknown> }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom('text', 7, true),
    fc.array(fc.constantFrom('a', 'b'), { minLength: 1, maxLength: 2 }),
    fc.uniqueArray(fc.record({ name, value: fc.constantFrom('x', 3) }), { minLength: 1, maxLength: 3, selector: (item) => item.name }),
    tie('object'),
  ),
  object: fc.dictionary(name, tie('value'), { minKeys: 1, maxKeys: 4 }) as fc.Arbitrary<Record<string, unknown>>,
}));

describe('fields of ours', () => {
  it('are all there right after an apply', () => {
    fc.assert(fc.property(object, (spec) => lostFields({ spec }, entry(owned({ spec })), []).length === 0));
  });

  it('are missed when any one of them is taken, and its taker is named', () => {
    fc.assert(
      fc.property(object, fc.nat(), (spec, choice) => {
        const fields = owned({ spec });
        const all = leaves(fields);
        const taken = all[choice % all.length] ?? [];
        const theirs = taken.toReversed().reduce<FieldTree>((inner, key) => ({ [key]: inner }), {});
        const ours = entry(without(fields, taken) ?? {});
        const other = entry(theirs, { manager: 'somebody', operation: 'Update' });
        const lost = lostFields({ spec }, ours, [ours, other]);
        expect(lost).toHaveLength(1);
        expect(lost[0]?.managers).toEqual(['somebody']);
      }),
    );
  });

  it('are found by keys that the server filled in', () => {
    const ports = [{ containerPort: 80 }, { containerPort: 80, protocol: 'UDP' }];
    const fields = { 'f:ports': { 'k:{"containerPort":80,"protocol":"TCP"}': { '.': {}, 'f:containerPort': {} }, 'k:{"containerPort":80,"protocol":"UDP"}': { '.': {}, 'f:containerPort': {}, 'f:protocol': {} } } };
    expect(lostFields({ ports }, entry(fields), [])).toEqual([]);
    const udpGone = { 'f:ports': { 'k:{"containerPort":80,"protocol":"TCP"}': { '.': {}, 'f:containerPort': {} } } };
    expect(lostFields({ ports }, entry(udpGone), [])).toEqual([{ path: 'ports[containerPort=80]', managers: [] }]);
  });

  it('are missed where the map is left and what was in it is taken', () => {
    expect(lostFields({ data: { a: '1' } }, entry({ 'f:data': { '.': {} } }), [])).toEqual([{ path: 'data.a', managers: [] }]);
  });

  it('are missed in the metadata when nothing of it is left', () => {
    expect(lostFields({ metadata: { name: 'x', labels: { a: '1' } }, data: {} }, entry({ 'f:data': {} }), [])).toEqual([{ path: 'metadata.labels', managers: [] }]);
  });

  it('do not include what the server keeps for itself', () => {
    expect(lostFields({ apiVersion: 'v1', kind: 'X', metadata: { name: 'x', namespace: 'y' }, status: { ready: 1 } }, entry({ 'f:spec': {} }), [])).toEqual([]);
  });
});

describe('what an apply changes', () => {
  it('is nothing of an object that is as it is wanted, whatever the server added', () => {
    fc.assert(fc.property(object, (spec) => fieldChanges({ spec }, { spec: { ...spec, addedByTheServer: 1 }, status: {} }, owned({ spec })).length === 0));
  });

  it('is what was ours and is no longer wanted', () => {
    const before = { data: { a: '1', b: '2' }, list: [{ name: 'x', value: 1 }, { name: 'y', value: 2 }] };
    expect(fieldChanges({ data: { a: '1' }, list: [{ name: 'y', value: 3 }] }, before, owned(before))).toEqual([
      { path: 'list[name="y"].value', change: 'changed' },
      { path: 'data.b', change: 'removed' },
      { path: 'list[name="x"]', change: 'removed' },
    ]);
  });

  it('is not what is written in another way', () => {
    expect(fieldChanges({ cpu: '1000m', memory: '1Gi' }, { cpu: '1', memory: '1024Mi' }, owned({ cpu: '1', memory: '1' }))).toEqual([]);
    expect(fieldChanges({ cpu: '1001m' }, { cpu: '1' }, owned({ cpu: '1' }))).toEqual([{ path: 'cpu', change: 'changed' }]);
  });
});
