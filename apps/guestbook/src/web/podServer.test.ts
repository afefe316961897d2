import { connect } from 'node:net';
import { expect, it } from 'vitest';
import type { App } from './app.ts';
import type { LogStream } from './criLog.ts';
import { type RunningPod, startPod } from './podServer.ts';

interface Line {
  readonly stream: LogStream;
  readonly text: string;
}

async function start(app: App): Promise<{ pod: RunningPod; lines: Line[]; access: () => string[]; url: string }> {
  const lines: Line[] = [];
  const log = { write: (stream: LogStream, text: string) => void lines.push({ stream, text }), close: () => undefined };
  const pod = await startPod({ name: 'frontend-a', app, log });
  const access = (): string[] => lines.filter((line) => line.stream === 'stdout').map((line) => line.text);
  return { pod, lines, access, url: `http://127.0.0.1:${pod.port}` };
}

const hello: App = async () => ({ status: 200, headers: { 'content-type': 'text/plain' }, body: 'héllo' });

/** Sends bytes and returns what comes back until the connection closes. */
function raw(port: number, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes, 'latin1'));
    socket.setEncoding('latin1').on('data', (text) => (answer += String(text)));
    socket.once('error', reject);
    socket.once('close', () => resolve(answer));
  });
}

it('logs bytes of the body, and none for HEAD', async () => {
  const { pod, access, url } = await start(hello);
  await (await fetch(`${url}/a`)).text();
  await fetch(`${url}/b`, { method: 'HEAD' });
  await pod.stop();
  expect(access()[0]).toMatch(/"GET \/a HTTP\/1\.1" 200 6 /);
  expect(access()[1]).toMatch(/"HEAD \/b HTTP\/1\.1" 200 - /);
});

it('logs a request that it cannot read as 400', async () => {
  const { pod, access, lines } = await start(hello);
  expect(await raw(pod.port, 'NONSENSE\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
  await pod.stop();
  expect(access()).toEqual([expect.stringMatching(/^127\.0\.0\.1 - - \[.+\] "-" 400 - "-" "-" 0$/)]);
  expect(lines.some((line) => line.stream === 'stderr' && line.text.includes('[guestbook:error]'))).toBe(true);
});

it('cannot be made to write a second line', async () => {
  const { pod, access } = await start(hello);
  await raw(pod.port, 'GET /"\\x HTTP/1.1\r\nHost: x\r\nUser-Agent: a"\tb\\\xff\r\nConnection: close\r\n\r\n');
  await pod.stop();
  expect(access()).toHaveLength(1);
  expect(access()[0]).toMatch(/^[ -~]+$/);
  expect(access()[0]).toContain('"GET /\\"\\\\x HTTP/1.1"');
});

it('believes X-Forwarded-For only where it is an address', async () => {
  const { pod, access, url } = await start(hello);
  for (const address of ['203.0.113.5', '2001:db8::5', '203.0.113.6, 10.0.0.1', 'nobody', '1.2.3.4 - evil']) {
    await (await fetch(url, { headers: { 'x-forwarded-for': address } })).text();
  }
  await pod.stop();
  expect(access().map((line) => line.split(' ')[0])).toEqual(['203.0.113.5', '2001:db8::5', '203.0.113.6', '127.0.0.1', '127.0.0.1']);
});

it('logs a request whose client has gone, once, before it stops', async () => {
  const { pod, access } = await start(async (...request) => {
    await new Promise((resolve) => setTimeout(resolve, 200));
    return await hello(...request);
  });
  await new Promise<void>((resolve) => {
    const socket = connect(pod.port, '127.0.0.1', () => {
      socket.write('GET /left HTTP/1.1\r\nHost: x\r\n\r\n');
      setTimeout(() => socket.destroy(), 50);
    });
    socket.once('close', () => resolve());
  });
  await pod.stop();
  expect(access()).toEqual([expect.stringMatching(/"GET \/left HTTP\/1\.1" 200 - /)]);
});
