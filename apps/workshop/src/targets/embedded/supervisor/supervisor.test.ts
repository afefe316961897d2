import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openRecords } from '../cluster/records.ts';
import { packageVersion } from '../entry.ts';
import { openContainerLog, podLog } from './containerLog.ts';
import { freePorts, reservePort } from './ports.ts';
import { checkRunDirectory, prepareRunDirectory, socketPath } from './runDirectory.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'podscope-parts-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

it('names the owner of a port that is taken', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  await expect(reservePort(port, 'the console')).rejects.toMatchObject({
    code: 'PORT_TAKEN',
    message: process.platform === 'linux' ? expect.stringContaining(`(pid ${process.pid})`) : expect.stringContaining(String(port)),
  });
  server.close();
  await once(server, 'close');
  expect(await reservePort(port, 'the console')).toBe(port);
  expect(new Set(await freePorts(5)).size).toBe(5);
});

it('goes on with its own series of versions only, and changes nothing else', () => {
  checkRunDirectory(directory);
  expect(readdirSync(directory)).toEqual([]);
  prepareRunDirectory(directory);
  checkRunDirectory(directory);
  const [major, minor] = packageVersion().split('.');
  writeFileSync(join(directory, 'version.json'), JSON.stringify({ version: `${major}.${minor}.99` }));
  checkRunDirectory(directory);
  for (const content of [JSON.stringify({ version: `${major}.${Number(minor) + 1}.0` }), '{', '{"version":1}', 'null']) {
    writeFileSync(join(directory, 'version.json'), content);
    expect(() => checkRunDirectory(directory), content).toThrow(expect.objectContaining({ code: 'RUN_DIR_VERSION' }));
  }
});

it('marks the run directory at once or not at all', () => {
  prepareRunDirectory(directory);
  expect(readdirSync(directory)).not.toContain('version.json.new');
  // What a kill in the middle of writing leaves is beside the mark, not in its place.
  writeFileSync(join(directory, 'version.json.new'), '{"ver');
  checkRunDirectory(directory);
  prepareRunDirectory(directory);
  checkRunDirectory(directory);
});

it('goes on when the records’ disk is full, within bounds', () => {
  const logs = join(directory, 'logs');
  mkdirSync(logs);
  symlinkSync('/dev/full', join(logs, 'events.ndjson'));
  const records = openRecords(logs, ['node-1']);
  const event = { at: '2026-01-01T00:00:00Z', type: 'Normal', reason: 'Started', namespace: 'n', kind: 'Pod', name: 'p', message: 'm' } as const;
  for (let count = 0; count < 20_000; count++) records.event(event);
  records.node('node-1', 'info', 'two\nlines');
  records.close();
  records.node('node-1', 'info', 'too late');
  expect(readFileSync(join(logs, 'nodes', 'node-1.log'), 'utf8')).toMatch(/^\S+ info kubelet: two lines\n$/);
});

it('keeps the path of the socket below the kernel’s limit', () => {
  expect(socketPath('/run')).toBe('/run/control.sock');
  const long = `/${'d'.repeat(120)}`;
  expect(Buffer.byteLength(socketPath(long))).toBeLessThan(100);
  expect(socketPath(long)).toBe(socketPath(long));
  expect(socketPath(long)).not.toBe(socketPath(`${long}e`));
});

it('shows a pod’s last lines over all its containers, and no other pod’s', async () => {
  const logs = join(directory, 'logs');
  expect(await podLog(logs, 'redis-0', 5)).toEqual([]);
  mkdirSync(logs);
  appendFileSync(join(logs, 'redis-0_guestbook_redis-b.log'), '2026-01-02T00:00:00.000000000Z stdout F second\n2026-01-04T00:00:00.000000000Z stderr F fourth\n');
  appendFileSync(join(logs, 'redis-0_guestbook_redis-a.log'), '2026-01-01T00:00:00.000000000Z stdout F first\n2026-01-03T00:00:00.000000000Z stdout F third\n');
  appendFileSync(join(logs, 'redis-01_guestbook_redis-a.log'), '2026-01-05T00:00:00.000000000Z stdout F other\n');
  expect(await podLog(logs, 'redis-0', 3)).toEqual(['second', 'third', 'fourth']);
  const log = openContainerLog(logs, { name: 'web', namespace: 'guestbook', container: 'c', containerId: 'id' });
  log.write('stdout', 'a b');
  log.close();
  await expect.poll(() => podLog(logs, 'web', 1), { timeout: 10_000 }).toEqual(['a b']);
});
