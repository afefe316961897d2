import { appendFileSync, copyFileSync, linkSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, symlinkSync, truncateSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ReadingRig } from './testing/readingRig.ts';

let root: string;
let rig: ReadingRig;
let pod: string;
let node: string;

const cri = (text: string, flag = 'F', stream = 'stdout') => `2026-11-24T09:22:23.123456789Z ${stream} ${flag} ${text}\n`;
const messages = () => rig.indices.messages.toSorted();

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'podscope-tail-'));
  rig = new ReadingRig(root);
  pod = join(rig.logs, 'containers', 'worker-1_guestbook_worker-0a1b.log');
  node = join(rig.logs, 'nodes', 'node-1.log');
});

afterEach(async () => {
  await rig.crash();
  rmSync(root, { recursive: true });
});

describe('rotation', () => {
  it('reads the rest of a renamed file and the new one', async () => {
    writeFileSync(pod, cri('one'));
    rig.start();
    await rig.drain();
    appendFileSync(pod, cri('two'));
    renameSync(pod, `${pod}.20261124-092300`);
    writeFileSync(pod, cri('three'));
    await rig.drain();
    expect(messages()).toEqual(['one', 'three', 'two']);
  });

  it('reads what was written and renamed while it did not run', async () => {
    writeFileSync(pod, cri('one'));
    rig.start();
    await rig.drain();
    await rig.stop();
    appendFileSync(pod, cri('two'));
    renameSync(pod, `${pod}.1`);
    writeFileSync(pod, cri('three'));
    rig.start();
    await rig.drain();
    expect(messages()).toEqual(['one', 'three', 'two']);
  });

  it('takes the unread rest of a copy-truncated file out of the copy', async () => {
    writeFileSync(pod, cri('one') + cri('two'));
    rig.start();
    await rig.drain();
    appendFileSync(pod, cri('three'));
    copyFileSync(pod, `${pod}.1`);
    truncateSync(pod);
    appendFileSync(pod, cri('four'));
    await rig.drain();
    await rig.drain();
    expect(messages()).toEqual(['four', 'one', 'three', 'two']);
  });

  it('notices a file that was truncated and has grown beyond its old size', async () => {
    writeFileSync(pod, cri('one'));
    rig.start();
    await rig.drain();
    writeFileSync(pod, cri('two') + cri('three') + cri('four'));
    await rig.drain();
    expect(messages()).toEqual(['four', 'one', 'three', 'two']);
  });

  it('notices a file that was truncated and is as long as before', async () => {
    writeFileSync(pod, cri('one'));
    rig.start();
    await rig.drain();
    const { mtimeMs, size } = statSync(pod);
    while (statSync(pod).mtimeMs === mtimeMs) writeFileSync(pod, cri('two'));
    expect(statSync(pod).size).toBe(size);
    await rig.drain();
    expect(messages()).toEqual(['one', 'two']);
  });

  it('tells a new file with the old inode from the old one', async () => {
    writeFileSync(pod, cri('one') + cri('two'));
    rig.start();
    await rig.drain();
    await rig.stop();
    const { ino } = statSync(pod);
    writeFileSync(pod, cri('three') + cri('four') + cri('five'));
    expect(statSync(pod).ino).toBe(ino);
    rig.start();
    await rig.drain();
    expect(messages()).toEqual(['five', 'four', 'one', 'three', 'two']);
  });

  it('reads a file once more that begins like the one before it', async () => {
    writeFileSync(pod, cri('same') + cri('first'));
    rig.start();
    await rig.drain();
    truncateSync(pod);
    await rig.drain();
    appendFileSync(pod, cri('same'));
    await rig.drain();
    expect(messages()).toEqual(['first', 'same', 'same']);
    expect(new Set(rig.indices.all.map(({ id }) => id)).size).toBe(3);
  });

  it('reads to the end of a deleted file and forgets it', async () => {
    writeFileSync(pod, cri('one'));
    rig.start();
    await rig.drain();
    appendFileSync(pod, cri('two') + cri('three').trimEnd());
    unlinkSync(pod);
    rig.files.scan();
    await expect.poll(messages, { timeout: 3000 }).toEqual(['one', 'three', 'two']);
    await expect.poll(() => (rig.files.scan(), rig.positions.records.size), { timeout: 3000 }).toBe(0);
  });

  it('goes on in a file that got another name while it did not run', async () => {
    writeFileSync(node, 'one\ntwo\n');
    rig.start();
    await rig.drain();
    await rig.stop();
    rig.indices.rollOver();
    const renamed = join(dirname(node), 'old-node-1.log');
    renameSync(node, renamed);
    appendFileSync(renamed, 'three\n');
    writeFileSync(`${node}-20261124`, 'four\n');
    rig.start();
    await rig.drain();
    expect(messages()).toEqual(['four', 'one', 'three', 'two']);
  });

  it('reads a file once that is there under two names, whichever comes first', async () => {
    writeFileSync(node, 'one\n');
    rig.start();
    await rig.drain();
    linkSync(node, join(dirname(node), 'a-node.log'));
    symlinkSync(node, join(dirname(node), 'b-node.log'));
    appendFileSync(node, 'two\n');
    await rig.drain();
    await rig.stop();
    rig.indices.rollOver();
    appendFileSync(node, 'three\n');
    rig.start();
    await rig.drain();
    expect(messages()).toEqual(['one', 'three', 'two']);
  });

  it('leaves compressed and foreign files alone', async () => {
    writeFileSync(`${pod}.1.gz`, cri('packed'));
    writeFileSync(join(rig.logs, 'other.txt'), 'other\n');
    rig.start();
    await rig.drain();
    expect(messages()).toEqual([]);
  });
});

describe('lines', () => {
  it('waits for the rest of a line that is split inside a character', async () => {
    const line = Buffer.from(cri('grüße 😀'));
    const cut = line.indexOf(0xf0) + 2;
    writeFileSync(pod, line.subarray(0, cut));
    rig.start();
    await rig.drain();
    expect(messages()).toEqual([]);
    appendFileSync(pod, line.subarray(cut));
    await rig.drain();
    expect(messages()).toEqual(['grüße 😀']);
  });

  it('joins parts that the runtime cut inside a character, per stream', async () => {
    const text = Buffer.from('ab😀cd');
    const head = (flag: string, stream: string) => Buffer.from(`2026-11-24T09:22:23.1Z ${stream} ${flag} `);
    const end = Buffer.from('\n');
    writeFileSync(pod, Buffer.concat([
      head('P', 'stdout'), text.subarray(0, 4), end,
      head('F', 'stderr'), Buffer.from('between'), end,
      head('F', 'stdout'), text.subarray(4), end,
    ]));
    rig.start();
    await rig.drain();
    expect(messages()).toEqual(['ab😀cd', 'between']);
    const joined = rig.indices.all.find(({ document }) => document.message === 'ab😀cd');
    expect(joined?.document).toMatchObject({ '@timestamp': '2026-11-24T09:22:23.100Z', stream: 'stdout', log: { offset: 0 } });
  });

  it('does not store a position behind a part that waits', async () => {
    writeFileSync(pod, cri('begin ', 'P') + cri('other', 'F', 'stderr'));
    rig.start();
    await rig.drain();
    await rig.stop();
    appendFileSync(pod, cri('end'));
    rig.start();
    await rig.drain();
    expect(messages()).toEqual(['begin end', 'other']);
  });

  describe('that a rotation cuts between two parts', () => {
    const rotated = () => `${pod}.20261124-092300`;
    const rotate = () => {
      renameSync(pod, rotated());
      writeFileSync(pod, cri('else', 'F', 'stderr') + cri('end') + cri('next'));
    };

    it('are joined', async () => {
      writeFileSync(pod, cri('first') + cri('begin ', 'P'));
      rig.start();
      await rig.drain();
      appendFileSync(pod, cri('middle ', 'P'));
      rotate();
      await rig.drain();
      expect(messages()).toEqual(['begin middle end', 'else', 'first', 'next']);
      await rig.stop();
      rig.indices.rollOver();
      rig.start();
      await rig.drain();
      expect(messages()).toHaveLength(4);
    });

    it('are joined over two rotations, and when they were made while it did not run', async () => {
      writeFileSync(`${pod}.1`, cri('begin ', 'P'));
      utimesSync(`${pod}.1`, 1000, 1000);
      writeFileSync(`${pod}.2`, cri('middle ', 'P'));
      utimesSync(`${pod}.2`, 2000, 2000);
      writeFileSync(pod, cri('end'));
      rig.start();
      await rig.drain();
      expect(messages()).toEqual(['begin middle end']);
      for (const name of [`${pod}.1`, `${pod}.2`]) unlinkSync(name);
      await expect.poll(() => (rig.files.scan(), rig.positions.records.size), { timeout: 3000 }).toBe(1);
    });

    it('are there once when the answer is lost and the stream rolls over', async () => {
      writeFileSync(pod, cri('begin ', 'P'));
      rig.start();
      await rig.drain();
      rotate();
      rig.indices.fate = () => 'applied';
      rig.files.scan();
      await expect.poll(() => rig.indices.messages.length, { timeout: 3000 }).toBe(3);
      await rig.crash();
      rig.indices.rollOver();
      rig.start();
      await rig.drain();
      expect(messages()).toEqual(['begin end', 'else', 'next']);
    });

    it('come alone when the last one never comes', async () => {
      writeFileSync(pod, cri('begin ', 'P'));
      rig.start();
      await rig.drain();
      renameSync(pod, rotated());
      writeFileSync(pod, cri('else', 'F', 'stderr'));
      await rig.drain();
      expect(messages()).toEqual(['else']);
      await expect.poll(messages, { timeout: 3000 }).toEqual(['begin ', 'else']);
    });

    it('come alone when the file with the last one is truncated', async () => {
      writeFileSync(pod, cri('begin ', 'P'));
      rig.start();
      await rig.drain();
      renameSync(pod, rotated());
      writeFileSync(pod, cri('else', 'F', 'stderr'));
      await rig.drain();
      writeFileSync(pod, cri('new'));
      await expect.poll(() => (rig.files.scan(), messages()), { timeout: 3000 }).toEqual(['begin ', 'else', 'new']);
    });
  });

  it('that are alike in one file all arrive', async () => {
    writeFileSync(pod, cri('same').repeat(3));
    rig.start();
    await rig.drain();
    expect(messages()).toEqual(['same', 'same', 'same']);
  });

  it('go on in place when the first one was taken before it was whole', async () => {
    writeFileSync(node, 'begin');
    rig.start();
    await sleep(rig.patience.abandonedMs);
    await expect.poll(messages, { timeout: 3000 }).toEqual(['begin']);
    appendFileSync(node, ' end\nnext\n');
    await rig.drain();
    await rig.stop();
    rig.indices.rollOver();
    rig.start();
    await rig.drain();
    expect(messages()).toEqual([' end', 'begin', 'next']);
  });

  it('takes lines of 1 MB whole and cuts beyond 2 MiB', async () => {
    writeFileSync(node, `${'x'.repeat(1_000_000)}\n${'y'.repeat(5_000_000)}\nafter\n`);
    rig.start();
    await rig.drain();
    expect(rig.indices.messages.map((text) => text.length).toSorted((a, b) => a - b)).toEqual([5, 1_000_000, 2 * 1024 * 1024]);
    expect(rig.indices.messages).toContain('after');
  });

  it('takes a last line without line end once its file rests', async () => {
    writeFileSync(node, 'one\ntwo');
    rig.start();
    await rig.drain();
    expect(messages()).toEqual(['one']);
    await sleep(rig.patience.abandonedMs);
    await expect.poll(messages, { timeout: 3000 }).toEqual(['one', 'two']);
  });

  it('keeps NUL and replaces invalid bytes', async () => {
    writeFileSync(node, Buffer.concat([Buffer.from('a\0b'), Buffer.from([0xff, 0xc3]), Buffer.from('c\r\n')]));
    rig.start();
    await rig.drain();
    expect(messages()).toEqual(['a\0b��c']);
  });
});

describe('positions', () => {
  const lines = Array.from({ length: 50 }, (_, index) => cri(`line ${index}`)).join('');

  it('go on where they stood', async () => {
    writeFileSync(pod, lines);
    rig.start();
    await rig.drain();
    await rig.stop();
    rig.indices.rollOver();
    rig.start();
    await rig.drain();
    expect(rig.indices.messages).toHaveLength(50);
  });

  it.each([
    ['cut in the middle', (bytes: Buffer) => bytes.subarray(0, bytes.length >> 1)],
    ['emptied', () => Buffer.alloc(0)],
    ['full of garbage', (bytes: Buffer) => Buffer.from(bytes.map((byte, index) => (byte * 31 + index) & 255))],
    ['with a changed byte', (bytes: Buffer) => Buffer.from(bytes.toString().replace('"offset":', '"offseT":'))],
  ])('%s count as lost, and nothing is doubled over a rollover', async (_name, damage) => {
    writeFileSync(pod, lines);
    rig.start();
    await rig.drain();
    await rig.stop();
    writeFileSync(rig.positionsPath, damage(readFileSync(rig.positionsPath)));
    rig.indices.rollOver();
    rig.start();
    expect(rig.positions.lost).toBe(true);
    appendFileSync(pod, cri('new'));
    await rig.drain();
    expect(rig.indices.messages).toHaveLength(51);
  });

  it('are reserved on disk before the first document is sent, so a crash leads to a look', async () => {
    writeFileSync(pod, lines);
    rig.start();
    rig.indices.fate = () => 'applied';
    await expect.poll(() => rig.indices.all.length, { timeout: 3000 }).toBeGreaterThan(0);
    const sent = rig.indices.all.length;
    expect(sent).toBeLessThan(50);
    await rig.crash();
    rig.indices.rollOver();
    rig.start();
    await rig.drain();
    expect(rig.indices.messages).toHaveLength(50);
    expect(new Set(rig.indices.messages).size).toBe(50);
  });

  it('that a full disk has no room for keep everything back until there is room', async () => {
    rig.start();
    await rig.stop();
    writeFileSync(pod, lines);
    symlinkSync('/dev/full', `${rig.positionsPath}.new`);
    rig.start();
    await sleep(100);
    expect(rig.indices.messages).toEqual([]);
    unlinkSync(`${rig.positionsPath}.new`);
    await rig.drain();
    expect(rig.indices.messages).toHaveLength(50);
  });
});
