import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { SHAPES_FILE, shapesJson } from './shapesJson.ts';

it('shapes.json is what the interfaces make it: npm run shapes', async () => {
  expect((await readFile(SHAPES_FILE, 'utf8')) === shapesJson()).toBe(true);
});
