import { expect, it } from 'vitest';
import { accessLine, type AccessRecord, errorLine, escapeLogItem } from './apacheLog.ts';

const record: AccessRecord = {
  address: '203.0.113.9',
  at: Date.UTC(2026, 10, 4, 9, 2, 7, 999),
  request: 'GET /entries?limit=3 HTTP/1.1',
  status: 200,
  bytes: 512,
  referer: 'http://127.0.0.1/',
  userAgent: 'curl/8.9',
  duration: 1234,
};

it('writes the combined format and the duration', () => {
  expect(accessLine(record)).toBe(
    '203.0.113.9 - - [04/Nov/2026:09:02:07 +0000] "GET /entries?limit=3 HTTP/1.1" 200 512 "http://127.0.0.1/" "curl/8.9" 1234',
  );
});

it('writes - for what is not there', () => {
  expect(accessLine({ ...record, bytes: 0, referer: undefined, userAgent: '' })).toMatch(/ 200 - "-" "-" 1234$/);
});

it('escapes as Apache does, so that a line stays a line', () => {
  expect(escapeLogItem('a"b\\c')).toBe('a\\"b\\\\c');
  expect(escapeLogItem('\n\r\t\v\b')).toBe('\\n\\r\\t\\v\\b');
  expect(escapeLogItem('\u0000\u001b[31m\u007f')).toBe('\\x00\\x1b[31m\\x7f');
  // A header's characters are bytes already; other texts are taken as UTF-8.
  expect(escapeLogItem('\u00fc')).toBe('\\xfc');
  expect(escapeLogItem('\u20ac')).toBe('\\xe2\\x82\\xac');
  expect(escapeLogItem('plain ~ text! #1')).toBe('plain ~ text! #1');
  const hostile = accessLine({ ...record, userAgent: 'x" 200 0\n1.1.1.1 - - "' });
  expect(hostile).not.toContain('\n');
  expect(hostile).toContain('"x\\" 200 0\\n1.1.1.1 - - \\""');
});

it('writes Apache 2.4 error lines', () => {
  expect(errorLine('error', 'no "way"\n', '203.0.113.9:40000', record.at)).toBe(
    `[Wed Nov 04 09:02:07.999000 2026] [guestbook:error] [pid ${process.pid}:tid ${process.pid}] [client 203.0.113.9:40000] no \\"way\\"\\n`,
  );
});
