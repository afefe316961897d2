import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { findPrograms, pathFolders, programFor } from './programs.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'podscope-programs-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A made-up program: a script that says a version. */
async function madeUp(name: string, says: string, mode = 0o755): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, `#!/bin/sh\necho '${says}'\n`);
  await chmod(path, mode);
  return path;
}

it('asks programs for their version, whatever their files are called', async () => {
  await madeUp('fluent-bit', 'Fluent Bit v5.1.1\nGit commit: abc');
  await madeUp('filebeat-7.12', 'filebeat version 7.12.1 (amd64), libbeat 7.12.1');
  await madeUp('filebeat-7.17.0', 'filebeat version 7.17.0 (amd64), libbeat 7.17.0');
  await madeUp('fluentd', 'fluentd 1.18.0');
  await madeUp('otelcol-contrib', 'otelcol-contrib version 0.138.0');
  await madeUp('logstash-grammar', '');
  // Not programs of these names.
  await madeUp('fluent-bit-wrapper', 'Fluent Bit v9.9.9');
  await madeUp('fluent-cat', 'fluentd 1.18.0');
  const { programs, unusable } = await findPrograms([folder]);
  expect(programs.map(({ shipper, name, version, grammarOnly }) => [shipper, name, version, grammarOnly])).toEqual([
    ['filebeat', 'filebeat', '7.12.1', false],
    ['filebeat', 'filebeat', '7.17.0', false],
    ['fluent-bit', 'fluent-bit', '5.1.1', false],
    ['fluentd', 'fluentd', '1.18.0', false],
    ['logstash', 'logstash-grammar', 'grammar', true],
    ['otel-collector', 'otelcol-contrib', '0.138.0', false],
  ]);
  expect(unusable).toEqual([]);
});

it('says what can not be used', async () => {
  const silent = await madeUp('metricbeat', 'what?');
  const locked = await madeUp('fluentd', 'fluentd 1.18.0', 0o644);
  expect(await findPrograms([folder, join(folder, 'nowhere')])).toEqual({
    programs: [],
    unusable: [
      { path: locked, why: 'it may not be executed' },
      { path: silent, why: expect.stringContaining('"version"') },
    ],
  });
});

it('takes the first of two that are the same', async () => {
  const first = await madeUp('fluentd', 'fluentd 1.18.0');
  await madeUp('fluentd-1.18.0', 'fluentd 1.18.0');
  expect((await findPrograms([folder])).programs.map(({ path }) => path)).toEqual([first]);
});

it('finds the program for a version, or says why not', async () => {
  await madeUp('fluent-bit', 'Fluent Bit v5.1.1');
  await madeUp('filebeat', 'filebeat version 7.17.0');
  const { programs } = await findPrograms([folder]);
  expect(programFor(programs, 'fluent-bit', '5.1')).toMatchObject({ program: { version: '5.1.1' }, note: '' });
  expect(programFor(programs, 'fluent-bit', '5.0')).toMatchObject({ note: 'tried with 5.1.1' });
  expect(programFor(programs, 'fluent-bit', '4.2')).toBe('fluent-bit 4.2 was not found; 5.1.1 is no stand-in for it');
  // 7.12 takes modules that 7.17 has no more.
  expect(programFor(programs, 'filebeat', '7.12')).toBe('filebeat 7.12 was not found; 7.17.0 is no stand-in for it');
  expect(programFor(programs, 'fluentd', '1.18')).toBe('fluentd was not found');
});

it('reads the PATH', () => {
  expect(pathFolders('/a::/b')).toEqual(['/a', '/b']);
  expect(pathFolders(undefined)).toEqual([]);
});
