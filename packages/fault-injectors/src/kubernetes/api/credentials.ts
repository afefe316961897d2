import { readFile } from 'node:fs/promises';
import { PodscopeError } from '@podscope/core';
import type { UserEntry } from './kubeconfig.ts';

/** What proves who asks, for one request. */
export interface Proof {
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  /** A client's certificate and key, as PEM. */
  readonly cert?: string | Buffer | undefined;
  readonly key?: string | Buffer | undefined;
}

/** Where proofs come from. */
export interface Credentials {
  /** Asked for anew with each request, so that a renewed token is used. */
  current(): Promise<Proof>;
  /** After the server did not know the user: forgets what is kept. False where the next proof would be the same one. */
  renew(): boolean;
}

/** client-go reads a token's file again after a minute, too (`transport/token_source.go`). */
const TOKEN_MS = 60_000;

/** Reads a file that a kubeconfig names. */
export async function readNamed(file: string, what: string): Promise<Buffer> {
  return readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw new PodscopeError('KUBE_CONFIG_INVALID', `The ${what} ${file} can't be read (${error.code ?? error.message}).`, { hint: 'Check the path in the kubeconfig, and who may read it.' });
  });
}

/** What stands in the kubeconfig in base64, or in a file that it names. The data come first, as for client-go. */
export async function pemOf(data: string | undefined, file: string | undefined, what: string): Promise<Buffer | undefined> {
  if (data !== undefined && data !== '') return Buffer.from(data, 'base64');
  return file === undefined || file === '' ? undefined : readNamed(file, what);
}

function impersonation(user: UserEntry): Record<string, string | readonly string[]> {
  if (user.as === undefined || user.as === '') return {};
  const extra = Object.entries(user['as-user-extra'] ?? {}).map(([key, values]) => [`Impersonate-Extra-${encodeURIComponent(key)}`, values] as const);
  return {
    'Impersonate-User': user.as,
    ...(user['as-uid'] === undefined ? {} : { 'Impersonate-Uid': user['as-uid'] }),
    ...(user['as-groups'] === undefined ? {} : { 'Impersonate-Group': user['as-groups'] }),
    ...Object.fromEntries(extra),
  };
}

/** Certificates, tokens, files of tokens, names with passwords, and impersonation. `exec` gives the proofs of a plugin. */
export function credentialsOf(user: UserEntry, exec?: { current(): Promise<Proof>; renew(): boolean }): Credentials {
  const asOther = impersonation(user);
  let certificate: Promise<Pick<Proof, 'cert' | 'key'>> | undefined;
  let token: { readonly text: string; readonly at: number } | undefined;

  async function readCertificate(): Promise<Pick<Proof, 'cert' | 'key'>> {
    const [cert, key] = await Promise.all([
      pemOf(user['client-certificate-data'], user['client-certificate'], 'client certificate'),
      pemOf(user['client-key-data'], user['client-key'], 'client key'),
    ]);
    return cert === undefined || key === undefined ? {} : { cert, key };
  }

  async function authorization(): Promise<Record<string, string>> {
    if (user.tokenFile !== undefined && user.tokenFile !== '') {
      if (token === undefined || performance.now() - token.at > TOKEN_MS) token = { text: (await readNamed(user.tokenFile, 'file of the token')).toString('utf8').trim(), at: performance.now() };
      return { Authorization: `Bearer ${token.text}` };
    }
    if (user.token !== undefined && user.token !== '') return { Authorization: `Bearer ${user.token}` };
    if (user.username !== undefined && user.username !== '') return { Authorization: `Basic ${Buffer.from(`${user.username}:${user.password ?? ''}`).toString('base64')}` };
    return {};
  }

  return {
    async current() {
      certificate ??= readCertificate();
      const own = await certificate;
      const { headers = {}, ...keys } = (await exec?.current()) ?? {};
      return { ...own, ...keys, headers: { ...headers, ...(await authorization()), ...asOther } };
    },
    renew() {
      token = undefined;
      certificate = undefined;
      return (exec?.renew() ?? false) || [user.tokenFile, user['client-certificate']].some((file) => file !== undefined && file !== '');
    },
  };
}
