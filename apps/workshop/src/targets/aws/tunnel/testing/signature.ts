/**
 * AWS Signature Version 4, worked out anew from what arrived, so that no signer is checked by itself. After the IAM user guide, "Create a
 * signed AWS API request": all services but S3 encode each part of a path once more.
 */
import { createHash, createHmac } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** A request as it arrived. */
export interface Arrived {
  readonly method: string;
  /** Path and query, as they were sent. */
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Keys of somebody. */
export interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** What the signature has to be for. */
export interface Expected {
  readonly host: string;
  readonly region: string;
  /** All who may sign. */
  readonly keys: readonly Keys[];
}

const sha256 = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');
const hmac = (key: string | Buffer, data: string): Buffer => createHmac('sha256', key).update(data).digest();
const rfc3986 = (text: string): string => [...Buffer.from(text)].map((byte) => (/[A-Za-z0-9\-._~]/u.test(String.fromCharCode(byte)) ? String.fromCharCode(byte) : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)).join('');
const AUTHORIZATION = /^AWS4-HMAC-SHA256 Credential=(?<key>[^/]+)\/(?<scope>(?<date>\d{8})\/(?<region>[^/]+)\/(?<service>[^/]+)\/aws4_request), ?SignedHeaders=(?<signed>[^,]+), ?Signature=(?<signature>[0-9a-f]{64})$/u;
const CLOCK_MS = 5 * 60_000;

/** Who signed a request, or what is wrong with its signature. */
export function whoSigned({ method, target, headers, body }: Arrived, { host, region, keys }: Expected): { readonly keys: Keys } | { readonly problem: string } {
  const parts = AUTHORIZATION.exec(headers.authorization ?? '')?.groups;
  if (parts === undefined) return { problem: 'there is no signature' };
  const { key, scope = '', date = '', signed = '', signature } = parts;
  const owner = keys.find(({ accessKeyId }) => accessKeyId === key);
  if (owner === undefined) return { problem: 'nobody has that key' };
  if (headers['x-amz-security-token'] !== owner.sessionToken) return { problem: 'the token is not the one of the key' };
  if (scope !== `${date}/${region}/es/aws4_request`) return { problem: `it is for ${scope}` };
  if (headers.host !== host) return { problem: `it names the host ${headers.host}` };
  const time = String(headers['x-amz-date']);
  const at = Date.parse(time.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/u, '$1-$2-$3T$4:$5:$6Z'));
  if (!time.startsWith(date) || !(Math.abs(Date.now() - at) < CLOCK_MS)) return { problem: `it was made at ${time}` };
  const names = signed.split(';');
  const missing = ['host', 'x-amz-date', ...(owner.sessionToken === undefined ? [] : ['x-amz-security-token'])].filter((name) => !names.includes(name));
  if (missing.length > 0) return { problem: `${missing.join(', ')} not signed` };
  const [path = '/', query = ''] = target.split(/\?(?<rest>.*)/su);
  const canonicalQuery = query.split('&').filter((pair) => pair !== '').map((pair) => {
    const [name = '', value = ''] = pair.split(/=(?<rest>.*)/su).map((part) => rfc3986(decodeURIComponent(part)));
    return `${name}=${value}`;
  }).sort().join('&');
  const canonical = [method, path.split('/').map(rfc3986).join('/'), canonicalQuery, ...names.map((name) => `${name}:${String(headers[name] ?? '').trim()}`), '', signed, sha256(body)].join('\n');
  const signing = scope.split('/').reduce<string | Buffer>((before, part) => hmac(before, part), `AWS4${owner.secretAccessKey}`);
  const wanted = hmac(signing, ['AWS4-HMAC-SHA256', time, scope, sha256(canonical)].join('\n')).toString('hex');
  return wanted === signature ? { keys: owner } : { problem: 'it does not match the request' };
}
