import type { Options } from 'tsup';

/**
 * The watchdog's program as one file with all that it needs, small enough for a ConfigMap. Left out is the official client, which it asks only for
 * kinds of kubeconfig that a pod has none of.
 */
export const watchdogBundle: Options = {
  format: ['esm'],
  platform: 'node',
  target: 'es2023',
  outExtension: () => ({ js: '.mjs' }),
  noExternal: [/^(?!@kubernetes\/client-node)/],
  external: [/^@kubernetes\/client-node/],
  esbuildOptions: (options) => void (options.conditions = ['@podscope/source']),
  // A third of it would be what zod says in fifty languages.
  esbuildPlugins: [
    {
      name: 'one-language',
      setup(build) {
        build.onLoad({ filter: /zod\/v4\/locales\/[\w-]+\.js$/ }, ({ path }) =>
          /(?:en|index)\.js$/.test(path) ? undefined : { contents: 'export default () => ({ localeError: () => undefined });' },
        );
      },
    },
  ],
  minify: true,
  dts: false,
  clean: false,
  sourcemap: false,
  splitting: false,
  // Packages of the CommonJS kind ask for modules of Node by `require`.
  banner: { js: "import { createRequire as podscopeRequire } from 'node:module'; const require = podscopeRequire(import.meta.url);" },
};
