import type { StartOptions } from '../../../packages/embedded-opensearch/src/index.ts';
import { afterAll, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../packages/index-manager/src/model.ts';
import { classifyMappingChange, worstClass } from '../../../packages/index-manager/src/mappings/classify.ts';
import { settingFacts } from '../../../packages/index-manager/src/mappings/classify-settings.ts';
import { eachOf } from './eachOf.ts';
import { ask, startIfPossible } from './testServer.ts';
import { SETTING_TRIALS } from '../../../packages/index-manager/src/mappings/fixtures/setting-trials.ts';
import { mappingOfTrial, type Trial, TRIALS, TYPE_TRIALS } from '../../../packages/index-manager/src/mappings/fixtures/trials.ts';
import { mappingUpdate } from '../../../packages/index-manager/src/mappings/update.ts';
import { MAPPING_PARAMETERS } from '../../../packages/index-manager/src/mappings/parameters.ts';
import { INDEX_SETTINGS } from '../../../packages/index-manager/src/mappings/setting-table.ts';

/** What this server doesn't have. */
export interface ContractFacts {
  /** Types, and `<type>.<parameter>`. */
  readonly unknown: readonly string[];
  readonly unknownSettings: readonly string[];
  /** `<type>.<parameter>` that it takes for a field that is there, and keeps nothing of. */
  readonly forgets?: readonly string[];
}

/** Only plugins that aren't there know them. */
const PLUGIN_SETTINGS = ['plugins.index_state_management.*', 'opendistro.index_state_management.*', 'lifecycle.*'];
const SMALL = { number_of_shards: 1, number_of_replicas: 0 };

/** What a server does with a change, against what the classes say: one line where they differ. */
async function tryChange(url: string, index: string, before: JsonObject, after: JsonObject): Promise<'unknown' | 'agrees' | string> {
  const made = await ask(url, 'PUT', `/${index}?wait_for_active_shards=0`, { settings: SMALL, mappings: before });
  if (made.status !== 200) return 'unknown';
  const was = await mappingIn(url, index);
  const changes = classifyMappingChange(was, after);
  const put = await ask(url, 'PUT', `/${index}/_mapping`, mappingUpdate(was, after, changes));
  const is = await mappingIn(url, index);
  await ask(url, 'DELETE', `/${index}`);
  if (put.status !== 200 && /No handler for type|unsupported parameters|unknown parameter|Could not convert/u.test(put.reason)) return 'unknown';
  const worst = worstClass(changes);
  const stands = classifyMappingChange(is, after).length === 0;
  const unchanged = classifyMappingChange(was, is).length === 0;
  const did = put.status !== 200 ? `refused (${put.reason.replaceAll(/\s+/gu, ' ')})` : stands ? 'made' : unchanged ? 'ignored' : 'changed to something else';
  const expected = worst === 'reindex' || worst === 'impossible' ? /^(refused|ignored)/u : /^made/u;
  return expected.test(did) ? 'agrees' : `${worst ?? 'no change'}, but the server: ${did}`;
}

async function mappingIn(url: string, index: string): Promise<JsonObject> {
  return ((await ask(url, 'GET', `/${index}/_mapping`)).body[index] as { readonly mappings: JsonObject }).mappings;
}

const nameOf = ({ type, parameter }: Trial): string => `${type}.${parameter}`;

/** Holds the tables against what a real server does. */
export async function describeClasses(title: string, options: StartOptions, { unknown, unknownSettings, forgets = [] }: ContractFacts): Promise<void> {
  const server = await startIfPossible(options);
  describe(`the classes of mapping changes on ${title} (needs a JDK that runs it)`, () => {
    afterAll(() => server?.stop());
    const it = test.runIf(server !== undefined);
    const url = server?.url ?? '';
    const lacks = ({ type, parameter }: Pick<Trial, 'type' | 'parameter'>): boolean => unknown.includes(type) || unknown.includes(`${type}.${parameter}`);

    it('are what the server does, for every parameter, both ways', async () => {
      const results = await eachOf([...TRIALS.entries()], async ([at, trial]) => {
        const [one, other] = [mappingOfTrial(trial, trial.one), mappingOfTrial(trial, trial.other)];
        return [nameOf(trial), await tryChange(url, `to-${at}`, one, other), await tryChange(url, `back-${at}`, other, one)] as const;
      });
      expect(results.filter(([, to, back]) => to === 'unknown' || back === 'unknown').map(([name]) => name)).toEqual(TRIALS.filter(lacks).map(nameOf));
      const wrong = results.filter(([, ...said]) => !said.every((each) => each === 'agrees' || each === 'unknown'));
      expect(wrong.filter(([name]) => !forgets.includes(name))).toEqual([]);
      expect(wrong.filter(([, to]) => to.endsWith('the server: ignored')).map(([name]) => name)).toEqual(forgets);
    });

    it('are what the server does, for changes of the type', async () => {
      const results = await eachOf(TYPE_TRIALS, async ([before, after]) => {
        const field = (type: string): JsonObject => ({ properties: { all: { type: 'keyword' }, f: { type, ...(type === 'alias' ? { path: 'all' } : {}) } } });
        return [before, after, await tryChange(url, `type-${before}-${after}`, field(before), field(after)), await tryChange(url, `type-${after}-${before}`, field(after), field(before))];
      });
      const wrong = results.filter(([, , ...said]) => !said.every((each) => each === 'agrees' || each === 'unknown'));
      expect(wrong).toEqual([]);
      expect(results.filter((said) => said.includes('unknown')).map(([before]) => before)).toEqual(TYPE_TRIALS.filter((types) => types.some((type) => unknown.includes(type))).map(([before]) => before));
    });

    it('call impossible what a reindex fails at', async () => {
      const tries = [
        { before: { properties: { f: { type: 'object' } } }, after: { properties: { f: { type: 'keyword' } } }, document: { f: { a: 1 } }, fails: true },
        { before: { properties: { f: { type: 'keyword' } } }, after: { properties: { f: { type: 'object' } } }, document: { f: 'a' }, fails: true },
        { before: { properties: { f: { type: 'keyword' } } }, after: { properties: { all: { type: 'keyword' }, f: { type: 'alias', path: 'all' } } }, document: { f: 'a' }, fails: true },
        { before: { _source: { enabled: false } }, after: {}, document: { f: 'a' }, fails: true },
        { before: { properties: { f: { type: 'object' } } }, after: { properties: { f: { type: 'flat_object' } } }, document: { f: { a: 1 } }, fails: false },
        { before: { properties: { f: { type: 'keyword' } } }, after: { properties: { f: { type: 'text' } } }, document: { f: 'a' }, fails: false },
      ];
      // A target that the server can't make would be made by the reindex, with whatever mapping.
      const possible = tries.filter(({ after }) => !JSON.stringify(after).includes('flat_object') || !unknown.includes('flat_object'));
      const results = await eachOf([...possible.entries()], async ([at, { before, after, document }]) => {
        await ask(url, 'PUT', `/from-${at}`, { settings: SMALL, mappings: before });
        await ask(url, 'PUT', `/into-${at}`, { settings: SMALL, mappings: after });
        await ask(url, 'PUT', `/from-${at}/_doc/1?refresh=true`, document);
        const copied = await ask(url, 'POST', '/_reindex', { source: { index: `from-${at}` }, dest: { index: `into-${at}` } });
        return [worstClass(classifyMappingChange(before, after)), copied.body['created'] !== 1];
      });
      expect(results).toEqual(possible.map(({ fails }) => [fails ? 'impossible' : 'reindex', fails]));
    });

    it('take no default that is said for a change', async () => {
      const rows = MAPPING_PARAMETERS.filter((row) => row.default !== undefined && !lacks(row));
      const results = await eachOf([...rows.entries()], async ([at, row]) => {
        const trial = TRIALS.find((each) => each.type === row.type && each.parameter === row.parameter) as Trial;
        const [said, left] = [mappingOfTrial(trial, row.default), mappingOfTrial(trial, undefined)];
        const made = await ask(url, 'PUT', `/default-${at}?wait_for_active_shards=0`, { settings: SMALL, mappings: said });
        const put = await ask(url, 'PUT', `/default-${at}/_mapping`, left);
        const stored = await mappingIn(url, `default-${at}`);
        await ask(url, 'DELETE', `/default-${at}`);
        return [nameOf(trial), made.status, put.status, classifyMappingChange(stored, left), classifyMappingChange(stored, said)] as const;
      });
      expect(results.length).toBeGreaterThan(100);
      expect(results.filter(([, made, put, ...changes]) => made !== 200 || put !== 200 || changes.flat().length > 0).map(([name]) => name)).toEqual([]);
    });

    it('are what the server does, for every index setting', async () => {
      const results = await eachOf([...INDEX_SETTINGS.entries()], async ([at, row]) => {
        const { value, setting = row.setting, beside = {} } = SETTING_TRIALS[row.setting] ?? { value: '' };
        const index = `setting-${at}`;
        const body = { [`index.${setting}`]: value };
        await ask(url, 'PUT', `/${index}`, { settings: { ...SMALL, ...beside }, mappings: { properties: { a: { type: 'keyword' } } } });
        const open = await ask(url, 'PUT', `/${index}/_settings`, body);
        if (open.status === 200) return [row.setting, 'free'];
        await ask(url, 'POST', `/${index}/_close?wait_for_active_shards=0`);
        const closed = await ask(url, 'PUT', `/${index}/_settings`, body);
        if (closed.status === 200) return [row.setting, 'close'];
        const made = await ask(url, 'PUT', `/${index}-made?wait_for_active_shards=0`, { settings: { ...SMALL, ...beside, ...body }, mappings: { properties: { a: { type: 'keyword' } } } });
        if (/unknown setting/u.test(closed.reason)) return [row.setting, 'unknown'];
        return [row.setting, /not updateable/u.test(closed.reason) ? 'reindex' : made.status === 200 ? `? ${closed.reason}` : 'impossible'];
      });
      const SERVERS_OWN = ['creation_date', 'uuid', 'provided_name', 'resize.*'];
      const wrong = results.filter(([setting = '', did]) => {
        const row = settingFacts(setting);
        if ([...PLUGIN_SETTINGS, ...unknownSettings, ...SERVERS_OWN].includes(setting)) return !(did === 'unknown' || did === row?.class || (SERVERS_OWN.includes(setting) && did === 'reindex'));
        return did !== (row?.taken === true ? 'close' : row?.class);
      });
      expect(wrong).toEqual([]);
      for (const setting of [...PLUGIN_SETTINGS, ...unknownSettings]) expect(results).toContainEqual([setting, 'unknown']);
    });

    it('know that a taken change of routing shards has no effect', async () => {
      await ask(url, 'PUT', '/routed', { settings: SMALL });
      const shards = async (): Promise<unknown> => {
        const { body } = await ask(url, 'GET', '/_cluster/state/metadata/routed?filter_path=metadata.indices.*.routing_num_shards');
        return (body['metadata'] as JsonObject)['indices'];
      };
      const before = await shards();
      await ask(url, 'POST', '/routed/_close');
      expect((await ask(url, 'PUT', '/routed/_settings', { 'index.number_of_routing_shards': 4 })).status).toBe(200);
      expect(await shards()).toEqual(before);
    });
  });
}
