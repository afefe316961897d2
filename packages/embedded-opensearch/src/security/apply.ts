import { request } from 'node:https';
import { PodscopeError, redactText } from '@podscope/core';
import type { Security } from './prepare.ts';

/** What the plugin's API calls the kinds, in the order in which they refer to each other. */
const KINDS = ['roles', 'internalusers'] as const;

interface Answer {
  readonly status: number;
  readonly body: string;
}

function send(url: string, body: string, { certificates }: Security, signal: AbortSignal | undefined): Promise<Answer> {
  const { ca, admin } = certificates;
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'PATCH', agent: false, ca, key: admin.key, cert: admin.cert, signal, headers: { 'content-type': 'application/json' } }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.once('error', reject);
      response.once('end', () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(parts).toString('utf8') }));
    });
    sent.once('error', reject);
    sent.end(body);
  });
}

/** The plugin's own reason, which names roles and permissions; what was sent is not repeated, for it holds hashes. */
function reasonIn(body: string): string {
  const text = redactText(body).replace(/\$\d\$\d+\$[^\s"]+/g, '[redacted]');
  return text.slice(0, 2_000);
}

/**
 * Gives a running server its roles and users, over its own API and under the package's certificate. One that was
 * started on kept data before already has some: these replace those of the same names.
 *
 * @throws PodscopeError `OPENSEARCH_SECURITY_REFUSED` when the server does not take them.
 */
export async function applySecurity(url: string, security: Security, signal?: AbortSignal): Promise<void> {
  const wanted = { roles: security.roles, internalusers: security.users };
  for (const kind of KINDS) {
    const operations = Object.entries(wanted[kind]).map(([name, value]) => ({ op: 'add', path: `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`, value }));
    if (operations.length === 0) continue;
    const { status, body } = await send(`${url}/_plugins/_security/api/${kind}`, JSON.stringify(operations), security, signal);
    if (status === 200) continue;
    const what = kind === 'roles' ? 'security.roles' : 'security.users';
    throw new PodscopeError('OPENSEARCH_SECURITY_REFUSED', `The server refused ${what} (HTTP ${status}).`, {
      hint: 'Its own answer says which name or permission it does not know.',
      details: [reasonIn(body)],
    });
  }
}
