import js from '@eslint/js';
import tseslint from 'typescript-eslint';
import { boundaries } from './boundaries.ts';

/** The one lint configuration. */
export default tseslint.config(
  { ignores: ['**/dist/**', '**/node_modules/**', '.nx/**', '**/*.d.ts'] },
  js.configs.recommended,
  ...tseslint.configs.strict,
  {
    languageOptions: { globals: { process: 'readonly', console: 'readonly', Buffer: 'readonly', URL: 'readonly', fetch: 'readonly', setTimeout: 'readonly', clearTimeout: 'readonly', performance: 'readonly' } },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports', prefer: 'type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      // `Promise.withResolvers<void>()` is the way to say that nothing is handed over.
      '@typescript-eslint/no-invalid-void-type': 'off',
      'no-control-regex': 'off',
      'no-empty': ['error', { allowEmptyCatch: false }],
      'max-lines': ['error', 400],
      eqeqeq: 'error',
      'no-restricted-syntax': ['error', { selector: 'ExportAllDeclaration', message: 'List the names that you export.' }],
    },
  },
  {
    files: ['**/*.ts', '**/*.tsx'],
    rules: { 'no-undef': 'off', 'no-redeclare': 'off' },
  },
  {
    files: ['apps/**/*.ts', 'packages/**/*.ts'],
    ignores: ['apps/workshop/src/environment.ts', '**/*.test.ts', '**/*.config.ts'],
    rules: {
      'no-restricted-properties': ['error', { object: 'process', property: 'env', message: 'Only apps/workshop/src/environment.ts reads the environment.' }],
    },
  },
  {
    // Written by tools/fields.
    files: ['packages/core/src/ecs/*.ts'],
    ignores: ['**/fieldSet.ts'],
    rules: { 'max-lines': 'off' },
  },
  boundaries,
);
