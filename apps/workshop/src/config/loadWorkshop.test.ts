import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { workshopObjects } from '../dashboards/index.ts';
import { loadWorkshop } from './loadWorkshop.ts';

// Inside the app's folder, so that the configuration finds the packages that it imports.
const folder = mkdtempSync(join(import.meta.dirname, '.configuration-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let count = 0;

function configuration(source: string): string {
  const path = join(folder, `podscope.config.${count++}.ts`);
  writeFileSync(path, source);
  return path;
}

it('is the workshop alone without a file', async () => {
  const { objects, hunts, shippers } = await loadWorkshop(undefined);
  expect(objects).toBe(workshopObjects);
  expect([hunts, shippers]).toEqual([[], []]);
});

it('adds a visualization on a data view that the workshop has, and an index of its own', async () => {
  const path = configuration(`
    import { dataView, metric, count } from '@podscope/saved-objects';
    import { date, defineFields, mappingOf } from '@podscope/core';
    const fields = defineFields({ '@timestamp': date() });
    export default {
      visualizations: [metric('own-count', 'Own count', dataView('apache-*', { fields }), { y: count() })],
      indices: { indexTemplates: { own: { index_patterns: ['own-*'], data_stream: {}, template: { mappings: mappingOf(fields) } } }, dataStreams: ['own-podscope'], legacyTemplates: { old: { index_patterns: ['old-*'] } }, clusterSettings: { 'cluster.max_shards_per_node': 500 } },
    };`);
  const { objects, indices } = await loadWorkshop(path);
  expect(objects).toHaveLength(workshopObjects.length + 1);
  expect(objects.filter((object) => object.id === 'apache-*')).toHaveLength(1);
  expect(indices.dataStreams).toContain('own-podscope');
  expect(indices.dataStreams).toContain('apache-podscope');
  expect(indices).toMatchObject({ owner: 'podscope', legacyTemplates: { old: {} }, clusterSettings: { 'cluster.max_shards_per_node': 500 } });
});

it.each([
  ['export const nothing = 1;', /default export/],
  ['export default { visualisations: [] };', /"visualisations" is not a part/],
  ['export default { dashboards: {} };', /"dashboards" is not a list/],
  ['export default { dashboards: [{}] };', /not made with @podscope\/saved-objects/],
  ['export default { shippers: [{ id: "No good", command: "x" }] };', /shipper/],
  ['export default { hunts: [{ id: "runaway-replicas" }] };', /has a hunt "runaway-replicas" itself/],
  ['throw new Error("from within");', /from within/],
])('refuses %s with one clear error', async (source, says) => {
  await expect(loadWorkshop(configuration(source))).rejects.toMatchObject({ code: 'CONFIG_INVALID', message: expect.stringMatching(says) });
});
