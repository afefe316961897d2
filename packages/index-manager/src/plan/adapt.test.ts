import { describe, expect, it } from 'vitest';
import { defineIndexSetup } from '../define.ts';
import { observing } from './fixtures/observing.ts';
import { planIndices } from './plan.ts';
import { adaptSetup } from './adapt.ts';

const setup = defineIndexSetup({
  componentTemplates: { timed: { template: { mappings: { properties: { '@timestamp': { type: 'date_nanos' } } } } } },
  indexTemplates: {
    web: { index_patterns: ['web-*'], data_stream: {}, template: { mappings: { dynamic: 'strict', properties: { a: { type: 'keyword' } } } } },
    nanos: { index_patterns: ['nanos-*'], data_stream: { timestamp_field: { name: '@timestamp' } }, composed_of: ['timed'] },
  },
  lifecyclePolicies: {
    ilm: { phases: { hot: { actions: { rollover: { max_age: '1d' } } }, delete: { min_age: '7d', actions: { delete: {} } } } },
    ism: { description: '', default_state: 'a', states: [{ name: 'a', actions: [{ rollover: { min_index_age: '1d' } }], transitions: [] }] },
  },
  dataStreams: ['web-shop'],
});
const server = observing().capabilities;

describe('adaptSetup', () => {
  it('changes nothing where the server has it all', () => {
    expect(adaptSetup({ ...setup, lifecyclePolicies: {} }, server)).toEqual({ setup: { ...setup, lifecyclePolicies: {} }, notes: [] });
  });

  it('makes rollover aliases of data streams, with the field of their time', () => {
    const adapted = adaptSetup({ ...setup, lifecyclePolicies: {} }, { ...server, dataStreams: false });
    expect(adapted.setup.dataStreams).toEqual([]);
    expect(adapted.setup.rolloverAliases).toEqual({ 'web-shop': {} });
    expect(adapted.setup.indexTemplates['web']).toEqual({ index_patterns: ['web-*'], template: { mappings: { dynamic: 'strict', properties: { a: { type: 'keyword' }, '@timestamp': { type: 'date' } } } } });
    expect(adapted.setup.indexTemplates['nanos']).toEqual({ index_patterns: ['nanos-*'], composed_of: ['timed'] });
    expect(adapted.notes).toEqual([expect.stringContaining('web-shop-000001')]);
  });

  it('translates policies into what the server carries out, and names the rest', () => {
    const ism = adaptSetup(setup, { ...server, ism: '/_plugins/_ism', ilm: false });
    expect(ism.setup.lifecyclePolicies['ilm']).toHaveProperty('states');
    expect(ism.notes).toEqual([expect.stringContaining('ilm: translated into ISM')]);
    const ilm = adaptSetup(setup, { ...server, ism: false, ilm: true });
    expect(ilm.setup.lifecyclePolicies['ism']).toHaveProperty('phases');
    const none = adaptSetup(setup, { ...server, ism: false, ilm: false });
    expect(none.setup.lifecyclePolicies).toEqual({});
    expect(none.notes.filter((note) => note.includes('runLifecycle'))).toHaveLength(2);
  });
});

describe('a plan for such a server', () => {
  const capabilities = { ...server, distribution: 'elasticsearch' as const, version: '7.10.2', dataStreams: false, ism: false as const, ilm: false };

  it('makes the alias after its template', () => {
    const plan = planIndices(observing({ capabilities }), setup);
    expect(plan.changes.map(({ kind, name }) => `${kind} ${name}`)).toEqual(['component-template timed', 'index-template web', 'index-template nanos', 'rollover-alias web-shop']);
    expect(plan.changes[3]?.desired).toEqual({ firstIndex: 'web-shop-000001' });
    expect(plan.notes).toHaveLength(3);
  });

  it('refuses composable templates where there are none', () => {
    const old = observing({ capabilities: { ...capabilities, composableTemplates: false } });
    expect(() => planIndices(old, setup)).toThrowError(expect.objectContaining({ code: 'INDEX_SERVER_UNSUPPORTED' }) as Error);
    expect(planIndices(old, defineIndexSetup({ legacyTemplates: { a: { index_patterns: ['a-*'] } } })).changes).toHaveLength(1);
  });
});
