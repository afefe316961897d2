import { PodscopeError } from '@podscope/core';
import type { IncomingMessage } from 'node:http';

const READING: ReadonlySet<string> = new Set(['GET', 'HEAD']);

/**
 * The one place that every request passes first.
 *
 * The Host must be this server's loopback address (a name that a foreign page rebinds is not), an Origin must be our
 * own, and whatever is not a plain read must carry a header and a type that no cross-site form can send.
 *
 * @throws PodscopeError CONSOLE_HOST_REFUSED, CONSOLE_ORIGIN_REFUSED, CONSOLE_METHOD_REFUSED or CONSOLE_WRITE_REFUSED.
 */
export function checkRequest(request: IncomingMessage, port: number): void {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`];
  const { host, origin } = request.headers;
  if (host === undefined || !hosts.includes(host.toLowerCase())) {
    throw new PodscopeError('CONSOLE_HOST_REFUSED', 'The request names another host than this console.', {
      hint: `Open http://127.0.0.1:${port} itself.`,
    });
  }
  if (origin !== undefined && !hosts.some((own) => origin.toLowerCase() === `http://${own}`)) {
    throw new PodscopeError('CONSOLE_ORIGIN_REFUSED', 'The request comes from a page of another origin.', {
      hint: 'Only the console\'s own page may use its interface.',
    });
  }
  const method = request.method ?? '';
  if (READING.has(method)) return;
  if (method !== 'POST') {
    throw new PodscopeError('CONSOLE_METHOD_REFUSED', 'The console takes GET and POST only.', {
      hint: 'apps/console/src/api/http.ts lists the requests.',
    });
  }
  const [type = ''] = (request.headers['content-type'] ?? '').split(';');
  if (request.headers['x-podscope-console'] !== '1' || type.trim().toLowerCase() !== 'application/json') {
    throw new PodscopeError('CONSOLE_WRITE_REFUSED', 'The request lacks the console\'s header or is not JSON.', {
      hint: 'Send "x-podscope-console: 1" and "content-type: application/json".',
    });
  }
}
