import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startOpenSearch } from '../../packages/embedded-opensearch/src/index.ts';
import { publishTarballs } from './publish.ts';
import { type LocalRegistry, startRegistry } from './registry.ts';
import { buildAll, packAll, publishedFolders, root, run } from './workspace.ts';

const folders = await publishedFolders();
const examples = await readdir(join(root, 'examples'));
let work: string;
let tarballs: ReadonlyMap<string, string>;
let registry: LocalRegistry;

beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'podscope-release-'));
  await buildAll();
  tarballs = await packAll(work);
  registry = await startRegistry();
}, 600_000);

afterAll(async () => {
  await registry?.[Symbol.asyncDispose]();
  await rm(work, { recursive: true, force: true });
});

const tarballOf = (folder: string): string => {
  const tarball = tarballs.get(folder);
  if (tarball === undefined) throw new Error(`${folder} was not packed.`);
  return tarball;
};

describe.each(folders)('%s', (folder) => {
  it('passes publint', async () => {
    const bytes = await readFile(tarballOf(folder));
    const { messages, pkg } = await publint({ strict: true, pack: { tarball: new Uint8Array(bytes).buffer } });
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
  });

  it('has types that resolve (attw)', async () => {
    const out = await run(process.execPath, [join(root, 'node_modules/@arethetypeswrong/cli/dist/index.js'), '--profile', 'esm-only', '--format', 'ascii', tarballOf(folder)], work);
    // A problem ends it with another exit code than 0, which `run` throws on; this is to see that it looked at all.
    expect(out).toContain('node16 (from ESM)');
  });

  it('carries its entries, README and LICENSE, and no file that does not belong in a package', async () => {
    const names = (await run('tar', ['-tzf', tarballOf(folder)], work)).trim().split('\n');
    expect(names.filter((name) => !/^package\/(?:dist\/|package\.json$|README\.md$|LICENSE$|NOTICE$|CHANGELOG\.md$)/.test(name))).toEqual([]);
    expect(names).toEqual(expect.arrayContaining(['package/LICENSE', 'package/README.md', 'package/package.json', 'package/dist/index.js', 'package/dist/index.d.ts']));
    expect(names.filter((name) => /\.test\.|\.fixture\./.test(name))).toEqual([]);
  });
});

describe('publishing', () => {
  it('puts every package into a local registry once, and does nothing the second time', { timeout: 300_000 }, async () => {
    const cwd = await mkdtemp(join(work, 'publish-'));
    await writeFile(join(cwd, '.npmrc'), registry.npmrc);
    const first = await publishTarballs(tarballs, { cwd, provenance: false });
    expect(first.map(({ state }) => state)).toEqual(folders.map(() => 'published'));
    for (const { id } of first) expect((await run('npm', ['view', id, 'version'], cwd)).trim()).toBe(id.split('@').at(-1));
    const second = await publishTarballs(tarballs, { cwd, provenance: false });
    expect(second.map(({ state }) => state)).toEqual(folders.map(() => 'was there'));
  });

  it('keeps closed what is internal', async () => {
    const cwd = await mkdtemp(join(work, 'closed-'));
    await writeFile(join(cwd, '.npmrc'), registry.npmrc);
    await writeFile(join(cwd, 'package.json'), '{ "private": true, "type": "module" }');
    await run('npm', ['install', '--no-audit', '--no-fund', '--no-package-lock', '@podscope/core'], cwd);
    const attempt = run(process.execPath, ['--input-type=module', '--eval', "await import('@podscope/core/internal/fields.js')"], cwd);
    await expect(attempt).rejects.toThrow('ERR_PACKAGE_PATH_NOT_EXPORTED');
  });

  it('lets the fault injectors find the program of their watchdog', async () => {
    const cwd = await mkdtemp(join(work, 'watchdog-'));
    await writeFile(join(cwd, '.npmrc'), registry.npmrc);
    await writeFile(join(cwd, 'package.json'), '{ "private": true, "type": "module" }');
    await run('npm', ['install', '--no-audit', '--no-fund', '--no-package-lock', '@podscope/fault-injectors'], cwd);
    // A cluster without the record of the fault: the watchdog gets as far as that only with its program.
    const script = `
      import { clusterWatchdog } from '@podscope/fault-injectors/kubernetes';
      const watchdog = clusterWatchdog({ read: async () => undefined }, { image: 'node:24' });
      await watchdog.start({ id: '00000000000000aa', createdAt: '2026-01-01T00:00:00Z', expiresAt: '2026-01-01T00:10:00Z' }, {}, (name, write) => write());`;
    await expect(run(process.execPath, ['--input-type=module', '--eval', script], cwd)).rejects.toThrow('The record of fault 00000000000000aa is gone');
  });
});

describe('examples, from what was published', () => {
  it.each(examples)('%s runs by itself', { timeout: 400_000 }, async (name) => {
    const cwd = join(work, name);
    await cp(join(root, 'examples', name), cwd, { recursive: true, filter: (source) => !source.includes('node_modules') });
    await writeFile(join(cwd, '.npmrc'), registry.npmrc);
    await run('npm', ['install', '--no-audit', '--no-fund', '--no-package-lock'], cwd);
    const out = await run('npm', ['start', '--silent'], cwd);
    expect(out.trim()).not.toBe('');
    if (name !== 'index-manager-plan') return;
    // With an address it also applies its plan, and fails unless a second plan is empty.
    await using server = await startOpenSearch({ sources: ['home', 'cache', 'maven'] });
    expect(await run('npm', ['start', '--silent', '--', server.url], cwd)).toContain('planned again');
  });
});
