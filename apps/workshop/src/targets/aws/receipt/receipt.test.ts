import { expect, it } from 'vitest';
import { receiptEnd, receiptOf, receiptRows } from './receipt.ts';

const parts = {
  event: 'demo', region: 'eu-west-1', account: '123456789012', began: '2026-12-01T08:00:00.000Z', ended: new Date('2026-12-01T10:30:00.000Z'), hourlyUsd: 0.5, left: [],
  entries: [{ kind: 'stack', name: 'podscope-demo-network', state: 'gone', wanted: '2026-12-01T08:01:00.000Z', gone: '2026-12-01T10:20:00.000Z' }, { kind: 'log-group', name: '/aws/x', state: 'made', wanted: '2026-12-01T08:02:00.000Z' }],
  swept: [{ by: 'list', kind: 'volume', id: 'vol-1', at: '2026-12-01T10:25:00.000Z' }],
} as const;

it('says what was there from when to when, and what it cost by the estimate', () => {
  const receipt = receiptOf(parts);
  expect(receipt.estimatedUsd).toBe(1.25);
  expect(receiptRows(receipt)).toEqual([
    ['stack', 'podscope-demo-network', '2026-12-01 08:01', '2026-12-01 10:20'],
    ['log group', '/aws/x', '2026-12-01 08:02', '-'],
    ['volume', 'vol-1', '-', '2026-12-01 10:25'],
  ]);
  expect(receiptEnd(receipt)).toEqual(['123456789012, eu-west-1: from 2026-12-01 08:00 to 2026-12-01 10:30 (UTC)', 'Cost: about 1.25 US dollars by the estimate; the bill of the account is what counts, a day later.']);
});

it('says that nothing was estimated, and what is left and how it was found', () => {
  const receipt = receiptOf({ ...parts, began: undefined, left: [{ by: 'tag', kind: 'ec2 vpc', id: 'vpc-1', why: 'in use' }] });
  expect(receipt.estimatedUsd).toBeNull();
  expect(receiptEnd(receipt).slice(1)).toEqual(['Cost: not estimated; see the bill of the account.', 'LEFT  ec2 vpc vpc-1: in use  (found by its tag)']);
});
