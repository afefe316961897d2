import { date, defineFields, keyword } from '@podscope/core';
import { expect, it } from 'vitest';
import { bundle, dataView, defineVisualization, diffLiveSavedObjects, exportSavedObjects, importSavedObjects, markdown, readSavedObjects, toNdjson } from '../index.ts';
import { startStandIn } from '../live/fixtures/standIn.ts';
import { withFunctionsOf } from './vegaFunctions.ts';

const logs = dataView('podscope-custom-*', { fields: defineFields({ '@timestamp': date(), host: keyword() }) });
const clicked = defineVisualization({ id: 'clicked', fields: {}, toVega: () => ({ signals: [{ name: 's', on: [{ events: 'click', update: 'opensearchDashboardsSetTimeFilter(1, 2)' }] }] }) });
const picture = clicked('podscope-custom', 'Clicked', logs, { fields: {} });

it('an import writes them in the words of the target, and finds them stored so', async () => {
  await using standIn = await startStandIn();
  for (const [target, name] of [['opensearch-dashboards@2', 'opensearchDashboardsSetTimeFilter'], ['kibana@7.10', 'kibanaSetTimeFilter']] as const) {
    await importSavedObjects({ url: standIn.url }, bundle(picture), { target, overwrite: true });
    const [back] = await exportSavedObjects({ url: standIn.url }, { objects: [{ type: 'visualization', id: 'podscope-custom' }] });
    expect(await diffLiveSavedObjects({ url: standIn.url }, bundle(picture), { target })).toEqual([]);
    expect(/(\w+SetTimeFilter)\(/u.exec(String(back?.attributes['visState']))?.[1]).toBe(name);
  }
});

it('nothing else is changed by them', () => {
  const text = markdown('text', 'Text', 'opensearchDashboardsAddFilter( is a function of type "vega"');
  expect(withFunctionsOf('kibana@7.10', text.object)).toBe(text.object);
  expect(withFunctionsOf('opensearch-dashboards@2', picture.object)).toBe(picture.object);
});

it('what was read is written as it is where no target is named', () => {
  const text = toNdjson(bundle(picture), { target: 'kibana@8' });
  const set = { objects: readSavedObjects(text).objects.map(({ object }) => object) };
  expect(toNdjson(set)).toBe(text);
  expect(toNdjson(set, { target: 'opensearch-dashboards@2' })).toContain('opensearchDashboardsSetTimeFilter(');
  // @ts-expect-error what the builders made is for a target
  expect(() => toNdjson(bundle(picture))).toThrowError(expect.objectContaining({ code: 'SAVED_OBJECT_TARGET_UNKNOWN' }));
});
