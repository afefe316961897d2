import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Batch } from './batch.ts';
import { newCounters } from './counters.ts';
import { Spool, streamOfSegment } from './spool.ts';
import { SpoolFormat } from './spoolFormat.ts';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'podscope-spool-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

const sample = (id: string, filler = '') => ({ stream: 'redis-podscope', id, document: { filler } }) as const;

it('keeps samples by stream, one a line, in segments that tell their stream', () => {
  const spool = new Spool(directory, newCounters());
  spool.add([sample('a'), sample('b'), { stream: 'metricbeat-podscope', id: 'c', document: {} }]);
  spool.close();
  const names = readdirSync(directory).toSorted();
  expect(names.map(streamOfSegment)).toEqual(['metricbeat-podscope', 'redis-podscope']);
  expect(readFileSync(join(directory, names[1] as string), 'utf8')).toBe('a {"filler":""}\nb {"filler":""}\n');
});

it('leaves new samples out and counts them when it is full', () => {
  const counters = newCounters();
  const spool = new Spool(directory, counters, 100);
  spool.add([sample('a', 'x'.repeat(60)), sample('b', 'x'.repeat(60)), sample('c', 'x'.repeat(60))]);
  spool.add([sample('d', 'x'.repeat(60))]);
  spool.close();
  expect(counters['redis-podscope'].dropped).toBe(3);
  const [name = ''] = readdirSync(directory);
  expect(readFileSync(join(directory, name), 'utf8')).toMatch(/^a /);
});

it('never writes on in a segment of an earlier process', () => {
  const first = new Spool(directory, newCounters());
  first.add([sample('a')]);
  const second = new Spool(directory, newCounters());
  second.add([sample('b')]);
  first.close();
  second.close();
  expect(readdirSync(directory)).toHaveLength(2);
});

it('counts what a disk that fills up takes no more of, and leaves no half line before a whole one', () => {
  const child = `
    import { Spool } from ${JSON.stringify(new URL('spool.ts', import.meta.url).href)};
    import { newCounters } from ${JSON.stringify(new URL('counters.ts', import.meta.url).href)};
    const counters = newCounters();
    const spool = new Spool(${JSON.stringify(directory)}, counters);
    const add = (...ids) => spool.add(ids.map((id) => ({ stream: 'redis-podscope', id, document: { filler: 'x'.repeat(700) } })));
    let code = '';
    try { add('a', 'b', 'c'); } catch (error) { code = error.code; }
    add('d');
    spool.close();
    process.stdout.write(JSON.stringify({ code, dropped: counters['redis-podscope'].dropped }));
  `;
  // The shell's limit of a file's size is met as the end of a disk is: a part of a write, then errors.
  const out = execFileSync('sh', ['-c', 'ulimit -f 2; exec "$0" --conditions=@podscope/source --input-type=module -e "$1"', process.execPath, child], { encoding: 'utf8' });
  expect(JSON.parse(out)).toEqual({ code: 'EFBIG', dropped: 2 });
  const lines = readdirSync(directory).map((name) => readFileSync(join(directory, name), 'utf8'));
  expect(lines.map((text) => text.split('\n').map((line) => line.slice(0, 2)))).toEqual([['a ', 'b '], ['d ', '']]);
  const batch = new Batch();
  const format = new SpoolFormat();
  for (const text of lines.join('\n').split('\n')) format.append(batch, '', { text, ascii: true, offset: 0, bytes: () => Buffer.from(text) });
  expect(Array.from({ length: batch.count }, (_, index) => batch.idAt(index))).toEqual(['a', 'd']);
});

it.each(['', 'a', 'a ', 'a {', 'a"b {"x":1}', '\0\0 {"x":1}', 'a [1]', ' {"x":1}'])('passes over %j, which no sample is', (text) => {
  const batch = new Batch();
  expect(new SpoolFormat().append(batch, '', { text, ascii: true, offset: 0, bytes: () => Buffer.from(text) })).toBe(0);
  expect(batch.count).toBe(0);
});

it('says when a segment has ended', () => {
  const spool = new Spool(directory, newCounters());
  spool.add([sample('a')]);
  const path = join(directory, readdirSync(directory)[0] as string);
  expect(spool.isEnded(path)).toBe(false);
  spool.close();
  expect(spool.isEnded(path)).toBe(true);
});
