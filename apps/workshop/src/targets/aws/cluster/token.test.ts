import { AwsV4Signer } from 'aws4fetch';
import { expect, it } from 'vitest';
import { awsClients } from '../clients.ts';
import { hasSignature } from './testing/signature.ts';
import { eksToken, tokenSource } from './token.ts';

const NOW = new Date('2026-11-30T12:34:56Z');
const KEYS = { accessKeyId: 'AKIAIOSFODNN7PLANTED', secretAccessKey: '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' };

const signerOf = (more: { readonly sessionToken?: string; readonly expiration?: Date } = {}, region = 'eu-central-1') => awsClients({ region, credentials: async () => ({ ...KEYS, ...more }), endpoint: 'http://127.0.0.1:9' });
const urlOf = (token: string): URL => new URL(Buffer.from(token.replace('k8s-aws-v1.', ''), 'base64url').toString('utf8'));

it('signs a question to STS with the cluster’s name', async () => {
  const { token, expiresAt } = await eksToken(signerOf(), 'podscope', NOW);
  expect(token).toMatch(/^k8s-aws-v1\.[A-Za-z0-9_-]+$/u);
  const url = urlOf(token);
  expect([url.origin, url.pathname]).toEqual(['https://sts.eu-central-1.amazonaws.com', '/']);
  expect(Object.fromEntries(url.searchParams)).toEqual({
    Action: 'GetCallerIdentity', Version: '2011-06-15', 'X-Amz-Algorithm': 'AWS4-HMAC-SHA256', 'X-Amz-Credential': `${KEYS.accessKeyId}/20261130/eu-central-1/sts/aws4_request`,
    'X-Amz-Date': '20261130T123456Z', 'X-Amz-Expires': '60', 'X-Amz-SignedHeaders': 'host;x-k8s-aws-id', 'X-Amz-Signature': expect.stringMatching(/^[0-9a-f]{64}$/u),
  });
  // A minute before the fifteen for which STS takes it.
  expect(expiresAt).toEqual(new Date('2026-11-30T12:48:56Z'));
  expect(url.href).not.toContain(KEYS.secretAccessKey);
});

it('is of the time that AWS has where this machine’s clock is wrong', async () => {
  const signer = signerOf();
  // As the SDK sets it after an answer.
  signer.sts.config.systemClockOffset = 3_600_000;
  const { token, expiresAt } = await eksToken(signer, 'podscope', NOW);
  expect([urlOf(token).searchParams.get('X-Amz-Date'), expiresAt]).toEqual(['20261130T133456Z', new Date('2026-11-30T12:48:56Z')]);
});

it('signs as others do', async () => {
  for (const sessionToken of [undefined, 'FwoGZXIvYXdzEBc+/=session']) {
    const url = urlOf((await eksToken(signerOf(sessionToken === undefined ? {} : { sessionToken }), 'podscope', NOW)).token);
    expect(hasSignature(url, { 'x-k8s-aws-id': 'podscope' }, KEYS.secretAccessKey)).toBe(true);
    expect(hasSignature(url, { 'x-k8s-aws-id': 'another' }, KEYS.secretAccessKey)).toBe(false);
    expect(hasSignature(url, { 'x-k8s-aws-id': 'podscope' }, 'another')).toBe(false);
    const signer = new AwsV4Signer({
      ...KEYS, ...(sessionToken === undefined ? {} : { sessionToken }), service: 'sts', region: 'eu-central-1', signQuery: true, allHeaders: true, datetime: '20261130T123456Z',
      url: 'https://sts.eu-central-1.amazonaws.com/?Action=GetCallerIdentity&Version=2011-06-15&X-Amz-Expires=60', headers: { 'x-k8s-aws-id': 'podscope' },
    });
    expect(url.searchParams.get('X-Amz-Signature')).toBe((await signer.sign()).url.searchParams.get('X-Amz-Signature'));
  }
});

it.each([
  ['us-east-1', 'sts.us-east-1.amazonaws.com'],
  ['cn-north-1', 'sts.cn-north-1.amazonaws.com.cn'],
  ['us-gov-west-1', 'sts.us-gov-west-1.amazonaws.com'],
])('asks the STS of the region %s', async (region, host) => {
  expect(urlOf((await eksToken(signerOf({}, region), 'podscope', NOW)).token).host).toBe(host);
});

it('ends with the credentials, where those end before', async () => {
  const { expiresAt } = await eksToken(signerOf({ sessionToken: 'x', expiration: new Date('2026-11-30T12:40:00Z') }), 'podscope', NOW);
  expect(expiresAt).toEqual(new Date('2026-11-30T12:40:00Z'));
});

it('keeps a token until shortly before its end, or until the server did not know it', async () => {
  let now = NOW.getTime();
  const source = tokenSource(signerOf(), 'podscope', () => now);
  const [first, same] = await Promise.all([source.current(), source.current()]);
  expect(same).toBe(first);
  now += 12 * 60_000;
  expect(await source.current()).toBe(first);
  now += 61_000;
  const second = await source.current();
  expect(urlOf(second).searchParams.get('X-Amz-Date')).toBe('20261130T124757Z');
  now += 1_000;
  expect(await source.current()).toBe(second);
  source.forget();
  expect(urlOf(await source.current()).searchParams.get('X-Amz-Date')).toBe('20261130T124758Z');
});

it('says so where there are no credentials, and asks again after', async () => {
  let there = false;
  const broken = async () => {
    if (!there) throw Object.assign(new Error('Could not load credentials from any providers'), { name: 'CredentialsProviderError' });
    return KEYS;
  };
  const clients = awsClients({ region: 'eu-central-1', credentials: broken });
  await expect(eksToken(clients, 'podscope')).rejects.toMatchObject({ code: 'AWS_NO_CREDENTIALS', message: expect.stringContaining('The token of the cluster podscope (eu-central-1)') });
  const source = tokenSource(clients, 'podscope');
  await expect(source.current()).rejects.toMatchObject({ code: 'AWS_NO_CREDENTIALS' });
  there = true;
  expect(await source.current()).toMatch(/^k8s-aws-v1\./u);
});
