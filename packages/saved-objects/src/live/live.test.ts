import { inspect } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { date, defineFields, keyword } from '@podscope/core';
import { bundle, convertSavedObjects, count, dashboard, dataView, dateHistogram, diffSavedObjects, line, pie, row, type StoredObject, terms } from '../index.ts';
import { diffLiveSavedObjects } from './diffLiveSavedObjects.ts';
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

describe.each([['a stand-in of OpenSearch Dashboards', {}, undefined] as const, ['a stand-in of Kibana', { product: 'kibana' }, undefined] as const, ...real.map((url) => ['a real product', {}, url] as const)])('%s', (_, options, address) => {
  const urlOf = async (): Promise<string> => address ?? (await start(options)).url;

  it('stores what is imported, and gives it back', async () => {
    const url = await urlOf();
    expect(await importSavedObjects({ url }, set, { overwrite: true })).toMatchObject({ imported: 3 });
    expect(await importSavedObjects({ url }, set, { overwrite: true })).toMatchObject({ imported: 3, overwritten: 3 });
    const back = convertSavedObjects(await exportSavedObjects({ url }, { objects: [{ type: 'dashboard', id: 'podscope-live' }] }), { to: 'kibana@7.10' }).objects;
    expect(diffSavedObjects(stored(set.objects), back).filter(({ differences }) => differences.some(({ before }) => before !== undefined))).toEqual([]);
    expect(back).toHaveLength(3);
  });

  it('tells what differs from what it has', async () => {
    const url = await urlOf();
    await importSavedObjects({ url }, set, { overwrite: true });
    expect(await diffLiveSavedObjects({ url }, set)).toEqual([]);
    const [pattern, visualization, board] = stored(set.objects);
    const changed = [pattern, { ...visualization, attributes: { ...visualization?.attributes, title: 'Other' } }, board, { ...pattern, id: 'podscope-nowhere' }] as readonly StoredObject[];
    expect((await diffLiveSavedObjects({ url }, { objects: changed })).map(({ id, change, differences }) => [id, change, differences.map(({ path }) => path)])).toEqual([
      ['podscope-live-line', 'changed', ['attributes.title']],
      ['podscope-nowhere', 'removed', []],
    ]);
  });

  it('refuses what is there already, before anything is written', async () => {
    const url = await urlOf();
    await importSavedObjects({ url }, set, { overwrite: true });
    await expect(importSavedObjects({ url }, set)).rejects.toMatchObject({ code: 'SAVED_OBJECT_IMPORT_REFUSED', message: expect.stringContaining('is there already (and 2 more)') as string });
  });

  it.each([
    ['an id that no index holds', { id: `podscope-live-${'x'.repeat(600)}` }, 'an index holds 512'],
    ['a shape that is too new', { migrationVersion: { 'index-pattern': '99.0.0' } }, 'it has the shape of 99.0.0'],
  ])('refuses %s, before anything is written', async (_, change, words) => {
    const url = await urlOf();
    const objects = stored(set.objects).filter(({ type }) => type === 'index-pattern').map((object) => ({ ...object, id: 'podscope-live-never', ...change }));
    await expect(importSavedObjects({ url }, { objects })).rejects.toMatchObject({ code: 'SAVED_OBJECT_IMPORT_REFUSED', message: expect.stringContaining(words) as string });
    expect(standIn?.requests.some((each) => each.includes('_import')) ?? false).toBe(false);
  });

  it('refuses a reference to nothing, before anything is written', async () => {
    const url = await urlOf();
    const lonely = stored(set.objects).filter(({ type }) => type === 'visualization').map((object) => ({ ...object, id: 'podscope-live-lonely', references: [{ name: 'kibanaSavedObjectMeta.searchSourceJSON.index', type: 'index-pattern', id: 'podscope-nowhere' }] }));
    await expect(importSavedObjects({ url }, { objects: lonely })).rejects.toMatchObject({ code: 'SAVED_OBJECT_IMPORT_REFUSED', message: expect.stringContaining('podscope-nowhere') as string });
    await expect(exportSavedObjects({ url }, { objects: [{ type: 'visualization', id: 'podscope-live-lonely' }] })).rejects.toMatchObject({ code: 'SAVED_OBJECT_SERVER_REFUSED' });
  });
});

describe('Kibana', () => {
  it('stores what its own migrations make of it: that is no loss', async () => {
    const { url, objects } = await start({ product: 'kibana' });
    const hosts = pie('podscope-live-pie', 'Hosts', view, { slices: terms('host'), y: count() });
    expect(await importSavedObjects({ url }, bundle(dashboard('podscope-live', 'Live', [row(chart, hosts)])))).toMatchObject({ imported: 4, product: { name: 'kibana', version: '8.19.2' } });
    const board = objects().find(({ type }) => type === 'dashboard');
    expect(board?.references.map(({ name }) => name)).toEqual(['1:panel_1', '2:panel_2']);
    expect(String(objects().find(({ id }) => id === hosts.id)?.attributes['visState'])).toContain('legendDisplay');
  });

  it('has spaces', async () => {
    const { url, objects, requests } = await start({ product: 'kibana' });
    await importSavedObjects({ url, space: 'team a' }, set);
    expect(objects('s/team%20a')).toHaveLength(3);
    expect(objects()).toEqual([]);
    expect(requests.filter((each) => each.includes('_import'))).toEqual(['POST /_dashboards/s/team%20a/api/saved_objects/_import']);
    expect(await exportSavedObjects({ url, space: 'team a' }, { types: ['dashboard'] })).toHaveLength(3);
    expect(await exportSavedObjects({ url, space: 'default' }, { types: ['dashboard'] })).toEqual([]);
  });
});

describe('workspaces', () => {
  it('are looked for first: one that is not there is refused', async () => {
    const { url, objects, requests } = await start({ workspaces: ['w1'] });
    await importSavedObjects({ url, workspace: 'w1' }, set);
    expect(objects('w/w1')).toHaveLength(3);
    const before = requests.length;
    await expect(importSavedObjects({ url, workspace: 'w2' }, set)).rejects.toMatchObject({ code: 'SAVED_OBJECT_WORKSPACE_UNKNOWN', message: expect.stringContaining('workspace "w2"') as string });
    expect(requests.slice(before).some((each) => each.includes('saved_objects'))).toBe(false);
    await expect(exportSavedObjects({ url, workspace: 'w2' }, { types: ['dashboard'] })).rejects.toMatchObject({ code: 'SAVED_OBJECT_WORKSPACE_UNKNOWN' });
  });

  it('are none where they are switched off', async () => {
    const { url } = await start();
    await expect(importSavedObjects({ url, workspace: 'w1' }, set)).rejects.toMatchObject({ code: 'SAVED_OBJECT_WORKSPACE_UNKNOWN', message: expect.stringContaining('has no workspaces') as string });
  });
});

describe('what an import can be told', () => {
  it('a data source: the product renames, and what it wrote is looked for', async () => {
    const { url, objects, requests } = await start();
    expect(await importSavedObjects({ url }, set, { dataSource: 'far' })).toMatchObject({ imported: 3 });
    expect(objects().map(({ id }) => id)).toEqual(set.objects.map(({ id }) => `far_${id}`));
    expect(requests.find((each) => each.includes('_import'))).toBe('POST /_dashboards/api/saved_objects/_import?dataSourceId=far&dataSourceEnabled=true');
    await standIn?.[Symbol.asyncDispose]();
    const liar = await start({ lies: true });
    await expect(importSavedObjects({ url: liar.url }, set, { dataSource: 'far' })).rejects.toMatchObject({ code: 'SAVED_OBJECT_NOT_STORED' });
  });

  it('to write nothing: everything else is looked at', async () => {
    const { url, objects, requests } = await start();
    expect(await importSavedObjects({ url }, set, { dryRun: true })).toMatchObject({ imported: 3, overwritten: 0 });
    expect(requests.some((each) => each.includes('_import'))).toBe(false);
    expect(objects()).toEqual([]);
    await importSavedObjects({ url }, set);
    await expect(importSavedObjects({ url }, set, { dryRun: true })).rejects.toMatchObject({ code: 'SAVED_OBJECT_IMPORT_REFUSED' });
    expect(await importSavedObjects({ url }, set, { dryRun: true, overwrite: true })).toMatchObject({ overwritten: 3 });
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
    const { url, objects } = await start();
    const many = Array.from({ length: 10_001 }, (_, at): StoredObject => ({ type: 'query', id: `podscope-q${at}`, attributes: { title: 'q' }, references: [], rest: {} }));
    let imports = 0;
    const fetch: typeof globalThis.fetch = async (input, init) => (String(input).includes('_import') && ++imports === 2 ? Response.json({ message: 'Payload too large' }, { status: 413 }) : globalThis.fetch(input, init));
    await expect(importSavedObjects({ url, fetch }, { objects: many })).rejects.toMatchObject({
      code: 'SAVED_OBJECT_SERVER_REFUSED',
      message: 'POST /api/saved_objects/_import was refused with status 413: Payload too large. 10000 objects of earlier parts were written.',
    });
    expect(objects()).toHaveLength(10_000);
  });

  it('a limit lower than the product’s own is said in its words', async () => {
    const { url } = await start({ objectLimit: 2 });
    await expect(importSavedObjects({ url }, set)).rejects.toMatchObject({ code: 'SAVED_OBJECT_SERVER_REFUSED', message: expect.stringContaining("Can't import more than 2 objects") as string });
  });

  it.each(['_bulk_get', '_import', 'account', 'workspaces'])('a page in the place of what %s answers is an error', async (path) => {
    const { url } = await start({ tenants: ['team'], workspaces: ['w1'] });
    const fetch: typeof globalThis.fetch = async (input, init) => (String(input).includes(path) ? new Response('<html>Sign in</html>') : globalThis.fetch(input, init));
    await expect(importSavedObjects({ url, tenant: 'team', workspace: 'w1', fetch }, set)).rejects.toMatchObject({ code: 'SAVED_OBJECT_SERVER_REFUSED', message: expect.stringMatching(/answered with what is none of its answers/u) as string });
  });

  it('an answer without the objects that were asked for is none', async () => {
    const { url } = await start();
    const fetch: typeof globalThis.fetch = async (input, init) => (String(input).includes('_bulk_get') ? Response.json({ message: 'later' }) : globalThis.fetch(input, init));
    await expect(diffLiveSavedObjects({ url, fetch }, set)).rejects.toMatchObject({ code: 'SAVED_OBJECT_SERVER_REFUSED' });
  });

  it.each([
    ['a password', { username: 'me', password: 'secret-word' }],
    ['keys', { sigv4: { region: 'r', credentials: { accessKeyId: 'AK', secretAccessKey: 'secret-word', sessionToken: 'secret-word too' } } }],
    ['keys that are renewed', { sigv4: { region: 'r', credentials: async () => ({ accessKeyId: 'AK', secretAccessKey: 'secret-word' }) } }],
  ])('%s that is said back stands in no error, however deep', async (_, auth) => {
    const words = 'secret-word at https://me:secret-word@host/ is not right';
    const answers: readonly (() => Promise<Response>)[] = [async () => Response.json({ message: words }, { status: 400 }), async () => Promise.reject(new TypeError(words, { cause: new Error(words) }))];
    for (const fetch of answers) {
      const error = await exportSavedObjects({ url: 'https://search.example.com', auth, fetch }, { types: ['dashboard'] }).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ name: 'PodscopeError', message: expect.stringContaining('[redacted]') as string });
      expect(inspect(error, { depth: 9 })).not.toContain('secret-word');
    }
  });

  it('credentials that cannot be had are no server that is gone', async () => {
    const credentials = async (): Promise<never> => Promise.reject(new Error('the role has ended'));
    await expect(exportSavedObjects({ url: 'https://search.example.com', auth: { sigv4: { region: 'r', credentials } } }, { types: ['dashboard'] })).rejects.toMatchObject({
      message: 'POST /api/saved_objects/_export was not sent: there are no credentials for search.example.com: the role has ended.',
    });
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
