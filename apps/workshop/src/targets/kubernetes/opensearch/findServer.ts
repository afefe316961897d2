import type { Engine } from '@podscope/log-shippers';
import type { Identity } from './access.ts';

/** What answers at an address. */
export interface FoundServer {
  /** Undefined where nothing that can be used answers. */
  readonly engine: Engine | undefined;
  readonly title: string;
  /** Why it can't be used: continues a sentence that begins with the address. */
  readonly problem: string | undefined;
  readonly todo?: string | undefined;
}

const TIMEOUT_MS = 10_000;

/** Asks a server for its name and version. Does not throw: what is wrong is said. */
export async function askServer(url: string, { user, ca }: Identity): Promise<FoundServer> {
  const { Client } = await import('@opensearch-project/opensearch');
  const client = new Client({ node: url, ...(user === undefined ? {} : { auth: user }), ssl: ca === undefined ? {} : { ca }, maxRetries: 0, requestTimeout: TIMEOUT_MS });
  const no = (problem: string, todo?: string): FoundServer => ({ engine: undefined, title: '', problem, todo });
  try {
    const { statusCode, body } = await client.transport.request({ method: 'GET', path: '/' }, { ignore: [401, 403] });
    if (statusCode === 401) return no('wants other credentials', 'Set PODSCOPE_OPENSEARCH_USERNAME and PODSCOPE_OPENSEARCH_PASSWORD.');
    if (statusCode === 403) return no('does not let that user ask for its version', 'Give the user the right cluster:monitor/main, or take an administrator.');
    const { version } = (body ?? {}) as { readonly version?: { readonly number?: string; readonly distribution?: string } };
    const major = /^([123])\./u.exec(version?.number ?? '')?.[1];
    if (version?.distribution !== 'opensearch' || major === undefined) return no(`answers, but as no OpenSearch of version 1 to 3 (${version?.distribution ?? 'no distribution'} ${version?.number ?? ''})`, 'Name an OpenSearch.');
    return { engine: `opensearch@${major}` as Engine, title: `OpenSearch ${version.number}`, problem: undefined };
  } catch (error) {
    const cause = error instanceof Error ? (error.message.trim() === '' ? error.name : error.message) : String(error);
    const untrusted = /certificate|self.signed|altnames/iu.test(cause);
    return no(`can't be asked from here: ${cause}`, untrusted ? 'Name the authority that signed its certificate with --opensearch-ca.' : undefined);
  } finally {
    await client.close();
  }
}
