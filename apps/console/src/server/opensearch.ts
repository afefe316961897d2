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

/** Sends a request as whoever the console reads as. */
export type Fetch = (url: string, init: RequestInit) => Promise<Pick<Response, 'status' | 'text'>>;

/** A reader of the server at `url`. Paths are fixed: nothing that a browser sends becomes part of one. */
export function readOpenSearch(url: string, send: Fetch = fetch): OpenSearchReader {
  const base = url.replace(/\/+$/u, '');
  const search = (searches: readonly RebuiltSearch[]): Promise<Answer> =>
    ask(send, `${base}/_msearch?max_concurrent_searches=4`, MSEARCH_TIMEOUT_MS, {
      method: 'POST',
      headers: { 'content-type': 'application/x-ndjson' },
      body: toNdjson(searches),
    });
  return {
    async msearch(searches) {
      const { status, text } = await search(searches);
      if (status !== 400) return expectOk(status, text);
      // OpenSearch refuses all of them when it can't read one; asked one by one, the others get their answers.
      const singly = await Promise.all(searches.map((each) => search([each])));
      return JSON.stringify({ responses: singly.map((answer) => onlyResponse(answer)) });
    },
    async health() {
      try {
        const { text } = await ask(send, `${base}/_cluster/health`, HEALTH_TIMEOUT_MS, {});
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

async function ask(send: Fetch, url: string, timeout: number, options: RequestInit): Promise<Answer> {
  try {
    const answer = await send(url, { ...options, signal: AbortSignal.timeout(timeout) });
    return { status: answer.status, text: await answer.text() };
  } catch (cause) {
    throw new PodscopeError('CONSOLE_OPENSEARCH_UNREACHABLE', 'OpenSearch does not answer.', {
      hint: 'It may be starting again; "podscope status" shows it. The page asks again by itself.',
      cause,
    });
  }
}
