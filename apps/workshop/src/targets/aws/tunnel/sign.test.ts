import { describe, expect, it } from 'vitest';
import { requestSigner, strictTarget } from './sign.ts';
import { whoSigned } from './testing/signature.ts';

const host = 'vpc-podscope-x.eu-central-1.es.amazonaws.com';
const region = 'eu-central-1';
const keys = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY', sessionToken: 'IQoJ//token==' };
const sign = requestSigner({ host, region, credentials: async () => keys });

async function problemOf(target: string, body = '', method = 'GET'): Promise<string | undefined> {
  const signed = await sign({ method, target, body: Buffer.from(body) });
  const who = whoSigned({ method, target: signed.target, headers: signed.headers, body: Buffer.from(body) }, { host, region, keys: [keys] });
  return 'problem' in who ? who.problem : undefined;
}

describe('the signature of a request to a domain', () => {
  it.each([
    '/', '/_dashboards', '/_dashboards/app/home', '/apache-*,filebeat-*/_search?ignore_unavailable=true&q=a%20b+c', '/%3Capache-%7Bnow%2Fd%7D%3E/_count', '/_cat/indices?v&h=index,docs.count', "/x/_doc/ä'()!*%25%2F", '/_msearch?b=2&a=1&b=1&a=', '/a?x=%2B&y=1=2', '/a?empty&=1', '/_dashboards/api/saved_objects/_find?type=dashboard&type=visualization&fields=title&per_page=100',
  ])('is right for %s', async (target) => {
    expect(await problemOf(target)).toBeUndefined();
  });

  it('is right for a body of any bytes', async () => {
    expect(await problemOf('/_bulk', '{"index":{}}\n{"text":"ünïcode"}\n', 'POST')).toBeUndefined();
  });

  it('is for one host, region, time, path, query and body', async () => {
    const body = Buffer.from('{}');
    const { target, headers } = await sign({ method: 'POST', target: '/x/_search?size=1', body });
    const problem = (arrived: object, expected: object = {}): string | undefined => {
      const who = whoSigned({ method: 'POST', target, headers, body, ...arrived }, { host, region, keys: [keys], ...expected });
      return 'problem' in who ? who.problem : undefined;
    };
    expect(problem({})).toBeUndefined();
    expect(problem({ target: '/x/_search?size=2' })).toBe('it does not match the request');
    expect(problem({ target: '/y/_search?size=1' })).toBe('it does not match the request');
    expect(problem({ method: 'PUT' })).toBe('it does not match the request');
    expect(problem({ body: Buffer.from('[]') })).toBe('it does not match the request');
    expect(problem({}, { host: '127.0.0.1' })).toContain('it names the host');
    expect(problem({}, { region: 'us-east-1' })).toContain('it is for');
    expect(problem({}, { keys: [{ ...keys, secretAccessKey: 'another' }] })).toBe('it does not match the request');
    expect(problem({}, { keys: [{ ...keys, sessionToken: 'another' }] })).toContain('token');
  });

  it('spells what is sent in one way', () => {
    expect(strictTarget('/a-*/b c/%2f/ä?q=x+y&z').text).toBe('/a-%2A/b%20c/%2F/%C3%A4?q=x%20y&z=');
    expect(strictTarget('/').text).toBe('/');
    expect(() => strictTarget('/%zz')).toThrow(URIError);
  });
});
