import { describe, expect, it } from 'vitest';
import type { ClusterEvent } from '../../api/cluster.ts';
import { groupEvents } from './events.ts';

const event = (name: string, more: Partial<ClusterEvent> = {}): ClusterEvent => ({
  at: '2026-11-25T10:00:00.000Z', type: 'Warning', reason: 'FailedScheduling', namespace: 'guestbook', kind: 'Pod', name, message: 'Too many pods.', ...more,
});

describe('groupEvents', () => {
  it('joins what is said of several objects, newest first', () => {
    const groups = groupEvents([event('a', { reason: 'Scheduled', message: 'a to node-1' }), event('b'), event('c'), event('c'), event('d')]);
    expect(groups.map(({ event: { name, reason }, others }) => [name, reason, others])).toEqual([
      ['d', 'FailedScheduling', 2],
      ['a', 'Scheduled', 0],
    ]);
  });

  it('keeps apart what another event stands between, or what differs', () => {
    expect(groupEvents([event('a'), event('x', { kind: 'Node' }), event('b'), event('c', { message: 'No memory.' })]).map(({ others }) => others)).toEqual([0, 0, 0, 0]);
  });
});
