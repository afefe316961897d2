import { expect, it } from 'vitest';
import { sanitize } from './sanitize.ts';

it('shows what could drive a terminal and keeps the rest', () => {
  expect(sanitize('a\u001b]8;;http://x\u0007link\u202e\tb\n')).toBe('a\\x1b]8;;http://x\\x07link\\u{202e}\tb\n');
  expect(sanitize('café 日本 🙂')).toBe('café 日本 🙂');
});
