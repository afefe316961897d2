import { expect, it } from 'vitest';
import { publishedPages } from './pages.ts';

it('publishes, withdraws and lists', () => {
  const pages = publishedPages(['/b']);
  pages.publish('/a.html');
  expect([pages.list(), pages.has('/a.html'), pages.has('/c')]).toEqual([['/a.html', '/b'], true, false]);
  pages.unpublish('/b');
  expect(pages.list()).toEqual(['/a.html']);
});

it.each(['', 'a', '/', '/archive/7', '/a b', '/ü', '/a?b', '/a#b', '/a\n', `/${'x'.repeat(1024)}`])('refuses %j', (path) => {
  expect(() => publishedPages().publish(path)).toThrow(/^Cannot publish/);
});
