import { describe, expect, it } from 'vitest';
import type { ObservedReindex, ObservedReindexIndex } from './model.ts';
import { planReindex } from './plan.ts';

function index(name: string, more: Partial<ObservedReindexIndex> = {}): ObservedReindexIndex {
  return {
    index: name,
    uuid: `uuid of ${name}`,
    settings: {
      'index.uuid': 'u', 'index.creation_date': '1', 'index.version.created': '2', 'index.provided_name': name, 'index.blocks.write': 'true',
      'index.resize.source.name': 'x', 'index.routing_partition_size': '1', 'index.number_of_shards': '3', 'index.number_of_replicas': '1', 'index.refresh_interval': '5s',
    },
    mappings: { properties: { a: { type: 'keyword' } } },
    aliases: {},
    documents: 7,
    ...more,
  };
}

function observed(more: Partial<ObservedReindex> = {}): ObservedReindex {
  return { name: 'orders', kind: 'index', indices: [index('orders')], writeIndex: undefined, modifyDataStream: false, taken: ['orders'], ...more };
}

function detailsOf(doing: () => unknown): readonly string[] {
  try {
    doing();
  } catch (error) {
    expect(error).toMatchObject({ code: 'INDEX_REINDEX_INVALID' });
    return (error as { details: readonly string[] }).details;
  }
  throw new Error('There was no error.');
}

describe('planReindex', () => {
  it('takes over the name of an index without aliases, with names that are free', () => {
    const plan = planReindex(observed({ taken: ['orders', 'orders-r1', 'orders-kept'] }), { source: 'orders', settings: { index: { number_of_shards: 1 }, refresh_interval: '9s' } });
    expect(plan.steps).toEqual([{
      source: 'orders', sourceUuid: 'uuid of orders', target: 'orders-r2', shards: 3, documents: 7, swap: { kind: 'name', kept: 'orders-kept2' },
      body: { settings: { 'index.number_of_shards': '1', 'index.number_of_replicas': '1', 'index.refresh_interval': '9s', 'index.blocks.write': 'true' }, mappings: { properties: { a: { type: 'keyword' } } } },
    }]);
  });

  it('finds names that every server takes, also where the source has the longest one or several have the same beginning', () => {
    const long = 'ü'.repeat(127);
    expect(planReindex(observed({ name: long, indices: [index(long)], taken: [long] }), { source: long }).steps).toMatchObject([{ target: `${'ü'.repeat(126)}-r1`, swap: { kept: `${'ü'.repeat(125)}-kept` } }]);
    const series = ['1', '2'].map((number) => index(`${'x'.repeat(253)}-${number}`, { aliases: { x: { is_write_index: number === '2' } } }));
    const plan = planReindex(observed({ name: 'x', kind: 'alias', indices: series, writeIndex: series[1]?.index, taken: [] }), { source: 'x' });
    expect(plan.steps.map(({ target }) => target)).toEqual([`${'x'.repeat(252)}-r1`, `${'x'.repeat(252)}-r2`]);
  });

  it.each(['orders-*', 'a,b', '_all', '<logs-{now/d}>', '-x', '..', ''])('takes no pattern and no list: %s', (name) => {
    expect(detailsOf(() => planReindex(observed({ name, kind: 'alias', indices: [index('a'), index('b')] }), { source: name }))).toContainEqual(expect.stringContaining('is no name'));
  });

  it('moves the aliases of an index that has some, and says who is left behind', () => {
    const plan = planReindex(observed({ kind: 'alias', indices: [index('orders-1-r1', { aliases: { orders: {} } })], taken: ['orders-1-r1', 'orders'] }), { source: 'orders' });
    expect(plan.steps).toMatchObject([{ source: 'orders-1-r1', target: 'orders-1-r2', swap: { kind: 'aliases' } }]);
    expect(plan.notes[0]).toContain('"orders-1-r1" stays, without its aliases');
  });

  it('rolls a stream over and rewrites its past, where the server can exchange backing indices', () => {
    const stream = observed({ kind: 'data stream', indices: [index('.ds-orders-000001'), index('.ds-orders-000002')], writeIndex: '.ds-orders-000002', modifyDataStream: true });
    const plan = planReindex(stream, { source: 'orders' });
    expect(plan.rollover).toEqual({ stream: 'orders', writeIndex: '.ds-orders-000002' });
    expect(plan.steps.map(({ source, target, swap, body }) => [source, target, swap.kind, body.mappings])).toEqual([
      ['.ds-orders-000001', '.ds-orders-000001-r1', 'stream', undefined],
      ['.ds-orders-000002', '.ds-orders-000002-r1', 'stream', undefined],
    ]);
    const without = planReindex({ ...stream, modifyDataStream: false }, { source: 'orders' });
    expect(without.steps).toEqual([]);
    expect(without.rollover).toEqual(plan.rollover);
    expect(without.notes.join(' ')).toMatch(/can't exchange backing indices.*op_type create into a new data stream/u);
  });

  it('rolls over an alias of the first index of a series, whose next one needs a number to count on from', () => {
    const first = index('logs-000001', { aliases: { logs: { is_write_index: true } } });
    const plan = planReindex(observed({ name: 'logs', kind: 'alias', indices: [first], writeIndex: 'logs-000001', taken: [] }), { source: 'logs' });
    expect(plan).toMatchObject({ rollover: { stream: 'logs', writeIndex: 'logs-000001' }, steps: [{ target: 'logs-000001-r1', swap: { kind: 'aliases' } }] });
    const named = observed({ name: 'logs-000001', indices: [first], taken: [] });
    expect(detailsOf(() => planReindex(named, { source: 'logs-000001' }))).toEqual([expect.stringContaining('is the write index of "logs": reindex "logs"')]);
    expect(planReindex(named, { source: 'logs-000001', target: 'logs-000007' }).steps).toMatchObject([{ target: 'logs-000007' }]);
  });

  it('refuses what would lose something, with every reason', () => {
    const partial = index('orders', { mappings: { _source: { excludes: ['secret'] } }, settings: { 'index.replication.type': 'SEGMENT', 'index.number_of_replicas': '1', 'index.blocks.read': 'true' } });
    expect(detailsOf(() => planReindex(observed({ indices: [partial] }), { source: 'orders', target: '../x', slices: 0, requestsPerSecond: -1, verify: 0.5, maxRefused: 0 }))).toEqual([
      expect.stringContaining('target "../x"'),
      'slices is 0; it must be a whole number from 1',
      'requestsPerSecond is -1; it must be more than 0',
      'verify is 0.5; it must be a whole number from 1',
      'maxRefused is 0; it must be a whole number from 1',
      expect.stringContaining('keeps only a part of its documents'),
      expect.stringContaining('is blocked for reading'),
      expect.stringContaining('replicates by segments'),
    ]);
    expect(detailsOf(() => planReindex(observed({ indices: [index('orders', { mappings: { _source: { enabled: false } } })] }), { source: 'orders' }))[0]).toContain('_source is disabled');
    expect(detailsOf(() => planReindex(observed({ kind: 'missing', indices: [] }), { source: 'orders' }))).toEqual(['there is no index, alias or data stream "orders"']);
    expect(detailsOf(() => planReindex(observed(), { source: 'orders', takeOverName: false }))[0]).toContain('has no alias that could be moved');
    expect(detailsOf(() => planReindex(observed(), { source: 'orders', target: 'orders' }))[0]).toContain('already');
    const several = observed({ kind: 'alias', indices: [index('a-1'), index('a-2')] });
    expect(detailsOf(() => planReindex(several, { source: 'orders', target: 'x', takeOverName: true }))).toHaveLength(3);
  });
});
