import { createLink, type Link } from './link.ts';
import { socksAgent } from './official.ts';
import type { ProxyEnvironment } from './proxy.ts';

/** Bearer tokens that somebody gives, and renews before they end. */
export interface TokenSource {
  /** Asked for each request. */
  current(): Promise<string>;
  /** After the server did not know the user: the next token is to be a new one. */
  forget(): void;
}

/** A cluster that is in no kubeconfig, and who asks it. */
export interface TokenConnectOptions {
  /** What errors call it, in place of a context's name. */
  readonly context: string;
  /** Such as `https://host:443`. */
  readonly server: string;
  /** The authority of its certificate: PEM in base64, as a kubeconfig has it. */
  readonly certificateAuthorityData: string;
  /** What errors call the one who asks. */
  readonly user: string;
  readonly tokens: TokenSource;
  /** `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`. */
  readonly environment?: ProxyEnvironment | undefined;
}

/** The way to a server whose user has tokens. */
export function linkWithTokens({ context, server, certificateAuthorityData, user, tokens, environment }: TokenConnectOptions): Link {
  return createLink({
    context,
    userName: user,
    cluster: { server, 'certificate-authority-data': certificateAuthorityData },
    credentials: {
      current: async () => ({ headers: { Authorization: `Bearer ${await tokens.current()}` } }),
      renew() {
        tokens.forget();
        return true;
      },
    },
    environment,
    otherProxy: socksAgent,
  });
}
