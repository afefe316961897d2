import { appendFileSync, mkdtempSync, readdirSync, renameSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from './batch.ts';
import { ReadingRig } from './testing/readingRig.ts';

let root: string;
let rig: ReadingRig;

const cri = (text: string) => `2026-11-24T09:22:23.123456789Z stdout F ${text}\n`;
const messages = () => rig.indices.messages.toSorted();

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'podscope-files-'));
  rig = new ReadingRig(root);
});

afterEach(async () => {
  await rig.crash();
  rmSync(root, { recursive: true });
});

it('reads 10,000 small files', { timeout: 120_000 }, async () => {
  for (let file = 0; file < 10_000; file++) {
    writeFileSync(join(rig.logs, 'containers', `worker-${file}_guestbook_worker-0a1b.log`), cri(`line of ${file}`));
  }
  rig.limits = DEFAULT_LIMITS;
  rig.start();
  await rig.drain();
  expect(rig.indices.messages).toHaveLength(10_000);
  expect(new Set(rig.indices.messages).size).toBe(10_000);
  expect(readdirSync('/proc/self/fd').length).toBeLessThan(1000);
});

it('follows more files than it holds open, through writes, rotation, deletion and a restart', async () => {
  rig.mostOpen = 4;
  const path = (file: number) => join(rig.logs, 'containers', `worker-${file}_guestbook_worker-0a1b.log`);
  const expected: string[] = [];
  const write = (file: number, text: string) => {
    appendFileSync(path(file), cri(`${file} ${text}`));
    expected.push(`${file} ${text}`);
  };
  const readAll = async () => {
    await rig.drain();
    expect(messages()).toEqual(expected.toSorted());
  };
  for (let file = 0; file < 20; file++) write(file, 'one');
  rig.start();
  await readAll();
  for (let file = 0; file < 20; file++) write(file, 'two');
  await readAll();
  for (let file = 0; file < 10; file++) {
    renameSync(path(file), `${path(file)}.1`);
    write(file, 'three');
  }
  await readAll();
  await rig.stop();
  rig.indices.rollOver();
  for (let file = 0; file < 20; file++) write(file, 'four');
  rig.start();
  await readAll();
  for (let file = 0; file < 10; file++) unlinkSync(`${path(file)}.1`);
  await expect.poll(() => (rig.files.scan(), rig.positions.records.size), { timeout: 5000 }).toBe(20);
});
