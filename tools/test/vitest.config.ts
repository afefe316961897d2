import { defineConfig } from 'vitest/config';
import lanes from '../lanes.json' with { type: 'json' };

/** The one test preset. The lane decides which files run; see docs/architecture.md. */
const lane = process.env['PODSCOPE_LANE'] ?? 'unit';
const special = lanes.map(({ name }) => name).filter((name) => name !== 'unit');

export default defineConfig({
  resolve: { conditions: ['@podscope/source'] },
  // Vite adds 'import' or 'require' itself. Named here, it would reach Node's require() as well, which then takes the wrong half of a package.
  ssr: { resolve: { conditions: ['@podscope/source', 'node'] } },
  test: {
    include: lane === 'unit' ? ['**/*.test.{ts,tsx}'] : [`**/*.${lane}.test.ts`],
    exclude: ['**/node_modules/**', '**/dist/**', ...(lane === 'unit' ? special.map((name) => `**/*.${name}.test.ts`) : [])],
    pool: 'forks',
    maxWorkers: lane === 'unit' ? 2 : 1,
    execArgv: ['--conditions=@podscope/source'],
    testTimeout: lane === 'unit' ? 15_000 : 180_000,
    hookTimeout: lane === 'unit' ? 15_000 : 300_000,
    passWithNoTests: false,
  },
});
