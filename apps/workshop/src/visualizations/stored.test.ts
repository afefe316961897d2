import { checkSavedObjects, convertSavedObjects, decompileSavedObjects, type StoredObject } from '@podscope/saved-objects';
import { describe, expect, it } from 'vitest';
import { workshopObjects } from '../dashboards/index.ts';

const stored = workshopObjects.map((object) => ({ ...(JSON.parse(JSON.stringify(object)) as StoredObject), rest: {} }));

describe('the workshop’s own visualizations, stored', () => {
  it('are among its objects', () => {
    expect(stored.filter(({ attributes }) => String(attributes['visState']).includes('"type":"vega"')).map(({ id }) => id).sort()).toEqual(['kubernetes-pod-timeline', 'overview-failures-and-cpu', 'web-service-map']);
  });

  it('come back as code without any raw part', () => {
    expect(decompileSavedObjects(stored).raw).toEqual([]);
  });

  it.each(['opensearch-dashboards@1', 'opensearch-dashboards@3', 'kibana@7.10', 'kibana@7.12'] as const)('come to %s unchanged, and pass its check', (to) => {
    const { objects, changes, refused } = convertSavedObjects(stored, { to });
    expect([changes, refused, checkSavedObjects(objects, { target: to })]).toEqual([[], [], []]);
  });
});
