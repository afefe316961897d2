import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Balancer, startBalancer } from './balancer.ts';

let balancer: Balancer;
const servers: Server[] = [];

beforeEach(async () => {
  balancer = await startBalancer(0);
});
afterEach(async () => {
  await balancer.close();
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

/** A backend that answers with its name and the headers that it got, after a pause. */
async function addBackend(name: string, pauseMs = 0): Promise<void> {
  const server = createServer((request, response) => {
    setTimeout(() => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ name, from: request.headers['x-forwarded-for'], method: request.method }));
    }, pauseMs);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  balancer.add(name, (server.address() as AddressInfo).port);
}

interface Answer {
  readonly name: string;
  readonly from: string;
  readonly method: string;
}
const ask = (init: RequestInit = {}): Promise<Response> => fetch(`http://127.0.0.1:${balancer.port}/x`, init);
const askJson = async (init: RequestInit = {}): Promise<Answer> => (await (await ask(init)).json()) as Answer;

/** A port on which nobody listens. */
async function deadPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

it('takes the pods in turn', async () => {
  for (const name of ['a', 'b', 'c']) await addBackend(name);
  const names: string[] = [];
  for (let count = 0; count < 9; count++) names.push((await askJson()).name);
  for (const name of ['a', 'b', 'c']) expect(names.filter((each) => each === name)).toHaveLength(3);
});

it('says who asked, unless the client says so itself', async () => {
  await addBackend('a');
  expect((await askJson()).from).toBe('127.0.0.1');
  expect((await askJson({ headers: { 'x-forwarded-for': '203.0.113.5' } })).from).toBe('203.0.113.5');
});

it('sends a GET on to another pod when one is dead, but never a POST', async () => {
  balancer.add('dead', await deadPort());
  await addBackend('alive');
  for (let count = 0; count < 4; count++) expect((await askJson()).name).toBe('alive');
  const statuses = new Set<number>();
  for (let count = 0; count < 4; count++) statuses.add((await ask({ method: 'POST', body: 'x' })).status);
  expect([...statuses].sort()).toEqual([200, 502]);
});

it('answers 502 when every pod is dead and 503 when there is none', async () => {
  expect((await ask()).status).toBe(503);
  balancer.add('dead', await deadPort());
  expect((await ask()).status).toBe(502);
});

it('lets requests end before a pod is gone, and sends it no new ones', async () => {
  await addBackend('slow', 300);
  const under = askJson();
  await new Promise((resolve) => setTimeout(resolve, 100));
  await addBackend('next');
  const from = Date.now();
  const removed = balancer.remove('slow');
  expect((await askJson()).name).toBe('next');
  await removed;
  expect(Date.now() - from).toBeGreaterThan(120);
  expect((await under).name).toBe('slow');
  for (let count = 0; count < 3; count++) expect((await askJson()).name).toBe('next');
});

it('names the port that it cannot have', async () => {
  await expect(startBalancer(balancer.port)).rejects.toMatchObject({ code: 'GUESTBOOK_PORT_TAKEN' });
});

it('goes on after a client has gone in the middle of its request', async () => {
  await addBackend('slow', 150);
  await new Promise<void>((resolve) => {
    const socket = connect(balancer.port, '127.0.0.1', () => {
      socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
      setTimeout(() => socket.destroy(), 50);
    });
    socket.once('close', () => resolve());
  });
  expect((await askJson()).name).toBe('slow');
});
