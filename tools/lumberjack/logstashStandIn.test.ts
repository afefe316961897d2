import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { type StandIn, startLogstashStandIn } from './logstashStandIn.ts';
import { jsonFrame, windowFrame } from './writtenFrames.ts';

const ending: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ending.splice(0)) await end();
});

interface Item {
  readonly index: string;
  readonly id: string;
  readonly source: unknown;
}

/** A stand-in of OpenSearch that answers each document as told. */
async function openSearch(statusOf: (item: Item, request: number) => number): Promise<{ url: string; items: Item[] }> {
  const items: Item[] = [];
  let requests = 0;
  const server: Server = createServer(async (request, response) => {
    requests += 1;
    let text = '';
    for await (const part of request) text += String(part);
    const lines = text.trim().split('\n').map((line) => JSON.parse(line) as { create: { _index: string; _id: string } });
    const answers = [];
    for (let at = 0; at < lines.length; at += 2) {
      const create = lines[at]?.create;
      const item = { index: create?._index ?? '', id: create?._id ?? '', source: lines[at + 1] as unknown };
      items.push(item);
      answers.push({ create: { status: statusOf(item, requests), error: { type: 'a', reason: 'because' } } });
    }
    response.end(JSON.stringify({ items: answers }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  ending.push(() => new Promise((resolve) => (server.closeAllConnections(), server.close(resolve))));
  const address = server.address();
  return { url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`, items };
}

async function standIn(url: string, troubles: string[] = []): Promise<StandIn> {
  const started = await startLogstashStandIn({ openSearch: url, indices: { filebeat: 'filebeat-podscope' }, fields: { filebeat: ['@timestamp', 'message', 'log.file.path'] }, onTrouble: (what) => void troubles.push(what) });
  ending.push(() => started.stop());
  return started;
}

/** Sends events in one window; the acknowledgement that takes them all. */
async function send({ port }: StandIn, events: readonly object[]): Promise<void> {
  const socket = connect({ host: '127.0.0.1', port });
  ending.push(async () => void socket.destroy());
  socket.write(Buffer.concat([windowFrame(events.length), ...events.map((event, at) => jsonFrame(at + 1, event))]));
  for (let acked = 0; acked < events.length; ) {
    const [bytes] = (await once(socket, 'data')) as [Buffer];
    acked = Math.max(acked, bytes.readUInt32BE(bytes.length - 4));
  }
}

const event = (message: string, more: object = {}) => ({ '@timestamp': '2026-01-01T00:00:00Z', '@metadata': { beat: 'filebeat', _id: `id-${message}` }, podscope: { family: 'filebeat' }, message, ...more });

it('creates documents in the family\'s index with the Beat\'s id, cut to the catalogue', async () => {
  const { url, items } = await openSearch(() => 201);
  await send(await standIn(url), [event('one', { agent: { version: '7' }, log: { file: { path: '/a' }, flags: ['multiline'] } })]);
  expect(items).toEqual([{ index: 'filebeat-podscope', id: 'id-one', source: { '@timestamp': '2026-01-01T00:00:00Z', message: 'one', log: { file: { path: '/a' } } } }]);
});

it('gives an event without an id the same one each time, and another to each other event', async () => {
  const { url, items } = await openSearch(() => 201);
  const plain = (offset: number) => ({ podscope: { family: 'filebeat' }, message: 'same', log: { offset } });
  const server = await standIn(url);
  await send(server, [plain(0), plain(5)]);
  await send(server, [plain(0)]);
  expect(items.map(({ id }) => id)[2]).toBe(items[0]?.id);
  expect(items[1]?.id).not.toBe(items[0]?.id);
});

it('tries again what OpenSearch is too busy for, and only that', async () => {
  const { url, items } = await openSearch(({ id }, request) => (id === 'id-busy' && request < 3 ? 429 : id === 'id-broken' && request < 2 ? 503 : id === 'id-there' ? 409 : id === 'id-wrong' ? 400 : 201));
  const troubles: string[] = [];
  const server = await standIn(url, troubles);
  await send(server, ['fine', 'busy', 'broken', 'there', 'wrong'].map((name) => event(name)));
  expect(items.map(({ id }) => id.slice(3))).toEqual(['fine', 'busy', 'broken', 'there', 'wrong', 'busy', 'broken', 'busy']);
  expect(server.counts).toEqual({ created: 3, already: 1, refused: 1, retried: 3 });
  expect(troubles).toEqual([expect.stringContaining('because')]);
});

it('refuses what says no family that it knows', async () => {
  const { url, items } = await openSearch(() => 201);
  const server = await standIn(url);
  await send(server, [{ message: 'no family' }, { message: 'another', podscope: { family: 'constructor' } }]);
  expect(items).toEqual([]);
  expect(server.counts.refused).toBe(2);
});

it('waits for a server that is not there yet, without an acknowledgement', async () => {
  const server = await standIn('http://127.0.0.1:9');
  const socket = connect({ host: '127.0.0.1', port: server.port });
  socket.write(Buffer.concat([windowFrame(1), jsonFrame(1, event('one'))]));
  let heard = 0;
  socket.on('data', (bytes: Buffer) => (heard += bytes.length));
  while (server.counts.retried < 2) await new Promise((resolve) => setTimeout(resolve, 20));
  expect(heard).toBe(0);
  socket.destroy();
});
