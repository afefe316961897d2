import { expect, it } from 'vitest';
import type { PodState } from '../../api/cluster.ts';
import { tilesOf, tileSummary } from './tiles.ts';

const pod = (name: string, phase: PodState['phase'], reason: string | null = null): PodState => ({
  namespace: 'guestbook', name, deployment: 'frontend', container: 'web', containerId: name, node: phase === 'Pending' ? null : 'node-1',
  phase, reason, restarts: 0, createdAt: '2026-11-24T10:00:00Z', port: null,
});

it('puts running pods first and scales by the busiest', () => {
  const tiles = tilesOf([pod('c', 'Pending', 'Unschedulable'), pod('b', 'Running'), pod('a', 'Running'), pod('d', 'Running', 'CrashLoopBackOff')], [
    { pod: 'a', perSecond: 2 },
    { pod: 'b', perSecond: 4 },
  ]);
  expect(tiles.map((tile) => [tile.pod.name, tile.state, tile.load])).toEqual([['a', 'running', 0.5], ['b', 'running', 1], ['d', 'failing', 0], ['c', 'pending', 0]]);
  expect(tiles[3]?.label).toBe('c, Unschedulable, on no node');
  expect(tileSummary(tiles)).toBe('2 running, 1 failing, 1 pending');
  expect(tileSummary([])).toBe('none');
});
