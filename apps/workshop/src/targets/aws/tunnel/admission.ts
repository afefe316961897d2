import type { IncomingHttpHeaders } from 'node:http';

/** Why a request does not get through the signing proxy. */
export interface Refused {
  readonly status: 400 | 403 | 405;
  readonly why: string;
}

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']);

/** Dashboards' own pages; below `/api` it does more than show. */
const VISITED = /^\/_dashboards\/?(?:app\/[^?]*)?(?:\?|$)/u;

/** A request as it arrived. */
export interface Asked {
  readonly method: string;
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
}

/**
 * Whoever reaches the proxy acts with the presenter's rights, so a page of another site must not make a browser ask it: the host must be
 * this one (a name that was bound to 127.0.0.1 anew is another), the origin too, and what another site leads here may open Dashboards
 * and nothing else.
 *
 * @returns undefined where it may pass
 */
export function refusalOf({ method, target, headers }: Asked, port: number): Refused | undefined {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  if (!hosts.includes(headers.host ?? '')) return { status: 403, why: `This is http://127.0.0.1:${port}, and the request names another host.` };
  if (!METHODS.has(method)) return { status: 405, why: `${method} is not passed on.` };
  // Not http://elsewhere/…, and not what a resolver would take for a host.
  if (!target.startsWith('/') || target.startsWith('//') || target.includes('\\')) return { status: 400, why: 'The request has no path.' };
  if (headers.origin !== undefined && !hosts.some((host) => headers.origin === `http://${host}`)) return { status: 403, why: 'The request comes from a page of another site.' };
  const site = headers['sec-fetch-site'];
  if (site === undefined || site === 'same-origin' || site === 'none') return undefined;
  const isVisit = method === 'GET' && headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document' && VISITED.test(target) && !/\.\.|%2e/iu.test(target);
  return isVisit ? undefined : { status: 403, why: 'The request comes from a page of another site.' };
}
