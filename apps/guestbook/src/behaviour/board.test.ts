import { expect, it } from 'vitest';
import { BehaviourBoard } from './board.ts';
import { formatAccess } from './accessFormats.ts';

function boardAt(start = 1_000_000) {
  const lines: string[] = [];
  const clock = { now: start };
  return { board: new BehaviourBoard((_level, text) => void lines.push(text), () => clock.now), lines, clock };
}

it('does nothing until it is told to', () => {
  const { board } = boardAt();
  expect(board.list()).toEqual([]);
  expect(board.onRequest('/')).toEqual({ milliseconds: 0, status: undefined });
  expect([board.clockOffset, board.logFormat]).toEqual([0, 'combined']);
});

it('fails exactly its share, on its paths, and never the probe that kubelet asks for', () => {
  const { board } = boardAt();
  board.set('a', { kind: 'errors', share: 0.3, paths: [], status: 503 }, 60);
  const failed = Array.from({ length: 1_000 }, () => board.onRequest('/about').status).filter((status) => status === 503);
  expect(failed).toHaveLength(300);
  expect(Array.from({ length: 10 }, () => board.onRequest('/healthz').status)).toEqual(Array.from({ length: 10 }, () => undefined));
  board.set('a', { kind: 'errors', share: 1, paths: ['/archive/'], status: 500 }, 60);
  expect([board.onRequest('/about').status, board.onRequest('/archive/7').status]).toEqual([undefined, 500]);
});

it('adds clocks up, takes the longest wait and the last format', () => {
  const { board } = boardAt();
  board.set('a', { kind: 'clock', offsetSeconds: -120 }, 60);
  board.set('b', { kind: 'clock', offsetSeconds: 20 }, 60);
  board.set('c', { kind: 'latency', share: 1, paths: [], milliseconds: 30 }, 60);
  board.set('d', { kind: 'latency', share: 1, paths: [], milliseconds: 10 }, 60);
  board.set('e', { kind: 'log-format', format: 'json' }, 60);
  board.set('f', { kind: 'log-format', format: 'pipes' }, 60);
  expect([board.clockOffset, board.onRequest('/').milliseconds, board.logFormat]).toEqual([-100_000, 30, 'pipes']);
  expect(board.remove('f')).toBe(true);
  expect(board.remove('f')).toBe(false);
  expect(board.logFormat).toBe('json');
});

it('ends everything by itself', () => {
  const { board, clock } = boardAt();
  expect(board.set('a', { kind: 'errors', share: 1, paths: [], status: 500 }, 60).endsAt).toBe(new Date(clock.now + 60_000).toISOString());
  clock.now += 59_999;
  expect(board.onRequest('/').status).toBe(500);
  clock.now += 1;
  expect(board.onRequest('/').status).toBeUndefined();
  expect(board.list()).toEqual([]);
});

it('writes lines at its rate until it is removed', async () => {
  const { board, lines } = boardAt();
  board.set('a', { kind: 'log-lines', perSecond: 500 }, 60);
  while (lines.length < 100) await new Promise((resolve) => setTimeout(resolve, 10));
  board.clear();
  const written = lines.length;
  await new Promise((resolve) => setTimeout(resolve, 250));
  expect(lines).toHaveLength(written);
  expect(lines[0]).toMatch(/^cache: lookup 1 /);
});

it.each([
  [{ kind: 'errors', share: 0, paths: [], status: 500 }, 60],
  [{ kind: 'errors', share: 1.1, paths: [], status: 500 }, 60],
  [{ kind: 'errors', share: 1, paths: ['archive'], status: 500 }, 60],
  [{ kind: 'errors', share: 1, paths: [], status: 404 }, 60],
  [{ kind: 'latency', share: 1, paths: [], milliseconds: 30_001 }, 60],
  [{ kind: 'log-lines', perSecond: 5_001 }, 60],
  [{ kind: 'log-format', format: 'xml' }, 60],
  [{ kind: 'clock', offsetSeconds: 0.5 }, 60],
  [{ kind: 'clock', offsetSeconds: 1, also: 1 }, 60],
  [{ kind: 'clock', offsetSeconds: 1 }, 3_601],
  [{ kind: 'clock', offsetSeconds: 1 }, undefined],
  [{ kind: 'exec' }, 60],
  ['errors', 60],
])('refuses %j for %j seconds', (behaviour, seconds) => {
  const { board } = boardAt();
  expect(() => board.set('a', behaviour, seconds)).toThrow(expect.objectContaining({ code: 'GUESTBOOK_BEHAVIOUR_INVALID' }));
  expect(board.list()).toEqual([]);
});

it('refuses more than twenty at a time, and ids that are none', () => {
  const { board } = boardAt();
  for (let index = 0; index < 20; index++) board.set(`a${index}`, { kind: 'clock', offsetSeconds: 1 }, 60);
  expect(() => board.set('one-more', { kind: 'clock', offsetSeconds: 1 }, 60)).toThrow(expect.objectContaining({ code: 'GUESTBOOK_BEHAVIOUR_INVALID' }));
  expect(() => board.set('a/b', { kind: 'clock', offsetSeconds: 1 }, 60)).toThrow(expect.objectContaining({ code: 'GUESTBOOK_BEHAVIOUR_INVALID' }));
  expect(board.set('a0', { kind: 'clock', offsetSeconds: 2 }, 60)).toMatchObject({ behaviour: { offsetSeconds: 2 } });
});

it('writes access lines that no pipeline for Apache’s format reads, one a request', () => {
  const record = { address: '10.0.0.9', at: 0, request: 'GET /a|b HTTP/1.1', status: 200, bytes: 7, referer: undefined, userAgent: 'x\ny', duration: 5 };
  expect(JSON.parse(formatAccess(record, 'json'))).toMatchObject({ ts: '1970-01-01T00:00:00.000Z', client: '10.0.0.9', code: 200, us: 5 });
  expect(formatAccess(record, 'json')).not.toContain('\n');
  expect(formatAccess(record, 'pipes')).toBe('1970-01-01T00:00:00.000Z|10.0.0.9|GET /a%7cb HTTP/1.1|200|7|x%0ay|5');
});
