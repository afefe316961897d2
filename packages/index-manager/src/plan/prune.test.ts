import { describe, expect, it } from 'vitest';
import { defineIndexSetup } from '../define.ts';
import type { IndexChange, ObservedIndices } from '../model.ts';
import { beforeOf } from './before.ts';
import { observing } from './fixtures/observing.ts';
import { markTemplate } from './ownership.ts';
import { planIndices } from './plan.ts';

const owned = (...keys: readonly string[]): ObservedIndices['ledger'] => ({ streams: {}, resources: Object.fromEntries(keys.map((key) => [key, { owner: 'podscope', form: '', at: '', by: '' }])) });
const line = ({ action, kind, name }: IndexChange): string => `${action} ${kind} ${name}`;

describe('what is pruned', () => {
  it("leaves a component template that somebody else's index template is composed of, and says so", () => {
    const part = markTemplate({ template: {} });
    const observed = observing({ componentTemplates: { used: part, free: part }, foreignTemplates: { theirs: { patterns: ['t-*'], priority: 0, parts: ['used'] } } });
    const plan = planIndices(observed, defineIndexSetup({}), { prune: true });
    expect(plan.changes.map(line)).toEqual(['delete component-template free']);
    expect(plan.notes).toEqual([expect.stringContaining('component-template used stays')]);
  });

  it('is only the data stream that was seen', () => {
    const stream = (uuid: string) => observing({ dataStreams: { web: { template: null, indices: ['.ds-web-000001'], writeIndex: '.ds-web-000001', uuid } }, ledger: owned('data-stream/web') });
    const [deletion] = planIndices(stream('one'), defineIndexSetup({}), { prune: true }).changes;
    expect(deletion).toMatchObject({ action: 'delete', risk: 'destructive' });
    expect(beforeOf(stream('one'), deletion as IndexChange)).toEqual({ before: deletion?.before });
    expect(beforeOf(stream('another of the same name'), deletion as IndexChange)).not.toEqual({ before: deletion?.before });
  });
});

describe('a pipeline that the template has no longer', () => {
  const setup = (settings: Readonly<Record<string, string>>) => defineIndexSetup({ ingestPipelines: { kept: { processors: [] } }, indexTemplates: { web: { index_patterns: ['web-*'], data_stream: {}, template: { settings } } }, dataStreams: ['web-a'] });
  const planned = (pipeline: string, settings: Readonly<Record<string, string>> = {}) =>
    planIndices(
      observing({
        indexTemplates: { web: markTemplate({ index_patterns: ['web-*'], data_stream: {} }) },
        dataStreams: { 'web-a': { template: 'web', indices: ['.ds-1'], writeIndex: '.ds-1' } },
        indices: { '.ds-1': { mappings: {}, settings: { 'index.default_pipeline': pipeline } } },
        ledger: owned('ingest-pipeline/old'),
      }),
      setup(settings),
    ).changes.filter(({ kind, action }) => kind === 'data-stream' && action !== 'none');

  it.each([['old'], ['kept']])('is taken from the index that is written to (%s)', (pipeline) => {
    expect(planned(pipeline)).toMatchObject([{ action: 'put-mapping', desired: { index: '.ds-1', settings: { 'index.default_pipeline': null } } }]);
  });

  it("stays where it is none or somebody else's, and is exchanged where there is another", () => {
    expect(planned('_none')).toEqual([]);
    expect(planned('theirs')).toEqual([]);
    expect(planned('old', { default_pipeline: 'kept' })).toMatchObject([{ desired: { settings: { 'index.default_pipeline': 'kept' } } }]);
  });
});

describe('a rollover alias without a mark on its write index', () => {
  const setup = defineIndexSetup({ rolloverAliases: { ring: {} } });
  const planned = (unmarked?: { readonly index: string; readonly options: { readonly is_write_index?: boolean } }) =>
    planIndices(observing({ rolloverAliases: { ring: { template: null, indices: ['ring-1', 'ring-2'], writeIndex: unmarked === undefined ? 'ring-2' : undefined, ...(unmarked === undefined ? {} : { unmarked }) } }, ledger: owned('rollover-alias/ring') }), setup);

  it('gets one', () => {
    expect(planned().changes).toMatchObject([{ action: 'none' }]);
    expect(planned({ index: 'ring-2', options: {} }).changes).toMatchObject([{ action: 'update', reason: 'write index: "not marked" → "marked"' }]);
  });

  it('is not taken for one that agrees with its template', () => {
    const templated = defineIndexSetup({ ...setup, indexTemplates: { ring: { index_patterns: ['ring-*'] } } });
    expect(planIndices(observing({ rolloverAliases: { ring: { template: null, indices: ['ring-1'], writeIndex: undefined, unmarked: { index: 'ring-1', options: { is_write_index: false } } } }, ledger: owned('rollover-alias/ring') }), templated).streams).toEqual({});
  });
});

it('says which transient cluster settings hold instead of the persistent ones', () => {
  const setup = defineIndexSetup({ clusterSettings: { 'cluster.max_shards_per_node': 2000, 'search.max_buckets': 10 } });
  const stored = { 'cluster.max_shards_per_node': '2000', 'search.max_buckets': '10' };
  const plan = planIndices(observing({ clusterSettings: stored, transientSettings: { 'cluster.max_shards_per_node': '5', 'search.max_buckets': '10' } }), setup);
  expect(plan.notes).toEqual(['cluster setting cluster.max_shards_per_node: its transient value "5" holds instead, until somebody takes it away or the cluster starts anew']);
});
