import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import type { AwsClients } from '../clients.ts';
import { awsFailure } from '../failure.ts';

/** A bearer token of a cluster of EKS. */
export interface EksToken {
  readonly token: string;
  /** Ask for another one before. */
  readonly expiresAt: Date;
}

/** What a token is signed with. */
export type TokenSigner = Pick<AwsClients, 'sts' | 'region' | 'credentials'>;

/** Authenticators of old look whether it is at most this; STS ignores it. */
const SIGNED_FOR_S = 60;
/** STS takes a signed request for 15 minutes after its date; a minute of them is left for clocks and the way. */
const LIFE_MS = 14 * 60_000;

/**
 * The token that EKS knows callers by, without the AWS CLI: a request to STS that asks who signed it, with the cluster's name in a signed
 * header, as an address in base64. EKS sends that request on and takes the answer for the user. No request is sent here.
 *
 * Source: kubernetes-sigs/aws-iam-authenticator, pkg/token/token.go (`GetWithSTS`, `Verify`).
 *
 * @throws PodscopeError AWS_… where there are no credentials
 */
export async function eksToken({ sts, region, credentials }: TokenSigner, cluster: string, now = new Date()): Promise<EksToken> {
  // The public host of the service whatever address tests ask: it is what EKS compares.
  const { hostname } = sts.config.endpointProvider({ Region: region, UseFIPS: false, UseDualStack: false, UseGlobalEndpoint: false }).url;
  const identity = await Promise.resolve(credentials()).catch((error: unknown) => {
    throw awsFailure(error, `The token of the cluster ${cluster} (${region})`);
  });
  const signer = new SignatureV4({ service: 'sts', region, credentials: identity, sha256: Sha256 });
  const request = { method: 'GET', protocol: 'https:', hostname, path: '/', query: { Action: 'GetCallerIdentity', Version: '2011-06-15' }, headers: { host: hostname, 'x-k8s-aws-id': cluster } };
  // By the clock of AWS, as far as it is known; when to ask for another one is told by this machine's.
  const signed = await signer.presign(request, { expiresIn: SIGNED_FOR_S, signingDate: new Date(now.getTime() + sts.config.systemClockOffset) });
  const query = Object.entries(signed.query ?? {}).map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(String(value))}`);
  const ends = identity.expiration?.getTime() ?? Number.POSITIVE_INFINITY;
  return { token: `k8s-aws-v1.${Buffer.from(`https://${hostname}/?${query.join('&')}`).toString('base64url')}`, expiresAt: new Date(Math.min(now.getTime() + LIFE_MS, ends)) };
}

/** How long before its end a token is no longer used. */
const EARLY_MS = 60_000;

/** Tokens of a cluster that are kept until shortly before they end. */
export interface TokenSource {
  current(): Promise<string>;
  /** After the server did not know the user. */
  forget(): void;
}

/** Signs a token when there is none that still holds. */
export function tokenSource(signer: TokenSigner, cluster: string, clock: () => number = Date.now): TokenSource {
  let kept: Promise<EksToken> | undefined;
  const ask = (): Promise<EksToken> => {
    const asked = eksToken(signer, cluster, new Date(clock()));
    // The next one asks again.
    asked.catch(() => (kept = undefined));
    return asked;
  };
  return {
    async current() {
      const known = (kept ??= ask());
      const { token, expiresAt } = await known;
      if (expiresAt.getTime() - clock() >= EARLY_MS) return token;
      // Of many requests at once the first one signs.
      if (kept === known) kept = ask();
      return (await (kept ??= ask())).token;
    },
    forget() {
      kept = undefined;
    },
  };
}
