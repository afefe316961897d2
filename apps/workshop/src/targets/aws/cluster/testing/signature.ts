import { createHash, createHmac } from 'node:crypto';

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
/** Everything but letters, digits and `-_.~`. */
const encoded = (text: string): string => encodeURIComponent(text).replace(/[!'()*]/gu, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);

/**
 * Whether a presigned GET carries the signature that a secret gives: computed from the text of AWS' own description, and not by the
 * library that signs (IAM User Guide, "Create a signed AWS API request", with query parameters).
 */
export function hasSignature(url: URL, headers: Readonly<Record<string, string>>, secretAccessKey: string): boolean {
  const parameters = [...url.searchParams].filter(([name]) => name !== 'X-Amz-Signature');
  const signedHeaders = (url.searchParams.get('X-Amz-SignedHeaders') ?? '').split(';');
  const [, day = '', region = '', service = '', end = ''] = (url.searchParams.get('X-Amz-Credential') ?? '').split('/');
  const canonical = [
    'GET',
    url.pathname,
    parameters.map(([name, value]) => `${encoded(name)}=${encoded(value)}`).toSorted().join('&'),
    ...signedHeaders.map((name) => `${name}:${name === 'host' ? url.host : (headers[name] ?? '').trim()}`),
    '',
    signedHeaders.join(';'),
    sha256(''),
  ].join('\n');
  const toSign = ['AWS4-HMAC-SHA256', url.searchParams.get('X-Amz-Date') ?? '', [day, region, service, end].join('/'), sha256(canonical)].join('\n');
  const key = [day, region, service, end].reduce<string | Buffer>((made, part) => hmac(made, part), `AWS4${secretAccessKey}`);
  return end === 'aws4_request' && hmac(key, toSign).toString('hex') === url.searchParams.get('X-Amz-Signature');
}
