import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { KubernetesObject } from '@podscope/fault-injectors/kubernetes';
import { valueChanges } from './changes.ts';
import { hideValues } from './secrets.ts';

describe('value changes', () => {
  it('are none between equal things, and some between different ones, the same way back', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        expect(valueChanges(a, structuredClone(a))).toEqual([]);
        const there = valueChanges({ a }, { a: b });
        const back = valueChanges({ a: b }, { a });
        expect(back.map(({ path }) => path).sort()).toEqual(there.map(({ path }) => path).sort());
        for (const { path, from, to } of there) expect(back.find((each) => each.path === path)).toEqual({ path, ...(to === undefined ? {} : { from: to }), ...(from === undefined ? {} : { to: from }) });
      }),
    );
  });

  it('name items of lists by what tells them apart', () => {
    expect(valueChanges({ env: [{ name: 'A', value: '1' }, { name: 'B', value: '2' }] }, { env: [{ name: 'B', value: '3' }, { name: 'C', value: '4' }] })).toEqual([
      { path: 'env[name="A"]', from: { name: 'A', value: '1' } },
      { path: 'env[name="B"].value', from: '2', to: '3' },
      { path: 'env[name="C"]', to: { name: 'C', value: '4' } },
    ]);
    expect(valueChanges({ args: ['a', 'b'] }, { args: ['a', 'c', 'd'] })).toEqual([{ path: 'args[1]', from: 'b', to: 'c' }, { path: 'args[2]', to: 'd' }]);
  });
});

describe('values of a Secret', () => {
  const secret = (data: Readonly<Record<string, string>>): KubernetesObject => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, data });

  it('are hidden on both sides, and still differ where they differ', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^[a-z]{1,3}$/), fc.stringMatching(/^[A-Z]{8}$/)), fc.dictionary(fc.stringMatching(/^[a-z]{1,3}$/), fc.stringMatching(/^[A-Z]{8}$/)), (before, after) => {
        const [left, right] = hideValues(secret(before), secret(after));
        const text = JSON.stringify([left, right]);
        for (const value of [...Object.values(before), ...Object.values(after)]) expect(text).not.toContain(value);
        expect(valueChanges(left, right).map(({ path }) => path)).toEqual(valueChanges(secret(before), secret(after)).map(({ path }) => path));
      }),
    );
  });
});
