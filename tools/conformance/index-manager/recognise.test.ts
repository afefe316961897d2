import { describe, expect, it } from 'vitest';
import { meantBy, ownPatterns, ownPolicy, withOwnNames } from './ownNames.ts';
import { recognise } from './recognise.ts';
import { resourcesOf } from './resources.ts';

const brief = (document: unknown): readonly string[] => recognise(document).map(({ kind, name }) => (name === undefined ? kind : `${kind} ${name}`));
const mappings = { properties: { a: { type: 'keyword' } } };
const ism = { description: 'd', default_state: 'hot', states: [{ name: 'hot', actions: [], transitions: [] }] };
const ilm = { phases: { hot: { actions: {} } } };

describe('recognise', () => {
  it.each<[string, unknown, readonly string[]]>([
    ['a legacy template', { index_patterns: ['a-*'], mappings, order: 1 }, ['legacy-template']],
    ['a legacy template of Elasticsearch 5', { template: 'a-*', mappings }, ['legacy-template']],
    ['a composable template', { index_patterns: ['a-*'], template: { mappings } }, ['index-template']],
    ['one of components only', { index_patterns: ['a-*'], composed_of: ['b'] }, ['index-template']],
    ['a component', { template: { mappings }, version: 1 }, ['component-template']],
    ['a bare mapping', mappings, ['mapping']],
    ['a mapping under a type', { _doc: mappings }, ['mapping']],
    ['the body of an index', { mappings, settings: {} }, ['index']],
    ['the body of an index with a version', { version: 3, mappings }, ['index']],
    ['an index, as a server gives it', { 'logs-1': { aliases: {}, mappings, settings: {} } }, ['index logs-1']],
    ['a template in a template', { template: { index_patterns: ['a-*'], template: { mappings } } }, ['index-template']],
    ['a component in a template', { template: { template: { mappings } } }, ['component-template']],
    ['a list of index templates', { index_templates: [{ name: 'x', index_template: { index_patterns: ['a'] } }, {}] }, ['index-template x', 'unknown']],
    ['a list of components', { component_templates: [{ name: 'x', component_template: { template: {} } }] }, ['component-template x']],
    ['legacy templates, as a server gives them', { x: { order: 0, index_patterns: ['a'], mappings: {}, settings: {}, aliases: {} } }, ['legacy-template x']],
    ['an ISM policy', { policy: ism }, ['lifecycle-policy']],
    ['an ISM policy without its wrapper', ism, ['lifecycle-policy']],
    ['a list of ISM policies', { policies: [{ _id: 'p', policy: ism }], total_policies: 1 }, ['lifecycle-policy p']],
    ['an ILM policy', { policy: ilm }, ['lifecycle-policy']],
    ['ILM policies, as a server gives them', { p: { version: 1, modified_date: 'x', policy: ilm } }, ['lifecycle-policy p']],
    ['a pipeline', { description: '', processors: [] }, ['ingest-pipeline']],
    ['pipelines, as a server gives them', { one: { processors: [] }, two: { processors: [] } }, ['ingest-pipeline one', 'ingest-pipeline two']],
    ['a list of bodies', [{ processors: [] }, mappings], ['ingest-pipeline', 'mapping']],
    ['a search pipeline', { request_processors: [] }, ['unknown']],
    ['a saved object', { id: '1', type: 'dashboard', attributes: {} }, ['unknown']],
    ['a request for a template', { method: 'PUT', path: '/_template/old%2Done', body: { template: 'a-*', mappings } }, ['legacy-template old-one']],
    ['a request for a policy', { method: 'put', path: '_plugins/_ism/policies/p?pretty', body: { policy: ism } }, ['lifecycle-policy p']],
    ['a request for an index', { method: 'PUT', path: '/logs-1', body: { mappings } }, ['index logs-1']],
    ['a search', { method: 'GET', path: '/logs-1/_search', body: { query: {} } }, ['unknown']],
    ['the configuration of a shipper', { 'filebeat.inputs': [], processors: [{ add_host_metadata: {} }] }, ['unknown']],
    ['the configuration of a collector', { receivers: {}, processors: {}, exporters: {} }, ['unknown']],
    ['a schema of JSON', { $schema: 'x', type: 'object', properties: { a: { type: 'string' } } }, ['unknown']],
    ['a resource of Kubernetes', { apiVersion: 'v1', kind: 'Deployment', metadata: {}, spec: { template: { metadata: {} } } }, ['unknown']],
    ['settings of an editor', { name: 'x', settings: { a: 1 } }, ['unknown']],
    ['a file with a template of something else', { template: 'letter', title: 'x' }, ['unknown']],
    ['a legacy body with a data stream', { index_patterns: ['a'], order: 1, data_stream: {}, settings: {} }, ['index-template']],
    ['something else', { dependencies: { a: '1' } }, ['unknown']],
    ['nothing', {}, ['unknown']],
    ['no object', 'text', ['unknown']],
    ['null', null, ['unknown']],
  ])('knows %s', (_, document, expected) => {
    expect(brief(document)).toEqual(expected);
    for (const { kind, why } of recognise(document)) expect(why !== undefined).toBe(kind === 'unknown');
  });
});

describe('own names', () => {
  it('keep patterns away from everything else', () => {
    expect(ownPatterns(['*', 'logs-*-*', '.kibana*', 'a'], 'podscope-conformance-3')).toEqual(['podscope-conformance-3-*', 'podscope-conformance-3-logs-*-*', 'podscope-conformance-3-kibana*', 'podscope-conformance-3-a']);
    expect(ownPatterns('a-*, b-*', 'x')).toEqual(['x-a-*', 'x-b-*']);
    expect(ownPatterns(['${prefix}-logs-*', '{{ name }}*'], 'x')).toEqual(['x-logs-*', 'x-*']);
    expect(ownPolicy({ ...ism, ism_template: { index_patterns: ['*'], priority: 1 } }, 'x')['ism_template']).toEqual({ index_patterns: ['x-*'], priority: 1 });
    expect(ownPolicy({ ...ism, ism_template: [{ index_patterns: ['a'] }] }, 'x')['ism_template']).toEqual([{ index_patterns: ['x-a'] }]);
  });

  it('find components by name, by file, and by what stands before it, the nearest of several', () => {
    const found = [
      { kind: 'component-template', file: 'one/component/user_agent.json' },
      { kind: 'component-template', file: 'one/component/agent.json' },
      { kind: 'component-template', file: 'one/all.json#logs@settings', name: 'logs@settings' },
      { kind: 'component-template', file: 'two/agent.json' },
      { kind: 'ingest-pipeline', file: 'one/pipelines/agent.json' },
      { kind: 'index-template', file: 'one/template.json' },
      { kind: 'index-template', file: 'two/template.json' },
    ] as const;
    const items = withOwnNames(found.map((each) => ({ body: {}, read: [], ...each })));
    const meant = (name: string, from: number) => meantBy(items, ['component-template'], name, items[from] as (typeof items)[number])?.file;
    expect(meant('ecs_9.5.0-dev_user_agent', 5)).toBe('one/component/user_agent.json');
    expect(meant('ecs_9.5.0-dev_agent', 5)).toBe('one/component/agent.json');
    expect(meant('agent', 6)).toBe('two/agent.json');
    expect(meant('logs@settings', 6)).toBe('one/all.json#logs@settings');
    expect(meant('other', 5)).toBeUndefined();
  });
});

describe('resources of files', () => {
  it('are named by file, and by name where there are several', () => {
    const request = (path: string, body?: unknown) => ({ method: body === undefined ? 'GET' : 'PUT', path, body });
    const found = resourcesOf([
      { file: 'a.json', documents: [{ processors: [] }], placeholders: ['${version}'] },
      { file: 'b.es', documents: [request('/_template/x', { index_patterns: ['x'], mappings }), request('/x/_search'), request('/_ingest/pipeline/y', { processors: [] })] },
      { file: 'fields.yml', documents: [[{ name: 'a', type: 'keyword' }, { name: 'b', type: 'keyword' }]] },
      { file: 'broken.json', documents: [], broken: 'no JSON' },
      { file: 'empty.yml', documents: [] },
    ]);
    expect(found.map(({ file, kind, read }) => [file, kind, ...read])).toEqual([
      ['a.json', 'ingest-pipeline', 'placeholder-left-out'],
      ['b.es#x', 'legacy-template'],
      ['b.es#y', 'ingest-pipeline'],
      ['fields.yml', 'unknown'],
      ['empty.yml', 'unknown'],
    ]);
  });
});
