import { expect, it } from 'vitest';
import { storedDashboard } from './stored.ts';
import type { PlacedPanel } from './stored.ts';
import { raw } from './storedDefinition.ts';

it('passes on what stands in the place of a panel', () => {
  const panels = [null, 5, 'x', ['y'], {}];
  expect(storedDashboard('b', { panelsJSON: panels.map((each) => raw<PlacedPanel>(each)) }).object.attributes['panelsJSON']).toBe(JSON.stringify(panels));
});
