import { execFile } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ESLint } from 'eslint';
import { describe, expect, it } from 'vitest';
import lanes from '../lanes.json' with { type: 'json' };
import { packagesIn, read, root, trackedFiles } from './workspace.ts';

const exec = promisify(execFile);
const projects = [...(await packagesIn('packages')), ...(await packagesIn('apps'))].map(({ folder }) => folder);
const files = await trackedFiles();
const texts = files.filter((file) => !/\.(?:png|jpg|gif|ico|webp|woff2?)$/.test(file));
const code = files.filter((file) => /\.(?:ts|tsx|mjs|js|css)$/.test(file));

async function output(command: string, args: readonly string[]): Promise<string> {
  const done = await exec(process.execPath, [join(root, command), ...args], { cwd: root, maxBuffer: 1 << 26 }).catch((error: { stdout: string; stderr: string }) => error);
  return `${done.stdout}${done.stderr}`.trim();
}

describe('sources', () => {
  it('pass the lint rules, module boundaries among them', { timeout: 300_000 }, async () => {
    expect(await output('node_modules/eslint/bin/eslint.js', ['.', '--max-warnings', '0'])).toBe('');
  });

  it.each([...projects, 'tools'])('%s type-checks', { timeout: 300_000 }, async (folder) => {
    expect(await output('node_modules/typescript/bin/tsc', ['-p', folder])).toBe('');
  });

  it('keep to about 400 lines a file', async () => {
    const long = [];
    // What a tool wrote is as long as what it was written from; tools/fields/ecsModules.test.ts knows these files.
    const written = code.filter((file) => !/^packages\/core\/src\/ecs\/(?!fieldSet\.ts)/.test(file));
    for (const file of written) if ((await read(file)).split('\n').length > 401) long.push(file);
    expect(long).toEqual([]);
  });

  it('have no folder or file for odds and ends', () => {
    expect(files.filter((file) => /(?:^|\/)(?:utils?|common|misc|helpers?|lib|shared)(?:\/|\.[a-z]+$)/i.test(file))).toEqual([]);
  });

  it('name no package registry', async () => {
    const named = [];
    const addresses = new RegExp(['registry.npmjs' + '.org', 'registry.yarnpkg' + '.com', 'npm.pkg.github' + '.com', 'repo1.maven' + '.org', 'repo.maven.apache' + '.org', 'pypi' + '.org', 'proxy.golang' + '.org'].map((each) => each.replaceAll('.', '\\.')).join('|'));
    for (const file of texts) if (addresses.test(await read(file))) named.push(file);
    expect(named).toEqual([]);
  });

  it('silence no check and skip no test', async () => {
    const silenced = [];
    const words = new RegExp(['as ' + 'any\\b', '@ts-' + '(?:ignore|nocheck)', 'eslint-' + 'disable', '\\b(?:it|test|describe)\\.(?:only|todo|fails)\\b'].join('|'));
    // The lane runner's own tests try what it does with such tests.
    for (const file of code.filter((each) => each !== 'tools/lanes/lanes.policy.test.ts')) if (words.test(await read(file))) silenced.push(file);
    expect(silenced).toEqual([]);
  });
});

describe('module boundaries', () => {
  const eslint = new ESLint({ cwd: root });

  /** What lint says of a file with this content at this place; the file need not be there. */
  async function complaints(filePath: string, text: string): Promise<string> {
    const [result] = await eslint.lintText(text, { filePath: join(root, filePath) });
    return (result?.messages ?? []).map(({ message }) => message).join('\n');
  }

  it.each([
    ['a library that imports another', 'packages/saved-objects/src/tried.ts', "export { planFor } from '@podscope/index-manager';", 'must not import @podscope/index-manager'],
    ['also for a type', 'packages/saved-objects/src/tried.ts', "export type { IndexPlan } from '@podscope/index-manager';", 'must not import @podscope/index-manager'],
    ['also in a type expression', 'packages/saved-objects/src/tried.ts', "export type Tried = import('@podscope/index-manager').IndexPlan;", 'must not import @podscope/index-manager'],
    ['also when it is loaded later', 'packages/saved-objects/src/tried.ts', "await import('@podscope/mystery-hunts');", 'must not import @podscope/mystery-hunts'],
    ['also by its files', 'packages/saved-objects/src/tried.ts', "export { redact } from '../../core/src/redaction.ts';", 'leaves packages/saved-objects'],
    ['a library that imports an app', 'packages/core/src/tried.ts', "export { defineWorkshop } from '@podscope/workshop';", 'must not import @podscope/workshop'],
    ['a package that is not declared', 'packages/core/src/tried.ts', "export { parse } from 'yaml';", 'yaml is not declared in packages/core/package.json'],
    ['the guestbook that imports the console', 'apps/guestbook/src/tried.ts', "export { api } from '@podscope/console/api';", 'apps/guestbook must not import @podscope/console'],
    ['the environment outside of its file', 'apps/workshop/src/tried.ts', "export const path = process.env['PATH'];", 'Only apps/workshop/src/environment.ts reads the environment'],
    ['a list of names that is not explicit', 'packages/core/src/tried.ts', "export * from './plan.ts';", 'List the names that you export'],
  ])('refuse %s', { timeout: 60_000 }, async (_what, file, text, message) => {
    expect(await complaints(file, text)).toContain(message);
  });

  it('let a library import core, and the app compose', { timeout: 60_000 }, async () => {
    expect(await complaints('packages/saved-objects/src/tried.ts', "export { redact } from '@podscope/core';\nexport { apache } from '@podscope/core/catalogues';\n")).toBe('');
    expect(await complaints('apps/workshop/src/tried.ts', "export { line } from '@podscope/saved-objects';\nexport { planFor } from '@podscope/index-manager';\n")).toBe('');
  });

  it('hold on disk too: the lint run sees a new file', { timeout: 120_000 }, async () => {
    const file = join(root, 'packages/core/src/tried-by-the-policy-lane.ts');
    await writeFile(file, "export { line } from '@podscope/saved-objects';\n");
    try {
      expect(await output('node_modules/eslint/bin/eslint.js', [file])).toContain('podscope/boundaries');
    } finally {
      await rm(file);
    }
  });
});

describe('documentation', () => {
  it('has a page for each error code, and a code for each page', async () => {
    const thrown = new Set<string>();
    for (const file of code.filter((each) => /^(?:packages|apps)\//.test(each) && !/\.test\.tsx?$/.test(each))) {
      const text = await read(file);
      for (const match of text.matchAll(/(?:PodscopeError(?:<[^>]*>)?\(|code: |Error\(|\? )\s*'([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|UNEXPECTED)'/g)) if (match[1]) thrown.add(match[1]);
    }
    const pages = new Set(files.filter((file) => /^docs\/errors\/[A-Z0-9_]+\.md$/.test(file)).map((file) => file.slice('docs/errors/'.length, -'.md'.length)));
    expect([...thrown].filter((each) => !pages.has(each)).sort(), 'codes without a page').toEqual([]);
    const all = (await Promise.all(code.filter((file) => !/\.test\.tsx?$/.test(file)).map(read))).join('\n');
    expect([...pages].filter((page) => !all.includes(`'${page}'`)).sort(), 'pages without a code').toEqual([]);
  });

  it('lists each environment variable that the app reads, and those of the tests and tools, both ways', async () => {
    const [app = '', tests = ''] = (await read('docs/reference/environment.md')).split('\n## ');
    const listed = (text: string) => [...text.matchAll(/^\| `([A-Z_]+)`/gm)].map((match) => match[1]).sort();
    const readIn = async (some: readonly string[]) => [...new Set((await Promise.all(some.map(read))).flatMap((text) => [...text.matchAll(/\benv(?:\['([A-Z_]+)'\]|\.([A-Z_]+))/g)].map((match) => match[1] ?? match[2])))];
    const ofApp = await readIn(['apps/workshop/src/environment.ts']);
    expect(listed(app)).toEqual(ofApp.sort());
    const others = await readIn(code.filter((file) => file !== 'apps/workshop/src/environment.ts'));
    expect(listed(tests)).toEqual(others.filter((name) => !ofApp.includes(name)).sort());
  });

  it('lists each lane', async () => {
    const listed = [...(await read('docs/architecture.md')).matchAll(/^\| `\*(?:\.[a-z0-9]+)?\.test\.ts` \| ([a-z0-9]+) \|/gm)].map((match) => match[1]);
    expect(listed.sort()).toEqual(lanes.map(({ name }) => name).sort());
  });
});
