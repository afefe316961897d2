import { afterEach, describe, expect, it } from 'vitest';
import { date, defineFields, keyword } from '@podscope/core';
import { bundle, count, dashboard, dataView, dateHistogram, diffSavedObjects, line, row, type StoredObject } from '../index.ts';
import { exportSavedObjects } from './exportSavedObjects.ts';
import { type StandIn, type StandInOptions, startStandIn } from './fixtures/standIn.ts';
import { importSavedObjects } from './importSavedObjects.ts';

const view = dataView('podscope-live-*', { fields: defineFields({ '@timestamp': date(), host: keyword() }) });
const chart = line('podscope-live-line', 'Requests', view, { x: dateHistogram('@timestamp'), y: count() });
const set = bundle(dashboard('podscope-live', 'Live', [row(chart)]));
const stored = (objects: typeof set.objects): readonly StoredObject[] => objects.map((object) => ({ ...object, attributes: object.attributes as StoredObject['attributes'], rest: {} }));

let standIn: StandIn | undefined;
afterEach(async () => {
  await standIn?.[Symbol.asyncDispose]();
  standIn = undefined;
});
async function start(options: StandInOptions = {}): Promise<StandIn> {
  standIn = await startStandIn(options);
  return standIn;
}

/** What holds of a stand-in, and of any real product: each test cleans up nothing, so it overwrites what it made. */
const real = [process.env['OPENSEARCH_DASHBOARDS_URL'], process.env['KIBANA_URL']].filter((url): url is string => url !== undefined && url !== '');

describe.each([['a stand-in', undefined] as const, ...real.map((url) => ['a real product', url] as const)])('%s', (_, address) => {
  const urlOf = async (): Promise<string> => address ?? (await start()).url;

  it('stores what is imported, and gives it back', async () => {
    const url = await urlOf();
    expect(await importSavedObjects({ url }, set, { overwrite: true })).toMatchObject({ imported: 3 });
    expect(await importSavedObjects({ url }, set, { overwrite: true })).toMatchObject({ imported: 3, overwritten: 3 });
    const back = await exportSavedObjects({ url }, { objects: [{ type: 'dashboard', id: 'podscope-live' }] });
    expect(diffSavedObjects(stored(set.objects), back).filter(({ differences }) => differences.some(({ before }) => before !== undefined))).toEqual([]);
    expect(back).toHaveLength(3);
  });

  it('refuses what is there already, before anything is written', async () => {
    const url = await urlOf();
    await importSavedObjects({ url }, set, { overwrite: true });
    await expect(importSavedObjects({ url }, set)).rejects.toMatchObject({ code: 'SAVED_OBJECT_IMPORT_REFUSED', message: expect.stringContaining('is there already (and 2 more)') as string });
  });

  it('refuses a reference to nothing, before anything is written', async () => {
    const url = await urlOf();
    const lonely = stored(set.objects).filter(({ type }) => type === 'visualization').map((object) => ({ ...object, id: 'podscope-live-lonely', references: [{ name: 'kibanaSavedObjectMeta.searchSourceJSON.index', type: 'index-pattern', id: 'podscope-nowhere' }] }));
    await expect(importSavedObjects({ url }, { objects: lonely })).rejects.toMatchObject({ code: 'SAVED_OBJECT_IMPORT_REFUSED', message: expect.stringContaining('podscope-nowhere') as string });
    await expect(exportSavedObjects({ url }, { objects: [{ type: 'visualization', id: 'podscope-live-lonely' }] })).rejects.toMatchObject({ code: 'SAVED_OBJECT_SERVER_REFUSED' });
  });
});

describe('tenants', () => {
  it('are checked before anything is sent: the product would take another one', async () => {
    const { url, objects, requests } = await start({ tenants: ['team'] });
    await importSavedObjects({ url, tenant: 'team' }, set);
    expect(objects('team')).toHaveLength(3);
    const before = requests.length;
    await expect(importSavedObjects({ url, tenant: 'taem' }, set)).rejects.toMatchObject({ code: 'SAVED_OBJECT_TENANT_UNKNOWN', hint: expect.stringContaining('global, team') as string });
    expect(requests.slice(before).some((each) => each.includes('_import'))).toBe(false);
    expect(objects()).toEqual([]);
  });

  it('are none without the security plugin', async () => {
    const { url } = await start();
    await expect(exportSavedObjects({ url, tenant: 'team' }, { types: ['dashboard'] })).rejects.toMatchObject({ code: 'SAVED_OBJECT_TENANT_UNKNOWN' });
  });
});

describe('what a server says and does', () => {
  it('is not believed: what was stored is read back', async () => {
    const { url } = await start({ lies: true });
    await expect(importSavedObjects({ url }, set)).rejects.toMatchObject({ code: 'SAVED_OBJECT_NOT_STORED', message: expect.stringContaining('is not there (and 2 more)') as string });
  });

  it('limits of one import are met by several, what is referred to first', async () => {
    const { url, objects, requests } = await start();
    const many = Array.from({ length: 10_050 }, (_, at): StoredObject => ({ type: 'query', id: `podscope-q${at}`, attributes: { title: `q${at}` }, references: [], rest: {} }));
    const progress: number[] = [];
    await importSavedObjects({ url }, { objects: [...many, ...set.objects] }, { onProgress: ({ done }) => progress.push(done) });
    expect(objects()).toHaveLength(10_053);
    expect(progress).toEqual([10_000, 10_053]);
    expect(requests.filter((each) => each.includes('_import'))).toHaveLength(2);
  });

  it('a later part that is refused says what was written before', async () => {
    const { url } = await start({ objectLimit: 10 });
    const many = Array.from({ length: 11 }, (_, at): StoredObject => ({ type: 'query', id: `podscope-q${at}`, attributes: { title: 'q' }, references: [], rest: {} }));
    await expect(importSavedObjects({ url }, { objects: many })).rejects.toMatchObject({ code: 'SAVED_OBJECT_SERVER_REFUSED', message: expect.stringContaining("Can't import more than 10 objects") as string });
  });

  it('credentials are sent, and never in an error', async () => {
    const { url, objects } = await start({ username: 'mé', password: 'secret-word' });
    await importSavedObjects({ url, auth: { username: 'mé', password: 'secret-word' } }, set);
    expect(objects()).toHaveLength(3);
    const error = await importSavedObjects({ url, auth: { username: 'mé', password: 'wrong-word' } }, set).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'SAVED_OBJECT_SERVER_REFUSED', hint: expect.stringContaining('credentials') as string });
    expect(JSON.stringify(error)).not.toContain('wrong-word');
  });

  it('a wrong base path, a server that is gone, and a signal', async () => {
    const { url } = await start();
    await expect(exportSavedObjects({ url: url.replace('_dashboards', 'nowhere') }, { types: ['dashboard'] })).rejects.toMatchObject({ code: 'SAVED_OBJECT_SERVER_REFUSED', hint: expect.stringContaining('base path') as string });
    await expect(importSavedObjects({ url: 'http://127.0.0.1:1' }, set)).rejects.toMatchObject({ code: 'SAVED_OBJECT_SERVER_UNREACHABLE' });
    await expect(importSavedObjects({ url, signal: AbortSignal.abort(new Error('enough')) }, set)).rejects.toThrow('enough');
  });

  it('an export that misses what it refers to is an error', async () => {
    const { url } = await start();
    const panel: StoredObject = { type: 'dashboard', id: 'd', attributes: { title: 'D' }, references: [{ name: 'panel_0', type: 'visualization', id: 'gone' }], migrationVersion: { dashboard: '7.9.3' }, rest: {} };
    await importSavedObjects({ url }, { objects: [panel] });
    await expect(exportSavedObjects({ url }, { types: ['dashboard'] })).rejects.toMatchObject({ code: 'SAVED_OBJECT_REFERENCE_MISSING', message: expect.stringContaining('visualization "gone"') as string });
    expect(await exportSavedObjects({ url }, { types: ['dashboard'] }, { withReferences: false })).toHaveLength(1);
  });
});

describe('the stand-in does what its rules cite', () => {
  const post = async (url: string, objects: readonly object[], name = 'a.ndjson'): Promise<{ readonly status: number; readonly rule: string | null; readonly body: Record<string, unknown> }> => {
    const form = new FormData();
    form.append('file', new Blob([objects.map((each) => JSON.stringify(each)).join('\n')]), name);
    const answer = await fetch(`${url}/api/saved_objects/_import`, { method: 'POST', headers: { 'osd-xsrf': 'true' }, body: form });
    return { status: answer.status, rule: answer.headers.get('x-rule'), body: (await answer.json()) as Record<string, unknown> };
  };
  const visualization = { type: 'visualization', id: 'v', attributes: { title: 'V' }, references: [{ name: 'i', type: 'index-pattern', id: 'gone' }] };
  const pattern = { type: 'index-pattern', id: 'p', attributes: { title: 'p' }, references: [] };

  it('all or nothing on a missing reference, although it counts successes', async () => {
    const { url, objects } = await start();
    expect(await post(url, [pattern, visualization])).toMatchObject({ rule: expect.stringMatching(/^all-or-nothing, src/u) as string, body: { success: false, successCount: 1, successResults: [{ type: 'index-pattern', id: 'p' }] } });
    expect(objects()).toEqual([]);
  });

  it('422 on a version too new, 400 on another ending, on one object twice, and without its header', async () => {
    const { url } = await start();
    expect((await post(url, [{ ...pattern, migrationVersion: { 'index-pattern': '7.11.0' } }])).status).toBe(422);
    expect((await post(url, [pattern], 'a.json')).status).toBe(400);
    expect((await post(url, [pattern, pattern])).status).toBe(400);
    expect((await fetch(`${url}/api/saved_objects/_bulk_get`, { method: 'POST', body: '[]' })).status).toBe(400);
  });

  it('strict attributes and unknown types are errors of their objects; the others are written', async () => {
    const { url, objects } = await start();
    expect((await post(url, [pattern, { ...visualization, references: [], attributes: { title: 'V', mine: 1 } }, { ...pattern, type: 'lens' }])).body).toMatchObject({ success: false });
    expect(objects().map(({ type }) => type)).toEqual(['index-pattern']);
  });
});
