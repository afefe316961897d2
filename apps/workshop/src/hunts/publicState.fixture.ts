import type { PublicState } from './publicState.ts';

const REDIS = ['redis-primary-0', 'redis-replica-0', 'redis-replica-1'];

/** The embedded cluster as it is before anybody changes anything. */
export function baselineState(): PublicState {
  const deployment = (namespace: string, name: string, desired: number) => ({ namespace, name, desired, available: desired, unavailable: 0 });
  return {
    target: 'embedded',
    nodes: [11, 11, 11, 10].map((capacity, index) => ({ name: `node-${index + 1}`, capacity, allocated: 1 })),
    deployments: [deployment('guestbook', 'frontend', 3), deployment('guestbook', 'redis-primary', 1), deployment('guestbook', 'redis-replica', 2), deployment('monitoring', 'collector', 1)],
    pods: [...REDIS, 'collector-1', 'frontend-1', 'frontend-2', 'frontend-3'].map((name) => ({
      namespace: name.startsWith('collector') ? 'monitoring' : 'guestbook',
      name,
      deployment: name.replace(/-\d$/, ''),
      container: 'main',
      containerId: name,
      node: 'node-1',
      phase: 'Running' as const,
      reason: null,
      restarts: 0,
      createdAt: '2026-11-23T08:00:00.000Z',
      port: null,
      ...(name.startsWith('redis-') ? { role: name.startsWith('redis-primary') ? ('primary' as const) : ('replica' as const) } : {}),
    })),
    clients: [{ id: 'visitors', userAgent: 'several browsers', address: 'several addresses', rate: 8, startedAt: '2026-11-23T08:00:00.000Z' }],
    pages: ['/', '/about', '/entries'],
    events: [],
    urls: { console: 'http://127.0.0.1:1', opensearch: 'http://127.0.0.1:2', guestbook: 'http://127.0.0.1:3' },
    entries: 12,
  };
}
