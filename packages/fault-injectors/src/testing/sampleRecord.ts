import type { FaultRecord } from '../engine/types.ts';

/** A record for tests of stores. */
export function sampleRecord(more: Partial<FaultRecord> = {}): FaultRecord {
  return {
    version: 1,
    id: '00000000000000aa',
    fault: 'sample',
    params: { replicas: 97, secret: 'hunter2' },
    target: { kind: 'system', id: 'memory' },
    blastRadius: { unit: 'pods', count: 1, of: 100, objects: [{ apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'guestbook', name: 'frontend' }] },
    before: { replicas: 3 },
    state: 'planned',
    createdAt: '2026-01-01T00:00:00.000Z',
    expiresAt: '2026-01-01T00:10:00.000Z',
    injector: 'elsewhere:1:somebody:00000000',
    aliveAt: '2026-01-01T00:00:00.000Z',
    ...more,
  };
}
