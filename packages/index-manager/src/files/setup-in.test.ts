import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../model.ts';
import type { Cluster } from './cluster.ts';
import type { ExportSelection } from './model.ts';
import { setupIn } from './setup-in.ts';

const empty: Cluster = { componentTemplates: {}, indexTemplates: {}, legacyTemplates: {}, ingestPipelines: {}, lifecyclePolicies: {}, dataStreams: {}, aliases: {}, clusterSettings: {}, ledger: { resources: {}, streams: {} } };
const exported = (cluster: Partial<Cluster>, selection?: ExportSelection) => setupIn({ ...empty, ...cluster }, selection);
const owned = (owner: string) => ({ owner, form: 'x', at: '2026-01-01T00:00:00Z', by: 'ann' });

describe('setupIn', () => {
  it('takes nothing from an empty cluster', () => {
    expect(exported({})).toMatchObject({ setup: { owner: 'podscope', indexTemplates: {} }, leftOut: [] });
  });

  it('leaves out what servers make for themselves', () => {
    const { setup, leftOut } = exported({
      indexTemplates: { logs: { index_patterns: ['logs-*-*'], _meta: { managed: true } }, 'ilm-history': { index_patterns: ['ilm-history-3*'] }, ss4o_metrics_template: { index_patterns: ['ss4o_metrics-*-*'] }, mine: { index_patterns: ['mine-*'] } },
      legacyTemplates: { '.monitoring-es': { index_patterns: ['.monitoring-es-7-*'] }, tenant_template: { index_patterns: ['.kibana*_0*'] } },
      ingestPipelines: { xpack_monitoring_7: { processors: [] }, 'logs@json-pipeline': { processors: [] }, 'logs-pipeline-of-mine': { processors: [] } },
      lifecyclePolicies: { logs: { phases: { hot: { actions: {} } } }, 'ml-size-based-ilm-policy': { phases: { hot: { actions: {} } } }, '30-days-default': { phases: { hot: { actions: {} } } }, 'logs-of-mine': { phases: { hot: { actions: {} } } } },
      dataStreams: { '.fleet-actions-results': { name: '.fleet-actions-results', system: true }, 'logs-app-default': { name: 'logs-app-default' } },
      aliases: { '.kibana': { '.kibana_1': {} }, kibana: { '.kibana_1': {} } },
    });
    expect(Object.keys(setup.indexTemplates)).toEqual(['mine']);
    expect(Object.keys(setup.ingestPipelines)).toEqual(['logs-pipeline-of-mine']);
    expect(Object.keys(setup.lifecyclePolicies)).toEqual(['logs-of-mine']);
    expect(setup).toMatchObject({ legacyTemplates: {}, dataStreams: [], aliases: {} });
    expect(leftOut.map(({ kind, name }) => `${kind} ${name}`).sort()).toEqual([
      'alias .kibana', 'alias kibana', 'data-stream .fleet-actions-results', 'data-stream logs-app-default', 'index-template ilm-history', 'index-template logs', 'index-template ss4o_metrics_template',
      'ingest-pipeline logs@json-pipeline', 'ingest-pipeline xpack_monitoring_7', 'legacy-template .monitoring-es', 'legacy-template tenant_template',
      'lifecycle-policy 30-days-default', 'lifecycle-policy logs', 'lifecycle-policy ml-size-based-ilm-policy',
    ]);
    expect(exported({ lifecyclePolicies: { logs: { phases: { hot: { actions: {} } } }, metrics: { description: '', default_state: 'a', states: [{ name: 'a' }] } } }, { lifecyclePolicies: ['logs', 'm*'] })).toMatchObject({
      setup: { lifecyclePolicies: { logs: {}, metrics: {} } },
      leftOut: [],
    });
    expect(leftOut.find(({ name }) => name === 'logs-app-default')?.why).toBe('data stream "logs-app-default": no index template of the setup matches it');
  });

  it('takes the marks away, and the owner from them', () => {
    const mark = (owner: string): JsonObject => ({ index_patterns: [`${owner}-*`], _meta: { managed_by: owner } });
    const pipeline = { description: 'Lowers [managed by shop]', processors: [] };
    const ledger = { resources: { 'index-template/a': owned('shop'), 'cluster-setting/a.b': owned('ops') }, streams: {} };
    expect(exported({ ledger, indexTemplates: { a: mark('shop') }, ingestPipelines: { p: pipeline, q: { description: '[managed by shop]', processors: [] } } }).setup).toMatchObject({
      owner: 'shop',
      indexTemplates: { a: { index_patterns: ['shop-*'] } },
      ingestPipelines: { p: { description: 'Lowers', processors: [] }, q: { processors: [] } },
    });
    expect(exported({ ledger, indexTemplates: { a: mark('shop') }, clusterSettings: { 'a.b': '1' } }).setup.owner).toBe('podscope');
    expect(exported({ ledger, clusterSettings: { 'a.b': '1' } }).setup.owner).toBe('ops');
    expect(exported({ indexTemplates: { a: mark('another-tool') } }).setup).toMatchObject({ owner: 'podscope', indexTemplates: { a: { index_patterns: ['another-tool-*'] } } });
    expect(setupIn({ ...empty, indexTemplates: { a: mark('shop') } }, undefined, { owner: 'mine' }).setup.owner).toBe('mine');
  });

  it('takes away what the server adds, and says which of its members a setup has none for', () => {
    const { setup, leftOut } = exported({
      componentTemplates: { base: { template: { settings: {}, mappings: {}, lifecycle: { enabled: true } }, deprecated: true } },
      indexTemplates: {
        logs: {
          index_patterns: ['logs-*'],
          composed_of: [],
          priority: 5,
          template: { settings: { index: { number_of_shards: '1' } }, mappings: { _data_stream_timestamp: { enabled: true } } },
          data_stream: { timestamp_field: { name: '@timestamp' }, hidden: false, allow_custom_routing: true },
          allow_auto_create: null,
        },
      },
      legacyTemplates: { old: { order: 0, index_patterns: ['old-*'], settings: {}, mappings: {}, aliases: {} } },
      lifecyclePolicies: { newer: { phases: { hot: { actions: { rollover: { max_age: '1d', max_moons: 3 } } } } }, keep: { policy_id: 'keep', description: '', last_updated_time: 1, schema_version: 1, error_notification: null, default_state: 'a', states: [{ name: 'a', actions: [], transitions: [] }], ism_template: [{ index_patterns: ['a-*'], priority: 1, last_updated_time: 1 }] } },
    });
    expect(setup).toMatchObject({ componentTemplates: { base: {} } });
    expect(setup.componentTemplates).toEqual({ base: { template: {} } });
    expect(setup.indexTemplates).toEqual({ logs: { index_patterns: ['logs-*'], priority: 5, template: { settings: { index: { number_of_shards: '1' } } }, data_stream: {} } });
    expect(setup.legacyTemplates).toEqual({ old: { index_patterns: ['old-*'] } });
    expect(setup.lifecyclePolicies).toEqual({ keep: { description: '', default_state: 'a', states: [{ name: 'a', actions: [], transitions: [] }], ism_template: [{ index_patterns: ['a-*'], priority: 1 }] } });
    expect(leftOut).toEqual([
      { kind: 'component-template', name: 'base', path: 'deprecated', why: 'a setup has no such member' },
      { kind: 'component-template', name: 'base', path: 'template.lifecycle', why: 'a setup has no such member' },
      { kind: 'lifecycle-policy', name: 'newer', why: 'lifecycle policy "newer", phases.hot.actions.rollover.max_moons is not known' },
      { kind: 'index-template', name: 'logs', path: 'data_stream.allow_custom_routing', why: 'a setup has no such member' },
    ]);
  });

  it('tells an alias with rollover from another', () => {
    const { setup, leftOut } = exported({
      indexTemplates: { given: { index_patterns: ['given-*'], template: { aliases: { everything: {} } } } },
      aliases: {
        ring: { 'ring-000002': { is_write_index: true }, 'ring-000001': { is_write_index: false } },
        dated: { 'dated-2026.01.01-000010': { is_write_index: true }, 'dated-2026.01.01-000009': {} },
        filtered: { 'ring-000002': { is_write_index: true, filter: { term: { a: 1 } } } },
        two: { 'a-1': { is_write_index: true }, 'b-1': {} },
        reading: { 'ring-000001': {}, 'ring-000002': {} },
        known: { 'known-000001': { is_write_index: true } },
        stream: { 'stream-000001': {} },
        everything: { 'given-1': {} },
      },
      ledger: { resources: { 'alias/known': owned('shop'), 'data-stream/stream': owned('shop') }, streams: {} },
    });
    expect(setup.rolloverAliases).toEqual({ ring: {}, dated: { firstIndex: 'dated-2026.01.01-000009' }, stream: {} });
    expect(Object.keys(setup.aliases)).toEqual(['filtered', 'known', 'reading', 'two']);
    expect(leftOut).toEqual([{ kind: 'alias', name: 'everything', why: 'comes from index template "given"' }]);
  });

  it('keeps secrets to the cluster, and fields that are called like them', () => {
    const { setup, leftOut } = exported({
      clusterSettings: { 'cluster.remote.far.credential': 'hunter2', 'plugins.mail.smtp.password': 'hunter2', 'cluster.max_shards_per_node': '1', 'cluster.proxy': 'https://ann:hunter2@proxy.example' },
      componentTemplates: { fields: { template: { mappings: { properties: { password: { type: 'keyword' }, token: { properties: { secret: { type: 'keyword' } } } } } } } },
      lifecyclePolicies: {
        tell: {
          description: '',
          default_state: 'a',
          states: [{ name: 'a', actions: [{ notification: { destination: { custom_webhook: { url: 'https://x.example', header_params: { Authorization: 'Basic aHVudGVyMg==' } } }, message_template: { source: 'x' } } }] }],
        },
      },
    });
    expect(JSON.stringify({ setup, leftOut })).not.toMatch(/hunter2|aHVudGVyMg/u);
    expect(Object.keys(setup.clusterSettings)).toEqual(['cluster.max_shards_per_node']);
    expect(Object.keys(setup.componentTemplates)).toEqual(['fields']);
    expect(leftOut.map(({ name, why }) => `${name} ${why}`)).toContain('tell holds what looks like a secret, at states.actions.notification.destination.custom_webhook.header_params.Authorization');
  });

  it('takes what is selected with what it needs, also of what needs something itself', () => {
    const cluster: Partial<Cluster> = {
      componentTemplates: { base: { template: { settings: { index: { default_pipeline: 'levels' } } } }, other: { template: {} } },
      indexTemplates: { web: { index_patterns: ['web-*'], composed_of: ['base'], data_stream: {} }, ring: { index_patterns: ['ring-*'] } },
      ingestPipelines: { levels: { processors: [] }, more: { processors: [] } },
      dataStreams: { 'web-a': {}, 'web-b': {} },
      aliases: { ring: { 'ring-000001': { is_write_index: true } }, plain: { a: {} } },
    };
    const { setup, leftOut } = exported(cluster, { dataStreams: ['*-a'] });
    expect(setup).toMatchObject({ dataStreams: ['web-a'], indexTemplates: { web: {} }, componentTemplates: { base: {} }, ingestPipelines: { levels: {} }, aliases: {} });
    expect([Object.keys(setup.componentTemplates), Object.keys(setup.ingestPipelines), Object.keys(setup.indexTemplates), leftOut]).toEqual([['base'], ['levels'], ['web'], []]);
    expect(Object.keys(exported(cluster, { rolloverAliases: ['*'] }).setup.indexTemplates)).toEqual(['ring']);
    expect(exported(cluster, { aliases: ['nothing*'] }).setup.aliases).toEqual({});
    expect(() => exported(cluster, { aliases: ['ring', 'plan'] })).toThrowError(expect.objectContaining({ code: 'INDEX_EXPORT_MISSING', details: ['alias "ring"; did you mean "rollover alias ring"?', 'alias "plan"; did you mean "plain"?'] }) as Error);
  });
});
