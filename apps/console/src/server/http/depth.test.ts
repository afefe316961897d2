import { describe, expect, it } from 'vitest';
import { isDeeper } from './depth.ts';

describe('isDeeper', () => {
  it('counts objects and lists together', () => {
    expect(isDeeper('[{"a":[1]}]', 3)).toBe(false);
    expect(isDeeper('[{"a":[1]}]', 2)).toBe(true);
    expect(isDeeper('[[],[],{},{}]', 2)).toBe(false);
  });

  it('does not count what stands in texts', () => {
    expect(isDeeper('["[[[[", "\\"{{{{", "\\\\", [1]]', 2)).toBe(false);
    expect(isDeeper('["\\\\", [[1]]]', 2)).toBe(true);
  });

  it('ends on texts that are no JSON', () => {
    expect(isDeeper(']]]]"[[', 2)).toBe(false);
    expect(isDeeper('[[[', 2)).toBe(true);
    expect(isDeeper('"\\', 2)).toBe(false);
  });
});
