import { PodscopeError, isPodscopeError } from '@podscope/core';
import type { ServerResponse } from 'node:http';

/**
 * Scripts, connections and everything else only from the console itself. Styles may stand in attributes, because the
 * chart library sets them; images may be data, because it draws its own.
 */
const POLICY = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** What every answer carries. No CORS header: other origins may not read. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': POLICY,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

const STATUS: Readonly<Record<string, number>> = {
  CONSOLE_HOST_REFUSED: 403,
  CONSOLE_ORIGIN_REFUSED: 403,
  CONSOLE_WRITE_REFUSED: 403,
  CONSOLE_INDEX_REFUSED: 403,
  CONSOLE_METHOD_REFUSED: 405,
  CONSOLE_NOT_FOUND: 404,
  CONSOLE_BODY_TOO_LARGE: 413,
  CONSOLE_OPENSEARCH_UNREACHABLE: 503,
  CONSOLE_SEARCH_FAILED: 502,
  CONSOLE_FAILED: 500,
  NOT_RUNNING: 503,
  CONTROL_FAILED: 503,
};

/** Sends JSON text that is ready. */
export function sendJsonText(response: ServerResponse, status: number, json: string): void {
  response.writeHead(status, { ...SECURITY_HEADERS, 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' });
  response.end(json);
}

/** Sends a value as JSON. */
export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  sendJsonText(response, status, JSON.stringify(value));
}

/** Sends `{ error }`. What is no PodscopeError becomes CONSOLE_FAILED, without its message: it may hold anything. */
export function sendError(response: ServerResponse, error: unknown): void {
  const known = isPodscopeError(error)
    ? error
    : new PodscopeError('CONSOLE_FAILED', 'The console\'s server failed on this request.', {
        hint: 'Read the supervisor\'s log in the run directory.',
        cause: error,
      });
  if (response.headersSent) {
    response.destroy();
    return;
  }
  // A body that was not read to its end would be taken for the next request.
  if (known.code === 'CONSOLE_BODY_TOO_LARGE') response.setHeader('connection', 'close');
  sendJson(response, STATUS[known.code] ?? 400, { error: known.toJSON() });
}
