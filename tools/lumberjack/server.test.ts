import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { type BeatsEvent, type Lumberjack, startLumberjack } from './server.ts';
import { compressedFrame, jsonFrame, windowFrame } from './writtenFrames.ts';

const running: Lumberjack[] = [];
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const server of running.splice(0)) await server.stop();
});

async function start(take: (events: readonly BeatsEvent[]) => Promise<void>, atOnce?: number) {
  const troubles: string[] = [];
  const server = await startLumberjack({ take, ...(atOnce === undefined ? {} : { atOnce }), onTrouble: (what) => void troubles.push(what) });
  running.push(server);
  return { server, troubles };
}

async function client({ port }: Lumberjack) {
  const socket = connect({ host: '127.0.0.1', port });
  sockets.push(socket);
  await once(socket, 'connect');
  const acks: number[] = [];
  socket.on('data', (bytes: Buffer) => {
    for (let at = 0; at < bytes.length; at += 6) acks.push(bytes.readUInt32BE(at + 2));
  });
  const closed = once(socket, 'close');
  const acked = async (sequence: number): Promise<void> => {
    while (acks.at(-1) !== sequence) await once(socket, 'data');
  };
  return { socket, acks, acked, closed };
}

const window = (count: number): Buffer => Buffer.concat([windowFrame(count), compressedFrame(Buffer.concat(Array.from({ length: count }, (_, at) => jsonFrame(at + 1, { at }))))]);

it('acknowledges in parts, each after it was taken', async () => {
  const parts: number[] = [];
  const { server } = await start(async (events) => void parts.push(events.length), 4);
  const { socket, acks, acked } = await client(server);
  socket.write(window(10));
  await acked(10);
  expect(parts).toEqual([4, 4, 2]);
  expect(acks).toEqual([4, 8, 10]);
  // The next window begins at nought.
  socket.write(window(3));
  await acked(3);
  expect(acks).toEqual([4, 8, 10, 3]);
});

it('acknowledges nothing that was not taken, and lets the client go', async () => {
  const { server, troubles } = await start(() => Promise.reject(new Error('nowhere to put it')));
  const { socket, acks, closed } = await client(server);
  socket.write(window(2));
  await closed;
  expect(acks).toEqual([]);
  expect(troubles).toEqual(['nowhere to put it']);
});

it('serves many clients at once, one that waits among them', async () => {
  const release = Promise.withResolvers<void>();
  const { server } = await start((events) => (events[0]?.['at'] === 'slow' ? release.promise : Promise.resolve()));
  const slow = await client(server);
  slow.socket.write(Buffer.concat([windowFrame(1), jsonFrame(1, { at: 'slow' })]));
  const others = await Promise.all(Array.from({ length: 5 }, () => client(server)));
  for (const { socket } of others) socket.write(window(2));
  await Promise.all(others.map(({ acked }) => acked(2)));
  expect(server.clients).toBe(6);
  expect(slow.acks).toEqual([]);
  release.resolve();
  await slow.acked(1);
});

it.each([
  ['an event before a window', jsonFrame(1, {}), 'beyond the window of 0'],
  ['more events than the window', Buffer.concat([windowFrame(1), jsonFrame(1, {}), jsonFrame(2, {})]), 'beyond the window of 1'],
  ['events out of order', Buffer.concat([windowFrame(2), jsonFrame(2, {})]), 'event 2 came as number 1'],
  ['a window in a window', Buffer.concat([windowFrame(2), jsonFrame(1, {}), windowFrame(2)]), 'before the one before it has ended'],
  ['an event that is no object', Buffer.concat([windowFrame(1), jsonFrame(1, [])]), 'no JSON object'],
  ['TLS, which it has not', Buffer.from([0x16, 0x03, 0x01, 0, 0, 0]), 'begins with byte 22'],
])('shows the door to %s', async (_, bytes, why) => {
  const { server, troubles } = await start(() => Promise.resolve());
  const { socket, closed } = await client(server);
  socket.write(bytes);
  await closed;
  expect(troubles).toEqual([expect.stringContaining(why)]);
});

it('notices who leaves in the middle', async () => {
  const left = Promise.withResolvers<void>();
  const troubles: string[] = [];
  const server = await startLumberjack({ take: () => Promise.resolve(), onTrouble: (what) => (troubles.push(what), left.resolve()) });
  running.push(server);
  const { socket } = await client(server);
  socket.end(window(2).subarray(0, 20));
  await left.promise;
  expect(troubles).toEqual([expect.stringContaining('left in the middle')]);
});
