import { globSync, readFileSync } from 'node:fs';
import { defineConfig } from 'tsup';

/**
 * The build preset, with a file of its own for each module that imports an outside package: bundlers keep what CommonJS
 * packages do at their start, and so would keep a parser for everyone who only builds a dashboard.
 */
const outside = globSync('src/**/*.ts').filter((file) => !file.includes('.test.') && /^import (?!type)[^;]*from '(?!\.|@podscope\/|node:)/mu.test(readFileSync(file, 'utf8')));

export default defineConfig({
  entry: ['src/index.ts', ...outside],
  format: ['esm'],
  platform: 'neutral',
  target: 'es2023',
  dts: { entry: 'src/index.ts' },
  clean: true,
  sourcemap: false,
  splitting: true,
  treeshake: true,
  external: [/^node:/],
});
