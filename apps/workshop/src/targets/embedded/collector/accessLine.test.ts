import { describe, expect, it } from 'vitest';
import { accessLine } from '../../../../../guestbook/src/web/apacheLog.ts';
import { parseAccessLine } from './accessLine.ts';

const plain = '10.0.0.7 - - [24/Nov/2026:09:22:23 +0000] "GET /a/b?c=d&e HTTP/1.1" 404 196 "http://h/" "Mozilla/5.0 (X11)" 1234';
const withRequest = (request: string) => plain.replace('GET /a/b?c=d&e HTTP/1.1', request);

describe('parseAccessLine', () => {
  it('finds every part', () => {
    expect(parseAccessLine(plain)).toEqual({
      sourceIp: '10.0.0.7', user: undefined, method: 'GET', path: '/a/b', query: 'c=d&e', httpVersion: '1.1',
      status: 404, bytes: 196, referrer: 'http://h/', userAgent: 'Mozilla/5.0 (X11)', durationUs: 1234,
    });
  });

  it('leaves out what Apache writes as a dash', () => {
    const line = '::1 - ann [24/Nov/2026:09:22:23 +0000] "-" 408 - "-" "-" 7';
    expect(parseAccessLine(line)).toEqual({
      sourceIp: '::1', user: 'ann', method: undefined, path: undefined, query: undefined, httpVersion: undefined,
      status: 408, bytes: undefined, referrer: undefined, userAgent: undefined, durationUs: 7,
    });
  });

  it('reads what the guestbook writes', () => {
    const line = accessLine({
      address: '10.1.2.3', at: 0, request: 'POST /entries HTTP/1.1', status: 303, bytes: 0, referer: undefined,
      userAgent: 'say "hi" \\ twice', duration: 42,
    });
    expect(parseAccessLine(line)).toMatchObject({
      sourceIp: '10.1.2.3', method: 'POST', path: '/entries', status: 303, bytes: undefined, userAgent: 'say "hi" \\ twice', durationUs: 42,
    });
  });

  it.each([
    [String.raw`\x16\x03\x01`, undefined, undefined],
    ['GET /', undefined, undefined],
    ['GET /with space HTTP/1.0', 'GET', '/with space'],
    [String.raw`GET /q\"uote HTTP/1.1`, 'GET', '/q"uote'],
  ])('takes the request %s apart where it can', (request, method, path) => {
    expect(parseAccessLine(withRequest(request))).toMatchObject({ method, path, status: 404 });
  });

  it.each(['1.2.3', '1.2.3.4.5', '256.1.1.1', '01.2.3.4', '1..2.3', 'localhost', '1.2.3.', 'fe80::1%eth0'])('takes %s for no address', (address) => {
    const line = parseAccessLine(plain.replace('10.0.0.7', address));
    expect(line).toMatchObject({ sourceIp: undefined, status: 404 });
  });

  it.each(['0.0.0.0', '255.255.255.255', '10.0.0.1', '2001:db8::1', '::ffff:10.0.0.1'])('takes %s for an address', (address) => {
    expect(parseAccessLine(plain.replace('10.0.0.7', address))?.sourceIp).toBe(address);
  });

  it('leaves out a duration that its field can not hold', () => {
    expect(parseAccessLine(plain.replace('1234', '2147483648'))?.durationUs).toBeUndefined();
    expect(parseAccessLine(plain.replace('1234', '2147483647'))?.durationUs).toBe(2_147_483_647);
  });

  it.each(['', 'x', 'hello world', '10.0.0.1 - - [no time] "GET / HTTP/1.1" 200 1 "-" "-" 1', plain.slice(0, 70), plain.replace('404', '4x4'), plain.replace('404', '99')])(
    'is undefined for %j',
    (line) => expect(parseAccessLine(line)).toBeUndefined(),
  );
});
