import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesUnder, type Manifest, packagesIn, read, root } from './workspace.ts';

const libraries = await packagesIn('packages');
const apps = await packagesIn('apps');
const examples = await packagesIn('examples');
const toolPackages = [{ folder: 'tools/bench', manifest: JSON.parse(await read('tools/bench/package.json')) as Manifest }, { folder: '.', manifest: JSON.parse(await read('package.json')) as Manifest }];
const published = [...libraries, ...apps].filter(({ manifest }) => manifest.private !== true);
const exists = (path: string) => access(join(root, path)).then(() => true, () => false);

describe.each(published)('$folder, which is published,', ({ folder, manifest }) => {
  it('says what it is, what it needs and what it carries', async () => {
    expect(manifest.name).toBe(`@podscope/${folder.split('/')[1]}`);
    expect(manifest).toMatchObject({
      type: 'module',
      license: 'Apache-2.0',
      sideEffects: false,
      engines: { node: '>=22.19' },
      files: ['dist', ...((await exists(`${folder}/NOTICE`)) ? ['NOTICE'] : []), 'README.md', 'CHANGELOG.md'],
      publishConfig: { access: 'public', provenance: true },
      repository: { type: 'git', directory: folder },
    });
    expect(manifest.version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(manifest.description).toMatch(/\w/);
    expect(Object.keys(manifest.scripts ?? {}).sort()).toEqual(['build', 'test', 'typecheck']);
  });

  it('exports an entry from source, types and build each, and closes what is internal', async () => {
    const { '.': main, './internal/*': internal, './package.json': self, ...others } = manifest.exports ?? {};
    expect(internal).toBeNull();
    expect(self).toBe('./package.json');
    for (const [name, entry] of Object.entries({ '.': main, ...others })) {
      const given = name.slice('./'.length);
      // An entry is a file, or a folder's index.
      const file = name === '.' ? 'index' : (await exists(`${folder}/src/${given}.ts`)) ? given : `${given}/index`;
      // The order counts: the first condition that fits is taken.
      expect(Object.entries(entry ?? {}), name).toEqual([['@podscope/source', `./src/${file}.ts`], ['types', `./dist/${file}.d.ts`], ['default', `./dist/${file}.js`]]);
      expect(await exists(`${folder}/src/${file}.ts`), name).toBe(true);
    }
  });

  it('exports explicit lists, and says when they change', async () => {
    const lists: Record<string, readonly string[]> = {};
    for (const [entry, target] of Object.entries(manifest.exports ?? {})) {
      if (target === null || typeof target !== 'object') continue;
      const names = new Set<string>();
      const text = await read(join(folder, (target as Record<string, string>)['@podscope/source'] ?? ''));
      for (const match of text.matchAll(/^export (?:type )?\{([^}]*)\}/gm)) {
        for (const name of match[1]?.split(',') ?? []) {
          const exported = name.trim().replace(/^type /, '').split(' as ').at(-1);
          if (exported) names.add(exported);
        }
      }
      for (const match of text.matchAll(/^export (?:async )?(?:function|const|class|interface|type) (\w+)/gm)) names.add(String(match[1]));
      expect(names.size, entry).toBeGreaterThan(0);
      lists[entry] = [...names].sort();
    }
    expect(lists).toMatchSnapshot();
  });
});

describe.each(libraries)('$folder, a library,', ({ folder, manifest }) => {
  const name = folder.slice('packages/'.length);

  it('is published, with a README that installs it and shows it in a compiled example', async () => {
    expect(manifest.private).toBeUndefined();
    for (const file of ['src/index.ts', 'tsconfig.json']) expect(await exists(`${folder}/${file}`), file).toBe(true);
    const readme = await read(`${folder}/README.md`);
    expect(readme).toContain(`npm install ${manifest.name}`);
    // tools/policy/documentation.policy.test.ts compiles it.
    const [, example = ''] = /^```ts\n([\s\S]*?)^```/m.exec(readme) ?? [];
    expect(example).toContain(`'${manifest.name}'`);
    expect(example.trim().split('\n').length).toBeGreaterThanOrEqual(8);
  });

  it('depends on no other library than core', () => {
    const others = [...Object.keys(manifest.dependencies ?? {}), ...Object.keys(manifest.peerDependencies ?? {})].filter((each) => each.startsWith('@podscope/') && each !== '@podscope/core');
    expect(others).toEqual([]);
  });

  it('leaves to its user what users pass in', () => {
    const peers = ['cdk8s', 'constructs', '@opensearch-project/opensearch', '@kubernetes/client-node'];
    expect(Object.keys(manifest.dependencies ?? {}).filter((each) => peers.includes(each))).toEqual([]);
  });

  it('has an example that is named after it and uses it', () => {
    const own = examples.filter((example) => example.folder.startsWith(`examples/${name}-`));
    expect(own).not.toEqual([]);
    for (const example of own) expect(Object.keys(example.manifest.dependencies ?? {}), example.folder).toContain(manifest.name);
  });
});

describe('the app, which carries the libraries inside,', () => {
  it('installs what they depend on: an outside package in its bundle may not run there', () => {
    const own = Object.keys(apps.find(({ folder }) => folder === 'apps/workshop')?.manifest.dependencies ?? {});
    const needed = libraries.flatMap(({ manifest }) => Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies })).filter((name) => !name.startsWith('@podscope/'));
    expect(needed.length).toBeGreaterThan(5);
    expect(needed.filter((name) => !own.includes(name))).toEqual([]);
  });
});

describe('every project', () => {
  it.each([...libraries, ...apps])('$folder has a README and tests', async ({ folder }) => {
    expect(await exists(`${folder}/README.md`)).toBe(true);
    expect((await filesUnder(folder)).some((file) => /\.test\.tsx?$/.test(file))).toBe(true);
  });

  it.each([...libraries, ...apps, ...toolPackages])('$folder names exact versions and runs nothing on install', ({ manifest }) => {
    const loose = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }).filter(([, range]) => !/^(?:(?:npm:[\w@/-]+@)?\d+\.\d+\.\d+(?:-[\w.]+)?|catalog:|workspace:\^)$/.test(range));
    expect(loose).toEqual([]);
    expect(Object.keys(manifest.scripts ?? {}).filter((name) => /^(?:pre|post)?(?:install|prepare|publish)$/.test(name))).toEqual([]);
  });

  it.each(examples)('$folder belongs to a library, is private, says what it shows and starts by "npm start"', async ({ folder, manifest }) => {
    expect(libraries.some((library) => folder.startsWith(`examples/${library.folder.slice('packages/'.length)}-`))).toBe(true);
    expect(manifest.private).toBe(true);
    expect(manifest.scripts?.['start']).toBe('node main.mjs');
    expect(await exists(`${folder}/README.md`)).toBe(true);
    // It must be able to fail: the release lane only sees its exit code.
    expect(await read(`${folder}/main.mjs`)).toContain('process.exitCode');
  });
});
