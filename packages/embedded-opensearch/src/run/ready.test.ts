import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { untilReady } from './ready.ts';

let server: Server | undefined;
afterEach(() => server?.close());

/** A stand-in: a real server is in this state for some milliseconds only, at a moment that no test can choose. */
async function recovering(times: number): Promise<{ readonly url: string; readonly asked: string[] }> {
  const asked: string[] = [];
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.statusCode = request.url === '/' || asked.length > times ? 200 : 503;
    response.end('{}');
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

it('waits until the state of the cluster is recovered, not only until the server answers', async () => {
  const { url, asked } = await recovering(2);
  expect(await untilReady(url, 'http', AbortSignal.timeout(10_000))).toBe(true);
  expect(asked).toEqual(['/_alias', '/_alias', '/_alias']);
});

it('gives up when it is told to', async () => {
  const { url } = await recovering(Infinity);
  expect(await untilReady(url, 'http', AbortSignal.timeout(300))).toBe(false);
});
