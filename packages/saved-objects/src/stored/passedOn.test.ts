import { expect, it } from 'vitest';
import { storedDashboard } from './stored.ts';
import type { PlacedPanel } from './stored.ts';
import { raw } from './storedDefinition.ts';

it('passes on what stands in the place of a panel', () => {
  const panels = [null, 5, 'x', ['y'], {}];
  expect(storedDashboard('b', { panelsJSON: panels.map((each) => raw<PlacedPanel>(each)) }).object.attributes['panelsJSON']).toBe(JSON.stringify(panels));
});

it('what is passed on stands under any label, also where a type says that it may be missing', () => {
  const labels: { readonly [label: string]: string | null } = { a: raw<string | undefined>('x') };
  expect(labels).toEqual({ a: 'x' });
});
