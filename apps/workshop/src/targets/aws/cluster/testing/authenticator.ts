import { createServer, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { hasSignature } from './signature.ts';

/** What the authenticator of a cluster of EKS knows. */
export interface AuthenticatorOptions {
  readonly cluster: string;
  /** Where STS answers in this test, such as `http://127.0.0.1:5000`. */
  readonly sts: string;
  /** The secrets of access keys: the real STS has them, and so refuses what somebody else signed. */
  readonly secrets: ReadonlyMap<string, string>;
}

/** The part of EKS in front of an API server that says who sent a token. */
export interface StartedAuthenticator extends AsyncDisposable {
  /** A kubeconfig for `--authentication-token-webhook-config-file`. */
  readonly webhookConfig: string;
  /** Why tokens were refused, and as whom they were taken. */
  readonly verdicts: readonly string[];
}

const PARAMETERS = new Set(['action', 'version', 'x-amz-algorithm', 'x-amz-credential', 'x-amz-date', 'x-amz-expires', 'x-amz-security-token', 'x-amz-signature', 'x-amz-signedheaders']);
const QUARTER_MS = 15 * 60_000;

class Refused extends Error {}

function require(holds: boolean, what: string): void {
  if (!holds) throw new Refused(what);
}

/** As aws-iam-authenticator does it (pkg/token/token.go, `Verify`), with the check of the signature that STS makes there. */
async function verify(token: string, { cluster, sts, secrets }: AuthenticatorOptions): Promise<string> {
  require(token.length <= 4_096, 'the token is too large');
  require(token.startsWith('k8s-aws-v1.'), 'no token of EKS');
  const encoded = token.slice('k8s-aws-v1.'.length);
  require(/^[A-Za-z0-9_-]+$/u.test(encoded), 'not base64 without padding');
  const url = new URL(Buffer.from(encoded, 'base64url').toString('utf8'));
  require(url.protocol === 'https:' && /^sts(\.[a-z0-9-]+)?\.amazonaws\.com(\.cn)?$/u.test(url.host) && url.pathname === '/', `not STS: ${url.origin}`);
  const names = [...url.searchParams.keys()].map((name) => name.toLowerCase());
  require(names.every((name) => PARAMETERS.has(name)) && new Set(names).size === names.length, 'strange parameters');
  require(url.searchParams.get('Action') === 'GetCallerIdentity', 'another action');
  require((url.searchParams.get('X-Amz-SignedHeaders') ?? '').split(';').includes('x-k8s-aws-id'), 'the cluster is not signed');
  require(Number(url.searchParams.get('X-Amz-Expires')) <= 900, 'for too long');
  const [, ...date] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/u.exec(url.searchParams.get('X-Amz-Date') ?? '') ?? [];
  const [year = 0, month = 1, ...rest] = date.map(Number);
  require(date.length === 6 && Date.now() <= Date.UTC(year, month - 1, ...rest) + QUARTER_MS, 'it has expired');
  const headers = { 'x-k8s-aws-id': cluster };
  const [accessKey = ''] = (url.searchParams.get('X-Amz-Credential') ?? '').split('/');
  require(hasSignature(url, headers, secrets.get(accessKey) ?? ''), 'the signature is another');
  const { status, text } = await ask(`${sts}/${url.search}`, { ...headers, host: url.host, accept: 'application/json' });
  require(status === 200, `STS answers ${status}`);
  const [, arn] = /"Arn":\s*"([^"]+)"/u.exec(text) ?? /<Arn>([^<]+)<\/Arn>/u.exec(text) ?? [];
  require(arn !== undefined, 'STS tells no identity');
  return arn ?? '';
}

/** With the host that was signed, which `fetch` lets nobody set. */
async function ask(url: string, headers: Readonly<Record<string, string>>): Promise<{ readonly status: number; readonly text: string }> {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => get(url, { headers }, resolve).once('error', reject));
  return { status: answer.statusCode ?? 0, text: await bodyOf(answer) };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of request.setEncoding('utf8')) text += part;
  return text;
}

/** Starts one; it answers TokenReviews on the loopback address. */
export async function startAuthenticator(options: AuthenticatorOptions): Promise<StartedAuthenticator> {
  const verdicts: string[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      const review = JSON.parse(await bodyOf(request)) as { readonly apiVersion: string; readonly spec: { readonly token: string } };
      const status = await verify(review.spec.token, options).then(
        (arn) => {
          verdicts.push(arn);
          return { authenticated: true, user: { username: arn, groups: ['aws'] } };
        },
        (error: unknown) => {
          verdicts.push(error instanceof Refused ? error.message : String(error));
          return { authenticated: false };
        },
      );
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ apiVersion: review.apiVersion, kind: 'TokenReview', status }));
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    verdicts,
    webhookConfig: JSON.stringify({
      apiVersion: 'v1', kind: 'Config', 'current-context': 'webhook',
      clusters: [{ name: 'authenticator', cluster: { server: `http://127.0.0.1:${port}/authenticate` } }],
      users: [{ name: 'apiserver', user: {} }],
      contexts: [{ name: 'webhook', context: { cluster: 'authenticator', user: 'apiserver' } }],
    }),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
