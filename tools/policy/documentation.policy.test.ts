import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, it } from 'vitest';
import { parse } from 'yaml';
import { createProgram } from '../../apps/workshop/src/program.ts';
import { readExperiment } from '../../packages/fault-injectors/src/experiments/index.ts';
import { faultCatalogue } from '../../packages/fault-injectors/src/index.ts';
import { probeSpecSchema } from '../../packages/fault-injectors/src/probes/specs.ts';
import { commandsOf, coveredElsewhere, executedPages } from '../documentation/commands.ts';
import { GENERATED } from '../reference/pages.ts';
import { filesUnder, packagesIn, read, root, trackedFiles } from './workspace.ts';

const exec = promisify(execFile);
const pages = (await trackedFiles()).filter((file) => file.endsWith('.md') && !file.startsWith('.changeset/') && !file.endsWith('CHANGELOG.md'));
// In the app's own folder, where every package that an example may import can be found.
const folder = join(root, 'apps/workshop/.documentation-examples');
afterAll(() => rm(folder, { recursive: true, force: true }));

it('every TypeScript example in the documentation compiles', { timeout: 300_000 }, async () => {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const sources = new Map<string, string>();
  for (const page of pages) {
    const text = await read(page);
    // Declarations that the compiler wrote: tools/policy/reference.policy.test.ts holds them.
    if (text.startsWith(GENERATED)) continue;
    for (const [index, match] of [...text.matchAll(/^[ \t]*```ts\n([\s\S]*?)^[ \t]*```/gm)].entries()) {
      const name = `${page.replaceAll('/', '-').replace(/\.md$/, '')}-${index}.ts`;
      sources.set(name, `${page}, example ${index + 1}`);
      // An example without an import is a module all the same, so that two may use one name.
      await writeFile(join(folder, name), `${match[1] ?? ''}\nexport {};\n`);
    }
  }
  expect(sources.size).toBeGreaterThan(4);
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ extends: '../../../tsconfig.base.json', compilerOptions: { noUnusedLocals: false, noUnusedParameters: false }, include: ['*.ts'] }));
  const done = await exec(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', folder], { cwd: root }).catch((error: { stdout: string }) => error);
  expect(done.stdout.trim()).toBe('');
});

it('every example in the documentation is of a kind that is checked', async () => {
  const others: string[] = [];
  for (const page of pages) {
    for (const [index, match] of [...(await read(page)).matchAll(/^[ \t]*```(.*)$/gm)].entries()) {
      if (index % 2 === 0 && !['ts', 'sh', 'json', 'yaml', 'text'].includes(match[1] ?? '')) others.push(`${page}: ${match[0]}`);
      if (index % 2 === 1 && match[1] !== '') others.push(`${page}: ${match[0]} ends a block`);
    }
  }
  expect(others).toEqual([]);
});

it('every shell command in the documentation is run by a test, or by a lane that is named', async () => {
  const { scripts } = JSON.parse(await read('package.json')) as { scripts: Record<string, string> };
  const published = (await packagesIn('packages')).concat(await packagesIn('apps')).filter(({ manifest }) => manifest.private !== true).map(({ manifest }) => manifest.name);
  const nobody: string[] = [];
  for (const page of pages) {
    for (const command of await commandsOf(root, page)) {
      const script = /^npm run (?:-s )?([\w:-]+)/.exec(command)?.[1];
      if (script !== undefined) expect(Object.keys(scripts), `${page}: ${command}`).toContain(script);
      for (const [name] of command.matchAll(/@podscope\/[\w-]+(?= |$)/g)) if (!command.includes('--conditions')) expect(published, `${page}: ${command}`).toContain(name);
      if ((executedPages as readonly string[]).includes(page)) continue;
      if (!coveredElsewhere.some((each) => each.page.test(page) && each.command.test(command))) nobody.push(`${page}: ${command}`);
    }
  }
  expect(nobody).toEqual([]);
  for (const { by: [file, text] } of coveredElsewhere) expect(await read(file), file).toContain(text);
  for (const page of executedPages) expect(await commandsOf(root, page), page).not.toEqual([]);
});

it('every JSON example in the documentation can be parsed', async () => {
  for (const page of pages) {
    for (const match of (await read(page)).matchAll(/^[ \t]*```json\n([\s\S]*?)^[ \t]*```/gm)) expect(() => JSON.parse(match[1] ?? ''), `${page}: ${match[1]}`).not.toThrow();
  }
});

it('every YAML example in the documentation is an experiment or a list of probes that can be read', async () => {
  let seen = 0;
  for (const page of pages) {
    for (const match of (await read(page)).matchAll(/^[ \t]*```yaml\n([\s\S]*?)^[ \t]*```/gm)) {
      const text = match[1] ?? '';
      const value: unknown = parse(text);
      if (Array.isArray(value)) for (const each of value) expect(probeSpecSchema.safeParse(each).error?.issues ?? [], `${page}: ${JSON.stringify(each)}`).toEqual([]);
      else expect(() => readExperiment(text, { file: page, environment: { OPENSEARCH_PASSWORD: 'secret' }, faults: faultCatalogue }), `${page}: ${text}`).not.toThrow();
      seen += 1;
    }
  }
  expect(seen).toBeGreaterThan(0);
});

it('every podscope command in the documentation exists', async () => {
  const wrong: string[] = [];
  for (const page of pages) {
    for (const match of (await read(page)).matchAll(/(?:npx @podscope\/workshop|npm run -s podscope --|(?<![\w/@-])podscope) ([a-z][a-z-]*)(?: ([a-z][a-z-]*))?/g)) {
      const [text, verb, word] = match;
      // In prose the name is followed by any word; a command stands in code.
      if (!isCode(await read(page), match.index)) continue;
      const command = createProgram().commands.find((each) => each.name() === verb);
      const group = command && command.commands.length > 0;
      const last = group && word !== undefined ? command.commands.find((each) => each.name() === word) : command;
      if (!last) {
        wrong.push(`${page}: ${text}`);
        continue;
      }
      // What stands after "--" belongs to the program that "exec" runs.
      const [rest = ''] = (await read(page)).slice(match.index + text.length).split(/[\n`#)]| -- /);
      const known = [...last.options, ...last.commands.flatMap(({ options }) => options), ...(last.parent?.options ?? [])].map((option) => option.long);
      for (const [option] of rest.matchAll(/--[a-z-]+/g)) if (option !== '--help' && !known.includes(option)) wrong.push(`${page}: ${text}${rest} has no ${option}`);
    }
  }
  expect(wrong).toEqual([]);
});

/** True when the place is inside a code span or a fenced block. */
function isCode(text: string, index: number): boolean {
  const before = text.slice(0, index);
  if ((before.match(/^```/gm) ?? []).length % 2 === 1) return true;
  return ((before.split('\n').at(-1) ?? '').match(/`/g) ?? []).length % 2 === 1;
}

it('every link to a file in the documentation leads somewhere', async () => {
  const files = new Set([...(await filesUnder('docs')), ...(await filesUnder('packages')), ...(await filesUnder('apps')), ...(await filesUnder('examples')), ...(await filesUnder('tools')), 'README.md', 'LICENSE', 'CONTRIBUTING.md']);
  const broken: string[] = [];
  for (const page of pages) {
    for (const match of (await read(page)).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)(?:#[^)]*)?\)/g)) {
      const target = join(page, '..', match[1] ?? '').replace(/\/$/, '');
      if (!files.has(target) && ![...files].some((file) => file.startsWith(`${target}/`))) broken.push(`${page}: ${match[1]}`);
    }
  }
  expect(broken).toEqual([]);
});
