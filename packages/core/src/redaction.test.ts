import { expect, it } from 'vitest';
import { redact, redactText } from './index.ts';

it('masks secrets under their keys and in texts', () => {
  expect(redact({ user: 'u', password: 'p', nested: { api_key: 1, url: 'https://u:hunter2@host/' } })).toEqual({
    user: 'u', password: '[redacted]', nested: { api_key: '[redacted]', url: 'https://u:[redacted]@host/' },
  });
  expect(redactText('Authorization: Basic dXNlcjpwYXNz')).toBe('Authorization: Basic [redacted]');
});

it('ends cycles and keeps repeated values', () => {
  const shared = { a: 1 };
  const value: Record<string, unknown> = { x: shared, y: shared };
  value['self'] = value;
  expect(redact(value)).toEqual({ x: { a: 1 }, y: { a: 1 }, self: '[circular]' });
});
