import { Agent, fetch } from 'undici';
import type { OpenSearchCredentials } from '../../embedded/supervisor/opensearchHttp.ts';

/** `fetch` as who may ask, believing the server's own authority. */
export function fetchAs({ headers = {}, ca, serverName }: OpenSearchCredentials): (url: string, init: RequestInit) => Promise<{ readonly status: number; text(): Promise<string> }> {
  const dispatcher = new Agent({ connect: { ...(ca === undefined ? {} : { ca }), ...(serverName === undefined ? {} : { servername: serverName }) } });
  return (url, { method, headers: more, body, signal }) =>
    fetch(url, {
      dispatcher,
      headers: { ...headers, ...(more as Readonly<Record<string, string>> | undefined) },
      ...(method === undefined ? {} : { method }),
      ...(typeof body === 'string' ? { body } : {}),
      ...(signal === undefined || signal === null ? {} : { signal }),
    });
}
