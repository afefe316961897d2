import { expect, it } from 'vitest';
import { takesRoom } from './podCount.ts';

const pod = (phase: string | undefined, metadata: object = {}) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a', ...metadata }, ...(phase === undefined ? {} : { status: { phase } }) });

it.each([
  ['runs', pod('Running'), true],
  ['waits for a node', pod('Pending'), true],
  ['was made just now', pod(undefined), true],
  ['is ending', pod('Running', { deletionTimestamp: '2026-11-30T00:00:00Z' }), false],
  ['is done', pod('Succeeded'), false],
  ['has failed', pod('Failed'), false],
])('a pod that %s takes room, or not', (_what, object, expected) => {
  expect(takesRoom(object)).toBe(expected);
});
