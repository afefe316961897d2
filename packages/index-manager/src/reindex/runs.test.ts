import { describe, expect, it } from 'vitest';
import type { ReindexRecord } from './model.ts';
import { isComplete, runsOf } from './runs.ts';

function record(name: string, source: string, target: string, state: ReindexRecord['state'], steps?: readonly string[]): ReindexRecord {
  return { name, source, sourceUuid: `uuid of ${source}`, target, state, steps: (steps ?? []).map((each) => ({ source: each, sourceUuid: `uuid of ${each}` })) } as unknown as ReindexRecord;
}

function sources(records: readonly ReindexRecord[], name: string): readonly (readonly string[])[] {
  return runsOf(records, name).map((run) => run.map(({ source }) => source));
}

describe('runsOf', () => {
  it('has what was reindexed again after what it was made of, whatever the order of the records', () => {
    const first = record('orders', 'orders-1', 'orders-1-r1', 'swapped', ['orders-1']);
    const second = record('orders', 'orders-1-r1', 'orders-1-r2', 'copying', ['orders-1-r1']);
    const third = record('orders', 'orders-1-r2', 'orders-1-r3', 'copying', ['orders-1-r2']);
    for (const records of [[first, second, third], [third, second, first], [second, third, first]]) expect(sources(records, 'orders')).toEqual([['orders-1'], ['orders-1-r1'], ['orders-1-r2']]);
    expect(sources([first, record('orders', 'orders-1-r1', 'orders-1-r2', 'rolled-back', ['orders-1-r1'])], 'orders')).toEqual([['orders-1']]);
    expect(sources([first, second], 'orders-1-r1')).toEqual([['orders-1-r1']]);
    expect(sources([first, second], 'other')).toEqual([]);
  });

  it('keeps the indices of a stream together, and knows whether all are there', () => {
    const head = record('logs', 'logs-1', 'logs-1-r1', 'swapped', ['logs-1', 'logs-2']);
    const next = record('logs', 'logs-2', 'logs-2-r1', 'swapped');
    expect(sources([next, head], 'logs')).toEqual([['logs-1', 'logs-2']]);
    expect(isComplete([head, next])).toBe(true);
    expect(isComplete([head])).toBe(false);
    expect(isComplete([head, { ...next, state: 'copying' }])).toBe(false);
  });
});
