import { createHash } from 'node:crypto';
import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import type { AwsCredentials } from '../clients.ts';

/** Who signs for which domain. */
export interface Signing {
  /** The domain's own host, whatever way the request takes. */
  readonly host: string;
  readonly region: string;
  readonly credentials: AwsCredentials;
}

/** A request that is to be signed. */
export interface ToSign {
  readonly method: string;
  /** Path and query as they arrived. */
  readonly target: string;
  readonly body: Buffer;
}

/** What is sent instead: the same path and query in their one strict spelling, and the headers of the signature. */
export interface Signed {
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** As RFC 3986 has it: all but letters, digits and `-._~`. */
const encoded = (text: string): string => encodeURIComponent(text).replaceAll(/[!'()*]/gu, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

/**
 * Takes a target apart. The service works the signature out from what it decodes, so that two spellings of one path must not be
 * told apart: each part is decoded, and spelled strictly. `+` in a query is a space, as browsers and OpenSearch have it.
 *
 * @throws URIError for what can't be decoded
 */
export function strictTarget(target: string): { readonly path: string; readonly query: Readonly<Record<string, string | string[]>>; readonly text: string } {
  const mark = target.indexOf('?');
  const path = (mark === -1 ? target : target.slice(0, mark)).split('/').map((part) => encoded(decodeURIComponent(part))).join('/');
  const pairs = (mark === -1 ? '' : target.slice(mark + 1)).split('&').filter((pair) => pair !== '').map((pair) => {
    const equals = pair.indexOf('=');
    const decoded = (text: string): string => decodeURIComponent(text.replaceAll('+', ' '));
    return equals === -1 ? ([decoded(pair), ''] as const) : ([decoded(pair.slice(0, equals)), decoded(pair.slice(equals + 1))] as const);
  });
  const query = new Map<string, string | string[]>();
  for (const [name, value] of pairs) {
    const before = query.get(name);
    query.set(name, before === undefined ? value : [before, value].flat());
  }
  const text = pairs.map(([name, value]) => `${encoded(name)}=${encoded(value)}`).join('&');
  return { path, query: Object.fromEntries(query), text: text === '' ? path : `${path}?${text}` };
}

/**
 * Signs requests to a domain (AWS Signature Version 4, service `es`). The host, the time and the hash of the body are signed, nothing of
 * what a browser adds.
 */
export function requestSigner({ host, region, credentials }: Signing): (request: ToSign) => Promise<Signed> {
  const signer = new SignatureV4({ credentials: () => credentials(), region, service: 'es', sha256: Sha256 });
  return async ({ method, target, body }) => {
    const { path, query, text } = strictTarget(target);
    const { headers } = await signer.sign({
      method, protocol: 'https:', hostname: host, path, query: { ...query },
      // Given, so that it isn't worked out a second time, and slower.
      headers: { host, 'x-amz-content-sha256': createHash('sha256').update(body).digest('hex') },
    });
    return { target: text, headers };
  };
}
