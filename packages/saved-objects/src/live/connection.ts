import { PodscopeError } from '@podscope/core';
import { authorised, type DashboardsAuth, knownAuth, type KnownAuth, withoutSecrets } from './auth.ts';

/** How a live product is reached. */
export interface DashboardsConnection {
  /** Such as `https://search.example.com/_dashboards`, where Amazon OpenSearch Service has it. */
  readonly url: string;
  /** A user and a password, or AWS keys that sign each request. */
  readonly auth?: DashboardsAuth;
  /** Further headers of every request, such as those of a proxy that signs in. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Of the security plugin; without it, the one that the user prefers. Checked before anything is sent. */
  readonly tenant?: string;
  /** Id of a workspace (OpenSearch Dashboards 2.14 and later). Checked before anything is sent. */
  readonly workspace?: string;
  /** Id of a space (Kibana). */
  readonly space?: string;
  /** Sends the requests; for proxies, certificates and tests. @default fetch */
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

/** What is unusual about a request. */
interface Unusual {
  /** Statuses of an error that are an answer here. */
  readonly expected?: readonly number[];
  /** Asked outside of a workspace or space. */
  readonly outside?: true;
}

/**
 * Sends one request.
 *
 * @throws PodscopeError `SAVED_OBJECT_SERVER_UNREACHABLE`, `SAVED_OBJECT_SERVER_REFUSED`
 */
export async function askDashboards(connection: DashboardsConnection, method: 'GET' | 'POST', path: string, body?: FormData | object, { expected = [], outside }: Unusual = {}): Promise<DashboardsAnswer & { readonly status: number }> {
  const { headers = {}, tenant, signal } = connection;
  const send = connection.fetch ?? globalThis.fetch;
  const base = connection.url.replace(/\/+$/u, '');
  const subject = `${method} ${path.split('?')[0]}`;
  const auth = await knownAuth(connection.auth).catch((cause: unknown) => {
    throw new PodscopeError('SAVED_OBJECT_SERVER_UNREACHABLE', withoutSecrets(`${subject} was not sent: there are no credentials for ${hostOf(base)}: ${causeOf(cause)}.`, undefined), { hint: 'Look at what gives the credentials.' });
  });
  let answer: Response;
  let text: string;
  try {
    const { url, ...request } = await authorised(
      {
        url: `${base}${outside === true ? '' : within(connection)}${path}`,
        method,
        headers: {
          // Either product wants its own, and takes no harm from the other's.
          'osd-xsrf': 'true',
          'kbn-xsrf': 'true',
          ...(tenant === undefined ? {} : { [TENANT_HEADER]: tenant }),
          ...(body === undefined || body instanceof FormData ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: body instanceof FormData ? body : JSON.stringify(body) }),
      },
      auth,
    );
    answer = await send(url, { ...request, redirect: 'manual', ...(signal === undefined ? {} : { signal }) });
    text = await answer.text();
  } catch (cause) {
    signal?.throwIfAborted();
    // Without the cause itself, whose texts may hold an address or a header with a password.
    throw new PodscopeError('SAVED_OBJECT_SERVER_UNREACHABLE', withoutSecrets(`${subject} got no answer from ${hostOf(base)}: ${causeOf(cause)}.`, auth), { hint: 'Check the address, and that the product runs.' });
  }
  if (answer.ok || expected.includes(answer.status)) return { status: answer.status, headers: answer.headers, text };
  throw refusal(subject, answer.status, text, auth);
}

/**
 * What an answer says, as JSON.
 *
 * @param list The name of a list that must be in it.
 * @throws PodscopeError `SAVED_OBJECT_SERVER_REFUSED` for a page, as proxies and logins answer with status 200.
 */
export function jsonOf<T extends object>({ text }: Pick<DashboardsAnswer, 'text'>, subject: string, list?: string): T {
  try {
    const said: unknown = JSON.parse(text);
    if (typeof said === 'object' && said !== null && (list === undefined || Array.isArray((said as Readonly<Record<string, unknown>>)[list]))) return said as T;
  } catch {
    // Said below: a page has no place in a message.
  }
  throw new PodscopeError('SAVED_OBJECT_SERVER_REFUSED', `${subject} answered with what is none of its answers.`, { hint: 'Check the address; a proxy or a login may have answered.' });
}

/** Where in the product: src/plugins/workspace/common/constants.ts, and Kibana's x-pack/plugins/spaces/common/lib/spaces_url_parser.ts. */
function within({ workspace, space }: DashboardsConnection): string {
  return `${workspace === undefined ? '' : `/w/${encodeURIComponent(workspace)}`}${space === undefined || space === 'default' ? '' : `/s/${encodeURIComponent(space)}`}`;
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : 'an address that is none';
}

function causeOf(error: unknown): string {
  const inner = error instanceof Error ? (error.cause ?? error) : error;
  return inner instanceof Error ? inner.message : String(inner);
}

const HINTS: Readonly<Record<number, string>> = {
  401: 'The credentials are missing or wrong: the product wants a login.',
  403: 'Give the user the right to read and write saved objects there; of signed requests, check region, service and keys, too.',
  404: 'Check the address: behind a base path, such as /_dashboards, it must be part of it; a space must be there.',
};

function refusal(subject: string, status: number, text: string, auth: KnownAuth | undefined): PodscopeError {
  const reason = reasonIn(text);
  const hint = (status >= 300 && status < 400 ? HINTS[401] : HINTS[status]) ?? 'See the reason; nothing was written by this request.';
  return new PodscopeError('SAVED_OBJECT_SERVER_REFUSED', withoutSecrets(`${subject} was refused with status ${status}${reason === '' ? '' : `: ${reason}`}.`, auth), { hint });
}

function reasonIn(text: string): string {
  try {
    // Amazon's gateway writes `Message`.
    const { message, Message, error } = JSON.parse(text) as { readonly message?: unknown; readonly Message?: unknown; readonly error?: unknown };
    return String(message ?? Message ?? error ?? '').replace(/\.$/u, '');
  } catch {
    // A page of a proxy says nothing that belongs into one line.
    return '';
  }
}
