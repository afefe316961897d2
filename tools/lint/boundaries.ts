import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Rule } from 'eslint';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** The projects that may be imported by the projects of each folder. */
const allowed: Readonly<Record<string, (name: string) => boolean>> = {
  packages: (name) => name === '@podscope/core',
  'apps/guestbook': (name) => name === '@podscope/core',
  'apps/console': (name) => ['@podscope/core', '@podscope/saved-objects', '@podscope/dashboard-renderer'].includes(name),
  'apps/workshop': () => true,
};

function declared(project: string): ReadonlySet<string> {
  const manifest = JSON.parse(readFileSync(join(root, project, 'package.json'), 'utf8')) as Record<string, Record<string, string> | undefined> & { name: string };
  return new Set([manifest.name, ...['dependencies', 'peerDependencies', 'devDependencies'].flatMap((kind) => Object.keys(manifest[kind] ?? {}))].map(String));
}

const projects = ['packages', 'apps'].flatMap((folder) => readdirSync(join(root, folder)).map((name) => `${folder}/${name}`));
const dependencies = new Map(projects.map((project) => [project, declared(project)]));

const rule: Rule.RuleModule = {
  meta: { type: 'problem', schema: [], docs: { description: 'A library imports only core and what its manifest declares; the app composes.' } },
  create(context) {
    const file = relative(root, context.filename).split(sep).join('/');
    const project = file.split('/').slice(0, 2).join('/');
    const mine = dependencies.get(project);
    if (!mine || /\.test\.tsx?$|\.config\.ts$/.test(file)) return {};
    const mayImport = allowed[project] ?? allowed[project.split('/')[0] ?? ''] ?? (() => true);
    const check = (node: Rule.Node, source: unknown) => {
      if (typeof source !== 'string' || source.startsWith('node:')) return;
      if (source.startsWith('.')) {
        const target = relative(root, join(dirname(context.filename), source)).split(sep).join('/');
        if (!target.startsWith(`${project}/`) && !target.startsWith('docs/')) context.report({ node, message: `${source} leaves ${project}; import the package by its name.` });
        return;
      }
      const name = source.split('/').slice(0, source.startsWith('@') ? 2 : 1).join('/');
      if (!mine.has(name) && name !== 'vite') context.report({ node, message: `${name} is not declared in ${project}/package.json.` });
      if (name.startsWith('@podscope/') && !mayImport(name) && !source.startsWith(`@podscope/${project.split('/')[1]}`)) {
        context.report({ node, message: `${project} must not import ${name}: libraries import only @podscope/core, and the app composes.` });
      }
    };
    return {
      ImportDeclaration: (node) => check(node, node.source.value),
      ExportNamedDeclaration: (node) => check(node, node.source?.value),
      // `import('…').Name` in a type.
      TSImportType: (node: Rule.Node & { readonly source?: { readonly value?: unknown } }) => check(node, node.source?.value),
      ImportExpression: (node) => check(node, node.source.type === 'Literal' ? node.source.value : undefined),
    };
  },
};

/** Module boundaries as a lint rule: see docs/architecture.md. */
export const boundaries = {
  files: ['packages/*/src/**/*.{ts,tsx}', 'apps/*/src/**/*.{ts,tsx}'],
  plugins: { podscope: { rules: { boundaries: rule } } },
  rules: { 'podscope/boundaries': 'error' as const },
};
