import { PodscopeError, redactText } from '@podscope/core';

/** How a live product is reached. */
export interface DashboardsConnection {
  /** Such as `https://search.example.com/_dashboards`, where Amazon OpenSearch Service has it. */
  readonly url: string;
  readonly auth?: { readonly username: string; readonly password: string };
  /** Further headers of every request, such as those of a proxy that signs in. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Of the security plugin; without it, the one that the user prefers. Checked before anything is sent. */
  readonly tenant?: string;
  /** Id of a workspace (OpenSearch Dashboards 2.14 and later). */
  readonly workspace?: string;
  /** Sends the requests; for signatures such as AWS SigV4, and for tests. @default fetch */
  readonly fetch?: typeof globalThis.fetch;
  /** Breaks off. */
  readonly signal?: AbortSignal;
}

/** An answer whose status says that it went well. */
export interface DashboardsAnswer {
  readonly headers: Headers;
  readonly text: string;
}

/** The header that the security plugin reads the tenant from (security-dashboards-plugin, server/multitenancy). */
const TENANT_HEADER = 'securitytenant';
/** Statuses of an error that are an answer here. */
type Expected = readonly number[];

/**
 * Sends one request.
 *
 * @throws PodscopeError `SAVED_OBJECT_SERVER_UNREACHABLE`, `SAVED_OBJECT_SERVER_REFUSED`
 */
export async function askDashboards(connection: DashboardsConnection, method: 'GET' | 'POST', path: string, body?: FormData | object, expected: Expected = []): Promise<DashboardsAnswer & { readonly status: number }> {
  const { auth, headers = {}, tenant, workspace, signal } = connection;
  const send = connection.fetch ?? globalThis.fetch;
  const base = connection.url.replace(/\/+$/u, '');
  const address = `${base}${workspace === undefined ? '' : `/w/${encodeURIComponent(workspace)}`}${path}`;
  const subject = `${method} ${path.split('?')[0]}`;
  let answer: Response;
  let text: string;
  try {
    answer = await send(address, {
      method,
      headers: {
        // Either product wants its own, and takes no harm from the other's.
        'osd-xsrf': 'true',
        'kbn-xsrf': 'true',
        ...(auth === undefined ? {} : { authorization: `Basic ${btoa(String.fromCharCode(...new TextEncoder().encode(`${auth.username}:${auth.password}`)))}` }),
        ...(tenant === undefined ? {} : { [TENANT_HEADER]: tenant }),
        ...(body === undefined || body instanceof FormData ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      redirect: 'manual',
      ...(body === undefined ? {} : { body: body instanceof FormData ? body : JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
    text = await answer.text();
  } catch (cause) {
    signal?.throwIfAborted();
    throw new PodscopeError('SAVED_OBJECT_SERVER_UNREACHABLE', redactText(`${subject} got no answer from ${hostOf(base)}: ${causeOf(cause)}.`), { hint: 'Check the address, and that the product runs.', cause });
  }
  if (answer.ok || expected.includes(answer.status)) return { status: answer.status, headers: answer.headers, text };
  throw refusal(subject, answer.status, text);
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : 'an address that is none';
}

function causeOf(error: unknown): string {
  const inner = error instanceof Error ? (error.cause ?? error) : error;
  return inner instanceof Error ? inner.message : String(inner);
}

function refusal(subject: string, status: number, text: string): PodscopeError {
  const reason = reasonIn(text);
  const hint =
    status === 401 || (status >= 300 && status < 400)
      ? 'The credentials are missing or wrong: the product wants a login.'
      : status === 403
        ? 'Give the user the right to read and write saved objects of that tenant.'
        : status === 404
          ? 'Check the address: behind a base path, such as /_dashboards, it must be part of it.'
          : 'See the reason; nothing was written by this request.';
  return new PodscopeError('SAVED_OBJECT_SERVER_REFUSED', redactText(`${subject} was refused with status ${status}${reason === '' ? '' : `: ${reason}`}.`), { hint });
}

function reasonIn(text: string): string {
  try {
    const { message, error } = JSON.parse(text) as { readonly message?: unknown; readonly error?: unknown };
    return String(message ?? error ?? '').replace(/\.$/u, '');
  } catch {
    // A page of a proxy says nothing that belongs into one line.
    return '';
  }
}
