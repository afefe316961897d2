import { redactText } from '@podscope/core';

/** A user of the product, or of the security plugin behind it. */
export interface BasicAuth {
  readonly username: string;
  readonly password: string;
}

/** Keys of an AWS identity; `sessionToken` of temporary ones. */
export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Requests are signed as Amazon OpenSearch Service wants them. */
export interface SignatureAuth {
  readonly sigv4: {
    /** Such as `eu-central-1`. */
    readonly region: string;
    /** `es` for domains, `aoss` for serverless collections. @default 'es' */
    readonly service?: 'es' | 'aoss';
    /** Or what gives them, asked for each request: so that temporary ones can be renewed. */
    readonly credentials: AwsCredentials | (() => AwsCredentials | Promise<AwsCredentials>);
  };
}

/** Who asks. */
export type DashboardsAuth = BasicAuth | SignatureAuth;

/** A request that is ready to be sent. */
export interface Outgoing {
  readonly url: string;
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body?: FormData | string | Uint8Array<ArrayBuffer>;
}

/** Who asks, with the keys of this request. */
export type KnownAuth = BasicAuth | { readonly sigv4: Omit<SignatureAuth['sigv4'], 'credentials'> & { readonly credentials: AwsCredentials } };

/** Asks for the credentials where they are given anew for each request. */
export async function knownAuth(auth: DashboardsAuth | undefined): Promise<KnownAuth | undefined> {
  if (auth === undefined || !('sigv4' in auth)) return auth;
  const { credentials, ...sigv4 } = auth.sigv4;
  return { sigv4: { ...sigv4, credentials: typeof credentials === 'function' ? await credentials() : credentials } };
}

/** The request with the identity of who asks. */
export async function authorised(request: Outgoing, auth: KnownAuth | undefined): Promise<Outgoing> {
  if (auth === undefined) return request;
  if ('sigv4' in auth) return signed(request, auth);
  const pair = btoa(String.fromCharCode(...new TextEncoder().encode(`${auth.username}:${auth.password}`)));
  return { ...request, headers: { authorization: `Basic ${pair}`, ...request.headers } };
}

/**
 * AWS Signature Version 4, by aws4fetch: small, without dependencies, and at home in browsers, too. The body's hash goes along:
 * serverless collections want it.
 */
async function signed({ url, method, headers, body }: Outgoing, { sigv4 }: Extract<KnownAuth, { readonly sigv4: object }>): Promise<Outgoing> {
  const { AwsV4Signer } = await import('aws4fetch');
  const { accessKeyId, secretAccessKey, sessionToken } = sigv4.credentials;
  // A form's boundary is drawn when its bytes are made: they are what is signed.
  const made = body === undefined ? undefined : new Request(url, { method, body });
  const bytes = made === undefined ? new Uint8Array() : new Uint8Array(await made.arrayBuffer());
  const contentType = made?.headers.get('content-type');
  const signer = new AwsV4Signer({
    method, url, body: bytes, accessKeyId, secretAccessKey, region: sigv4.region, service: sigv4.service ?? 'es',
    headers: { ...(contentType ? { 'content-type': contentType } : {}), ...headers, 'x-amz-content-sha256': await sha256(bytes) },
    ...(sessionToken === undefined ? {} : { sessionToken }),
  });
  const done = await signer.sign();
  return { url: done.url.href, method, headers: Object.fromEntries(done.headers), ...(body === undefined ? {} : { body: bytes }) };
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return [...new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The text without what only this user knows, should a server or a proxy have said it back. */
export function withoutSecrets(text: string, auth: KnownAuth | undefined): string {
  const secrets = auth === undefined ? [] : 'sigv4' in auth ? [auth.sigv4.credentials.secretAccessKey, auth.sigv4.credentials.sessionToken] : [auth.password];
  return secrets.reduce<string>((clean, secret) => (secret === undefined || secret.length < 4 ? clean : clean.replaceAll(secret, '[redacted]')), redactText(text));
}
