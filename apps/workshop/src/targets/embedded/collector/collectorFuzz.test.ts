import { appendFileSync, copyFileSync, mkdtempSync, readdirSync, renameSync, rmSync, truncateSync, unlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { type Fate, randomFrom, ReadingRig } from './testing/readingRig.ts';

const ROUNDS = 6;
const STEPS = 60;
/** Seeds of an earlier run, separated by commas, to see it again. */
const again = process.env['PODSCOPE_FUZZ_SEEDS'];
const seeds = again?.split(',').map(Number) ?? Array.from({ length: ROUNDS }, () => Math.floor(Math.random() * 2 ** 31));
const fates: readonly Fate[] = ['answered', 'applied', 'lost'];
const WORDS = ['plain', 'grüße', '😀😀', 'a"b\\c', '\u0000\u0001', '\ud7ff', 'x'.repeat(3000), 'GET / HTTP/1.1'];

/** Writes one log as a container runtime or a process does, with every way of rotating it, and remembers its lines. */
class Writer {
  readonly path: string;
  readonly written: string[] = [];
  readonly #random: () => number;
  readonly #cri: boolean;
  /** A container runtime rotates by rename only, also between two parts of a line. */
  readonly #byRename: boolean;
  #unfinished: Buffer = Buffer.alloc(0);
  #rotations = 0;

  constructor(path: string, cri: boolean, random: () => number) {
    this.path = path;
    this.#cri = cri;
    this.#byRename = cri && random() < 0.5;
    this.#random = random;
  }

  #pick<Value>(values: readonly Value[]): Value {
    return values[Math.floor(this.#random() * values.length)] as Value;
  }

  #text(): Buffer {
    const text = `${this.path.length}.${this.#rotations}.${this.written.length} ${this.#pick(WORDS)} ${this.#pick(WORDS)}`;
    this.written.push(text);
    return Buffer.from(text);
  }

  /** The bytes of a new line; a container's may come in parts cut anywhere. */
  #line(): Buffer {
    const bytes = this.#text();
    if (!this.#cri) return Buffer.concat([bytes, Buffer.from('\n')]);
    const stamp = new Date(1_700_000_000_000 + this.written.length).toISOString();
    const stream = this.#pick(['stdout', 'stderr']);
    const cut = this.#random() < 0.3 ? Math.floor(this.#random() * bytes.length) : 0;
    const part = (flag: string, content: Buffer) => [Buffer.from(`${stamp} ${stream} ${flag} `), content, Buffer.from('\n')];
    return Buffer.concat([...(cut > 0 ? part('P', bytes.subarray(0, cut)) : []), ...part('F', bytes.subarray(cut))]);
  }

  write(): void {
    const lines = Array.from({ length: 1 + Math.floor(this.#random() * 12) }, () => this.#line());
    const bytes = Buffer.concat([this.#unfinished, ...lines]);
    const cut = this.#random() < 0.4 ? bytes.length - Math.floor(this.#random() * Math.min(bytes.length, 40)) : bytes.length;
    appendFileSync(this.path, bytes.subarray(0, cut));
    this.#unfinished = bytes.subarray(cut);
  }

  finish(): void {
    appendFileSync(this.path, this.#unfinished);
    this.#unfinished = Buffer.alloc(0);
  }

  rename(): void {
    this.finish();
    const cut = this.#byRename && this.#random() < 0.5 ? this.#text() : undefined;
    if (cut !== undefined) this.#part('P', cut.subarray(0, 3));
    renameSync(this.path, `${this.path}.${++this.#rotations}`);
    if (cut !== undefined) this.#part('F', cut.subarray(3));
    this.write();
  }

  #part(flag: string, content: Buffer): void {
    const stamp = new Date(1_700_000_000_000 + this.written.length).toISOString();
    appendFileSync(this.path, Buffer.concat([Buffer.from(`${stamp} stdout ${flag} `), content, Buffer.from('\n')]));
  }

  copyTruncate(): void {
    if (this.#byRename) return this.rename();
    this.finish();
    copyFileSync(this.path, `${this.path}.${++this.#rotations}`);
    truncateSync(this.path);
    this.write();
  }
}

it.each(seeds)('reads every line once through rotation, crashes and rollovers (seed %i)', { timeout: 60_000 }, async (seed) => {
  process.stdout.write(`collector fuzz seed ${seed}\n`);
  const random = randomFrom(seed);
  const root = mkdtempSync(join(tmpdir(), 'podscope-fuzz-'));
  const rig = new ReadingRig(root);
  const writers = [
    new Writer(join(rig.logs, 'containers', 'frontend-1_guestbook_frontend-aa11.log'), true, random),
    new Writer(join(rig.logs, 'containers', 'worker-22_guestbook_worker-bb22.log'), true, random),
    new Writer(join(rig.logs, 'nodes', 'node-1.log'), false, random),
  ];
  // An unfinished line is never given up while its writer lives.
  Object.assign(rig.patience, { abandonedMs: 1e9, rotatedMs: 200 });
  for (const writer of writers) writer.write();
  rig.start();

  const steps: Record<string, () => void | Promise<void>> = {
    scan: () => void rig.files.scan(),
    pause: () => sleep(Math.floor(random() * 5)),
    save: () => rig.positions.saveIfDirty(),
    drain: () => rig.drain(),
    rollOver: () => rig.indices.rollOver(),
    crash: async () => {
      // Requests and answers get lost in any order before it.
      rig.indices.fate = () => fates[Math.floor(random() * fates.length)] as Fate;
      await sleep(Math.floor(random() * 8));
      if (random() < 0.5) await rig.positions.saveIfDirty();
      await rig.crash();
      rig.start();
    },
    stop: async () => {
      await rig.stop();
      rig.start();
    },
    cleanUp: async () => {
      await rig.drain();
      await rig.drain();
      // With the file that has a line's first part, what is known of it goes: not before the second part is stored.
      await rig.positions.saveIfDirty();
      for (const folder of ['containers', 'nodes']) {
        for (const name of readdirSync(join(rig.logs, folder))) if (/\d$/.test(name)) unlinkSync(join(rig.logs, folder, name));
      }
    },
  };
  const names = Object.keys(steps);
  for (let step = 0; step < STEPS; step++) {
    const writer = writers[Math.floor(random() * writers.length)] as Writer;
    const draw = random();
    if (draw < 0.4) writer.write();
    else if (draw < 0.5) writer.rename();
    else if (draw < 0.6) writer.copyTruncate();
    else await steps[names[Math.floor(random() * names.length)] as string]?.();
  }
  for (const writer of writers) writer.finish();
  await rig.drain();
  await rig.drain();
  const messages = rig.indices.messages;
  const distinct = new Set(messages);
  const written = writers.flatMap((writer) => writer.written);
  const whole = new Set(written);
  expect(written.filter((text) => !distinct.has(text)), 'lost').toEqual([]);
  expect(messages.filter((text) => !whole.has(text)), 'in pieces').toEqual([]);
  expect(messages.filter((text, index) => messages.indexOf(text) !== index), 'doubled').toEqual([]);
  expect(messages).toHaveLength(written.length);
  await rig.crash();
  rmSync(root, { recursive: true });
});
