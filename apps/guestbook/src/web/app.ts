import type { IncomingMessage } from 'node:http';
import { PodscopeError } from '@podscope/core';
import { parseSubmission, readBody } from './form.ts';
import { aboutPage, archivePage, frontPage, ICON, messagePage, publishedPage, type Server, STYLE } from './html.ts';
import type { PublishedPages } from './pages.ts';
import type { Store } from './store.ts';

/** What a request is answered with. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** For the error log, when something went wrong on this side. */
  readonly problem?: string;
}

/** The guestbook without its sockets. Never rejects. */
export type App = (request: IncomingMessage, server: Server) => Promise<Reply>;

const PAGE_ENTRIES = 20;
const MOST_ENTRIES = 200;
const TYPES = { html: 'text/html; charset=utf-8', json: 'application/json', css: 'text/css; charset=utf-8', svg: 'image/svg+xml' };

function reply(status: number, type: keyof typeof TYPES, body: string, headers: Reply['headers'] = {}): Reply {
  return { status, headers: { 'content-type': TYPES[type], ...headers }, body };
}

/** Makes the guestbook over its data and its published pages. */
export function createApp(store: Store, pages: PublishedPages): App {
  return async (request, server) => {
    try {
      return await route(request, server, store, pages);
    } catch (error) {
      const known = error instanceof PodscopeError;
      const problem = known ? `${error.code}: ${error.message}` : `unexpected: ${String(error)}`;
      const status = known ? 503 : 500;
      const text = known ? 'The guestbook cannot reach its data. Try again in a moment.' : 'Something went wrong here.';
      const headers: Record<string, string> = known ? { 'retry-after': '2' } : {};
      return { ...reply(status, 'html', messagePage(`Error ${status}`, text, server), headers), problem };
    }
  };
}

async function route(request: IncomingMessage, server: Server, store: Store, pages: PublishedPages): Promise<Reply> {
  const url = splitUrl(request.url ?? '/');
  const method = request.method ?? 'GET';
  if (url.path === '/entries' && method === 'POST') return await postEntry(request, server, store);
  const answer = await read(url, server, store, pages);
  if (answer.status === 404 || method === 'GET' || method === 'HEAD') return answer;
  const allow = url.path === '/entries' ? 'GET, HEAD, POST' : 'GET, HEAD';
  return reply(405, 'html', messagePage('Method not allowed', `This page takes ${allow}.`, server), { allow });
}

async function read(url: Url, server: Server, store: Store, pages: PublishedPages): Promise<Reply> {
  switch (url.path) {
    case '/': {
      const { entries, total } = await store.latest(PAGE_ENTRIES);
      return reply(200, 'html', frontPage(entries, total, server), { 'cache-control': 'no-store' });
    }
    case '/entries': {
      const asked = Number(url.query.get('limit') ?? PAGE_ENTRIES);
      const limit = Number.isInteger(asked) ? Math.min(Math.max(asked, 1), MOST_ENTRIES) : PAGE_ENTRIES;
      return reply(200, 'json', `${JSON.stringify(await store.latest(limit))}\n`, { 'cache-control': 'no-store' });
    }
    case '/about':
      return reply(200, 'html', aboutPage(server));
    case '/style.css':
      return reply(200, 'css', STYLE, { 'cache-control': 'max-age=3600' });
    case '/favicon.ico':
      return reply(200, 'svg', ICON, { 'cache-control': 'max-age=3600' });
    case '/healthz':
      return reply(200, 'json', '{"ok":true}\n');
  }
  const number = /^\/archive\/([1-9]\d{0,8})$/.exec(url.path)?.[1];
  const archived = number === undefined ? undefined : await store.archive(Number(number));
  if (archived !== undefined) return reply(200, 'html', archivePage(Number(number), archived, server));
  if (pages.has(url.path)) return reply(200, 'html', publishedPage(url.path, server));
  return reply(404, 'html', messagePage('Not found', 'There is no page at this address.', server));
}

async function postEntry(request: IncomingMessage, server: Server, store: Store): Promise<Reply> {
  const body = await readBody(request);
  if (body === undefined) {
    const text = messagePage('Too long', 'The entry is too long.', server);
    return reply(413, 'html', text, { connection: 'close' });
  }
  const submission = parseSubmission(request.headers['content-type'], body);
  if ('status' in submission) return reply(submission.status, 'html', messagePage('Not taken', submission.reason, server));
  const entry = await store.add(submission.name, submission.message);
  const wantsJson = request.headers['content-type']?.startsWith('application/json') ?? false;
  if (wantsJson) return reply(201, 'json', `${JSON.stringify(entry)}\n`);
  return reply(303, 'html', messagePage('Thank you', 'Your entry is in the guestbook.', server), { location: '/' });
}

interface Url {
  readonly path: string;
  readonly query: URLSearchParams;
}

/** Splits a request's target; `http://host/path`, which proxies send, counts as its path. */
function splitUrl(target: string): Url {
  const local = target.replace(/^https?:\/\/[^/?#]*/i, '');
  const mark = local.indexOf('?');
  const path = mark < 0 ? local : local.slice(0, mark);
  return { path: path === '' ? '/' : path, query: new URLSearchParams(mark < 0 ? '' : local.slice(mark + 1)) };
}
