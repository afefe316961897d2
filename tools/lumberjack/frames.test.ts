import { deflateSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { ackFrame, type Frame, FrameReader, ProtocolError } from './frames.ts';
import { compressedFrame, jsonFrame, windowFrame } from './writtenFrames.ts';

const batch = (events: readonly object[], compress: boolean): Buffer => {
  const frames = Buffer.concat(events.map((event, at) => jsonFrame(at + 1, event)));
  return Buffer.concat([windowFrame(events.length), compress ? compressedFrame(frames) : frames]);
};
const expected = (events: readonly object[]): readonly Frame[] => [
  { type: 'window', size: events.length },
  ...events.map((event, at): Frame => ({ type: 'event', sequence: at + 1, json: JSON.stringify(event) })),
];

it.each([true, false])('reads windows and events, wherever the stream is cut (packed: %s)', (packed) => {
  const batches = [[{ message: 'größer ✓' }, { message: '' }], [{ message: 'x'.repeat(300), at: 2 }]];
  const bytes = Buffer.concat(batches.map((events) => batch(events, packed)));
  const read = (...parts: readonly Buffer[]): readonly Frame[] => {
    const reader = new FrameReader();
    const frames = parts.flatMap((part) => reader.push(part));
    expect(reader.unfinished).toBe(false);
    return frames;
  };
  for (let cut = 0; cut <= bytes.length; cut++) expect(read(bytes.subarray(0, cut), bytes.subarray(cut))).toEqual(batches.flatMap(expected));
  expect(read(...Array.from(bytes, (_, at) => bytes.subarray(at, at + 1)))).toEqual(batches.flatMap(expected));
});

it('waits for the end of a frame', () => {
  const reader = new FrameReader();
  const bytes = batch([{ message: 'one' }], true);
  expect(reader.push(bytes.subarray(0, bytes.length - 1))).toEqual([{ type: 'window', size: 1 }]);
  expect(reader.unfinished).toBe(true);
});

it('writes an acknowledgement', () => {
  expect([...ackFrame(258)]).toEqual([0x32, 0x41, 0, 0, 1, 2]);
});

const lengthOf = (type: string, length: number): Buffer => {
  const frame = Buffer.from([0x32, type.charCodeAt(0), 0, 0, 0, 0]);
  frame.writeUInt32BE(length, 2);
  return frame;
};

it.each([
  ['version 1', Buffer.from('1W\0\0\0\x01', 'latin1'), 'begins with byte 49'],
  ['HTTP', Buffer.from('GET / HTTP/1.1\r\n'), 'begins with byte 71'],
  ['an unknown type', lengthOf('X', 1), 'a frame of type 88'],
  ['an acknowledgement, which only servers send', ackFrame(1), 'a frame of type 65'],
  ['an empty window', windowFrame(0), 'a window of 0 events'],
  ['a window of four thousand million', windowFrame(0xffff_ffff), 'a window of 4294967295 events'],
  ['a compressed frame of four gigabytes', lengthOf('C', 0xffff_ffff), 'a frame of 4294967295 bytes'],
  ['an event of four gigabytes', Buffer.concat([lengthOf('J', 1), Buffer.alloc(4, 0xff)]), 'a frame of 4294967295 bytes'],
  ['what is not compressed', Buffer.concat([lengthOf('C', 4), Buffer.from('abcd')]), 'can\'t be unpacked'],
  ['what unpacks to more than it may', compressedFrame(Buffer.alloc(65 * 1024 * 1024)), 'can\'t be unpacked'],
  ['compressed in compressed', compressedFrame(compressedFrame(jsonFrame(1, {}))), 'stands in another'],
  ['a window in a compressed frame', compressedFrame(windowFrame(1)), 'a window stands in a compressed frame'],
  ['half an event in a compressed frame', compressedFrame(jsonFrame(1, { message: 'x' }).subarray(0, 12)), 'ends in the middle'],
  ['rubbish in a compressed frame', Buffer.concat([lengthOf('C', deflateSync('rubbish').length), deflateSync('rubbish')]), 'begins with byte 114'],
])('refuses %s', (_, bytes, message) => {
  expect(() => new FrameReader().push(bytes)).toThrow(ProtocolError);
  expect(() => new FrameReader().push(bytes)).toThrow(message);
});

it('answers spoilt bytes with frames or a ProtocolError only', () => {
  const whole = batch([{ message: 'one' }, { message: 'two' }], true);
  for (let at = 0; at < whole.length; at++) {
    for (const byte of [0, 1, 0x32, 0x43, 0x4a, 0x57, 0x7f, 0xff]) {
      const spoilt = Buffer.from(whole);
      spoilt[at] = byte;
      try {
        new FrameReader().push(spoilt);
      } catch (error) {
        expect(error).toBeInstanceOf(ProtocolError);
      }
    }
  }
});
