import { get as getPlain } from 'node:http';
import { get as getSecure } from 'node:https';

/** What counts as started: the server answers what it is asked, or all its primary and replica shards are there as well. */
export type ReadyWhen = 'http' | 'green';

/** A client's side of TLS, as PEM. */
export interface ClientTls {
  readonly ca: string;
  readonly key: string;
  readonly cert: string;
}

/**
 * `http`: `/` and `_cluster/health` answer while the cluster's state is not yet recovered, when every request about indices is
 * refused ("state not recovered / initialized"); aliases can only be asked for after that (METADATA_READ in
 * TransportGetAliasesAction of OpenSearch). `security`: the security plugin has read its users; until then it answers
 * everybody with 503.
 */
const PATHS: Readonly<Record<ReadyWhen | 'security', string>> = {
  http: '/_alias',
  security: '/_plugins/_security/health',
  green: '/_cluster/health?wait_for_status=green&timeout=1s',
};

function status(url: string, tls: ClientTls | undefined): Promise<number | undefined> {
  return new Promise((resolve) => {
    const get = tls === undefined ? getPlain : getSecure;
    const request = get(url, { agent: false, timeout: 5_000, ...tls }, (response) => {
      response.resume();
      response.once('end', () => resolve(response.statusCode));
      response.once('error', () => resolve(undefined));
    });
    // Nobody listens yet, or the answer was cut: asked again by the caller.
    request.once('error', () => resolve(undefined));
    request.once('timeout', () => request.destroy());
  });
}

/** Asks until the server is ready: true; false once `signal` says that it is no use. */
export async function untilReady(url: string, when: ReadyWhen | 'security', signal: AbortSignal, tls?: ClientTls): Promise<boolean> {
  while (!signal.aborted) {
    if ((await status(url + PATHS[when], tls)) === 200) return true;
    await new Promise((done) => setTimeout(done, 50));
  }
  return false;
}
