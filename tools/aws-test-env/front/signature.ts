import { createHash, createHmac } from 'node:crypto';
import type { CREDENTIALS } from '../credentials.ts';
import type { WireRequest } from './request.ts';

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
const hash = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');
/** As a query and a path are written for signing: all but unreserved characters. */
const encode = (text: string): string => encodeURIComponent(text).replaceAll(/[!'()*]/g, (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`);

/** How far a clock may be off, as the services see it. */
const SKEW_MS = 15 * 60_000;

/**
 * What is wrong with the signature of a request, by the code that the services answer; undefined when it is right. Worked out from the
 * document alone (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html), not by the SDK's signer,
 * in both forms: in the header Authorization, and in the query of a presigned address.
 */
export function faultOfSignature({ method, url, headers, body }: WireRequest, credentials: Pick<typeof CREDENTIALS, 'secretAccessKey' | 'sessionToken'>, now = new Date()): { readonly code: string; readonly message: string } | undefined {
  const { pathname, searchParams } = new URL(url, 'http://localhost');
  const header = headers['authorization'] ?? '';
  const presigned = searchParams.has('X-Amz-Signature');
  const part = (name: string): string => (presigned ? searchParams.get(`X-Amz-${name}`) : new RegExp(`${name}=([^,\\s]+)`).exec(header)?.[1]) ?? '';
  const [, date = '', region = '', service = ''] = part('Credential').split('/');
  const time = presigned ? part('Date') : (headers['x-amz-date'] ?? '');
  const signedAt = parseTime(time);
  if (signedAt === undefined || !time.startsWith(date)) return { code: 'IncompleteSignature', message: `The request has no valid time: ${time}` };
  const age = now.getTime() - signedAt.getTime();
  // STS takes an address for as long as a request, whatever its X-Amz-Expires: kubernetes-sigs/aws-iam-authenticator, pkg/token/token.go.
  const isOver = presigned && service !== 'sts' ? age > Number(part('Expires')) * 1000 : age > SKEW_MS;
  if (isOver || age < -SKEW_MS) return { code: 'SignatureDoesNotMatch', message: `Signature expired: ${time} is not near ${now.toISOString()}` };
  const token = presigned ? searchParams.get('X-Amz-Security-Token') : headers['x-amz-security-token'];
  if (token !== credentials.sessionToken) return { code: 'InvalidClientTokenId', message: 'The security token included in the request is invalid' };

  const signed = part('SignedHeaders').split(';');
  if (!signed.includes('host')) return { code: 'SignatureDoesNotMatch', message: "'Host' must be a 'SignedHeader' in the AWS Authorization." };
  const query = [...searchParams]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => [encode(name), encode(value)] as const)
    .sort(([one, a], [other, b]) => (one === other ? (a < b ? -1 : 1) : one < other ? -1 : 1))
    .map((pair) => pair.join('='))
    .join('&');
  const path = pathname.split('/').map(encode).join('/');
  const lines = signed.map((name) => `${name}:${(headers[name] ?? '').trim().replaceAll(/\s+/g, ' ')}\n`).join('');
  const request = [method, path, query, lines, signed.join(';'), hash(body)].join('\n');
  const scope = [date, region, service, 'aws4_request'].join('/');
  const key = ['aws4_request'].reduce(hmac, [region, service].reduce(hmac, hmac(`AWS4${credentials.secretAccessKey}`, date)));
  const expected = hmac(key, ['AWS4-HMAC-SHA256', time, scope, hash(request)].join('\n')).toString('hex');
  if (expected === part('Signature')) return undefined;
  return { code: 'SignatureDoesNotMatch', message: 'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.' };
}

function parseTime(text: string): Date | undefined {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second] = match;
  return new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}
