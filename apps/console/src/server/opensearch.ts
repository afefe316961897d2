import { PodscopeError } from '@podscope/core';
import { at, listAt } from './answers.ts';
import { type RebuiltSearch, SEARCH_TIMEOUT_SECONDS, toNdjson } from './search/search.ts';

/** Reads from the OpenSearch server behind the console. */
export interface OpenSearchReader {
  /** Sends searches in one request and gives the answer's JSON text. */
  msearch(searches: readonly RebuiltSearch[]): Promise<string>;
  /** The cluster's health, undefined when the server can't be reached. */
  health(): Promise<'green' | 'yellow' | 'red' | undefined>;
}

const HEALTH_TIMEOUT_MS = 3_000;
/** OpenSearch stops by itself before; this ends a connection that hangs. */
const MSEARCH_TIMEOUT_MS = (SEARCH_TIMEOUT_SECONDS + 5) * 1_000;

/** Sends a request: `fetch`, or one that signs in. */
export type SendToOpenSearch = (url: string, options: { readonly method?: string; readonly headers?: Readonly<Record<string, string>>; readonly body?: string; readonly signal: AbortSignal }) => Promise<{ readonly status: number; text(): Promise<string> }>;

/** A reader of the server at `url`. Paths are fixed: nothing that a browser sends becomes part of one. */
export function readOpenSearch(url: string, send: SendToOpenSearch = fetch): OpenSearchReader {
  const base = { url: url.replace(/\/+$/u, ''), send };
  return {
    async msearch(searches) {
      const { status, text } = await sendSearches(base, searches);
      if (status !== 400) return expectOk(status, text);
      // OpenSearch refuses all of them when it can't read one; asked one by one, the others get their answers.
      const singly = await Promise.all(searches.map((search) => sendSearches(base, [search])));
      return JSON.stringify({ responses: singly.map((answer) => onlyResponse(answer)) });
    },
    async health() {
      try {
        const { text } = await ask(base, '/_cluster/health', HEALTH_TIMEOUT_MS, {});
        const { status } = JSON.parse(text) as { readonly status?: unknown };
        return status === 'green' || status === 'yellow' || status === 'red' ? status : undefined;
      } catch {
        return undefined;
      }
    },
  };
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

interface Base {
  readonly url: string;
  readonly send: SendToOpenSearch;
}

function sendSearches(base: Base, searches: readonly RebuiltSearch[]): Promise<Answer> {
  return ask(base, '/_msearch?max_concurrent_searches=4', MSEARCH_TIMEOUT_MS, {
    method: 'POST',
    headers: { 'content-type': 'application/x-ndjson' },
    body: toNdjson(searches),
  });
}

function expectOk(status: number, text: string): string {
  if (status === 200) return text;
  throw new PodscopeError('CONSOLE_SEARCH_FAILED', `OpenSearch answered ${status} to a search.`, {
    hint: 'Try again; if it stays, read OpenSearch\'s log in the run directory.',
  });
}

/** The response of a search that was asked alone; a refusal in the form that a failed search has among others. */
function onlyResponse({ status, text }: Answer): unknown {
  const answer: unknown = JSON.parse(status === 400 ? text : expectOk(status, text));
  return status === 400 ? { error: at(answer, 'error'), status } : listAt(answer, 'responses')[0];
}

async function ask({ url, send }: Base, path: string, timeout: number, options: Omit<Parameters<SendToOpenSearch>[1], 'signal'>): Promise<Answer> {
  try {
    const answer = await send(`${url}${path}`, { ...options, signal: AbortSignal.timeout(timeout) });
    return { status: answer.status, text: await answer.text() };
  } catch (cause) {
    throw new PodscopeError('CONSOLE_OPENSEARCH_UNREACHABLE', 'OpenSearch does not answer.', {
      hint: 'It may be starting again; "podscope status" shows it. The page asks again by itself.',
      cause,
    });
  }
}
