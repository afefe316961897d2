import { cp } from 'node:fs/promises';
import { defineConfig } from 'tsup';
import { watchdogBundle } from '../../packages/fault-injectors/watchdog.bundle.ts';

/**
 * The published app stands alone: Podscope's own packages, the guestbook and the console's built page are inside, so
 * that `npx @podscope/workshop` works from the tarball with nothing but outside packages.
 */
export default defineConfig([
  {
    entry: {
      index: 'src/index.ts',
      bin: 'src/main.ts',
      supervisor: 'src/targets/embedded/supervisor/main.ts',
      session: 'src/targets/kubernetes/session/main.ts',
      collector: 'src/targets/embedded/collector/main.ts',
      'fault-watchdog': 'src/targets/kubernetes/faults/watchdogSetup.ts',
      // Both watchdogs look for their program beside the code that starts them.
      'watchdog-local': '../../packages/fault-injectors/src/watchdog/localProgram.ts',
      web: '../guestbook/src/web/main.ts',
      visitors: '../guestbook/src/visitors/main.ts',
    },
    format: ['esm'],
    platform: 'node',
    target: 'node22',
    dts: { entry: { index: 'src/index.ts' } },
    clean: true,
    splitting: true,
    treeshake: true,
    noExternal: [/^@podscope\//],
    esbuildOptions(options) {
      options.conditions = ['@podscope/source'];
    },
    async onSuccess() {
      await cp('../console/dist', 'dist/console', { recursive: true });
    },
  },
  // The watchdog in a cluster is one file of its own, which goes into a ConfigMap.
  { ...watchdogBundle, entry: { 'watchdog-cluster': '../../packages/fault-injectors/src/kubernetes/watchdog/program.ts' } },
]);
