import { readFileSync } from 'node:fs';
import { defineConfig } from 'tsup';

/** tsup starts in the package's folder: its manifest says which entries it has. */
const { exports } = JSON.parse(readFileSync('package.json', 'utf8')) as { exports: Record<string, Record<string, string> | string | null> };
const entry = Object.values(exports).flatMap((target) => (target !== null && typeof target === 'object' ? (target['@podscope/source'] ?? []) : []));

/** The one build preset: ESM with declarations, one file for each entry of the package. */
export default defineConfig({
  entry,
  format: ['esm'],
  platform: 'neutral',
  target: 'es2023',
  dts: true,
  clean: true,
  sourcemap: false,
  treeshake: true,
  external: [/^node:/],
});
