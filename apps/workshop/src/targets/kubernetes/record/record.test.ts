import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { requireFitting } from '../../../commands/kubernetes/flags.ts';
import { targetOf } from '../../../commands/kubernetes/session.ts';
import { readRecord, recordObject, removeRecord, type TargetRecord, writeRecord } from './record.ts';

const folder = mkdtempSync(join(tmpdir(), 'podscope-record-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const record: TargetRecord = {
  version: 1, context: 'staging', server: 'https://127.0.0.1:6443', kubeconfig: '/home/me/.kube/config', at: '2026-01-01T12:00:00.000Z',
  options: {
    namespaces: { logging: 'logging', agents: 'node-agents', guestbook: 'guestbook', opensearch: 'opensearch' }, pattern: 'workshop', opensearch: { how: 'built-in', nodes: 1, storage: '10Gi', major: 2 },
    dashboards: true, guestbook: 'podscope', guestbookImage: undefined, imageMirror: undefined, storageClass: undefined,
  },
  foundNamespaces: ['guestbook'], onServer: { user: false, setup: true },
};

it('is read as it was written, and gone when it was removed', () => {
  const runDir = join(folder, 'written');
  expect(readRecord(runDir)).toBeUndefined();
  writeRecord(runDir, record);
  expect(readRecord(runDir)).toEqual(JSON.parse(JSON.stringify(record)));
  removeRecord(runDir);
  expect(readRecord(runDir)).toBeUndefined();
});

it.each(['', '{', '{}', '{"version":2}', '{"version":1,"options":{}}', JSON.stringify({ ...record, options: { ...record.options, opensearch: undefined } }), JSON.stringify({ ...record, options: { ...record.options, namespaces: { logging: 'logging' } } })])('is refused when it says %j', (text) => {
  const runDir = mkdtempSync(join(folder, 'broken-'));
  mkdirSync(join(runDir, 'kubernetes'));
  writeFileSync(join(runDir, 'kubernetes', 'target.json'), text);
  expect(() => readRecord(runDir)).toThrow(expect.objectContaining({ code: 'LEDGER_UNREADABLE', hint: expect.stringContaining('--context') }));
});

it('is the same object in the cluster whoever brings the same target up, and whenever', () => {
  const other = { ...record, context: 'mine', server: 'https://10.0.0.1', kubeconfig: undefined, at: '2026-02-02T12:00:00.000Z' };
  expect(recordObject(other)).toEqual(recordObject(record));
  expect(recordObject({ ...record, options: { ...record.options, dashboards: false } })).not.toEqual(recordObject(record));
  expect(JSON.stringify(recordObject(record))).not.toContain('/home/me');
});

it('decides which target a command is about, where none is named', () => {
  const runDir = mkdtempSync(join(folder, 'which-'));
  const context = { environment: { runDir } } as Parameters<typeof targetOf>[0];
  expect(targetOf(context, {})).toBe('embedded');
  writeRecord(runDir, record);
  expect(targetOf(context, {})).toBe('kubernetes');
  // Something runs here: it comes first.
  const runs = (system: 'embedded' | 'session'): void => writeFileSync(join(runDir, 'ledger.json'), JSON.stringify({ owner: 'somebody', system, socket: '', ports: {}, processes: [] }));
  runs('embedded');
  expect([targetOf(context, {}), targetOf(context, { target: 'kubernetes' })]).toEqual(['embedded', 'kubernetes']);
  // A session belongs to the cluster.
  runs('session');
  expect(targetOf(context, {})).toBe('kubernetes');
});

it.each([
  ['embedded', { context: 'staging' }, '--context belongs to --target kubernetes.'],
  ['embedded', { opensearchUrl: 'https://x' }, '--opensearch-url belongs to --target kubernetes.'],
  ['embedded', { dashboards: false }, '--no-dashboards belongs to --target kubernetes.'],
  ['kubernetes', { shippers: 'auto' }, '--shippers belongs to the embedded target.'],
  ['kubernetes', { seed: 'other' }, '--seed belongs to the embedded target.'],
] as const)('%s has no %j', (target, options, message) => {
  expect(() => requireFitting(target, options)).toThrow(expect.objectContaining({ code: 'CLI_USAGE', message }));
  expect(() => requireFitting(target, { seed: 'podscope', consolePort: '5690' })).not.toThrow();
});
