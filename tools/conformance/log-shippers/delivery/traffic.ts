import { appendFile, copyFile, rename, stat, truncate, writeFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { accessLine, criLine, dockerLine, type LoggedContainer, type LogPlace, placeLog, stackTrace } from '../samples.ts';

/** One document that must come out, and the bytes that it comes from. */
export interface Sent {
  /** `r000123`, in the message; of the lines that are all the same, `same`. */
  readonly key: string;
  readonly family: 'filebeat' | 'apache';
  readonly kind: Kind;
  readonly container: LoggedContainer;
  /** Milliseconds since 1970, of the first of its lines. */
  readonly at: number;
  readonly stream: 'stdout' | 'stderr';
  readonly message: string;
  readonly bytes: Buffer;
}

/** What kind of line a document was made from. */
export type Kind = 'line' | 'same' | 'trace' | 'parts' | 'long in parts' | 'long' | 'no UTF-8' | 'access' | 'error' | 'unparsed' | 'before truncation' | 'after truncation';

/** The containers that write. The sources of a pipeline choose them by their pods' names. */
export const CONTAINERS = {
  cri: { namespace: 'shop', pod: 'cri-7d9c5b6f8-x2x4z', container: 'app' },
  docker: { namespace: 'shop', pod: 'docker-6b8f9d7c5-q9w8e', container: 'app' },
  web: { namespace: 'guestbook', pod: 'frontend-5c4d3b2a1-abcde', container: 'php' },
  truncated: { namespace: 'shop', pod: 'cri-truncated-0', container: 'app' },
} as const satisfies Readonly<Record<string, LoggedContainer>>;

type Writer = keyof typeof CONTAINERS;

/** containerd and Docker cut what is longer than 16 KiB into parts. */
const PART = 16 * 1024;
const LONG = 200 * 1024;
const SAME = 100;
const TRUNCATED = 100;
/** How many lines stand in a truncated file before more are written. */
export const FIRST_AFTER = 10;

/** All documents of a delivery: `count` in all, and for each container in the order in which they are written. */
export function traffic(count: number, begin = Date.now() - 60_000): Readonly<Record<Writer, readonly Sent[]>> {
  const numberOf: Record<Writer, number> = { truncated: 2 * TRUNCATED, docker: Math.floor(count * 0.3), web: Math.floor(count * 0.28), cri: 0 };
  numberOf.cri = count - numberOf.truncated - numberOf.docker - numberOf.web;
  let next = 0;
  const made = (writer: Writer): readonly Sent[] => Array.from({ length: numberOf[writer] }, (_, at) => record(writer, at, `r${String(next++).padStart(6, '0')}`, begin + at));
  return { cri: made('cri'), docker: made('docker'), web: made('web'), truncated: made('truncated') };
}

function record(writer: Writer, at: number, key: string, time: number): Sent {
  const container = CONTAINERS[writer];
  const stream = at % 10 === 9 ? 'stderr' : 'stdout';
  if (writer === 'web') {
    const [kind, message] = webLine(at, key);
    return { key, family: 'apache', kind, container, at: time, stream, message, bytes: criLine(stamp(time), stream, message) };
  }
  const sent = { key, family: 'filebeat', container, at: time, stream } as const;
  if (writer === 'truncated') {
    const message = `${key} in a file that is copied and cut off`;
    return { ...sent, kind: at < TRUNCATED ? 'before truncation' : 'after truncation', message, bytes: criLine(stamp(time), stream, message) };
  }
  const docker = writer === 'docker';
  const line = (text: string, part = false): Buffer => (docker ? dockerLine(stamp(time), stream, text, part) : criLine(stamp(time), stream, text, part ? 'P' : 'F'));
  // A run of lines that are the same to the last byte.
  if (!docker && at >= 1_000 && at < 1_000 + SAME) {
    const message = 'the same line again';
    return { ...sent, key: 'same', kind: 'same', stream: 'stdout', at: time - at, message, bytes: criLine(stamp(time - at), 'stdout', message) };
  }
  if (at % 50 === 7) {
    const [first = '', ...more] = stackTrace('java');
    const lines = [first.replace(': ', `: ${key} `), ...more];
    return { ...sent, kind: 'trace', message: lines.join('\n'), bytes: Buffer.concat(lines.map((text) => line(text))) };
  }
  if (at % 100 === 13) return { ...sent, kind: 'parts', message: `${key} begins and ends`, bytes: Buffer.concat([line(`${key} begins`, true), line(' and ends')]) };
  if (at % 500 === 21) {
    const message = `${key} ${'0123456789abcdef'.repeat(LONG / 16)} end`;
    const parts = Array.from({ length: Math.ceil(message.length / PART) }, (_, part) => message.slice(part * PART, (part + 1) * PART));
    return { ...sent, kind: 'long in parts', message, bytes: Buffer.concat(parts.map((part, place) => line(part, place < parts.length - 1))) };
  }
  // Docker cuts at 16 KiB whatever it is told; CRI-O and containerd can be told not to.
  if (!docker && at % 1_000 === 22) {
    const message = `${key} ${'fedcba9876543210'.repeat(LONG / 16)} end`;
    return { ...sent, kind: 'long', message, bytes: line(message) };
  }
  // Docker's own JSON has replaced such bytes before anybody reads them.
  if (!docker && at % 200 === 31) {
    const text = Buffer.concat([Buffer.from(`${key} caf`), Buffer.from([0xe9]), Buffer.from(' and '), Buffer.from([0xff, 0xfe]), Buffer.from(' end')]);
    return { ...sent, kind: 'no UTF-8', message: text.toString('utf8'), bytes: criLine(stamp(time), stream, text) };
  }
  const message = at % 7 === 3 ? `${key} {"level":"info","text":"größer als \\"3\\"\\t✓ 日本"}` : `${key} an ordinary line of a container`;
  return { ...sent, kind: 'line', message, bytes: line(message) };
}

function webLine(at: number, key: string): readonly [Kind, string] {
  if (at % 25 === 11) return ['error', `[Tue Nov 24 09:22:23.123456 2026] [core:error] [pid 17:tid 140] [client 10.2.3.${at % 250}:51234] AH00128: ${key} does not exist`];
  if (at % 25 === 12) return ['unparsed', `${key} is neither an access line nor an error`];
  return ['access', accessLine(`/guestbook/${key}`, at % 20 === 5 ? 404 : 200)];
}

/** As runtimes write it, with nine digits. */
function stamp(time: number): string {
  return `${new Date(time).toISOString().slice(0, -1)}000123Z`;
}

/** Files of the containers, written as a machine under load would. */
export interface Logs {
  readonly directory: string;
  /** Writes all documents from one share of each container's to another, `perSecond` at most. */
  write(from: number, to: number, perSecond: number, signal: AbortSignal): Promise<void>;
  /** Renames each file as kubelet does, and begins a new one. */
  rotate(): Promise<void>;
  /** What stands before, and after, a copy and truncation. */
  writeBefore(): Promise<void>;
  copyAndTruncate(): Promise<void>;
  /** The first few, and the rest: a shipper sees a truncation only as long as the file is shorter than it was. */
  writeAfter(part: 'first' | 'rest'): Promise<void>;
}

/** Makes the files in a folder. */
export async function openLogs(folder: string, sent: ReturnType<typeof traffic>): Promise<Logs> {
  const places: Record<Writer, LogPlace> = { cri: await placeLog(folder, CONTAINERS.cri), docker: await placeLog(folder, CONTAINERS.docker), web: await placeLog(folder, CONTAINERS.web), truncated: await placeLog(folder, CONTAINERS.truncated) };
  const rotating = ['cri', 'docker', 'web'] as const;
  let rotations = 0;
  const put = (writer: Writer, some: readonly Sent[]): Promise<void> => appendFile(places[writer].file, Buffer.concat(some.map(({ bytes }) => bytes)));
  const truncated = (kind: Kind): readonly Sent[] => sent.truncated.filter((each) => each.kind === kind);
  return {
    directory: `${folder}/containers`,
    async write(from, to, perSecond, signal) {
      const all = rotating.map((writer) => ({ writer, some: sent[writer].slice(Math.floor(from * sent[writer].length), Math.floor(to * sent[writer].length)) }));
      const total = all.reduce((sum, { some }) => sum + some.length, 0);
      const steps = Math.max(1, Math.ceil((total / perSecond) * 10));
      for (let step = 0; step < steps; step++) {
        signal.throwIfAborted();
        for (const { writer, some } of all) await put(writer, some.slice(Math.floor((step / steps) * some.length), Math.floor(((step + 1) / steps) * some.length)));
        if (step < steps - 1) await setTimeout(100);
      }
    },
    async rotate() {
      rotations += 1;
      for (const writer of rotating) {
        const { file } = places[writer];
        await rename(file, `${file}.20261124-0922${String(rotations).padStart(2, '0')}`);
        await writeFile(file, '');
      }
    },
    writeBefore: () => put('truncated', truncated('before truncation')),
    async copyAndTruncate() {
      const { file } = places.truncated;
      // Out of the folder, as a copy beside it would be read for another rotated file.
      await copyFile(file, `${folder}/copied.log`);
      if ((await stat(file)).size === 0) throw new Error('There was nothing to truncate.');
      await truncate(file, 0);
    },
    writeAfter(part) {
      const some = truncated('after truncation');
      return put('truncated', part === 'first' ? some.slice(0, FIRST_AFTER) : some.slice(FIRST_AFTER));
    },
  };
}
