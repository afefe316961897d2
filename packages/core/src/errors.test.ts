import { expect, it } from 'vitest';
import { isPodscopeError, PodscopeError } from './index.ts';

it('carries code, hint, cause and a docs page', () => {
  const cause = new TypeError('inner');
  const error = new PodscopeError('NO_JAVA', 'No Java found.', { hint: 'Install Java 17.', cause, details: ['one'] });
  expect(error.toJSON()).toEqual({
    code: 'NO_JAVA', message: 'No Java found.', hint: 'Install Java 17.', details: ['one'], docs: 'errors/NO_JAVA.md',
  });
  expect(error.walk((each) => each instanceof TypeError)).toBe(cause);
  expect(isPodscopeError(error, 'NO_JAVA')).toBe(true);
  expect(isPodscopeError(error, 'OTHER')).toBe(false);
  expect(isPodscopeError(cause)).toBe(false);
});
