import { describe, expect, it } from 'vitest';
import { toCsv } from './csv.ts';

describe('toCsv', () => {
  it('keeps numbers as numbers, negative ones too', () => {
    expect(toCsv(['name', 'n'], [['a', -5], ['b', 1.5], ['c', null]])).toBe('name,n\r\na,-5\r\nb,1.5\r\nc,\r\n');
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '|calc', '\t=1', '\r=1', '  =1', '\u0000=1', '＝1'])('defuses %j', (text) => {
    expect(toCsv(['x'], [[text]]).split('\r\n')[1]?.startsWith(`"'`)).toBe(true);
  });

  it('defuses headings as well', () => {
    expect(toCsv(['=cmd'], [])).toBe(`"'=cmd"\r\n`);
  });

  it('quotes commas, quotes and line ends', () => {
    expect(toCsv(['a,b'], [['say "hi"'], ['two\nlines']])).toBe('"a,b"\r\n"say ""hi"""\r\n"two\nlines"\r\n');
  });
});
