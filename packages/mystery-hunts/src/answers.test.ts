import { expect, it } from 'vitest';
import { isNumber, isOneOf, isSameList, isSamePaths, listValues } from './index.ts';

it('compares words without case and space', () => {
  expect(isOneOf(' Frontend ', ['frontend', 'guestbook/frontend'])).toBe(true);
  expect(isOneOf('front', 'frontend')).toBe(false);
  expect(isOneOf('', 'frontend')).toBe(false);
});

it('takes whole numbers only', () => {
  expect(isNumber(' 61 ', 61)).toBe(true);
  for (const wrong of ['61 pods', '61.0', '6', '', '0x3d', '6e1', '-61']) expect(isNumber(wrong, 61), wrong).toBe(false);
});

it('compares lists as sets', () => {
  expect(listValues('a, b\nc;a')).toEqual(['a', 'b', 'c']);
  expect(isSameList('b, a', ['a', 'b'])).toBe(true);
  expect(isSameList('a', ['a', 'b'])).toBe(false);
  expect(isSameList('a, b, c', ['a', 'b'])).toBe(false);
  expect(isSameList('', ['a'])).toBe(false);
});

it('takes addresses for paths', () => {
  expect(isSamePaths('http://127.0.0.1:8080/x/y.html\n/z', ['/x/y.html', '/z'])).toBe(true);
  expect(isSamePaths('/x/Y.html, /z', ['/x/y.html', '/z'])).toBe(false);
});
