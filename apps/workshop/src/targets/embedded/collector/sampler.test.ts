import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { newCounters } from './counters.ts';
import { PodDirectory } from './podDirectory.ts';
import { Sampler } from './sampler.ts';
import { Spool } from './spool.ts';

let directory: string;
let stopping: AbortController;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'podscope-sampler-'));
  stopping = new AbortController();
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

const lines = (): string[] => readdirSync(directory).flatMap((name) => readFileSync(join(directory, name), 'utf8').trim().split('\n'));
const loads = (): string[] => lines().filter((line) => line.includes('"load"'));
const timeOf = (line: string): string => (JSON.parse(line.slice(line.indexOf(' ') + 1)) as { '@timestamp': string })['@timestamp'];

it('goes on when the clock jumps, in either direction, with ids of their own', async () => {
  const told: string[] = [];
  let now = 1_800_000_000_000;
  const spool = new Spool(directory, newCounters());
  const sampler = new Sampler({
    spool, directory: new PodDirectory(), control: undefined, hostName: 'host', intervalMs: 20,
    signal: stopping.signal, log: (line) => told.push(line), now: () => now,
  });
  const running = sampler.run();
  for (const at of [1_800_000_000_020, 1_800_100_000_000, 1_800_000_000_020, 1_800_000_000_000]) {
    const before = loads().length;
    now = at;
    if (at !== 1_800_000_000_000) await vi.waitFor(() => expect(loads().length).toBe(before + 1));
  }
  now = 1_800_000_000_040;
  await vi.waitFor(() => expect(loads()).toHaveLength(4));
  stopping.abort();
  await running;
  spool.close();
  expect(loads().map(timeOf)).toEqual([1_800_000_000_020, 1_800_100_000_000, 1_800_000_000_020, 1_800_000_000_040].map((at) => new Date(at).toISOString()));
  expect(new Set(lines().map((line) => line.split(' ')[0])).size).toBe(lines().length);
  expect(told).toEqual(['The clock was set back: samples go on at its new time.']);
});
