import { inflateSync } from 'node:zlib';

/**
 * The Lumberjack protocol, version 2, which Beats speak to Logstash: frames of a version byte, a type byte and a body.
 * Facts: the reader and writer of github.com/elastic/go-lumber v0.1.0 (protocol/v2, server/v2/reader.go), which Beats use.
 */
const VERSION = 0x32;
const WINDOW = 0x57;
const COMPRESSED = 0x43;
const JSON_DATA = 0x4a;
const ACK = 0x41;

/** More in one frame than any Beat sends (10 MB a batch at most by their defaults): a stranger's length must not reserve memory. */
const MOST_BYTES = 64 * 1024 * 1024;
/** A Beat's largest batch is 4,096 by default. */
const MOST_EVENTS = 1_000_000;

/** Bytes that are not of the protocol. The connection can't go on. */
export class ProtocolError extends Error {}

/** What a client said. */
export type Frame = { readonly type: 'window'; readonly size: number } | { readonly type: 'event'; readonly sequence: number; readonly json: string };

/** Takes frames out of a stream, however it is cut. */
export class FrameReader {
  #rest: Buffer = Buffer.alloc(0);

  /** The frames that `bytes` completes. @throws ProtocolError */
  push(bytes: Buffer): Frame[] {
    this.#rest = this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes]);
    const frames: Frame[] = [];
    const read = readFrames(this.#rest, frames, 0);
    this.#rest = this.#rest.subarray(read);
    return frames;
  }

  /** Whether a frame has begun and not ended. */
  get unfinished(): boolean {
    return this.#rest.length > 0;
  }
}

/** Reads whole frames; the number of bytes that they were. */
function readFrames(bytes: Buffer, frames: Frame[], depth: number): number {
  let at = 0;
  for (;;) {
    if (bytes.length >= at + 1 && bytes[at] !== VERSION) throw new ProtocolError(`a frame begins with byte ${bytes[at]}, not with version 2`);
    if (bytes.length < at + 6) return at;
    const type = bytes[at + 1];
    const number = bytes.readUInt32BE(at + 2);
    if (type === WINDOW) {
      if (depth > 0) throw new ProtocolError('a window stands in a compressed frame');
      if (number === 0 || number > MOST_EVENTS) throw new ProtocolError(`a window of ${number} events`);
      frames.push({ type: 'window', size: number });
      at += 6;
    } else if (type === COMPRESSED) {
      if (depth > 0) throw new ProtocolError('a compressed frame stands in another');
      const end = at + 6 + bounded(number);
      if (bytes.length < end) return at;
      readWhole(inflate(bytes.subarray(at + 6, end)), frames);
      at = end;
    } else if (type === JSON_DATA) {
      if (bytes.length < at + 10) return at;
      const end = at + 10 + bounded(bytes.readUInt32BE(at + 6));
      if (bytes.length < end) return at;
      frames.push({ type: 'event', sequence: number, json: bytes.toString('utf8', at + 10, end) });
      at = end;
    } else throw new ProtocolError(`a frame of type ${type}`);
  }
}

function readWhole(bytes: Buffer, frames: Frame[]): void {
  if (readFrames(bytes, frames, 1) !== bytes.length) throw new ProtocolError('a compressed frame ends in the middle of an event');
}

function bounded(length: number): number {
  if (length > MOST_BYTES) throw new ProtocolError(`a frame of ${length} bytes`);
  return length;
}

function inflate(bytes: Buffer): Buffer {
  try {
    return inflateSync(bytes, { maxOutputLength: MOST_BYTES });
  } catch (error) {
    throw new ProtocolError(`a compressed frame can't be unpacked: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Says that the events up to `sequence` are taken; 0 says only that the server is there. */
export function ackFrame(sequence: number): Buffer {
  const frame = Buffer.from([VERSION, ACK, 0, 0, 0, 0]);
  frame.writeUInt32BE(sequence, 2);
  return frame;
}
