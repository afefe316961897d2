import { createServer, type Server } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { freePort, portOwner, requireFreePort } from './port.ts';

let server: Server | undefined;
afterEach(() => new Promise<void>((done) => (server === undefined ? done() : server.close(() => done()))));

it('names the owner of a taken port', async () => {
  const port = await freePort();
  await requireFreePort(port);
  const taken = createServer();
  server = taken;
  await new Promise<void>((done) => taken.listen(port, '127.0.0.1', done));
  await expect(requireFreePort(port)).rejects.toMatchObject({ code: 'OPENSEARCH_PORT_TAKEN', message: expect.stringContaining(String(port)) });
  if (process.platform !== 'linux') return;
  expect((await portOwner(port))?.pid).toBe(process.pid);
  await expect(requireFreePort(port)).rejects.toThrow(`process ${process.pid} (`);
});

it('knows no owner of a free port', async () => {
  expect(await portOwner(await freePort())).toBeUndefined();
});
