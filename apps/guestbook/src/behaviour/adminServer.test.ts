import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import type { LogStream } from '../web/criLog.ts';
import { startPod } from '../web/podServer.ts';
import { startAdminServer } from './adminServer.ts';

const ends: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function start(tokenFile?: string) {
  const lines: { readonly stream: LogStream; readonly text: string; readonly clockOffset: number | undefined }[] = [];
  const log = { write: (stream: LogStream, text: string, clockOffset?: number) => void lines.push({ stream, text, clockOffset }), close: () => undefined };
  const pod = await startPod({ name: 'frontend-a', app: async () => ({ status: 200, headers: {}, body: 'hello' }), log });
  ends.push(() => pod.stop());
  const admin = await startAdminServer({ board: pod.board, port: 0, tokenFile });
  ends.push(() => admin.close());
  const url = `http://127.0.0.1:${admin.port}/behaviours`;
  const put = (id: string, behaviour: object, seconds = 60, headers: Record<string, string> = {}) => fetch(`${url}/${id}`, { method: 'PUT', body: JSON.stringify({ behaviour, seconds }), headers });
  return { pod, site: `http://127.0.0.1:${pod.port}`, url, put, access: () => lines.filter(({ stream }) => stream === 'stdout'), lines };
}

it('turns errors, waits, the log’s format and its clock on and off, and the access log shows each', async () => {
  const { site, put, url, access, lines, pod } = await start();
  expect((await put('a', { kind: 'errors', share: 1, paths: ['/shop'], status: 502 })).status).toBe(200);
  expect([(await fetch(`${site}/shop/1?x=1`)).status, (await fetch(`${site}/`)).status]).toEqual([502, 200]);
  await put('b', { kind: 'latency', share: 1, paths: ['/slow'], milliseconds: 120 });
  await fetch(`${site}/slow`);
  await put('c', { kind: 'log-format', format: 'json' });
  await fetch(`${site}/json`);
  await put('d', { kind: 'clock', offsetSeconds: -86_400 });
  await fetch(`${site}/late`);
  expect(await (await fetch(url)).json()).toMatchObject({ behaviours: [{ id: 'a' }, { id: 'b' }, { id: 'c' }, { id: 'd' }] });
  for (const id of ['a', 'b', 'c', 'd']) expect(await (await fetch(`${url}/${id}`, { method: 'DELETE' })).json()).toEqual({ removed: true });
  expect(await (await fetch(`${url}/a`, { method: 'DELETE' })).json()).toEqual({ removed: false });
  expect((await fetch(`${site}/shop/1`)).status).toBe(200);
  await pod.stop();
  const [failed, , slow, json, late, after] = access();
  expect(failed?.text).toMatch(/"GET \/shop\/1\?x=1 HTTP\/1\.1" 502 /);
  expect(Number(/ (\d+)$/.exec(slow?.text ?? '')?.[1])).toBeGreaterThanOrEqual(119_000);
  expect(JSON.parse(json?.text ?? '')).toMatchObject({ req: 'GET /json HTTP/1.1' });
  const lateAt = Date.parse((JSON.parse(late?.text ?? '') as { ts: string }).ts);
  expect(Math.abs(Date.now() - 86_400_000 - lateAt)).toBeLessThan(60_000);
  expect(late?.clockOffset).toBe(-86_400_000);
  expect(after?.text).toMatch(/"GET \/shop\/1 HTTP\/1\.1" 200 /);
  expect(after?.clockOffset).toBe(0);
  expect(lines.some(({ text }) => text.includes('request failed: upstream answered 502'))).toBe(true);
});

it('listens on loopback, wants its token, and takes nothing from a browser’s page', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'guestbook-switch-'));
  ends.push(() => rmSync(directory, { recursive: true }));
  const tokenFile = join(directory, 'token');
  writeFileSync(tokenFile, 'open-sesame\n');
  const { put, url } = await start(tokenFile);
  const clock = { kind: 'clock', offsetSeconds: 5 };
  expect((await put('a', clock)).status).toBe(401);
  expect((await put('a', clock, 60, { authorization: 'Bearer open-sesamE' })).status).toBe(401);
  expect((await put('a', clock, 60, { authorization: 'Bearer open-sesame' })).status).toBe(200);
  expect((await put('a', clock, 60, { authorization: 'Bearer open-sesame', origin: 'http://127.0.0.1' })).status).toBe(403);
  writeFileSync(tokenFile, '\n');
  expect((await put('a', clock, 60, { authorization: 'Bearer ' })).status).toBe(401);
  rmSync(tokenFile);
  const broken = await put('a', clock, 60, { authorization: 'Bearer open-sesame' });
  expect(broken.status).toBe(500);
  expect(await broken.text()).not.toContain(directory);
  expect((await fetch(url)).status).toBe(500);
});

it('says what it can’t do', async () => {
  const { put, url } = await start();
  expect((await put('a', { kind: 'errors' })).status).toBe(422);
  expect((await put('a', { kind: 'clock', offsetSeconds: 1 }, 100_000)).status).toBe(422);
  expect((await fetch(`${url}/a`, { method: 'PUT', body: 'nonsense' })).status).toBe(422);
  expect((await fetch(`${url}/a`, { method: 'PUT', body: `"${'x'.repeat(10_000)}"` })).status).toBe(422);
  expect((await fetch(`${url}/a`, { method: 'POST', body: '{}' })).status).toBe(405);
  expect((await fetch(`${url}/../etc`)).status).toBe(404);
  expect(await (await fetch(url)).json()).toEqual({ behaviours: [] });
});
