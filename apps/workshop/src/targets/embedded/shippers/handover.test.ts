import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { chooseShippers } from './choose.ts';
import { handOver, markFinished } from './handover.ts';

const builtIn = chooseShippers('built-in', [], 'opensearch@2').shipping;
const real = chooseShippers('real', [{ program: 'fluent-bit', command: '/opt/fluent-bit', version: '5.1.1' }], 'opensearch@2').shipping;
const WEB = `frontend-7c9df4c6b-x2x5k_guestbook_frontend-${'a'.repeat(64)}.log`;
const REDIS = `redis-primary-0_guestbook_redis-${'b'.repeat(64)}.log`;
let runDir: string;
const logs = (): string => join(runDir, 'logs', 'containers');

beforeEach(() => {
  runDir = mkdtempSync(join(tmpdir(), 'podscope-handover-'));
  mkdirSync(logs(), { recursive: true });
});
afterEach(() => rmSync(runDir, { recursive: true, force: true }));

it('moves the logs that another has shipped out of the way, rotated ones too, and no others', () => {
  handOver(runDir, builtIn);
  for (const name of [WEB, `${WEB}.20261124-092200`, REDIS, 'notes.txt']) writeFileSync(join(logs(), name), 'x\n');
  for (const name of ['events.ndjson', 'supervisor.log']) writeFileSync(join(runDir, 'logs', name), 'x\n');
  markFinished(runDir);
  expect(handOver(runDir, real, new Date(0))).toEqual([
    { source: 'apache-logs', from: 'built-in', to: 'fluent-bit', files: 2 },
    { source: 'container-logs', from: 'built-in', to: 'fluent-bit', files: 1 },
    { source: 'kubernetes-events', from: 'built-in', to: 'fluent-bit', files: 1 },
  ]);
  expect(readdirSync(logs())).toEqual(['notes.txt']);
  expect(readdirSync(join(runDir, 'logs')).toSorted()).toEqual(['containers', 'shipped', 'supervisor.log']);
  expect(readdirSync(join(runDir, 'logs', 'shipped', '1970-01-01T000000.000Z')).toSorted()).toEqual([WEB, `${WEB}.20261124-092200`, REDIS, 'events.ndjson'].toSorted());
});

/** What a Fluent Bit that reads leaves behind. */
function hasRead(): void {
  mkdirSync(join(runDir, 'shippers', 'fluent-bit', 'state'), { recursive: true });
  writeFileSync(join(runDir, 'shippers', 'fluent-bit', 'state', 'tail.db'), '');
}

it('refuses to change hands after a run that did not end in order', () => {
  handOver(runDir, real);
  hasRead();
  writeFileSync(join(logs(), WEB), 'x\n');
  expect(() => handOver(runDir, builtIn)).toThrow(expect.objectContaining({ code: 'SHIPPERS_UNFINISHED', message: expect.stringContaining('fluent-bit may not have shipped'), hint: expect.stringContaining('--shippers auto') }));
  expect(existsSync(join(logs(), WEB))).toBe(true);
  // The same hands may always go on.
  expect(handOver(runDir, real)).toEqual([]);
  markFinished(runDir);
  expect(handOver(runDir, builtIn)).toMatchObject([{ source: 'apache-logs', files: 1 }]);
});

it('takes a run directory that says nothing, or something torn, for the collector’s unfinished one', () => {
  writeFileSync(join(logs(), WEB), 'x\n');
  expect(() => handOver(runDir, real)).toThrow(expect.objectContaining({ code: 'SHIPPERS_UNFINISHED', hint: expect.stringContaining('--shippers built-in') }));
  mkdirSync(join(runDir, 'shippers'), { recursive: true });
  writeFileSync(join(runDir, 'shippers', 'last.json'), '{"by":');
  expect(() => handOver(runDir, real)).toThrow(expect.objectContaining({ code: 'SHIPPERS_UNFINISHED' }));
  expect(handOver(runDir, builtIn)).toEqual([]);
});

it('leaves the logs of a shipper that never got to read any to the next one', () => {
  handOver(runDir, real);
  mkdirSync(join(runDir, 'shippers', 'fluent-bit', 'state'), { recursive: true });
  writeFileSync(join(logs(), WEB), 'x\n');
  expect(handOver(runDir, builtIn)).toEqual([]);
  expect(readdirSync(logs())).toEqual([WEB]);
  // From here on they are the collector's.
  expect(() => handOver(runDir, real)).toThrow(expect.objectContaining({ code: 'SHIPPERS_UNFINISHED', message: expect.stringContaining('built-in may not have shipped') }));
});
