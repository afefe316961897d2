import fc from 'fast-check';
import { date, defineFields, isPodscopeError, keyword } from '@podscope/core';
import { expect, it } from 'vitest';
import { bundle, count, dashboard, dataView, dateHistogram, line, pie, readSavedObjects, row, type StoredObject, terms, toNdjson } from '../index.ts';
import { startStandIn } from './fixtures/standIn.ts';
import { importSavedObjects } from './importSavedObjects.ts';

const view = dataView('podscope-whole-*', { fields: defineFields({ '@timestamp': date(), host: keyword() }) });
const lines = line('podscope-whole-line', 'Requests', view, { x: dateHistogram('@timestamp'), y: count() });
const slices = pie('podscope-whole-pie', 'Hosts', view, { slices: terms('host'), y: count() });
const text = toNdjson(bundle(dashboard('podscope-whole', 'Whole', [row(lines, slices)])), { target: 'opensearch-dashboards@2' });
const whole = readSavedObjects(text).objects.map(({ object }) => object);

/** What can be wrong with one object of a set. */
const faults: readonly ((object: StoredObject) => readonly StoredObject[])[] = [
  (object) => [object],
  () => [],
  (object) => [object, object],
  (object) => [{ ...object, type: 'podscope-none' }],
  (object) => [{ ...object, attributes: { ...object.attributes, mine: 1 } }],
  (object) => [{ ...object, migrationVersion: { [object.type]: '99.0.0' } }],
  (object) => [{ ...object, references: [{ name: 'x', type: 'search', id: 'podscope-nowhere' }] }],
  (object) => [{ ...object, id: `${object.id}${'x'.repeat(600)}` }],
  (object) => [{ ...object, attributes: {} }],
  (object) => [{ ...object, references: [] }],
];

it('of a set with anything wrong, all is stored or nothing', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.record({ at: fc.nat({ max: whole.length - 1 }), fault: fc.nat({ max: faults.length - 1 }) }), { maxLength: 3 }), fc.constantFrom('opensearch-dashboards', 'kibana'), async (changes, product) => {
      await using standIn = await startStandIn({ product });
      const objects = changes.reduce<readonly StoredObject[]>((set, { at, fault }) => set.flatMap((object) => (object.id === whole[at]?.id ? (faults[fault]?.(object) ?? []) : [object])), whole);
      const error: unknown = await importSavedObjects({ url: standIn.url }, { objects }).then(() => undefined, (thrown: unknown) => thrown);
      const stored = standIn.objects().map(({ type, id }) => `${type}:${id}`).sort();
      if (error === undefined) expect(stored).toEqual(objects.map(({ type, id }) => `${type}:${id}`).sort());
      else {
        expect(isPodscopeError(error)).toBe(true);
        expect(stored).toEqual([]);
      }
    }),
    { numRuns: 120 },
  );
});
