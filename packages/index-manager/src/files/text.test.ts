import { describe, expect, it } from 'vitest';
import { anyJson, seeded } from './fixtures/arbitrary.ts';
import { sourceOf } from './source.ts';
import { textOf } from './text.ts';
import { valueOf } from './tree.ts';

describe.each(['yaml', 'json'] as const)('textOf and sourceOf, %s', (format) => {
  it('give back what was written, byte for byte', () => {
    for (let seed = 1; seed <= 3000; seed += 1) {
      const value = anyJson(seeded(seed), 5);
      const text = textOf(value, format);
      const { tree, problems } = sourceOf(`a.${format}`, Buffer.from(text));
      expect(problems, `seed ${seed}`).toEqual([]);
      // As text: members named __proto__ and the order of members count.
      expect(JSON.stringify(tree === undefined ? undefined : valueOf(tree)), `seed ${seed}`).toBe(JSON.stringify(value));
      expect(textOf(structuredClone(value), format)).toBe(text);
    }
  });

  it('take what was written on Windows for the same', () => {
    for (let seed = 1; seed <= 300; seed += 1) {
      const value = anyJson(seeded(seed), 5);
      const { tree } = sourceOf(`a.${format}`, Buffer.from(`\uFEFF${textOf(value, format).replaceAll('\n', '\r\n')}`));
      expect(JSON.stringify(tree === undefined ? undefined : valueOf(tree)), `seed ${seed}`).toBe(JSON.stringify(value));
    }
  });
});
