import { PodscopeError } from '@podscope/core';

/** Where a connection was to go. */
export interface Destination {
  readonly server: string;
  readonly context: string;
  /** The proxy's address without credentials, where one is used. */
  readonly proxy?: string | undefined;
}

/** Certificates of the server that the kubeconfig's authority does not vouch for (`tls`'s codes are OpenSSL's). */
const UNTRUSTED = new Set(['DEPTH_ZERO_SELF_SIGNED_CERT', 'SELF_SIGNED_CERT_IN_CHAIN', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'UNABLE_TO_GET_ISSUER_CERT', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'CERT_SIGNATURE_FAILURE', 'CERT_UNTRUSTED', 'ERR_TLS_CERT_ALTNAME_INVALID', 'CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID']);

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nobody listens there',
  ENOTFOUND: 'its name is not known',
  EAI_AGAIN: 'its name could not be looked up',
  ETIMEDOUT: 'it did not answer in time',
  EHOSTUNREACH: 'there is no way to it',
  ENETUNREACH: 'there is no way to it',
  ECONNRESET: 'the connection was cut',
  EPIPE: 'the connection was cut',
  EPROTO: 'it does not speak TLS',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it does not speak TLS',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'it does not speak TLS',
};

/** The codes of an error and of what it is made of (Node tries several addresses and throws an AggregateError). */
export function codesOf(error: unknown): readonly string[] {
  if (!(error instanceof Error)) return [];
  const own = 'code' in error && typeof error.code === 'string' ? [error.code] : [];
  return [...own, ...(error instanceof AggregateError ? error.errors.flatMap(codesOf) : [])];
}

/** A connection that failed as an error that says where it was to go and what is next. */
export function unreachable(error: unknown, { server, context, proxy }: Destination): PodscopeError {
  const codes = codesOf(error);
  const untrusted = codes.find((code) => UNTRUSTED.has(code));
  if (untrusted !== undefined) {
    const what = untrusted === 'ERR_TLS_CERT_ALTNAME_INVALID' ? 'is for another name' : untrusted === 'CERT_HAS_EXPIRED' ? 'has expired' : 'was not signed by the authority of the kubeconfig';
    return new PodscopeError('KUBE_CONFIG_INVALID', `The certificate of ${server} (context ${context}) ${what} (${untrusted}).`, {
      hint: 'Check certificate-authority and server of the cluster in the kubeconfig; it may be of another cluster that had this address.',
      cause: error,
    });
  }
  const badKeys = codes.find((code) => code.startsWith('ERR_OSSL') || code === 'ERR_CRYPTO_OPERATION_FAILED');
  if (badKeys !== undefined) {
    // The cause is left out: OpenSSL may quote what it could not read.
    return new PodscopeError('KUBE_CONFIG_INVALID', `The certificates of context ${context} can't be used (${badKeys}).`, { hint: 'Check certificate-authority, client-certificate and client-key in the kubeconfig.' });
  }
  const known = codes.find((code) => code in REASONS);
  const why = known === undefined ? (error instanceof Error ? error.message : 'the connection failed') : `${REASONS[known] ?? ''} (${known})`;
  return new PodscopeError('KUBE_UNREACHABLE', `The API server ${server} of context ${context} can't be reached${proxy === undefined ? '' : ` through the proxy ${proxy}`}: ${why}.`, {
    hint: 'Check that the cluster is up and that its address in the kubeconfig is right; behind a VPN or proxy, that this is on.',
    cause: error,
  });
}
