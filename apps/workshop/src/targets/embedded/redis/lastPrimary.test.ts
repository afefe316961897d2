import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { adoptLastPrimary, rememberPrimary } from './lastPrimary.ts';

const pods = ['p-0', 'r-0', 'r-1'];
let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'podscope-primary-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

/** Dumps by pod, each with the second at which it was saved. */
function saved(dumps: Readonly<Record<string, number>>): void {
  for (const [pod, at] of Object.entries(dumps)) {
    mkdirSync(join(directory, pod), { recursive: true });
    writeFileSync(join(directory, pod, 'dump.rdb'), `data of ${pod}`);
    utimesSync(join(directory, pod, 'dump.rdb'), at, at);
  }
}
const dump = (pod: string): string => readFileSync(join(directory, pod, 'dump.rdb'), 'utf8');
const adopt = (): string | undefined => adoptLastPrimary(directory, 'p-0', pods);

it('has nothing to do at the first start', () => {
  expect(adopt()).toBeUndefined();
  rememberPrimary(directory, 'r-0');
  expect(adopt()).toBeUndefined();
});

it('keeps the primary’s own data while it was primary, also when a replica saved a little later', () => {
  saved({ 'p-0': 1000, 'r-0': 1005, 'r-1': 990 });
  expect(adopt()).toBeUndefined();
  rememberPrimary(directory, 'p-0');
  expect(adopt()).toBeUndefined();
  expect(dump('p-0')).toBe('data of p-0');
});

it('takes the data of the one that was primary last, although the former one has saved as well, something old', () => {
  rememberPrimary(directory, 'r-1');
  saved({ 'p-0': 1003, 'r-0': 1001, 'r-1': 1000 });
  expect(adopt()).toBe('r-1');
  expect(dump('p-0')).toBe('data of r-1');
  expect(dump('r-1')).toBe('data of r-1');
});

it('takes the newest data where the last primary could not save', () => {
  rememberPrimary(directory, 'p-0');
  saved({ 'p-0': 1000, 'r-0': 5000 });
  expect(adopt()).toBe('r-0');
  expect(dump('p-0')).toBe('data of r-0');
});
