import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { bothLogs, openLogFile, type PodLog } from './logFile.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'guestbook-log-'));
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(directory, { recursive: true });
});

it('appends, holds lines back for a moment and writes the rest when closed', () => {
  vi.useFakeTimers();
  const path = join(directory, 'a.log');
  writeFileSync(path, 'before\n');
  const log = openLogFile(path);
  log.write('stdout', 'one');
  expect(readFileSync(path, 'utf8')).toBe('before\n');
  vi.advanceTimersByTime(100);
  expect(readFileSync(path, 'utf8')).toMatch(/^before\n\S+ stdout F one\n$/);
  log.write('stderr', 'two');
  log.close();
  expect(readFileSync(path, 'utf8')).toMatch(/ stderr F two\n$/);
});

it('rotates by renaming, keeps the newest files and loses no line that is kept', () => {
  vi.useFakeTimers();
  const path = join(directory, 'a.log');
  const log = openLogFile(path, { rotateBytes: 200, keep: 2 });
  for (let line = 0; line < 20; line++) {
    log.write('stdout', `${line}:${'x'.repeat(100)}`);
    vi.advanceTimersByTime(1_000);
  }
  log.close();
  const names = readdirSync(directory).sort();
  expect(names).toHaveLength(3);
  expect(names[0]).toBe('a.log');
  expect(names[1]).toMatch(/^a\.log\.\d{8}-\d{6}$/);
  const text = [names[1], names[2], names[0]].map((name) => readFileSync(join(directory, name ?? ''), 'utf8')).join('');
  const numbers = [...text.matchAll(/ F (\d+):/g)].map((match) => Number(match[1]));
  expect(numbers).toEqual(Array.from({ length: numbers.length }, (_, index) => 20 - numbers.length + index));
  expect(numbers.length).toBeGreaterThanOrEqual(4);
});

it('writes each line to both logs, and closes both', () => {
  const lines: string[] = [];
  const log = (name: string): PodLog => ({ write: (stream, text) => void lines.push(`${name} ${stream} ${text}`), close: () => void lines.push(`${name} closed`) });
  const both = bothLogs(log('first'), log('second'));
  both.write('stderr', 'a line');
  both.close();
  expect(lines).toEqual(['first stderr a line', 'second stderr a line', 'first closed', 'second closed']);
});
