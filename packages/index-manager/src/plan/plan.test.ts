import { isEmptyPlan } from '@podscope/core';
import { describe, expect, it } from 'vitest';
import { defineIndexSetup } from '../define.ts';
import type { JsonObject, ObservedIndices } from '../model.ts';
import { observing } from './fixtures/observing.ts';
import { markPipeline, markTemplate } from './ownership.ts';
import { planIndices } from './plan.ts';

const setup = defineIndexSetup({
  componentTemplates: { base: { template: { settings: { number_of_shards: 1, refresh_interval: '1s' } } } },
  ingestPipelines: { levels: { description: 'Lowers levels', processors: [{ lowercase: { field: 'log.level' } }] } },
  indexTemplates: {
    web: {
      index_patterns: ['web-*'],
      composed_of: ['base'],
      data_stream: {},
      template: { mappings: { dynamic: 'strict', properties: { 'url.path': { type: 'keyword', ignore_above: 1024 } } } },
    },
  },
  dataStreams: ['web-shop'],
});

const nothing = observing();

/** What a server gives back after the setup was applied. */
const stored: ObservedIndices = observing({
  componentTemplates: {
    base: { template: { settings: { index: { number_of_shards: '1', refresh_interval: '1s' } } }, _meta: { managed_by: 'podscope' } },
  },
  ingestPipelines: {
    levels: { description: 'Lowers levels [managed by podscope]', processors: [{ lowercase: { field: 'log.level' } }] },
  },
  indexTemplates: {
    web: {
      index_patterns: ['web-*'],
      composed_of: ['base'],
      data_stream: { timestamp_field: { name: '@timestamp' } },
      template: {
        mappings: { dynamic: 'strict', properties: { url: { properties: { path: { type: 'keyword', ignore_above: 1024 } } } } },
      },
      _meta: { managed_by: 'podscope' },
    },
  },
  dataStreams: { 'web-shop': { template: 'web', indices: ['.ds-web-shop-000001'], writeIndex: '.ds-web-shop-000001' } },
});

const actions = (observed: ObservedIndices, adopt = false) =>
  planIndices(observed, setup, { adopt }).changes.map(({ kind, action }) => `${kind} ${action}`);

function without(thing: JsonObject | undefined, member: string): JsonObject {
  return Object.fromEntries(Object.entries(thing ?? {}).filter(([name]) => name !== member));
}

describe('planIndices', () => {
  it('creates everything in the order in which it is needed', () => {
    const plan = planIndices(nothing, setup);
    expect(plan.changes.map(({ kind, name, action }) => `${action} ${kind} ${name}`)).toEqual([
      'create component-template base',
      'create ingest-pipeline levels',
      'create index-template web',
      'create data-stream web-shop',
    ]);
    expect(isEmptyPlan(plan)).toBe(false);
    expect(plan.changes[0]?.desired).toMatchObject({ _meta: { managed_by: 'podscope' } });
  });

  it('is empty when the server holds the same in other words', () => {
    expect(isEmptyPlan(planIndices(stored, setup))).toBe(true);
  });

  it('is empty for its own desired bodies', () => {
    const observed = {
      ...stored,
      componentTemplates: { base: markTemplate(setup.componentTemplates['base'] ?? { template: {} }) },
      ingestPipelines: { levels: markPipeline(setup.ingestPipelines['levels'] ?? { processors: [] }) },
    };
    expect(isEmptyPlan(planIndices(observed, setup))).toBe(true);
  });

  it('names what differs, and the data streams that are behind', () => {
    const mappings = { dynamic: 'strict', properties: { url: { properties: { path: { type: 'text' } } } } };
    const web = { ...stored.indexTemplates['web'], template: { mappings } };
    const update = planIndices({ ...stored, indexTemplates: { web } }, setup).changes[2];
    expect(update?.action).toBe('update');
    expect(update?.reason).toBe(
      'template.mappings.properties.url.properties.path.ignore_above: nothing → "1024", ' +
        'template.mappings.properties.url.properties.path.type: "text" → "keyword"',
    );
    expect(update?.touches).toEqual(['web-shop']);
    expect(update?.risk).toBe('safe');
  });

  it.each([
    ['component template', { componentTemplates: { base: without(stored.componentTemplates['base'], '_meta') } }],
    ['index template', { indexTemplates: { web: { ...stored.indexTemplates['web'], _meta: { managed_by: 'someone' } } } }],
    ['pipeline', { ingestPipelines: { levels: without(stored.ingestPipelines['levels'], 'description') } }],
    ['data stream', { dataStreams: { 'web-shop': { template: 'foreign', indices: [], writeIndex: undefined } } }],
  ])('refuses a foreign %s unless told to adopt it', (_, part) => {
    const observed = { ...stored, ...part };
    expect(() => planIndices(observed, setup)).toThrowError(expect.objectContaining({ code: 'INDEX_NOT_OWNED' }) as Error);
    expect(actions(observed, true).filter((line) => line.endsWith('update')).length).toBe(1);
  });

  describe('with index templates of others', () => {
    const own = defineIndexSetup({ indexTemplates: { web: { index_patterns: ['web-*'], priority: 200, data_stream: {} } }, dataStreams: ['web-shop'] });
    const beside = (pattern: string, priority: number, observed = nothing) => () =>
      planIndices({ ...observed, foreignTemplates: { theirs: { patterns: [pattern], priority, parts: [] } } }, own).changes.length;

    it.each([
      ['that hold for a data stream', 'web-s*', 201],
      ['that hold for every index', '*', 500],
      ['that would be covered', 'web-7.12.1-*', 150],
      ['that would be covered alike', 'web-*', 0],
    ])('refuses to stand beside those %s', (_, pattern, priority) => {
      expect(beside(pattern, priority)).toThrowError(expect.objectContaining({ code: 'INDEX_NOT_OWNED' }) as Error);
      expect(planIndices({ ...nothing, foreignTemplates: { theirs: { patterns: [pattern], priority, parts: [] } } }, own, { adopt: true }).changes).toHaveLength(2);
    });

    it('refuses those of one priority with names in common, adopted or not', () => {
      const error = () => planIndices({ ...nothing, foreignTemplates: { theirs: { patterns: ['x-*', 'web-s*'], priority: 200, parts: [] } } }, own, { adopt: true });
      expect(error).toThrowError(expect.objectContaining({ code: 'INDEX_NOT_OWNED', message: expect.stringContaining('web-* and its web-s* have names in common') as unknown }) as Error);
    });

    it('names what an earlier setup has left', () => {
      const error = () => planIndices({ ...nothing, foreignTemplates: { old: { patterns: ['web-*'], priority: 200, parts: [], left: true } } }, own);
      expect(error).toThrowError(expect.objectContaining({ message: expect.stringContaining('web and old, which is left from an earlier setup, have the priority 200 both') as unknown, hint: expect.stringContaining('prune') as unknown }) as Error);
      expect(planIndices({ ...nothing, foreignTemplates: { old: { patterns: ['web-*'], priority: 9, parts: [], left: true } } }, own).changes).toHaveLength(2);
    });

    it.each([
      ['a default for every index', '*', 0],
      ['a wider one of lower priority', 'web*', 100],
      ['one for other names', 'shop-*', 900],
      ['one for other data streams', 'web-x*', 900],
    ])('stands beside %s', (_, pattern, priority) => {
      expect(beside(pattern, priority)()).toBe(2);
    });

    it('says nothing of what came when all of it stood', () => {
      const standing = { ...nothing, indexTemplates: { web: markTemplate(own.indexTemplates['web'] ?? { index_patterns: [] }) }, dataStreams: { 'web-shop': { template: 'web', indices: [], writeIndex: undefined } } };
      expect(beside('web-7-*', 150, standing)()).toBe(2);
    });
  });

  it('refuses a name that an index has, adopted or not', () => {
    const observed: ObservedIndices = { ...nothing, taken: { 'web-shop': 'index' } };
    expect(() => planIndices(observed, setup, { adopt: true })).toThrowError(
      expect.objectContaining({ code: 'INDEX_NAME_TAKEN' }) as Error,
    );
  });
});
