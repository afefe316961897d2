import { deflateSync } from 'node:zlib';

/** Frames as a Beat writes them, for tests without one. */
function head(type: string, number: number): Buffer {
  const frame = Buffer.from(`2${type}\0\0\0\0`, 'latin1');
  frame.writeUInt32BE(number, 2);
  return frame;
}

/** How many events follow. */
export function windowFrame(size: number): Buffer {
  return head('W', size);
}

/** One event. */
export function jsonFrame(sequence: number, event: object): Buffer {
  const json = Buffer.from(JSON.stringify(event));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(json.length);
  return Buffer.concat([head('J', sequence), length, json]);
}

/** Frames packed together. */
export function compressedFrame(frames: Buffer): Buffer {
  const packed = deflateSync(frames);
  return Buffer.concat([head('C', packed.length), packed]);
}
